import { useRef } from 'react';
import { Button } from 'react-aria-components';
import type { Currency } from '../../contract/money.ts';
import type { TypeAhead } from './type-ahead.ts';
import { useSettled } from './use-settled.ts';
import { isOnButton, useShortcuts } from './use-shortcuts.ts';
import { type SaleResultView, money, resultWords } from './words.ts';

type Props = {
  readonly sale: SaleResultView;
  readonly currency: Currency;
  readonly training: boolean;
  readonly typeAhead: TypeAhead;
  readonly onNewSale: () => void;
  readonly onTryAgain: () => void;
  readonly onLeave: () => void;
};

/** What JustiFi says became of it: one word, one colour, one sign, and the next step under Enter. */
export function SaleResult({ sale, currency, training, typeAhead, onNewSale, onTryAgain, onLeave }: Props) {
  const settled = useSettled();
  const mayTryAgain = sale.kind === 'declined' || (sale.kind === 'not-charged' && sale.reason !== 'expired');
  const isDone = sale.kind === 'paid' || sale.kind === 'accepted';
  // Not state: the next key may come before React has drawn anything.
  const leaving = useRef(false);

  function beginNewSale(): void {
    leaving.current = true;
    onNewSale();
  }

  useShortcuts((key, event) => {
    if (leaving.current && /^\d$/u.test(key)) {
      typeAhead.add(key);
      return true;
    }
    if (!settled) return key === 'Enter';
    if (key === 'Enter' && isOnButton(event)) return false;
    if (key === 'Enter' && isDone) beginNewSale();
    else if (key === 'Enter' && mayTryAgain) onTryAgain();
    else if (key === 'Escape' && (sale.kind === 'declined' || sale.kind === 'not-charged')) onLeave();
    else return false;
    return true;
  });
  const { sign, word, sentence } = resultWords(sale, currency);
  return (
    <main className={`result result-${sale.kind}`}>
      <div role="status" className="result-words">
        <span className="sign" aria-hidden="true">
          {sign}
        </span>
        <p className="word">
          {word}
          {training && <small>training</small>}
        </p>
        <p className="amount">{money(sale.amountInCents, currency)}</p>
        <p className="described">{sale.description}</p>
        <p className="sentence">{sentence}</p>
      </div>
      <div className="next">
        {isDone && (
          <Button className="charge" isDisabled={!settled} onPress={beginNewSale}>
            New sale <kbd>Enter</kbd>
          </Button>
        )}
        {mayTryAgain && (
          <Button className="charge" isDisabled={!settled} onPress={onTryAgain}>
            Try again <kbd>Enter</kbd>
          </Button>
        )}
        {(sale.kind === 'declined' || sale.kind === 'not-charged') && (
          <Button className="quiet" isDisabled={!settled} onPress={onLeave}>
            Cancel sale <kbd>Esc</kbd>
          </Button>
        )}
      </div>
    </main>
  );
}
