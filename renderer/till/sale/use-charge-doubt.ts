import { useState } from 'react';
import { CHARGE_DOUBTS, type ChargeDoubt, type ChargeProblem } from '../../../contract/problem.ts';
import { useSettled } from '../use-settled.ts';

/** Counter's questions before a charge, and the cashier's answers. */
type AskedDoubt = {
  readonly doubt: ChargeDoubt | undefined;
  /** The question was shown long enough to be read: the second half of a double tap on Charge does not answer it. */
  readonly isSettled: boolean;
  /** The cashier confirms. Returns every confirmed warning for exactly this entry. */
  overrule(): readonly ChargeDoubt[];
  /** Amount or description have changed: confirmed warnings are asked again. */
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
