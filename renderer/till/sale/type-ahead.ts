/**
 * Keys of an amount, digits and the point, typed before the keypad of the next sale is shown. A quick cashier must not lose the first digit of an
 * amount, $22.00 would be charged as $2.00, nor its point.
 */
export type TypeAhead = {
  /** False: the keypad was not asked for, and the key is for the screen. */
  add(key: string): boolean;
  /** Takes the keys typed ahead, and ends `leave`. */
  take(): string;
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

/** Digits, and the point or comma. */
export const AMOUNT_KEY = /^[\d.,]$/u;

export function createTypeAhead(): TypeAhead {
  let keys = '';
  let held = '';
  let isLeaving = false;
  return {
    add(key) {
      if (isLeaving) keys += key;
      return isLeaving;
    },
    take() {
      const taken = keys;
      keys = '';
      held = '';
      isLeaving = false;
      return taken;
    },
    hold(key) {
      held += key;
    },
    isHolding: () => held !== '',
    release() {
      keys += held;
      held = '';
    },
    dropHeld() {
      held = '';
    },
    leave() {
      isLeaving = true;
    },
  };
}
