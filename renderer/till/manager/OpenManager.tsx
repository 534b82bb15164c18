import { type FormEvent, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import type { Bridge, Refusal } from '../../../contract/channels.ts';
import type { AccessProblem } from '../../../contract/pin.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { accessCode, accessSentence } from './access-words.ts';
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
        <h1>{manager.opensWith === 'secret' ? 'No manager PIN is set' : 'Forgotten PIN'}</h1>
        <p>
          {manager.opensWith === 'secret'
            ? 'Enter the JustiFi client id and secret of this register. Then set a manager PIN.'
            : 'Enter the JustiFi client id and secret of this register. Then set a new PIN. This is written into the audit log.'}
        </p>
        <ProveSecret busy={busy} problem={problem} onProve={(typed) => void finish(proveSecret(typed))} onBack={manager.opensWith === 'secret' ? onBack : () => setForgotten(false)} />
      </main>
    );
  }
  return (
    <main className="manager-door">
      <h1>Manager</h1>
      <PinPad
        label="Manager PIN"
        action={busy ? 'Checking…' : 'Open'}
        isDisabled={busy || waitSeconds > 0}
        sentence={waitSeconds > 0 ? <WaitSentence key={waitSeconds} seconds={waitSeconds} /> : sentenceOf(problem)}
        onPin={(pin) => void finish(unlock({ pin }))}
      >
        <Button className="quiet" onPress={onBack}>
          Back to the till
        </Button>
        <Button
          className="quiet"
          isDisabled={busy}
          onPress={() => {
            setProblem(null);
            setForgotten(true);
          }}
        >
          Forgotten?
        </Button>
      </PinPad>
    </main>
  );
}

/** The wait is over, whatever was said about it. */
function sentenceOf(problem: Problem | null): string | null {
  if (problem === null || problem.kind === 'locked-out') return null;
  return accessSentence(problem.kind === 'pin-wrong' ? { ...problem, waitSeconds: 0 } : problem);
}

type ProveProps = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly onProve: (typed: { readonly clientId: string; readonly clientSecret: string }) => void;
  readonly onBack: () => void;
};

function ProveSecret({ busy, problem, onProve, onBack }: ProveProps) {
  const [clientId, setClientId] = useState('');
  const [clientSecret, setClientSecret] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    onProve({ clientId, clientSecret });
  }

  const code = problem === null ? null : accessCode(problem);
  return (
    <Form onSubmit={submit} validationBehavior="aria">
      <TextField className="field" value={clientId} onChange={setClientId} autoFocus>
        <Label>Client id</Label>
        <Input autoComplete="off" spellCheck={false} />
      </TextField>
      <TextField className="field" type="password" value={clientSecret} onChange={setClientSecret}>
        <Label>Client secret</Label>
        <Input autoComplete="off" />
      </TextField>
      <p className="problem" role="alert">
        {problem !== null && accessSentence(problem)}
        {code !== null && <small> ({code})</small>}
      </p>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={busy || clientId === '' || clientSecret === ''}>
          {busy ? 'Checking…' : 'Open'}
        </Button>
        <Button className="quiet" isDisabled={busy} onPress={onBack}>
          Back
        </Button>
      </div>
    </Form>
  );
}
