/** Reproducible random numbers: the same seed gives the same numbers. */
export type Dice = {
  /** A whole number from 0 up to, but not including, `limit`. */
  readonly below: (limit: number) => number;
  readonly of: <Value>(values: readonly Value[]) => Value;
  /** True in about `percent` of a hundred throws. */
  readonly chance: (percent: number) => boolean;
  /** From 0 up to 1. */
  readonly fraction: () => number;
};

/** splitmix32: adjacent small seeds give independent numbers. */
export function dice(seed: number): Dice {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
  const below = (limit: number) => next() % limit;
  return {
    below,
    of: (values) => values[below(values.length)]!,
    chance: (percent) => below(100) < percent,
    fraction: () => next() / 2 ** 32,
  };
}
