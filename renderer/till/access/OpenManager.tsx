import { useState } from 'react';
import type { Bridge, Refusal } from '../../../contract/channels.ts';
import type { Credentials } from '../../../contract/credentials.ts';
import type { AccessProblem } from '../../../contract/pin.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { codeOf, say } from '../../../words/sentences.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import type { Words } from '../../../words/catalogue.ts';
import { CredentialsForm } from '../manager/CredentialsForm.tsx';
import { PinPad } from './PinPad.tsx';
import { WaitSentence } from './WaitSentence.tsx';

type Props = {
  readonly manager: Extract<ManagerView, { kind: 'locked' }>;
  readonly registerId: string;
  readonly unlock: Bridge<'till'>['unlockManager'];
  readonly proveSecret: Bridge<'till'>['proveSecret'];
  readonly onBack: () => void;
};

type Problem = AccessProblem | Refusal['failure'];

/** Opens the manager's side with the PIN, or with the JustiFi secret if the PIN is forgotten. */
export function OpenManager({ manager, registerId, unlock, proveSecret, onBack }: Props) {
  const { manager: words, till } = useAllWords();
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

  const back = forgotten ? () => setForgotten(false) : onBack;
  useShortcuts((key) => {
    if (key !== 'Escape' || busy) return false;
    back();
    return true;
  });

  if (forgotten || manager.opensWith === 'secret') {
    return <WithSecret manager={manager} registerId={registerId} busy={busy} problem={secretSentence(problem, words)} onSubmit={(typed) => void finish(proveSecret(typed))} onBack={back} />;
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
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" onPress={back}>
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

type SecretProps = Pick<Props, 'manager' | 'registerId' | 'onBack'> & { readonly busy: boolean; readonly problem: string | null; readonly onSubmit: (typed: Credentials) => void };

function WithSecret({ manager, registerId, busy, problem, onSubmit, onBack }: SecretProps) {
  const { manager: words, till } = useAllWords();
  const { door, shell } = words;
  const hasNoPin = manager.opensWith === 'secret';
  return (
    <main className="manager-door">
      <h1>{hasNoPin ? door.noPinTitle : door.forgottenTitle}</h1>
      <p>{hasNoPin ? door.noPinSentence : door.forgottenSentence}</p>
      <CredentialsForm only={manager.secret} registerId={registerId} action={door.open} busy={busy} problem={problem} onSubmit={onSubmit}>
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" isDisabled={busy} onPress={onBack}>
          {shell.back}
        </Button>
      </CredentialsForm>
    </main>
  );
}

function secretSentence(problem: Problem | null, { access }: Words['manager']): string | null {
  if (problem === null) return null;
  const code = codeOf(problem);
  return `${say(access, problem)}${code === null ? '' : ` (${code})`}`;
}

/** The problem without its wait, which is over. */
function sentenceOf(problem: Problem | null, words: Words['manager']): string | null {
  if (problem === null || problem.kind === 'locked-out') return null;
  return say(words.access, problem.kind === 'pin-wrong' ? { ...problem, waitSeconds: 0 } : problem);
}
