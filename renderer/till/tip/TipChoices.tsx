import type { SaleView } from '../../../contract/till-snapshot.ts';
import { Button } from '../../skin/Button.tsx';
import { useAllWords } from '../use-words.ts';

export type AskedSale = Extract<SaleView, { kind: 'tip' }>;

/** Of the digits that choose; 0 is no tip. */
export const ANOTHER_KEY = 4;

type Props = { readonly sale: AskedSale; readonly isSettled: boolean; readonly onChoose: (tipInCents: number) => void; readonly onAnother: () => void };

/** One press each, for customers who do not know the till. */
export function TipChoices({ sale: { amountInCents, offer, chosenInCents }, isSettled, onChoose, onAnother }: Props) {
  const { tip: words, format } = useAllWords();
  return (
    <>
      <h2 className="tip-question">{words.question}</h2>
      <div className="tip-choices">
        {offer.choices.map(({ percent, amountInCents: tipInCents }, place) => (
          <Button key={`${percent} ${tipInCents}`} className="tip-choice" aria-pressed={chosenInCents === tipInCents} isDisabled={!isSettled} shortcut={digit(place + 1)} onPress={() => onChoose(tipInCents)}>
            <span>
              <b>{percent === null ? format.money(tipInCents) : format.percent(percent)}</b> {percent !== null && <small>{format.money(tipInCents)}</small>} <small>{words.total(amountInCents + tipInCents)}</small>
            </span>
          </Button>
        ))}
        {offer.anotherUpToInCents !== null && (
          <Button className="tip-choice" isDisabled={!isSettled} shortcut={digit(ANOTHER_KEY)} onPress={onAnother}>
            {words.another}
          </Button>
        )}
        <Button className="tip-choice" aria-pressed={chosenInCents === 0} isDisabled={!isSettled} shortcut={digit(0)} onPress={() => onChoose(0)}>
          {words.none}
        </Button>
      </div>
    </>
  );
}

function digit(value: number): { readonly key: string; readonly shown: string } {
  return { key: String(value), shown: String(value) };
}
