import type { SaleView } from '../../../contract/till-snapshot.ts';
import type { Chime } from './chime.ts';

type Moment = Pick<SaleView, 'saleId' | 'kind'>;

/**
 * The sound of a change of a sale's state; null: none. Only for a result that the cashier was waiting for:
 * a result shown again, or after a restart, is silent.
 */
export function chimeBetween(before: Moment | null, now: Moment): Chime | null {
  if (before === null || before.saleId !== now.saleId || (before.kind !== 'submitting' && before.kind !== 'checking' && before.kind !== 'ready')) return null;
  if (now.kind === 'paid' || now.kind === 'accepted') return 'paid';
  return now.kind === 'declined' ? 'declined' : null;
}
