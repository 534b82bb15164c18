import { type Purchase, isSamePurchase } from './purchase.ts';
import type { Sale } from './sale.ts';

/** The sales of the last hour that were paid, to notice the same sale a second time. */
export type RecentlyPaid = {
  note(sale: Sale): void;
  /** The newest payment of the same amount and description within `withinMs`, whatever tip came with it; null when there is none. */
  same(purchase: Purchase, withinMs: number): { readonly secondsAgo: number; readonly last4: string | null } | null;
};

/** Longer than any shop's setting for the warning. */
export const REMEMBERED_MS = 60 * 60_000;

/** A sale that was paid before this register was opened. */
export type PaidEarlier = { readonly sale: Sale; readonly agoMs: number };

/** `earlier`: the journal's payments of the last hour. */
export function createRecentlyPaid({ monotonicMs }: { readonly monotonicMs: () => number }, earlier: readonly PaidEarlier[]): RecentlyPaid {
  /** Late payments without a decision. A kept one counts as paid when it arrived. */
  const arrivedAtMs = new Map<string, number>();
  let paid: readonly { readonly id: string; readonly purchase: Purchase; readonly last4: string | null; readonly atMs: number }[] = [];

  function remember(sale: Sale, agoMs: number): void {
    const nowMs = monotonicMs();
    if (sale.kind === 'late') arrivedAtMs.set(sale.id, nowMs - agoMs);
    if (sale.kind !== 'paid' && sale.kind !== 'accepted') return;
    if (paid.some(({ id }) => id === sale.id)) return;
    const { id, purchase, paidWith } = sale;
    paid = [...paid.filter(({ atMs }) => nowMs - atMs < REMEMBERED_MS), { id, purchase, last4: paidWith.last4, atMs: arrivedAtMs.get(id) ?? nowMs - agoMs }];
    arrivedAtMs.delete(id);
  }

  // After a change of the clock its time may lie in the future: it counts as just now.
  for (const { sale, agoMs } of earlier) remember(sale, Math.max(0, agoMs));

  return {
    note: (sale) => remember(sale, 0),
    same(asked, withinMs) {
      const nowMs = monotonicMs();
      const found = paid.findLast(({ purchase, atMs }) => isSamePurchase(purchase, asked) && nowMs - atMs < withinMs);
      return found === undefined ? null : { secondsAgo: Math.round((nowMs - found.atMs) / 1000), last4: found.last4 };
    },
  };
}
