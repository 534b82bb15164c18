import { Button } from 'react-aria-components';
import { useWords } from './use-words.ts';

const ROWS = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
] as const;

type Props = { readonly onDigits: (digits: string) => void; readonly onBackspace: () => void; readonly onClear: () => void };

/** Cents first: digits shift in from the right. Always 1-2-3 from the left, in every language. */
export function Keypad({ onDigits, onBackspace, onClear }: Props) {
  const { till } = useWords();
  const digit = (digits: string) => (
    <Button key={digits} className="key" onPress={() => onDigits(digits)}>
      {digits}
    </Button>
  );
  return (
    <section className="keypad" role="group" aria-label={till.keypad.name} dir="ltr">
      {ROWS.flat().map(digit)}
      {digit('00')}
      {digit('0')}
      <Button className="key" aria-label={till.keypad.backspace} onPress={onBackspace}>
        ⌫
      </Button>
      <Button className="key key-clear" onPress={onClear}>
        {till.keypad.clear} <kbd>{till.keys.escape}</kbd>
      </Button>
    </section>
  );
}
