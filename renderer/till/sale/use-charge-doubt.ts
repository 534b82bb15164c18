import { useState } from 'react';
import { CHARGE_DOUBTS, type ChargeDoubt, type ChargeProblem } from '../../../contract/problem.ts';
import { useSettled } from '../use-settled.ts';

/** What Counter asks before it charges, and what the cashier has answered. */
type AskedDoubt = {
  readonly doubt: ChargeDoubt | undefined;
  /** The question is on the screen long enough to have been read: the second half of a double tap on Charge does not answer it. */
  readonly isSettled: boolean;
  /** The cashier charges all the same. Returns every doubt that was overruled for exactly what stands there now. */
  overrule(): readonly ChargeDoubt[];
  /** Amount or description have changed: what was overruled is asked again. */
  forget(): void;
};

export function useChargeDoubt(problem: ChargeProblem | null): AskedDoubt {
  const [overruled, setOverruled] = useState<readonly ChargeDoubt[]>([]);
  const doubt = problem === null ? undefined : CHARGE_DOUBTS.find((kind) => kind === problem.kind);
  return {
    doubt,
    isSettled: useSettled(doubt),
    overrule() {
      const all = doubt === undefined ? overruled : [...new Set([...overruled, doubt])];
      setOverruled(all);
      return all;
    },
    forget: () => setOverruled([]),
  };
}
