import { type FormEvent, type ReactNode, useId, useRef, useState } from 'react';
import { Form, Input, Label, TextField } from 'react-aria-components';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { useScanner } from '../scan/use-scanner.ts';
import { useAllWords } from '../use-words.ts';
import { Said } from '../Said.tsx';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

type Props = {
  readonly label: string;
  /** The text of the button that submits the PIN. */
  readonly action: string;
  readonly sentence: ReactNode;
  /** Whether the sentence is about the PIN. Yes, unless it is about a field beside it, which names it by `sentenceId`. */
  readonly isAboutPin?: boolean;
  readonly sentenceId?: string;
  readonly isDisabled?: boolean;
  /** Whether the cursor begins here. Yes, unless another field comes first. */
  readonly autoFocus?: boolean;
  /** A submitted PIN does not stay on the screen. */
  readonly onPin: (pin: string) => void;
  readonly children?: ReactNode;
};

/** A PIN by touch, keyboard or paste; dots instead of digits. */
export function PinPad({ label, action, sentence, isAboutPin = true, sentenceId, isDisabled = false, autoFocus = true, onPin, children }: Props) {
  const { till, manager } = useAllWords();
  const { door } = manager;
  const [pin, setPin] = useState('');
  const [notice, setNotice] = useState<'barcode' | 'pressAgain' | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const ownId = useId();
  const problem = sentenceId ?? ownId;

  function change(next: string): void {
    setNotice(null);
    setPin(next);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (pin === '' || isDisabled) return;
    onPin(pin);
    change('');
  }

  const hasFocus = () => form.current?.contains(document.activeElement) === true;
  useScanner({
    onScan() {
      if (!hasFocus()) return;
      setPin('');
      setNotice('barcode');
    },
    onUnclear: () => setNotice(hasFocus() ? 'pressAgain' : null),
  });

  // Not disabled while the PIN is checked: a disabled field loses the cursor, and the next digits would be lost.
  return (
    <Form ref={form} className="pin-pad" onSubmit={submit} validationBehavior="aria">
      <TextField className="field" type="password" value={pin} onChange={(typed) => change(typed.replaceAll(/\D/gu, ''))} isReadOnly={isDisabled} isInvalid={notice !== null || (isAboutPin && isSaid(sentence))} aria-describedby={problem} autoFocus={autoFocus}>
        <Label>{label}</Label>
        <Input autoComplete="off" inputMode="numeric" maxLength={40} />
      </TextField>
      <Said isWarning id={problem} className="problem">
        {notice === null ? sentence : door[notice]}
      </Said>
      <div className="pin-keys" role="group" aria-label={door.keypad} dir="ltr">
        {DIGITS.map((digit) => (
          <Key key={digit} name={digit} isDisabled={isDisabled} onPress={() => change(pin + digit)} />
        ))}
        <Key name={door.clear} isDisabled={isDisabled} onPress={() => change('')} />
        <Key name="0" isDisabled={isDisabled} onPress={() => change(`${pin}0`)} />
        <Key name={door.backspace} sign={<Sign kind="backspace" />} isDisabled={isDisabled} onPress={() => change(pin.slice(0, -1))} />
      </div>
      <div className="next">
        <Button shortcut={{ key: 'Enter', shown: till.keys.enter }} type="submit" className="charge" isDisabled={isDisabled || pin === ''}>
          {action}
        </Button>
        {children}
      </div>
    </Form>
  );
}

function isSaid(sentence: ReactNode): boolean {
  return sentence !== null && sentence !== false && sentence !== '';
}

function Key({ name, sign = name, isDisabled, onPress }: { readonly name: string; readonly sign?: ReactNode; readonly isDisabled: boolean; readonly onPress: () => void }) {
  return (
    <Button className="key" aria-label={name} isDisabled={isDisabled} onPress={onPress}>
      {sign}
    </Button>
  );
}
