import { assertNever } from '../../contract/result.ts';
import type { LastSale, LatePayment, SaleView } from '../../contract/till-snapshot.ts';
import { givenBackInCents, mustRefund } from './reversal.ts';
import { type LateSale, type Sale, tookMoney } from './sale.ts';

/** A sale as the till may show it: no checkout id, no payment id, no code of a decline. */
export function saleView(sale: Sale): SaleView {
  if (sale.kind === 'draft') {
    return { kind: 'entering', saleId: sale.id, amountInCents: sale.amountInCents, description: sale.description, problem: sale.problem };
  }
  const sold = { saleId: sale.id, amountInCents: sale.purchase.totalInCents, description: sale.purchase.description };
  switch (sale.kind) {
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return { kind: sale.kind, ...sold };
    case 'paid':
    case 'accepted':
      return { kind: sale.kind, ...sold, paidWith: sale.paidWith, at: sale.at };
    case 'declined':
      return { kind: 'declined', ...sold, reason: sale.reason };
    case 'not-charged':
      return { kind: 'not-charged', ...sold, reason: sale.reason };
    case 'wrong-amount':
    case 'wrong-amount-seen':
      return { kind: 'wrong-amount', ...sold, chargedInCents: sale.chargedInCents };
    case 'unresolved':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'abandoned':
      // Never at the counter: these are asked about in the background, or have given way to a new draft.
      return { kind: 'entering', ...sold, problem: null };
    default:
      return assertNever(sale);
  }
}

/** Null for a sale that took no money: there is nothing to look at once more. */
export function lastSaleView(sale: Sale | null): LastSale | null {
  if (sale === null || !tookMoney(sale)) return null;
  const view = saleView(sale);
  return view.kind === 'paid' || view.kind === 'accepted' || view.kind === 'wrong-amount' ? view : null;
}

export function latePayment(sale: LateSale): LatePayment {
  const { id, chargedInCents, purchase, paidWith, at, reversals } = sale;
  const last = reversals.findLast(({ state }) => state === 'done' || state === 'refused');
  return {
    saleId: id,
    amountInCents: chargedInCents - givenBackInCents(reversals),
    description: purchase.description,
    paidWith,
    at,
    mustRefund: mustRefund(reversals),
    isReversing: sale.kind === 'reversing',
    refused: last?.state === 'refused' ? last.kind : null,
  };
}
