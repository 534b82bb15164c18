import type { Plan, ReturnPart, Returns, ReversalPlan } from './plan.ts';

/** With its outcomes at JustiFi, the first time. */
type Kind = Returns & { readonly outcome: Omit<ReversalPlan, 'isKilled'> };

const DONE = { void: 'done', refund: 'done' } as const;
const PLAIN: Kind = { parts: ['third', 'rest'], pressesTwice: false, trouble: 'none', killed: 'never', outcome: DONE };

/** Each of them happens several times in sixty sales. */
const KINDS: readonly Kind[] = [
  { ...PLAIN, parts: ['whole'], pressesTwice: true },
  { ...PLAIN, killed: 'when-made' },
  { ...PLAIN, parts: ['third', 'third', 'rest'], pressesTwice: true },
  { ...PLAIN, trouble: 'answer-lost' },
  { ...PLAIN, parts: ['whole'], trouble: 'answer-lost', killed: 'when-made' },
  { ...PLAIN, trouble: 'request-lost', killed: 'when-asked' },
  { ...PLAIN, outcome: { void: 'done', refund: 'pending-then-failed' } },
  { ...PLAIN, trouble: 'late' },
  { ...PLAIN, parts: ['third'], trouble: 'error-after', killed: 'when-made' },
  { ...PLAIN, trouble: 'error-before' },
  { ...PLAIN, parts: ['whole'], trouble: 'refused' },
  { ...PLAIN, parts: ['whole'], trouble: 'late' },
  { ...PLAIN, outcome: { void: 'done', refund: 'pending' }, killed: 'when-asked' },
  { ...PLAIN, parts: ['whole'], trouble: 'error-after', outcome: { void: 'forbidden', refund: 'done' } },
  { ...PLAIN, outcome: { void: 'done', refund: 'failed' } },
];
/** Neighbours, which one counter serves, are of different kinds. It has no divisor in common with their number. */
const STRIDE = 7;

/**
 * Two of three customers bring the goods back, if they have paid at the counter. A Pay that arrives late is given back by the manager, in its own way. Without a throw of the dice.
 */
export function withReturns(plan: Plan): Plan {
  const { number } = plan;
  if (plan.arrival !== null || number % 3 === 1) return plan;
  const turn = Math.floor(number / 3) * 2 + (number % 3 === 0 ? 0 : 1);
  const { outcome, ...returns } = KINDS[(turn * STRIDE) % KINDS.length]!;
  return { ...plan, returns, reversal: { ...outcome, isKilled: returns.killed === 'when-asked' }, kills: returns.killed !== 'never' && isPlain(plan) ? [] : plan.kills };
}

/** Its kills are at random moments, and one of them is made later. */
function isPlain({ number }: Plan): boolean {
  return number % 2 === 0;
}

/** The amounts of the parts, one after the other. */
export function amountsOf(parts: readonly ReturnPart[], chargedInCents: number): readonly number[] {
  let left = chargedInCents;
  return parts.map((part) => {
    const amount = part === 'third' ? Math.floor(chargedInCents / 3) : left;
    left -= amount;
    return amount;
  });
}
