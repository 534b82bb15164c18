import type { OpenLink } from '../../contract/till-snapshot.ts';
import { type Sale, openLink } from './sale.ts';

/** The links of unresolved sales by which customers may still pay; the newest first. */
export function openLinksOf(sales: readonly Sale[]): readonly OpenLink[] {
  return leftWithLink(sales)
    .map(({ id, purchase, link }) => ({ saleId: id, amountInCents: purchase.totalInCents, description: purchase.description, ...link }))
    .toSorted((one, other) => other.shownAt.localeCompare(one.shownAt));
}

function leftWithLink(sales: readonly Sale[]) {
  return sales.flatMap((sale) => {
    const link = sale.kind === 'unresolved' ? openLink(sale) : null;
    return link === null || sale.kind !== 'unresolved' ? [] : [{ id: sale.id, purchase: sale.purchase, link }];
  });
}
