import { useRef } from 'react';
import { Button } from 'react-aria-components';
import { Sign } from '../skin/Sign.tsx';
import { type SaleResultView, resultWords } from './result-words.ts';
import type { TypeAhead } from './type-ahead.ts';
import { useArrival } from './use-arrival.ts';
import { useSettled } from './use-settled.ts';
import { isOnButton, useShortcuts } from './use-shortcuts.ts';
import { useWords } from './use-words.ts';

type Props = {
  readonly sale: SaleResultView;
  readonly training: boolean;
  readonly typeAhead: TypeAhead;
  readonly onNewSale: () => void;
  readonly onTryAgain: () => void;
  readonly onLeave: () => void;
};

/** What JustiFi says became of it: one word, one colour, one sign, and the next step under Enter. */
export function SaleResult({ sale, training, typeAhead, onNewSale, onTryAgain, onLeave }: Props) {
  const settled = useSettled();
  const arrival = useArrival<HTMLParagraphElement>();
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
  const words = useWords();
  const { result, keys } = words.till;
  const { word, sentence } = resultWords(sale, words);
  return (
    <main className={`result result-${sale.kind}`}>
      <div role="status" className="result-words">
        <Sign kind={sale.kind} size="sign" />
        <h1 className="word">
          {word}
          {training && <small className="mode mode-training">{result.training}</small>}
        </h1>
        <p ref={arrival} tabIndex={-1} className="amount">
          {words.format.money(sale.amountInCents)}
        </p>
        <p className="described">{sale.description}</p>
        <p className="sentence">{sentence}</p>
      </div>
      <div className="next">
        {isDone && (
          <Button className="charge" isDisabled={!settled} onPress={beginNewSale}>
            {result.newSale} <kbd>{keys.enter}</kbd>
          </Button>
        )}
        {mayTryAgain && (
          <Button className="charge" isDisabled={!settled} onPress={onTryAgain}>
            {result.tryAgain} <kbd>{keys.enter}</kbd>
          </Button>
        )}
        {(sale.kind === 'declined' || sale.kind === 'not-charged') && (
          <Button className="quiet" isDisabled={!settled} onPress={onLeave}>
            {result.cancelSale} <kbd>{keys.escape}</kbd>
          </Button>
        )}
      </div>
    </main>
  );
}
