/**
 * Digits typed before the keypad of the next sale is there. A quick hand must not lose the first digit of an amount: $22.00 would be charged
 * as $2.00.
 */
export type TypeAhead = {
  add(digit: string): void;
  /** What was typed ahead, once. */
  take(): string;
  /** On a sale that is over: counts only when it is plain that no scanner sent it. */
  hold(digit: string): void;
  isHolding(): boolean;
  /** What is held is a hand's. */
  release(): void;
  /** What is held came from a scanner. */
  dropHeld(): void;
};

export function createTypeAhead(): TypeAhead {
  let digits = '';
  let held = '';
  return {
    add(digit) {
      digits += digit;
    },
    take() {
      const taken = digits;
      digits = '';
      held = '';
      return taken;
    },
    hold(digit) {
      held += digit;
    },
    isHolding: () => held !== '',
    release() {
      digits += held;
      held = '';
    },
    dropHeld() {
      held = '';
    },
  };
}
