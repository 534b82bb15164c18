import { useState } from 'react';
import type { GuardedAction, RightProblem } from '../../../contract/cashier.ts';
import type { Refusal } from '../../../contract/channels.ts';
import type { ChargeProblem } from '../../../contract/problem.ts';
import type { Result } from '../../../contract/result.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { useShortcuts } from '../use-shortcuts.ts';
import { useAllWords } from '../use-words.ts';
import { PinPad } from './PinPad.tsx';
import { WaitSentence } from './WaitSentence.tsx';

/** The answer to an action that needs the manager. */
export type RightAnswer = Result<null, ChargeProblem | RightProblem> | Refusal;

/** The refused call, and a function that repeats it with the manager's PIN. */
export type Asking = { readonly action: GuardedAction; readonly amountInCents: number; readonly call: (managerPin: string) => Promise<RightAnswer> };

type Props = { readonly asking: Asking; readonly manager: ManagerView; readonly onDone: () => void };

/** The manager allows one action by PIN; the manager's side stays locked or open as it was. */
export function AllowOnce({ asking, manager, onDone }: Props) {
  const { cashiers: words, manager: managerWords, till, format } = useAllWords();
  const { door, shell } = managerWords;
  const [busy, setBusy] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  const waitSeconds = manager.kind === 'locked' ? manager.waitSeconds : 0;

  async function take(pin: string): Promise<void> {
    setBusy(true);
    setSentence(null);
    const answer = await asking.call(pin);
    setBusy(false);
    if (answer.kind === 'failed' && answer.failure.kind === 'not-allowed-by-manager') return setSentence(say(managerWords.access, answer.failure.problem));
    return onDone();
  }

  useShortcuts((key) => {
    if (key !== 'Escape' || busy) return false;
    onDone();
    return true;
  });
  return (
    <main className="manager-door">
      <h1>{words.askManager}</h1>
      <p>{words.allow[asking.action](format.money(asking.amountInCents))}</p>
      <PinPad
        label={door.pin}
        action={busy ? door.checking : words.allowOnce}
        isDisabled={busy || waitSeconds > 0}
        sentence={waitSeconds > 0 ? <WaitSentence key={waitSeconds} seconds={waitSeconds} /> : sentence}
        onPin={(pin) => void take(pin)}
      >
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" isDisabled={busy} onPress={onDone}>
          {shell.back}
        </Button>
      </PinPad>
    </main>
  );
}
