import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import type { EntryMode } from './amount-entry.ts';
import { useWords } from '../use-words.ts';

const ROWS = [
  ['1', '2', '3'],
  ['4', '5', '6'],
  ['7', '8', '9'],
] as const;

type Props = {
  readonly mode: EntryMode;
  /** By finger or mouse. */
  readonly onTouch: () => void;
  readonly onKeys: (keys: string) => void;
  readonly onAdd: () => void;
  readonly onBackspace: () => void;
  readonly onClear: () => void;
};

/** Always 1-2-3 from the left, in every language. Cents first has a "00", decimal entry the point of the language. */
export function Keypad({ mode, onTouch, onKeys, onAdd, onBackspace, onClear }: Props) {
  const { till, format } = useWords();
  const digit = (digits: string) => (
    <Button key={digits} className="key" onPress={() => onKeys(digits)}>
      {digits}
    </Button>
  );
  return (
    <section className="keypad" role="group" aria-label={till.keypad.name} dir="ltr" onPointerDownCapture={onTouch}>
      {ROWS.flat().map(digit)}
      {mode === 'cents' ? (
        digit('00')
      ) : (
        <Button shortcut={{ key: format.point, shown: null }} className="key" aria-label={till.keypad.point} onPress={() => onKeys('.')}>
          {format.point}
        </Button>
      )}
      {digit('0')}
      <Button shortcut={{ key: 'Backspace', shown: null }} className="key" aria-label={till.keypad.backspace} onPress={onBackspace}>
        <Sign kind="backspace" />
      </Button>
      <Button shortcut={{ key: 'Escape', shown: till.keys.escape }} className="key key-clear" onPress={onClear}>
        {till.keypad.clear}
      </Button>
      <Button shortcut={{ key: 'Plus', shown: null }} className="key" aria-label={till.keypad.add} onPress={onAdd}>
        +
      </Button>
    </section>
  );
}
