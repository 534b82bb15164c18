import { type Purchase, isSamePurchase } from './purchase.ts';
import { mayStillBePaid } from './sale.ts';
import type { SaleLedger } from './sale-ledger.ts';

/** A customer who is charged again for the same comes back within this, if at all. */
const SAME_CUSTOMER_WITHIN_MS = 60 * 60_000;

/** Sales that were left, and whose customers may still be charged for them. */
export type PossiblePayments = {
  /**
   * Whether the same purchase may be charged a second time: by a request without an outcome, by the link that its customer has, or after a late payment that is
   * neither kept nor given back.
   */
  hasSame(asked: Purchase): boolean;
};

type PossiblePaymentsParts = {
  readonly monotonicMs: () => number;
  /** UTC, ISO 8601. Only for sales that were left in the last run; in this run the monotonic clock is used. */
  readonly utcNow: () => string;
};

export function createPossiblePayments({ monotonicMs, utcNow }: PossiblePaymentsParts, ledger: Pick<SaleLedger, 'sales' | 'onChange'>): PossiblePayments {
  const leftAtMs = new Map<string, number>();
  ledger.onChange((sale, event) => {
    if (sale.kind !== 'unresolved') leftAtMs.delete(sale.id);
    else if (!leftAtMs.has(sale.id)) leftAtMs.set(sale.id, monotonicMs() - (event === null ? Math.max(0, Date.parse(utcNow()) - Date.parse(sale.since)) : 0));
  });
  const isRecent = (saleId: string) => monotonicMs() - (leftAtMs.get(saleId) ?? Number.NEGATIVE_INFINITY) < SAME_CUSTOMER_WITHIN_MS;

  return {
    hasSame: (asked) =>
      ledger.sales().some((sale) => {
        if (sale.kind === 'late') return isSamePurchase(sale.purchase, asked);
        return sale.kind === 'unresolved' && mayStillBePaid(sale) && isSamePurchase(sale.purchase, asked) && isRecent(sale.id);
      }),
  };
}
