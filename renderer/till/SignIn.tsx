import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { CashierProblem, CashierView } from '../../contract/cashier.ts';
import type { Bridge, Refusal } from '../../contract/channels.ts';
import { cashierSentence } from './manager/cashier-words.ts';
import { PinPad } from './manager/PinPad.tsx';

type Props = { readonly cashiers: readonly CashierView[]; readonly signIn: Bridge<'till'>['signIn'] };

/** Who is at the till? Shown before a sale while nobody is signed in. */
export function SignIn({ cashiers, signIn }: Props) {
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

  if (chosen === null) {
    return (
      <main className="manager-door">
        <h1>Who is at the till?</h1>
        <div className="cashier-names" role="group" aria-label="Cashiers">
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
      <PinPad label="Your PIN" action={busy ? 'Checking…' : 'Sign in'} isDisabled={busy} sentence={problem !== null && cashierSentence(problem)} onPin={(pin) => void take(chosen.id, pin)}>
        <Button
          className="quiet"
          isDisabled={busy}
          onPress={() => {
            setProblem(null);
            setChosen(null);
          }}
        >
          Somebody else
        </Button>
      </PinPad>
    </main>
  );
}
