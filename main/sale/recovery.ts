import { assertNever, disregard } from '../../contract/result.ts';
import type { CurrentSale } from './current-sale.ts';
import { beforeTip } from './purchase.ts';
import { type Sale, openLink } from './sale.ts';
import type { SaleLedger } from './sale-ledger.ts';

type RecoveryParts = {
  /** Sales of the last run that are not final, oldest first. */
  readonly unfinished: readonly Sale[];
  /** A paid sale whose result was never dismissed. The power may have failed before the result was shown, and the cashier would charge again. */
  readonly unseen: Sale | null;
  /** UTC, ISO 8601. */
  readonly utcNow: () => string;
};

/**
 * Recovers the sales of the last run. One that may have been charged comes back to the counter and blocks the next sale; the
 * others are watched in the background, or are over.
 */
export function recoverSales({ unfinished, unseen, utcNow }: RecoveryParts, ledger: SaleLedger, current: CurrentSale): void {
  if (unseen !== null) current.replace(unseen);
  const lastSubmitted = unfinished.findLast((earlier) => afterRestart(earlier) === 'counter');
  for (const earlier of unfinished) {
    const need = afterRestart(earlier);
    // Before its sale ends: the power may fail a second time.
    if (need === 'abandon' && lastSubmitted === undefined) bringBack(earlier, current);
    if (earlier === lastSubmitted) comeBack(earlier, current);
    else if (need === 'open') ledger.resume(earlier);
    else if (need !== 'nothing') abandon(earlier, ledger, current, utcNow());
  }
}

/** JustiFi is asked about a submitted sale before the next sale, and about one whose customer has a link: typed again, it could be paid twice. */
function comeBack(earlier: Sale, current: CurrentSale): void {
  current.replace(earlier);
  if (earlier.kind === 'submitting') current.learn({ kind: 'outcome-unclear', why: 'restart' });
  // Its link was on the screen, or another way to pay: JustiFi is asked before it can be shown again.
  else if (earlier.kind === 'ready' || earlier.kind === 'preparing') current.learn({ kind: 'form-lost', why: 'restart' });
}

/** Its form may have been on the screen when the power failed, or its request under way. */
function abandon(earlier: Sale, ledger: SaleLedger, current: CurrentSale, at: string): void {
  ledger.resume(earlier);
  const hasCheckout = 'checkoutId' in earlier && earlier.checkoutId !== null;
  const ended = ledger.intend(earlier.id, hasCheckout ? { kind: 'marked-unresolved', at } : { kind: 'abandoned' });
  if (ended.kind === 'ok') return;
  // It cannot be left now. JustiFi is asked anyway, and its answer is shown: a payment of it is not late, but belongs to the counter.
  if (hasCheckout && current.get().kind === 'draft') comeBack(earlier, current);
  else ledger.learn(earlier.id, { kind: 'form-lost', why: 'restart' });
}

/** The amount and description of an unpaid sale are typed again. */
function bringBack(earlier: Sale, current: CurrentSale): void {
  const sale = current.get();
  if (sale.kind !== 'draft' || sale.amountInCents > 0 || !('purchase' in earlier)) return;
  disregard(current.startDraft(beforeTip(earlier.purchase), earlier.purchase.description), 'nothing is left by this, so nothing can fail');
}

/** The action for a sale of the last run. */
function afterRestart(sale: Sale): 'counter' | 'open' | 'abandon' | 'nothing' {
  switch (sale.kind) {
    case 'submitting':
    case 'checking':
      return 'counter';
    case 'unresolved':
    case 'late':
    case 'reversing':
    // A restart does not end the stop: the register shows the sale at the counter.
    case 'wrong-amount':
    case 'accepted':
    case 'transfer-failed':
    case 'disputed':
      return 'open';
    case 'preparing':
    case 'ready':
    case 'declined':
    case 'not-charged':
      return openLink(sale) === null ? 'abandon' : 'counter';
    case 'draft':
    case 'paid':
    case 'transfer-failed-seen':
    case 'wrong-amount-seen':
    case 'reversed':
    case 'abandoned':
      return 'nothing';
    default:
      return assertNever(sale);
  }
}
