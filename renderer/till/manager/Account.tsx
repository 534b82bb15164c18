import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { ConnectProblem } from '../../../contract/problem.ts';
import { assertNever } from '../../../contract/result.ts';
import type { AccountView } from '../../../contract/till-snapshot.ts';
import { connectSentence, problemCode } from '../words.ts';

type Props = {
  readonly account: AccountView;
  readonly connect: Bridge<'manager'>['connect'];
  readonly disconnect: Bridge<'manager'>['disconnect'];
  readonly onDone: () => void;
};

/** Connects the shop's JustiFi account. The secret goes to main and its keychain, and never comes back. */
export function Account({ account, connect, disconnect, onDone }: Props) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');
  const [subAccountId, setSubAccountId] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ConnectProblem | NoAnswer<'manager'>['failure'] | null>(null);

  async function finish(answer: ReturnType<typeof connect>): Promise<void> {
    setBusy(true);
    setProblem(null);
    const result = await answer;
    setBusy(false);
    if (result.kind === 'failed') {
      setProblem(result.failure);
      return;
    }
    setClientSecret('');
    onDone();
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    void finish(connect({ clientId, clientSecret, subAccountId }));
  }

  const code = problem === null ? null : problemCode(problem);
  return (
    <section className="set-up">
      <h2>Connect JustiFi</h2>
      <p>{accountSentence(account)}</p>
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
          {problem !== null && connectSentence(problem)}
          {code !== null && <small> ({code})</small>}
        </p>
        <div className="next">
          <Button type="submit" className="charge" isDisabled={busy}>
            {busy ? 'Asking JustiFi…' : 'Connect'}
          </Button>
          {account.kind !== 'training' && (
            <Button className="quiet" isDisabled={busy} onPress={() => void finish(disconnect())}>
              Disconnect, back to training
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}

function accountSentence(account: AccountView): string {
  switch (account.kind) {
    case 'starting':
      return 'Counter is still starting.';
    case 'training':
      return 'This register is in training mode. Copy the three values from the JustiFi dashboard to take real payments.';
    case 'connected':
      return `This register takes payments for ${account.subAccountId}. What you enter here replaces it.`;
    case 'broken':
      return 'This register has an account, but cannot open it. Solve that first, or enter the three values again.';
    default:
      return assertNever(account);
  }
}
