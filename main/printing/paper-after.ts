import type { ReceiptPaper } from '../../contract/printing.ts';
import type { Sale } from '../sale/sale.ts';
import type { SaleEvent } from '../sale/sale-event.ts';

/** The receipt that a customer expects after this event; null: none. */
export function paperAfter(sale: Sale, event: SaleEvent): ReceiptPaper | null {
  if (event.kind === 'outcome-known') return sale.kind === 'paid' || sale.kind === 'accepted' ? { kind: 'sale', saleId: sale.id } : null;
  if (event.kind !== 'reversal-answered' || event.answer.state === 'refused') return null;
  return { kind: 'reversal', saleId: sale.id, reversalId: event.reversalId };
}
