import { assertNever } from '../../contract/result.ts';
import type { CurrentSale } from './current-sale.ts';
import type { Sale } from './sale.ts';
import type { SaleLedger } from './sale-ledger.ts';

export type RecoveryParts = {
  /** Sales of the last run whose end is open, oldest first. */
  readonly unfinished: readonly Sale[];
  /** The end of a sale that was never dismissed, perhaps because the power went before it was on the screen: unless it is shown, a cashier charges again. */
  readonly unseen: Sale | null;
  /** UTC, ISO 8601. */
  readonly utcNow: () => string;
};

/**
 * Every sale of the last run gets its true end. One that may have been charged comes back to the counter, and blocks the
 * next; the rest is asked about in the background, or is over.
 */
export function recoverSales({ unfinished, unseen, utcNow }: RecoveryParts, ledger: SaleLedger, current: CurrentSale): void {
  if (unseen !== null) current.replace(unseen);
  const lastSubmitted = unfinished.findLast((earlier) => afterRestart(earlier) === 'counter');
  for (const earlier of unfinished) {
    const need = afterRestart(earlier);
    // Kept before its sale ends: the power may go a second time.
    if (need === 'leave' && lastSubmitted === undefined) bringBack(earlier, current);
    if (earlier === lastSubmitted) comeBack(earlier, current);
    else if (need === 'open') ledger.takeUp(earlier);
    else if (need !== 'nothing') leave(earlier, ledger, utcNow());
  }
}

/** A submitted sale is asked about before anything else. */
function comeBack(earlier: Sale, current: CurrentSale): void {
  current.replace(earlier);
  if (earlier.kind === 'submitting') current.learn({ kind: 'outcome-unclear', why: 'restart' });
}

/** Its form may have been on the screen when the power went, or its request on its way. */
function leave(earlier: Sale, ledger: SaleLedger, at: string): void {
  ledger.takeUp(earlier);
  const hasCheckout = 'checkoutId' in earlier && earlier.checkoutId !== null;
  const left = ledger.intend(earlier.id, hasCheckout ? { kind: 'left-unresolved', at } : { kind: 'abandoned' });
  // It cannot be written now. It stays in the ledger, and JustiFi is asked about it all the same.
  if (left.kind === 'failed') ledger.learn(earlier.id, { kind: 'form-lost', why: 'restart' });
}

/** What was on the screen of a sale that was not paid is typed already. */
function bringBack(earlier: Sale, current: CurrentSale): void {
  const sale = current.get();
  if (sale.kind !== 'draft' || sale.amountInCents > 0 || !('purchase' in earlier)) return;
  const { totalInCents, description } = earlier.purchase;
  // Nothing is left by this, so nothing can fail.
  current.startDraft(totalInCents, description);
}

/** What a sale of the last run needs now. */
export function afterRestart(sale: Sale): 'counter' | 'open' | 'leave' | 'nothing' {
  switch (sale.kind) {
    case 'submitting':
    case 'checking':
      return 'counter';
    case 'unresolved':
    case 'late':
    case 'reversing':
    // The till stopped for it, and does not go on by being restarted: the register brings it to the counter.
    case 'wrong-amount':
      return 'open';
    case 'preparing':
    case 'ready':
    case 'declined':
    case 'not-charged':
      return 'leave';
    case 'draft':
    case 'paid':
    case 'accepted':
    case 'wrong-amount-seen':
    case 'reversed':
    case 'abandoned':
      return 'nothing';
    default:
      return assertNever(sale);
  }
}
