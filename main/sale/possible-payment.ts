import { type Purchase, isSamePurchase } from './purchase.ts';
import { type Sale, mayStillBePaid } from './sale.ts';

/** A customer who is charged again for the same comes back within this, if at all. */
const SAME_CUSTOMER_WITHIN_MS = 60 * 60_000;

/** Is the same purchase perhaps being charged a second time: by a request that has no end yet, or by the link that its customer has? */
export function maySameBePaid(sales: readonly Sale[], asked: Purchase, utcNow: string): boolean {
  return sales.some((sale) => sale.kind === 'unresolved' && mayStillBePaid(sale) && isSamePurchase(sale.purchase, asked) && Date.parse(utcNow) - Date.parse(sale.since) < SAME_CUSTOMER_WITHIN_MS);
}
