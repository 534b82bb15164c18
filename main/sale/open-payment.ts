import { assertNever } from '../../contract/result.ts';
import type { Sale } from './sale.ts';
import { watchPlan } from './watch-plan.ts';

/**
 * Its payment may still arrive, is not confirmed, or waits for a decision. Without the account's credentials JustiFi cannot be asked
 * about it, so the manager is warned before a disconnect.
 */
export function hasOpenPayment(sale: Sale): boolean {
  switch (sale.kind) {
    case 'ready':
    case 'submitting':
    case 'checking':
    case 'unresolved':
    case 'late':
    case 'reversing':
    case 'wrong-amount':
    case 'transfer-failed':
    case 'disputed':
      return true;
    case 'preparing':
      // Its form was on the screen, and is being replaced.
      return sale.attempts.shown || watchPlan(sale) !== null;
    case 'declined':
    case 'not-charged':
      return watchPlan(sale) !== null;
    case 'draft':
    case 'paid':
    case 'accepted':
    case 'wrong-amount-seen':
    case 'reversed':
    case 'transfer-failed-seen':
    case 'abandoned':
      return false;
    default:
      return assertNever(sale);
  }
}
