import { diceOf, plainPlan } from './plain-plan.ts';
import type { Plan, Returns } from './plan.ts';
import { withReturns } from './returns.ts';
import { specialPlan } from './special-plan.ts';

/** The plan of the sale with this number; the same seed and number always give the same plan. */
export function planOf(seed: number, number: number): Plan {
  return withReturns(specialPlan(plainPlan(seed, number), diceOf(seed + 1, number), () => planOf(seed, number - 1)));
}

/** What is given back of a sale, by the description that the till has of it. */
export function returnsOf(seed: number, description: string): Returns | null {
  const basket = Number(description.split(' ').at(-1));
  return Number.isSafeInteger(basket) ? planOf(seed, basket).returns : null;
}
