import { diceOf, plainPlan } from './plain-plan.ts';
import type { Plan } from './plan.ts';
import { specialPlan } from './special-plan.ts';

/** The plan of the sale with this number; the same seed and number always give the same plan. */
export function planOf(seed: number, number: number): Plan {
  return specialPlan(plainPlan(seed, number), diceOf(seed + 1, number), () => planOf(seed, number - 1));
}
