/**
 * Digits typed after New sale was pressed and before its keypad is there. A quick hand must not lose the first digit of an
 * amount: $22.00 would be charged as $2.00.
 */
export type TypeAhead = {
  add(digit: string): void;
  /** What was typed ahead, once. */
  take(): string;
};

export function createTypeAhead(): TypeAhead {
  let digits = '';
  return {
    add(digit) {
      digits += digit;
    },
    take() {
      const taken = digits;
      digits = '';
      return taken;
    },
  };
}
