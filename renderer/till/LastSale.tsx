import { Button } from 'react-aria-components';
import type { Currency } from '../../contract/money.ts';
import type { LastSale as Sold } from '../../contract/till-snapshot.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { dayAndTimeWords, money, paidWithWords, resultWords } from './words.ts';

/** The last sale that took money, to look at once more; nothing can be done to it here. */
export function LastSale({ sale, currency, onClose }: { readonly sale: Sold; readonly currency: Currency; readonly onClose: () => void }) {
  useShortcuts((key) => {
    if (key !== 'Escape' && key !== 'Enter') return false;
    onClose();
    return true;
  });
  const { sign, word, sentence } = resultWords(sale, currency);
  const details = 'paidWith' in sale ? `${paidWithWords(sale.paidWith)}, ${dayAndTimeWords(sale.at)}` : sentence;
  return (
    <main className={`result result-${sale.kind} last-sale`}>
      <h1>Last sale</h1>
      <div role="status" className="result-words">
        <span className="sign" aria-hidden="true">
          {sign}
        </span>
        <p className="word">
          {word} {money(sale.amountInCents, currency)}
        </p>
        <p className="described">{sale.description}</p>
        <p className="sentence">{details}</p>
      </div>
      <div className="next">
        <Button className="charge" autoFocus onPress={onClose}>
          Back to the till <kbd>Esc</kbd>
        </Button>
      </div>
    </main>
  );
}
