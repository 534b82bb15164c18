import { type FormEvent, type ReactNode, useState } from 'react';
import { Button, Form, Input, Label, TextField } from 'react-aria-components';
import { Sign } from '../../skin/Sign.tsx';
import { useWords } from '../use-words.ts';

const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

type Props = {
  readonly label: string;
  /** What the button says that hands the PIN over. */
  readonly action: string;
  readonly sentence: ReactNode;
  readonly isDisabled?: boolean;
  /** Does the cursor begin here? Yes, unless something else is typed first. */
  readonly autoFocus?: boolean;
  /** A PIN that was handed over does not stay on the screen. */
  readonly onPin: (pin: string) => void;
  readonly children?: ReactNode;
};

/** A PIN by touch, keyboard or paste; dots instead of digits. */
export function PinPad({ label, action, sentence, isDisabled = false, autoFocus = true, onPin, children }: Props) {
  const { till, manager } = useWords();
  const { door } = manager;
  const [pin, setPin] = useState('');

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (pin === '' || isDisabled) return;
    onPin(pin);
    setPin('');
  }

  // Not off while it is checked: a field that is off loses the cursor, and the next digits would go nowhere.
  return (
    <Form className="pin-pad" onSubmit={submit} validationBehavior="aria">
      <TextField className="field" type="password" value={pin} onChange={(typed) => setPin(typed.replaceAll(/\D/gu, ''))} isReadOnly={isDisabled} autoFocus={autoFocus}>
        <Label>{label}</Label>
        <Input autoComplete="off" inputMode="numeric" maxLength={40} />
      </TextField>
      <p className="problem" role="alert">
        {sentence}
      </p>
      <div className="pin-keys" role="group" aria-label={door.keypad} dir="ltr">
        {DIGITS.map((digit) => (
          <Key key={digit} name={digit} isDisabled={isDisabled} onPress={() => setPin(pin + digit)} />
        ))}
        <Key name={door.clear} isDisabled={isDisabled} onPress={() => setPin('')} />
        <Key name="0" isDisabled={isDisabled} onPress={() => setPin(`${pin}0`)} />
        <Key name={door.backspace} sign={<Sign kind="backspace" />} isDisabled={isDisabled} onPress={() => setPin(pin.slice(0, -1))} />
      </div>
      <div className="next">
        <Button type="submit" className="charge" isDisabled={isDisabled || pin === ''}>
          {action} <kbd>{till.keys.enter}</kbd>
        </Button>
        {children}
      </div>
    </Form>
  );
}

function Key({ name, sign = name, isDisabled, onPress }: { readonly name: string; readonly sign?: ReactNode; readonly isDisabled: boolean; readonly onPress: () => void }) {
  return (
    // A finger on a key leaves the cursor where it is.
    <Button className="key" aria-label={name} isDisabled={isDisabled} preventFocusOnPress onPress={onPress}>
      {sign}
    </Button>
  );
}
