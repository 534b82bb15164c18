import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge, Refusal } from '../../../contract/channels.ts';
import type { AccessProblem } from '../../../contract/pin.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { codeOf, say } from '../../words/sentences.ts';
import { useWords } from '../use-words.ts';
import type { Words } from '../../words/catalogue.ts';
import { PinPad } from './PinPad.tsx';
import { WaitSentence } from './WaitSentence.tsx';

type Props = {
  readonly manager: Extract<ManagerView, { kind: 'locked' }>;
  readonly unlock: Bridge<'till'>['unlockManager'];
  readonly proveSecret: Bridge<'till'>['proveSecret'];
  readonly onBack: () => void;
};

type Problem = AccessProblem | Refusal['failure'];

/** The door: the PIN, or for whoever forgot it the JustiFi secret. */
export function OpenManager({ manager, unlock, proveSecret, onBack }: Props) {
  const { manager: words } = useWords();
  const { door, shell } = words;
  const [forgotten, setForgotten] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const { waitSeconds } = manager;

  async function finish(answer: ReturnType<typeof unlock>): Promise<void> {
    setBusy(true);
    setProblem(null);
    const result = await answer;
    setBusy(false);
    if (result.kind === 'failed') setProblem(result.failure);
  }

  if (forgotten || manager.opensWith === 'secret') {
    return (
      <main className="manager-door">
        <h1>{manager.opensWith === 'secret' ? door.noPinTitle : door.forgottenTitle}</h1>
        <p>
          {manager.opensWith === 'secret'
            ? door.noPinSentence
            : door.forgottenSentence}
        </p>
        <ProveSecret busy={busy} problem={problem} onProve={(typed) => void finish(proveSecret(typed))} onBack={manager.opensWith === 'secret' ? onBack : () => setForgotten(false)} />
      </main>
    );
  }
  return (
    <main className="manager-door">
      <h1>{shell.title}</h1>
      <PinPad
        label={door.pin}
        action={busy ? door.checking : door.open}
        isDisabled={busy || waitSeconds > 0}
        sentence={waitSeconds > 0 ? <WaitSentence key={waitSeconds} seconds={waitSeconds} /> : sentenceOf(problem, words)}
        onPin={(pin) => void finish(unlock({ pin }))}
      >
        <Button className="quiet" onPress={onBack}>
          {shell.backToTill}
        </Button>
        <Button
          className="quiet"
          isDisabled={busy}
          onPress={() => {
            setProblem(null);
            setForgotten(true);
          }}
        >
          {door.forgotten}
        </Button>
      </PinPad>
    </main>
  );
}

/** The wait is over, whatever was said about it. */
function sentenceOf(problem: Problem | null, words: Words['manager']): string | null {
  if (problem === null || problem.kind === 'locked-out') return null;
  return say(words.access, problem.kind === 'pin-wrong' ? { ...problem, waitSeconds: 0 } : problem);
}

type ProveProps = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly onProve: (typed: { readonly clientId: string; readonly clientSecret: string }) => void;
  readonly onBack: () => void;
};

function ProveSecret({ busy, problem, onProve, onBack }: ProveProps) {
  const { access, account, door, shell } = useWords().manager;
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    onProve({ clientId, clientSecret });
  }

  const code = codeOf(problem);
  return (
    <Form onSubmit={submit} validationBehavior="aria">
      <TextField className="field" value={clientId} onChange={setClientId} autoFocus>
        <Label>{account.clientId}</Label>
        <Input autoComplete="off" spellCheck={false} />
      </TextField>
      <TextField className="field" type="password" value={clientSecret} onChange={setClientSecret}>
        <Label>{account.clientSecret}</Label>
        <Input autoComplete="off" />
      </TextField>
      <p className="problem" role="alert">
        {problem !== null && say(access, problem)}
        {code !== null && <small> ({code})</small>}
      </p>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={busy || clientId === '' || clientSecret === ''}>
          {busy ? door.checking : door.open}
        </Button>
        <Button className="quiet" isDisabled={busy} onPress={onBack}>
          {shell.back}
        </Button>
      </div>
    </Form>
  );
}
