import type { HistoryState } from '../../contract/history.ts';
import { assertNever } from '../../contract/result.ts';
import { givenBackInCents } from '../sale/reversal.ts';
import { type OnCheckout, type Sale, type Taken, openLink } from '../sale/sale.ts';

/** The outcome of the sale, for a list. */
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
    case 'reversed':
      return takenState(sale);
    case 'abandoned':
      return endWithoutPayment(sale);
    case 'transfer-failed':
    case 'transfer-failed-seen':
      return 'transfer-failed';
    case 'declined':
    case 'not-charged':
      return openLink(sale) === null ? sale.kind : 'link-open';
    case 'unresolved':
      if (sale.why === 'link-open') return 'link-open';
      // Shown as over: the cashier has read DECLINED, though JustiFi is asked once more.
      return sale.why === 'unsubmitted' ? endWithoutPayment(sale) : sale.kind;
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
  const isLeft = sale.kind === 'abandoned' || (sale.kind === 'unresolved' && sale.why === 'unsubmitted');
  return !isLeft || sale.attempts.submits > 0;
}

/** The rest of the paid amount. */
function takenState({ chargedInCents, reversals }: Taken): HistoryState {
  const givenBack = givenBackInCents(reversals);
  if (givenBack === 0) return 'paid';
  if (givenBack < chargedInCents) return 'partly-refunded';
  return reversals.some(({ kind, state }) => kind === 'void' && state === 'done') ? 'voided' : 'refunded';
}

function endWithoutPayment({ attempts }: Pick<OnCheckout, 'attempts'>): HistoryState {
  return attempts.failed.length > 0 ? 'declined' : 'no-payment';
}
