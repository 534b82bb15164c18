import { AMOUNT_KEY, type TypeAhead } from './type-ahead.ts';

/** The actions on the screen of a finished sale. `isSettled`: it was shown long enough to be read. */
export type ResultChoices = { readonly isDone: boolean; readonly mayTryAgain: boolean; readonly mayCancel: boolean; readonly isSettled: boolean };

export type ResultStep = 'new-sale' | 'try-again' | 'cancel';

/** The action of a key there. `isHeld`: a key of an amount that counts only when it is certain that no scanner sent it. */
export type ResultKey = { readonly step: ResultStep | null; readonly isTaken: boolean; readonly isHeld: boolean };

/**
 * Enter is the next step, and a digit begins the next sale, as soon as it is certain that no scanner sent it (C-07). On a sale that
 * is done they are kept until the screen is settled. No state of React's: the next key may come before React has drawn anything.
 */
export type ResultKeys = {
  press(key: string, isOnButton: boolean, choices: ResultChoices): ResultKey;
  /** Null: it is kept until the screen is settled. Asked for again when main has refused the last. */
  beginNewSale(isSettled: boolean): 'new-sale' | null;
  isKept(): boolean;
};

export function createResultKeys(typeAhead: Pick<TypeAhead, 'hold' | 'isHolding' | 'release' | 'leave'>): ResultKeys {
  let isKept = false;

  function beginNewSale(isSettled: boolean): 'new-sale' | null {
    // Before the next screen takes the keys typed ahead: later, they would be the amount of the sale after that.
    typeAhead.release();
    typeAhead.leave();
    isKept = !isSettled;
    return isSettled ? 'new-sale' : null;
  }

  return {
    press(key, isOnButton, { isDone, mayTryAgain, mayCancel, isSettled }) {
      const taken = (step: ResultStep | null, isTaken = true, isHeld = false): ResultKey => ({ step, isTaken, isHeld });
      // Only a digit begins a sale.
      if (isDone && (typeAhead.isHolding() ? AMOUNT_KEY : /^\d$/u).test(key)) {
        typeAhead.hold(key);
        return taken(null, true, true);
      }
      if (key === 'Enter' && isOnButton) return taken(null, !isSettled);
      if (key === 'Enter' && isDone) return taken(beginNewSale(isSettled));
      if (!isSettled) return taken(null, key === 'Enter');
      if (key === 'Enter' && mayTryAgain) return taken('try-again');
      if (key === 'Escape' && mayCancel) return taken('cancel');
      return taken(null, false);
    },
    beginNewSale,
    isKept: () => isKept,
  };
}
