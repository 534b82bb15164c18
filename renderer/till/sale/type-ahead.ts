/**
 * Digits typed before the keypad of the next sale is shown. A quick cashier must not lose the first digit of an amount: $22.00 would be charged
 * as $2.00.
 */
export type TypeAhead = {
  add(digit: string): void;
  /** Takes the digits typed ahead. */
  take(): string;
  /** On a finished sale: counts only when it is certain that no scanner sent it. */
  hold(digit: string): void;
  isHolding(): boolean;
  /** The held digits were typed by hand. */
  release(): void;
  /** The held digits came from a scanner. */
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
