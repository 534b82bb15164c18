import { type Purchase, isSamePurchase } from './purchase.ts';
import { type Sale, mayStillBePaid } from './sale.ts';

/** A customer who is charged again for the same comes back within this, if at all. */
const SAME_CUSTOMER_WITHIN_MS = 60 * 60_000;

/**
 * Whether the same purchase may be charged a second time: by a request without an outcome, by the link that its customer has, or after a late payment that is neither
 * kept nor given back.
 */
export function maySameBePaid(sales: readonly Sale[], asked: Purchase, utcNow: string): boolean {
  const isRecent = (utc: string) => Date.parse(utcNow) - Date.parse(utc) < SAME_CUSTOMER_WITHIN_MS;
  return sales.some((sale) => {
    if (sale.kind === 'late') return isSamePurchase(sale.purchase, asked);
    return sale.kind === 'unresolved' && mayStillBePaid(sale) && isSamePurchase(sale.purchase, asked) && isRecent(sale.since);
  });
}
