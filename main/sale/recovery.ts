import type { Background } from './background.ts';
import { afterRestart } from './background.ts';
import type { CurrentSale } from './current-sale.ts';
import { type Sale, mayStillArrive } from './sale.ts';

/**
 * Every sale of the last run gets its true end. One that may have been charged comes back to the counter, and blocks the
 * next; the rest is looked into in the background, or is over. `unfinished`: oldest first. `unseen`: the end of a sale that
 * nobody has dismissed, perhaps because the power went before it was on the screen; unless it is shown, somebody charges again.
 */
export function recoverSales({ unfinished, unseen }: { readonly unfinished: readonly Sale[]; readonly unseen: Sale | null }, current: CurrentSale, background: Background): void {
  if (unseen !== null) current.replace(unseen);
  const lastSubmitted = unfinished.findLast((earlier) => afterRestart(earlier) === 'counter');
  for (const earlier of unfinished) {
    const need = afterRestart(earlier);
    // Kept before its sale ends: the power may go a second time.
    if (need === 'leave' && lastSubmitted === undefined) bringBack(earlier, current);
    if (earlier === lastSubmitted) current.replace(earlier);
    else if (need === 'background') background.take(earlier);
    else if (need === 'counter' || (need === 'leave' && couldBePaid(earlier))) {
      const behind = current.record(earlier, { kind: 'left-behind' });
      if (behind.kind === 'ok') background.take(behind.value);
    } else if (need === 'leave') {
      current.record(earlier, { kind: 'left' });
    }
  }
}

/** Its form may have been on the screen when the power went, or its request on its way. */
function couldBePaid(sale: Sale): boolean {
  return ((sale.kind === 'preparing' || sale.kind === 'ready') && sale.checkoutId !== null) || mayStillArrive(sale);
}

/** What was on the screen of a sale that was not paid is typed already. */
function bringBack(earlier: Sale, current: CurrentSale): void {
  const sale = current.get();
  if (sale.kind !== 'draft' || sale.amountInCents > 0 || !('purchase' in earlier)) return;
  current.startDraft(earlier.purchase.amountInCents, earlier.purchase.description);
}
