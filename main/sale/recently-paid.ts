import type { Purchase } from './purchase.ts';
import type { Sale } from './sale.ts';

/** What was paid within the last hour, to notice the same sale a second time. */
export type RecentlyPaid = {
  note(sale: Sale): void;
  /** The newest payment of the same amount and description within `withinMs`; null when there is none. */
  same(purchase: Purchase, withinMs: number): { readonly secondsAgo: number; readonly last4: string | null } | null;
};

/** Longer than any shop would want to be warned. */
export const REMEMBERED_MS = 60 * 60_000;

/** `earlier`: what the journal has of the last hour; it was paid before this register was opened. */
export function rememberPaid({ monotonicMs, utcNow }: { readonly monotonicMs: () => number; readonly utcNow: () => string }, earlier: readonly Sale[]): RecentlyPaid {
  let paid: readonly { readonly id: string; readonly purchase: Purchase; readonly last4: string | null; readonly atMs: number }[] = [];

  function remember(sale: Sale, agoMs: number): void {
    if (sale.kind !== 'paid' && sale.kind !== 'accepted') return;
    if (paid.some(({ id }) => id === sale.id)) return;
    const nowMs = monotonicMs();
    const { id, purchase, paidWith } = sale;
    paid = [...paid.filter(({ atMs }) => nowMs - atMs < REMEMBERED_MS), { id, purchase, last4: paidWith.last4, atMs: nowMs - agoMs }];
  }

  const openedAt = Date.parse(utcNow());
  // A clock that was set back meanwhile makes it just now, never later.
  for (const sale of earlier) if ('at' in sale) remember(sale, Math.max(0, openedAt - Date.parse(sale.at)));

  return {
    note: (sale) => remember(sale, 0),
    same({ totalInCents, description }, withinMs) {
      const nowMs = monotonicMs();
      const found = paid.findLast(({ purchase, atMs }) => purchase.totalInCents === totalInCents && purchase.description === description && nowMs - atMs < withinMs);
      return found === undefined ? null : { secondsAgo: Math.round((nowMs - found.atMs) / 1000), last4: found.last4 };
    },
  };
}
