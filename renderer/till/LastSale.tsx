import { Button } from 'react-aria-components';
import type { LastSale as Sold } from '../../contract/till-snapshot.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { Sign } from '../skin/Sign.tsx';
import { paidWithWords, resultWords } from './result-words.ts';
import { useWords } from './use-words.ts';

/** The last sale that took money, to look at once more; nothing can be done to it here. */
export function LastSale({ sale, onClose }: { readonly sale: Sold; readonly onClose: () => void }) {
  useShortcuts((key) => {
    if (key !== 'Escape' && key !== 'Enter') return false;
    onClose();
    return true;
  });
  const words = useWords();
  const { till, format } = words;
  const { word, sentence } = resultWords(sale, words);
  const details = 'paidWith' in sale ? `${paidWithWords(sale.paidWith, words)}, ${format.dayAndTime(sale.at)}` : sentence;
  return (
    <main className={`result result-${sale.kind} last-sale`}>
      <h1>{till.lastSale.title}</h1>
      <div role="status" className="result-words">
        <Sign kind={sale.kind} size="sign" />
        <p className="word">{word}</p>
        <p className="amount">{format.money(sale.amountInCents)}</p>
        <p className="described">{sale.description}</p>
        <p className="sentence">{details}</p>
      </div>
      <div className="next">
        <Button className="charge" autoFocus onPress={onClose}>
          {till.lastSale.back} <kbd>{till.keys.escape}</kbd>
        </Button>
      </div>
    </main>
  );
}
