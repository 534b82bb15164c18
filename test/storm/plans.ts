import { diceOf, plainPlan } from './plain-plan.ts';
import type { Plan } from './plan.ts';
import { specialPlan } from './special-plan.ts';

/** Everything about the sale with this number; the same seed and number are always the same. */
export function planOf(seed: number, number: number): Plan {
  return specialPlan(plainPlan(seed, number), diceOf(seed + 1, number), () => planOf(seed, number - 1));
}
