import type { HistoryState } from '../../contract/history.ts';
import { assertNever } from '../../contract/result.ts';
import { givenBackInCents } from '../sale/reversal.ts';
import { type Sale, openLink } from '../sale/sale.ts';

/** What became of the sale, for a list. */
export function historyStateOf(sale: Sale): HistoryState {
  switch (sale.kind) {
    case 'draft':
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
      return 'open';
    case 'paid':
    case 'wrong-amount-seen':
    case 'disputed':
      return givenBackInCents(sale.reversals) > 0 ? 'partly-refunded' : 'paid';
    case 'reversed':
      return sale.reversals.some(({ kind, state }) => kind === 'void' && state === 'done') ? 'voided' : 'refunded';
    case 'abandoned':
      return 'no-payment';
    case 'transfer-failed':
    case 'transfer-failed-seen':
      return 'transfer-failed';
    case 'declined':
    case 'not-charged':
      return openLink(sale) === null ? sale.kind : 'link-open';
    case 'unresolved':
      return sale.why === 'link-open' ? 'link-open' : sale.kind;
    case 'accepted':
    case 'late':
    case 'wrong-amount':
    case 'reversing':
      return sale.kind;
    default:
      return assertNever(sale);
  }
}

/** A sale that was never shown to a customer, or left before Pay, is in no list. */
export function isListed(sale: Sale): boolean {
  if (sale.kind === 'draft') return false;
  return sale.kind !== 'abandoned' || sale.attempts.submits > 0;
}
