import type { TenderKind } from '../../../contract/tender.ts';
import { Button } from '../../skin/Button.tsx';
import { useAltDigits } from '../use-alt-digits.ts';
import { useWords } from '../use-words.ts';

type Props = {
  /** In the order of their keys. */
  readonly ways: readonly TenderKind[];
  /** The one that the customer has, or had last. */
  readonly chosen: TenderKind;
  /** Only another can be chosen: Try again is for the same. */
  readonly onlyOthers?: boolean;
  readonly isDisabled: boolean;
  readonly onChoose: (tender: TenderKind) => void;
};

/** The ways to pay, each with its key. With a single one there is nothing to choose, and nothing is drawn. */
export function WaysToPay({ ways, chosen, onlyOthers = false, isDisabled, onChoose }: Props) {
  const { till } = useWords();
  const isOffered = (way: TenderKind) => !onlyOthers || way !== chosen;
  useAltDigits((place) => {
    const way = ways[place];
    if (way !== undefined && isOffered(way) && !isDisabled) onChoose(way);
  });
  if (ways.length < 2) return null;
  return (
    <div className="tenders" role="group" aria-label={till.ways.name}>
      {ways.map((way, place) =>
        isOffered(way) ? (
          <Button key={way} className="tender" aria-pressed={way === chosen} isDisabled={isDisabled} shortcut={{ key: `Alt+${place + 1}`, shown: `Alt ${place + 1}` }} onPress={() => onChoose(way)}>
            {till.ways[way]}
          </Button>
        ) : null,
      )}
    </div>
  );
}
