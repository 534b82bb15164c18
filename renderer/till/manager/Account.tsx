import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge, NoAnswer } from '../../../contract/channels.ts';
import type { ConnectProblem } from '../../../contract/problem.ts';
import type { AccountView } from '../../../contract/till-snapshot.ts';
import { codeOf, say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';

type Props = {
  readonly account: AccountView;
  readonly connect: Bridge<'manager'>['connect'];
  readonly disconnect: Bridge<'manager'>['disconnect'];
  readonly onDone: () => void;
};

/** Connects the shop's JustiFi account. The secret goes to main and its keychain, and never comes back. */
export function Account({ account, connect, disconnect, onDone }: Props) {
  const { account: words } = useWords().manager;
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

  const code = codeOf(problem);
  return (
    <section className="set-up">
      <h2>{words.title}</h2>
      <p>{say(words.view, account)}</p>
      <Form onSubmit={submit} validationBehavior="aria">
        <TextField className="field" value={clientId} onChange={setClientId}>
          <Label>{words.clientId}</Label>
          <Input autoComplete="off" spellCheck={false} />
        </TextField>
        <TextField className="field" type="password" value={clientSecret} onChange={setClientSecret}>
          <Label>{words.clientSecret}</Label>
          <Input autoComplete="off" />
        </TextField>
        <TextField className="field" value={subAccountId} onChange={setSubAccountId}>
          <Label>{words.subAccountId}</Label>
          <Input autoComplete="off" spellCheck={false} placeholder="acc_…" />
        </TextField>
        <p className="problem" role="alert">
          {problem !== null && say(words.connectProblem, problem)}
          {code !== null && <small> ({code})</small>}
        </p>
        <div className="next">
          <Button type="submit" className="charge" isDisabled={busy}>
            {busy ? words.asking : words.connect}
          </Button>
          {account.kind !== 'training' && (
            <Button className="quiet" isDisabled={busy} onPress={() => void finish(disconnect())}>
              {words.disconnect}
            </Button>
          )}
        </div>
      </Form>
    </section>
  );
}
