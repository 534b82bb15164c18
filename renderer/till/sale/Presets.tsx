import type { QuickItem } from '../../../contract/quick-item.ts';
import { Button } from '../../skin/Button.tsx';
import { MOST_ALT_DIGITS, useAltDigits } from '../use-alt-digits.ts';
import { useWords } from '../use-words.ts';

type Props = { readonly presets: readonly string[]; readonly items: readonly QuickItem[]; readonly onChoose: (description: string) => void; readonly onItem: (item: QuickItem) => void };

/** The buttons for quick items and descriptions. */
export function Presets({ presets, items, onChoose, onItem }: Props) {
  const { till, format } = useWords();
  const buttons = [
    ...items.map((item) => ({ name: item.name, price: format.money(item.priceInCents), press: () => onItem(item) })),
    ...presets.map((name) => ({ name, price: null, press: () => onChoose(name) })),
  ];
  useAltDigits((place) => buttons[place]?.press());
  return (
    <div className="presets" role="group" aria-label={till.enter.presets}>
      {buttons.map(({ name, price, press }, place) => (
        <Button key={`${name}${price}`} className="preset" {...(place < MOST_ALT_DIGITS && { shortcut: { key: `Alt+${place + 1}`, shown: `Alt ${place + 1}` } })} onPress={press}>
          <span>
            <bdi>{name}</bdi> <small>{price}</small>
          </span>
        </Button>
      ))}
    </div>
  );
}
