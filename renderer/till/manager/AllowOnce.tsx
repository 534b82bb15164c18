import { useState } from 'react';
import { Button } from 'react-aria-components';
import type { GuardedAction } from '../../../contract/cashier.ts';
import type { Currency } from '../../../contract/money.ts';
import type { ManagerView } from '../../../contract/till-snapshot.ts';
import { money } from '../words.ts';
import { type RightAnswer, allowSentence, rightSentence } from './cashier-words.ts';
import { PinPad } from './PinPad.tsx';
import { WaitSentence } from './WaitSentence.tsx';

/** What the cashier wanted, and how it is asked again with the manager's PIN. */
export type Asking = { readonly action: GuardedAction; readonly amountInCents: number; readonly call: (managerPin: string) => Promise<RightAnswer> };

type Props = { readonly asking: Asking; readonly currency: Currency; readonly manager: ManagerView; readonly onDone: () => void };

/** The manager allows one thing, in place; the manager's side stays as it is. */
export function AllowOnce({ asking, currency, manager, onDone }: Props) {
  const [busy, setBusy] = useState(false);
  const [sentence, setSentence] = useState<string | null>(null);
  const waitSeconds = manager.kind === 'locked' ? manager.waitSeconds : 0;

  async function take(pin: string): Promise<void> {
    setBusy(true);
    setSentence(null);
    const answer = await asking.call(pin);
    setBusy(false);
    if (answer.kind === 'failed' && answer.failure.kind === 'not-allowed-by-manager') return setSentence(rightSentence(answer.failure));
    return onDone();
  }

  return (
    <main className="manager-door">
      <h1>Ask the manager</h1>
      <p>{allowSentence(asking.action, money(asking.amountInCents, currency))}</p>
      <PinPad
        label="Manager PIN"
        action={busy ? 'Checking…' : 'Allow this once'}
        isDisabled={busy || waitSeconds > 0}
        sentence={waitSeconds > 0 ? <WaitSentence key={waitSeconds} seconds={waitSeconds} /> : sentence}
        onPin={(pin) => void take(pin)}
      >
        <Button className="quiet" isDisabled={busy} onPress={onDone}>
          Back
        </Button>
      </PinPad>
    </main>
  );
}
