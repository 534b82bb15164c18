import type { OpenLink } from '../../contract/till-snapshot.ts';
import { type Purchase, isSamePurchase } from './purchase.ts';
import { type Sale, openLink } from './sale.ts';

/** A customer who could not pay by a link comes back within this, if at all. */
const SAME_CUSTOMER_WITHIN_MS = 60 * 60_000;

/** Of the sales that were left while their customer had a link, and may still pay by it; the newest first. */
export function openLinksOf(sales: readonly Sale[]): readonly OpenLink[] {
  return leftWithLink(sales)
    .map(({ id, purchase, link }) => ({ saleId: id, amountInCents: purchase.totalInCents, description: purchase.description, ...link }))
    .toSorted((one, other) => other.shownAt.localeCompare(one.shownAt));
}

/** Is the same purchase perhaps being charged a second time, because its customer has not paid by the link? */
export function isPayableByLink(sales: readonly Sale[], asked: Purchase, utcNow: string): boolean {
  return leftWithLink(sales).some(({ purchase, link }) => isSamePurchase(purchase, asked) && Date.parse(utcNow) - Date.parse(link.shownAt) < SAME_CUSTOMER_WITHIN_MS);
}

function leftWithLink(sales: readonly Sale[]) {
  return sales.flatMap((sale) => {
    const link = sale.kind === 'unresolved' ? openLink(sale) : null;
    return link === null || sale.kind !== 'unresolved' ? [] : [{ id: sale.id, purchase: sale.purchase, link }];
  });
}
