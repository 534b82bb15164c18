import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge } from '../../contract/channels.ts';
import type { AccountView } from '../../contract/till-snapshot.ts';
import { connectSentence } from './words.ts';

type Props = {
  readonly account: AccountView;
  readonly connect: Bridge<'till'>['connect'];
  readonly disconnect: Bridge<'till'>['disconnect'];
  readonly onDone: () => void;
};

/** Connects the shop's JustiFi account. The secret goes to main and its keychain, and never comes back. */
export function SetUp({ account, connect, disconnect, onDone }: Props) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [subAccountId, setSubAccountId] = useState('');
  const [busy, setBusy] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);

  async function finish(answer: ReturnType<typeof connect>): Promise<void> {
    setBusy(true);
    const result = await answer;
    setBusy(false);
    if (result.kind === 'failed') {
      setSentence(connectSentence(result.failure));
      return;
    }
    setClientSecret('');
    onDone();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void finish(connect({ clientId, clientSecret, subAccountId }));
  }

  return (
    <main className="set-up">
      <h1>Connect JustiFi</h1>
      <p>
        {account.kind === 'connected'
          ? `This register takes payments for ${account.subAccountId}. What you enter here replaces it.`
          : 'This register is in training mode. Copy the three values from the JustiFi dashboard to take real payments.'}
      </p>
      <Form onSubmit={submit} validationBehavior="aria">
        <TextField className="field" value={clientId} onChange={setClientId}>
          <Label>Client id</Label>
          <Input autoComplete="off" spellCheck={false} />
        </TextField>
        <TextField className="field" type="password" value={clientSecret} onChange={setClientSecret}>
          <Label>Client secret</Label>
          <Input autoComplete="off" />
        </TextField>
        <TextField className="field" value={subAccountId} onChange={setSubAccountId}>
          <Label>Sub account id</Label>
          <Input autoComplete="off" spellCheck={false} placeholder="acc_…" />
        </TextField>
        <p className="problem" role="alert">
          {sentence}
        </p>
        <div className="next">
          <Button type="submit" className="charge" isDisabled={busy}>
            {busy ? 'Asking JustiFi…' : 'Connect'}
          </Button>
          <Button className="quiet" isDisabled={busy} onPress={onDone}>
            Back to the till
          </Button>
          {account.kind !== 'training' && (
            <Button className="quiet" isDisabled={busy} onPress={() => void finish(disconnect())}>
              Disconnect, back to training
            </Button>
          )}
        </div>
      </Form>
    </main>
  );
}
