import { useState } from 'react';
import { Button } from '../../skin/Button.tsx';
import { Sign } from '../../skin/Sign.tsx';
import { Said } from '../Said.tsx';
import { type AmountEntry, EMPTY_ENTRY, type EntryMode, backspace, press, totalInCents } from '../sale/amount-entry.ts';
import { useAllWords } from '../use-words.ts';
import { isOnButton, useShortcuts } from '../use-shortcuts.ts';
import { useLoneKey } from './use-lone-key.ts';

type Props = {
  readonly amountInCents: number;
  readonly upToInCents: number;
  readonly mode: EntryMode;
  readonly isSettled: boolean;
  readonly onAdd: (tipInCents: number) => void;
  readonly onBack: () => void;
};

/** A tip that the customer types, in the same way as the cashier types amounts. */
export function OwnTip({ amountInCents, upToInCents, mode, isSettled, onAdd, onBack }: Props) {
  const { till, tip: words, format } = useAllWords();
  const [entry, setEntry] = useState<AmountEntry>(EMPTY_ENTRY);
  const tipInCents = totalInCents(entry, mode);
  const isTooMuch = tipInCents > upToInCents;
  const mayAdd = isSettled && tipInCents > 0 && !isTooMuch;

  function type(keys: string): void {
    const next = press(entry, keys, mode);
    if (next.kind === 'ok') setEntry(next.value);
  }

  const pressAlone = useLoneKey((key) => key === 'Enter' && mayAdd && onAdd(tipInCents));
  useShortcuts((key, event) => {
    // Every key is reported, so that the Enter of a scanner adds nothing.
    if (key === 'Enter' && isOnButton(event)) return false;
    pressAlone(key);
    if (/^\d$/u.test(key)) type(key);
    else if (mode === 'decimal' && (key === '.' || key === format.point)) type('.');
    else if (key === 'Backspace') setEntry(backspace(entry, mode));
    else if (key === 'Escape') onBack();
    else return key === 'Enter';
    return true;
  });

  const key = (keys: string) => (
    <Button key={keys} className="key" onPress={() => type(keys)}>
      {keys}
    </Button>
  );
  return (
    <>
      <h2 className="tip-question">{words.own}</h2>
      <Said as="div" className="tip-own">
        <strong>{format.money(tipInCents)}</strong> <span>{isTooMuch ? words.tooMuch(upToInCents) : words.total(amountInCents + tipInCents)}</span>
      </Said>
      <div className="keypad tip-keypad" role="group" aria-label={till.keypad.name} dir="ltr">
        {['1', '2', '3', '4', '5', '6', '7', '8', '9'].map(key)}
        {mode === 'cents' ? (
          key('00')
        ) : (
          <Button className="key" aria-label={till.keypad.point} onPress={() => type('.')}>
            {format.point}
          </Button>
        )}
        {key('0')}
        <Button className="key" aria-label={till.keypad.backspace} onPress={() => setEntry(backspace(entry, mode))}>
          <Sign kind="backspace" />
        </Button>
      </div>
      <div className="next">
        <Button className="charge" shortcut={{ key: 'Enter', shown: till.keys.enter }} isDisabled={!mayAdd} onPress={() => onAdd(tipInCents)}>
          {words.add(tipInCents)}
        </Button>
        <Button className="quiet" shortcut={{ key: 'Escape', shown: till.keys.escape }} onPress={onBack}>
          {words.toChoices}
        </Button>
      </div>
    </>
  );
}
