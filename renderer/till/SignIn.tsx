import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { CashierProblem, CashierView } from '../../contract/cashier.ts';
import type { Bridge, Refusal } from '../../contract/channels.ts';
import { say } from '../words/sentences.ts';
import { PinPad } from './manager/PinPad.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';

type Props = { readonly cashiers: readonly CashierView[]; readonly signIn: Bridge<'till'>['signIn'] };

/** Who is at the till? Shown before a sale while nobody is signed in. */
export function SignIn({ cashiers, signIn }: Props) {
  const { cashiers: words, manager, till } = useWords();
  const [chosen, setChosen] = useState<CashierView | null>(null);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<CashierProblem | Refusal['failure'] | null>(null);

  async function take(cashierId: string, pin: string): Promise<void> {
    setBusy(true);
    setProblem(null);
    const answer = await signIn({ cashierId, pin });
    setBusy(false);
    if (answer.kind === 'failed') setProblem(answer.failure);
  }

  function somebodyElse(): void {
    setProblem(null);
    setChosen(null);
  }

  useShortcuts((key) => {
    if (key !== 'Escape' || busy || chosen === null) return false;
    somebodyElse();
    return true;
  });

  if (chosen === null) {
    return (
      <main className="manager-door">
        <h1>{words.who}</h1>
        <div className="cashier-names" role="group" aria-label={words.title}>
          {cashiers.map((cashier, index) => (
            <Button key={cashier.id} autoFocus={index === 0} onPress={() => setChosen(cashier)}>
              {cashier.name}
            </Button>
          ))}
        </div>
      </main>
    );
  }
  return (
    <main className="manager-door">
      <h1>{chosen.name}</h1>
      <PinPad label={words.yourPin} action={busy ? manager.door.checking : words.signIn} isDisabled={busy} sentence={problem !== null && say(words.problem, problem)} onPin={(pin) => void take(chosen.id, pin)}>
        <Button className="quiet" isDisabled={busy} onPress={somebodyElse}>
          {words.somebodyElse} <kbd>{till.keys.escape}</kbd>
        </Button>
      </PinPad>
    </main>
  );
}
