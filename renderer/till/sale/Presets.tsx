import { Button } from '../../skin/Button.tsx';
import { MOST_ALT_DIGITS, useAltDigits } from '../use-alt-digits.ts';
import { useWords } from '../use-words.ts';

type Props = { readonly presets: readonly string[]; readonly onChoose: (description: string) => void };

/** Descriptions that are one press away. */
export function Presets({ presets, onChoose }: Props) {
  const { till } = useWords();
  useAltDigits((place) => {
    const preset = presets[place];
    if (preset !== undefined) onChoose(preset);
  });
  return (
    <div className="presets" role="group" aria-label={till.enter.presets}>
      {presets.map((preset, place) => (
        <Button key={preset} className="preset" {...(place < MOST_ALT_DIGITS && { shortcut: { key: `Alt+${place + 1}`, shown: `Alt ${place + 1}` } })} onPress={() => onChoose(preset)}>
          <bdi>{preset}</bdi>
        </Button>
      ))}
    </div>
  );
}
