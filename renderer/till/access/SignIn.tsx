import { useState } from 'react';
import type { CashierProblem, CashierView } from '../../../contract/cashier.ts';
import type { Bridge, Refusal } from '../../../contract/channels.ts';
import type { Language } from '../../../contract/language.ts';
import { Button } from '../../skin/Button.tsx';
import { say } from '../../../words/sentences.ts';
import { PinPad } from './PinPad.tsx';
import { useShortcuts } from '../use-shortcuts.ts';
import { LanguageChoice } from '../start/LanguageChoice.tsx';
import { useAllWords } from '../use-words.ts';

type Props = {
  readonly cashiers: readonly CashierView[];
  readonly signIn: Bridge<'till'>['signIn'];
  readonly language: Language;
  readonly onSpeak: (language: Language) => void;
};

/** The choice of the cashier, shown before a sale while no cashier is signed in. */
export function SignIn({ cashiers, signIn, language, onSpeak }: Props) {
  const { cashiers: words, manager, till } = useAllWords();
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
              <bdi>{cashier.name}</bdi>
            </Button>
          ))}
        </div>
        <LanguageChoice language={language} onSpeak={onSpeak} />
      </main>
    );
  }
  return (
    <main className="manager-door">
      <h1>
        <bdi>{chosen.name}</bdi>
      </h1>
      <PinPad label={words.yourPin} action={busy ? manager.door.checking : words.signIn} isDisabled={busy} sentence={problem !== null && say(words.problem, problem)} onPin={(pin) => void take(chosen.id, pin)}>
        <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="quiet" isDisabled={busy} onPress={somebodyElse}>
          {words.somebodyElse}
        </Button>
      </PinPad>
    </main>
  );
}
