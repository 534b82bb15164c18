/**
 * Keys of an amount, typed before the keypad of the next sale is shown. A quick cashier must not lose the first digit of an
 * amount, $22.00 would be charged as $2.00, nor its point, nor the Backspace after a wrong digit.
 */
export type TypeAhead = {
  /** False: the keypad was not asked for, and the key is for the screen. */
  add(key: string): boolean;
  /** Takes the keys typed ahead, and ends `leave`. */
  take(): readonly string[];
  /** On a finished sale: counts only when it is certain that no scanner sent it. */
  hold(key: string): void;
  isHolding(): boolean;
  /** The held keys, typed by hand, become keys typed ahead. */
  release(): void;
  /** The held keys came from a scanner. */
  dropHeld(): void;
  /** The keypad was asked for: until it takes them, all keys of an amount are typed ahead. */
  leave(): void;
};

/** Digits, the point or comma, plus, and Backspace. */
export const AMOUNT_KEY = /^(?:[\d.,+]|Backspace)$/u;

export function createTypeAhead(): TypeAhead {
  const keys: string[] = [];
  const held: string[] = [];
  let isLeaving = false;
  return {
    add(key) {
      if (isLeaving) keys.push(key);
      return isLeaving;
    },
    take() {
      held.length = 0;
      isLeaving = false;
      return keys.splice(0);
    },
    hold: (key) => void held.push(key),
    isHolding: () => held.length > 0,
    release: () => void keys.push(...held.splice(0)),
    dropHeld: () => void held.splice(0),
    leave() {
      isLeaving = true;
    },
  };
}
