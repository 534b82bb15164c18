import type { Purchase } from './sale.ts';

/** What was paid within the last minutes, to notice the same sale a second time. */
export type PaidLately = {
  note(purchase: Purchase, last4: string | null): void;
  /** The newest payment of the same amount and description within `withinMs`; null when there is none. */
  same(purchase: Purchase, withinMs: number): { readonly secondsAgo: number; readonly last4: string | null } | null;
};

/** Longer than any shop would want to be warned. */
const FORGOTTEN_AFTER_MS = 60 * 60_000;

export function rememberPaid(monotonicMs: () => number): PaidLately {
  let paid: readonly { readonly purchase: Purchase; readonly last4: string | null; readonly atMs: number }[] = [];
  return {
    note(purchase, last4) {
      const atMs = monotonicMs();
      paid = [...paid.filter((earlier) => atMs - earlier.atMs < FORGOTTEN_AFTER_MS), { purchase, last4, atMs }];
    },
    same({ amountInCents, description }, withinMs) {
      const nowMs = monotonicMs();
      const found = paid.findLast(
        ({ purchase, atMs }) => purchase.amountInCents === amountInCents && purchase.description === description && nowMs - atMs < withinMs,
      );
      return found === undefined ? null : { secondsAgo: Math.round((nowMs - found.atMs) / 1000), last4: found.last4 };
    },
  };
}
