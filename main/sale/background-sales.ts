import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { OpenLink, UnresolvedPayment } from '../../contract/till-snapshot.ts';
import type { GiveBackOrder, GiveBackProblem, GivenBack } from '../../contract/history.ts';
import type { Answer, CurrentSale } from './current-sale.ts';
import { createGiveBack } from './give-back.ts';
import type { JournalUnreadable, SaleQueries } from './journal.ts';
import type { JournalRetry } from './journal-retry.ts';
import { openLinksOf } from './open-links.ts';
import { type OutcomeQuestionParts, findPayment } from './outcome-question.ts';
import type { Purchase } from './purchase.ts';
import { type ReversalOrder, unansweredReversal } from './reversal.ts';
import type { ReversalRequests } from './reversal-requests.ts';
import { type LateSale, type Sale, type TroubledSale, isLate, isOver, isTroubled, newDraft } from './sale.ts';
import type { SaleFlow } from './sale-flow.ts';
import { outcomeKnown } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';
import { createWeekOver } from './week-over.ts';

/** The sales that have left the counter, and the actions on them. */
export type BackgroundSales = {
  /** Payments that JustiFi is still asked about and that a customer may be waiting for: the badge counts them. */
  unresolved(): readonly UnresolvedPayment[];
  /** Sales that were left while their customer had a link, and may still pay by it; the newest first. */
  openLinks(): readonly OpenLink[];
  /** For the manager: the sale's checkout has expired after its week, and JustiFi has not reported an outcome. */
  endUnresolved(saleId: string): Answer;
  /** Bank transfers that failed after they were accepted, and disputed payments, until the manager has seen them. */
  troubled(): readonly TroubledSale[];
  acknowledgePaymentTrouble(saleId: string): Answer;
  late(): readonly LateSale[];
  keepLate(saleId: string): Answer;
  /** Of a late payment only. Any other sale is given back by `giveBack`, which leaves the counter first. */
  reverse(saleId: string, kind: ReversalOrder['kind']): Promise<Answer>;
  /** The sale now, also one that is over. */
  find(saleId: string): Result<Sale | null, JournalUnreadable>;
  /** An accepted void or refund about which JustiFi does not answer any more. */
  isUnread(reversalId: string): boolean;
  /** Voids or refunds any sale of this register. */
  giveBack(saleId: string, order: GiveBackOrder): Promise<Result<GivenBack, GiveBackProblem>>;
  /** JustiFi has a checkout of this register that the journal did not have when it was compared. `known`: the journal has it by now. */
  found(checkoutId: string, purchase: Purchase): Result<'begun' | 'known', ChargeProblem>;
  /** JustiFi has a payment of a sale that is without one in the journal: JustiFi is asked once. */
  recheck(saleId: string): Promise<void>;
  /** The customer's bank disputes a taken payment. */
  disputed(saleId: string): void;
};

type BackgroundSalesParts = Pick<OutcomeQuestionParts, 'checkouts' | 'payments'> & {
  readonly journal: Pick<SaleQueries, 'saleOn'>;
  readonly journalRetry: JournalRetry;
  readonly ledger: SaleLedger;
  readonly reversals: ReversalRequests;
  readonly current: Pick<CurrentSale, 'get'>;
  readonly flow: Pick<SaleFlow, 'next'>;
  readonly utcNow: () => string;
  readonly upMs: () => number;
  readonly justifiNowMs: () => number | null;
  readonly businessDay: (utc: string) => string;
  readonly newId: () => string;
};

export function createBackgroundSales(parts: BackgroundSalesParts): BackgroundSales {
  const { journalRetry, ledger, reversals } = parts;
  const isOld = createWeekOver(parts, ledger);
  const isLong = (sale: LateSale) => reversals.isLong(unansweredReversal(sale.reversals)?.id ?? '');

  /** A sale whose result is still on the screen gives way to the next one. */
  function leaveCounter(saleId: string): Answer {
    const sale = parts.current.get();
    return sale.id === saleId && isOver(sale) ? parts.flow.next() : ok(null);
  }

  return {
    unresolved: () =>
      ledger.sales().flatMap((sale) => {
        if (sale.kind !== 'unresolved' || (sale.why !== 'unknown' && !isOld(sale))) return [];
        const { id, purchase, since } = sale;
        return [{ saleId: id, amountInCents: purchase.totalInCents, description: purchase.description, since, mayEnd: isOld(sale) }];
      }),
    openLinks: () => openLinksOf(ledger.sales()),
    endUnresolved: (saleId) =>
      journalRetry.press(() => {
        const sale = ledger.sale(saleId);
        if (sale?.kind !== 'unresolved' || !isOld(sale)) return failed({ kind: 'sale-in-progress' });
        return answerOf(ledger.intend(saleId, { kind: 'ended-by-manager' }));
      }),
    troubled: () => ledger.sales().filter(isTroubled),
    acknowledgePaymentTrouble: (saleId) => journalRetry.press(() => answerOf(ledger.intend(saleId, { kind: 'payment-trouble-seen' }))),
    late: () => ledger.sales().filter(isLate).filter((sale) => !isLong(sale)),
    keepLate: (saleId) => journalRetry.press(() => answerOf(ledger.intend(saleId, { kind: 'late-kept' }))),
    async reverse(saleId, kind) {
      const sale = ledger.sale(saleId);
      return sale === null || !isLate(sale) ? failed({ kind: 'sale-in-progress' }) : reversals.reverse(sale, { kind });
    },
    find: ledger.read,
    isUnread: reversals.isUnread,
    giveBack: createGiveBack({ ...parts, find: ledger.read, leaveCounter }),
    found(checkoutId, purchase) {
      // Its sale may not be on the disk yet.
      if (ledger.sales().some((sale) => 'checkoutId' in sale && sale.checkoutId === checkoutId)) return ok('known');
      // The gap search and the hourly comparison may find it at the same time.
      const known = parts.journal.saleOn(checkoutId);
      if (known.kind === 'failed') return failed({ kind: 'journal-unwritable' });
      if (known.value !== null) return ok('known');
      const begun = ledger.begin(newDraft(parts.newId()), { kind: 'found', checkoutId, purchase, at: parts.utcNow() });
      return begun.kind === 'ok' ? ok('begun') : begun;
    },
    async recheck(saleId) {
      const read = ledger.read(saleId);
      const sale = read.kind === 'ok' ? read.value : null;
      if (sale === null || sale.kind === 'draft' || sale.checkoutId === null) return;
      const outcome = await findPayment(parts, sale.checkoutId, sale.attempts);
      if (outcome !== null) ledger.learn(saleId, outcomeKnown(outcome, parts));
    },
    disputed(saleId) {
      const at = parts.utcNow();
      ledger.learn(saleId, { kind: 'transfer-ended', how: 'disputed', at, businessDay: parts.businessDay(at) });
    },
  };
}

function answerOf(result: Result<Sale, ChargeProblem>): Answer {
  return result.kind === 'ok' ? ok(null) : result;
}
