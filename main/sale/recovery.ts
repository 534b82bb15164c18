import type { Background } from './background.ts';
import { afterRestart } from './background.ts';
import type { CurrentSale } from './current-sale.ts';
import { type Sale, mayStillArrive, newDraft } from './sale.ts';

/**
 * Every sale of the last run gets its true end. One that may have been charged comes back to the counter, and blocks the
 * next; the rest is looked into in the background, or is over. `unfinished`: oldest first.
 */
export function recoverSales(unfinished: readonly Sale[], current: CurrentSale, background: Background, newId: () => string): void {
  const lastSubmitted = unfinished.findLast((earlier) => afterRestart(earlier) === 'counter');
  for (const earlier of unfinished) {
    const need = afterRestart(earlier);
    if (earlier === lastSubmitted) current.replace(earlier);
    else if (need === 'background') background.take(earlier);
    else if (need === 'counter' || (need === 'leave' && couldBePaid(earlier))) {
      const behind = current.record(earlier, { kind: 'left-behind' });
      if (behind.kind === 'ok') background.take(behind.value);
    } else if (need === 'leave') {
      current.record(earlier, { kind: 'left' });
    }
    if (need === 'leave') bringBack(earlier, current, newId);
  }
}

/** Its form may have been on the screen when the power went, or its request on its way. */
function couldBePaid(sale: Sale): boolean {
  return ((sale.kind === 'preparing' || sale.kind === 'ready') && sale.checkoutId !== null) || mayStillArrive(sale);
}

/** What was on the screen of a sale that was not paid is typed already. */
function bringBack(earlier: Sale, current: CurrentSale, newId: () => string): void {
  const sale = current.get();
  if (sale.kind !== 'draft' || sale.amountInCents > 0 || !('purchase' in earlier)) return;
  current.replace(newDraft(newId(), earlier.purchase.amountInCents, earlier.purchase.description));
}
