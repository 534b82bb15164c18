import type { RefObject } from 'react';
import { isOnButton, isTyping, useShortcuts } from '../use-shortcuts.ts';
import type { EntryMode } from './amount-entry.ts';
import type { SaleEntry } from './use-sale-entry.ts';

/** The keys of the numeric block without NumLock: Home, arrows, Insert, Delete. */
const WITHOUT_NUM_LOCK = /^(?:Home|End|Page(?:Up|Down)|Arrow(?:Up|Down|Left|Right)|Insert|Delete|Clear)$/u;

/** The keyboard on the keypad screen: digits are the amount, letters the description. */
export function useEntryKeys(typing: SaleEntry, mode: EntryMode, descriptionField: RefObject<HTMLInputElement | null>): void {
  useShortcuts((key, event) => {
    const isFree = !isOnButton(event);
    // Enter is pressed too easily for a charge that has to be confirmed.
    if (key === 'Enter' && typing.doubt !== undefined && isFree) return true;
    if (key === 'F9' || (key === 'Enter' && isFree)) typing.charge();
    else if (key === 'F2') descriptionField.current?.focus();
    // Esc in the description does not clear the amount, unless Charge has put the cursor there because the description was missing.
    else if (isTyping(event) && (key !== 'Escape' || descriptionField.current?.ariaInvalid !== 'true')) return false;
    else if (event.code.startsWith('Numpad') && WITHOUT_NUM_LOCK.test(key)) typing.say({ kind: 'num-lock' });
    else {
      // Out of the description, too: the next digits are an amount.
      if (key === 'Escape') descriptionField.current?.blur();
      typing.remember(event.timeStamp);
      return typeKey(typing, key, mode, isFree);
    }
    return true;
  });
}

function typeKey(typing: SaleEntry, key: string, mode: EntryMode, isFree: boolean): boolean {
  if (/^\d$/u.test(key)) typing.type(key);
  else if (key === '+') typing.add();
  else if (mode === 'decimal' && (key === '.' || key === ',')) typing.type('.');
  else if (key === 'Backspace') typing.backspace();
  else if (key === 'Escape' || key === 'Delete') typing.clear();
  // Space presses the button that Tab went to.
  else return (isFree || key !== ' ') && typing.typeLetter(key);
  return true;
}
