import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { createAcceptedReversals } from './accepted-reversals.ts';
import { chargeProblem } from './charge-problem.ts';
import type { JournalRetry } from './journal-retry.ts';
import type { Payments } from './payments.ts';
import { type Reversal, type ReversalAnswer, type ReversalOrder, newReversal, unansweredReversal } from './reversal.ts';
import { createReversalCalls } from './reversal-call.ts';
import { type ReversibleSale, type Sale, isReversible } from './sale.ts';
import type { PaymentBooks } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';
import type { Timers } from './timers.ts';

/** Voids and refunds of all sales: each is journaled, then asked for, and asked for again with its key until JustiFi answers. */
export type ReversalRequests = {
  /** `reversalId`: of the record that is made of it. */
  reverse(sale: Sale, order: ReversalOrder, reversalId?: string): Promise<Result<null, ChargeProblem>>;
  /** JustiFi has accepted it, and has not reported its state for some minutes. */
  isLong(reversalId: string): boolean;
  /** The same, and the last questions about it were not answered. */
  isUnread(reversalId: string): boolean;
  /** The network is back: do not wait for the timers. */
  askAll(): void;
  close(): void;
};

type ReversalRequestsParts = {
  readonly payments: Payments;
  readonly journalRetry: JournalRetry;
  readonly timers: Timers;
  readonly utcNow: () => string;
  readonly businessDay: (utc: string) => string;
  readonly newId: () => string;
  readonly cashier: () => string | null;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

type ReversingSale = Extract<Sale, { kind: 'reversing' }>;

export function openReversalRequests(parts: ReversalRequestsParts, ledger: SaleLedger): ReversalRequests {
  const waiting = new Map<string, () => void>();
  const accepted = createAcceptedReversals();
  const calls = createReversalCalls(parts);
  let isClosed = false;

  ledger.onChange((sale, event) => {
    if (event !== null || sale.kind !== 'reversing') return;
    // From the last run, which may have lost its answer.
    for (const { id } of sale.reversals) calls.noteMayBeDone(id);
    retry(sale);
  });

  function retry(sale: ReversingSale): void {
    disregard(ask(sale), 'it is asked again until there is an answer');
  }

  function askAgainLater(saleId: string, pauseMs: number): void {
    // An answer that was on its way. Another account may be open by now: the next register of this account asks again.
    if (isClosed) return;
    waiting.get(saleId)?.();
    waiting.set(
      saleId,
      parts.timers.after(pauseMs, () => {
        waiting.delete(saleId);
        const sale = ledger.sale(saleId);
        if (sale?.kind === 'reversing') retry(sale);
      }),
    );
  }

  async function ask(sale: ReversingSale): Promise<Result<null, ChargeProblem>> {
    const reversal = unansweredReversal(sale.reversals);
    if (reversal === null) return ok(null);
    const { answer, books, failure } = await calls.call(reversal);
    if (failure !== null) parts.log('reversal.not-done', { sale: sale.id, how: reversal.kind, failure: failure.kind, code: failure.code });
    if (reversal.state === 'pending') accepted.note(reversal.id, answer !== null);
    if (answer === null || answer.state === 'pending') askAgainLater(sale.id, accepted.pauseMs(reversal.id));
    if (answer !== null && (answer.state !== 'pending' || reversal.state === 'asked')) recordAnswer(parts, ledger, sale.id, { reversal, answer, books });
    return failure === null ? ok(null) : failed(chargeProblem(failure));
  }

  return {
    isLong: accepted.isLong,
    isUnread: accepted.isUnread,
    async reverse(sale, order, reversalId = parts.newId()) {
      if (sale.kind === 'reversing') return ask(sale);
      if (!isReversible(sale) || sale.paymentId === null) return failed({ kind: 'sale-in-progress' });
      const reversal = newReversal({ ...sale, paymentId: sale.paymentId }, order, { id: reversalId, idempotencyKey: parts.newId(), cashier: parts.cashier(), askedAt: parts.utcNow() });
      const written = await parts.journalRetry.step(() => journalReversal(ledger, sale, reversal));
      if (written.kind === 'failed') return written;
      return written.value.kind === 'reversing' ? ask(written.value) : failed({ kind: 'sale-in-progress' });
    },
    askAll() {
      for (const sale of ledger.sales()) if (sale.kind === 'reversing' && waiting.has(sale.id)) retry(sale);
    },
    close() {
      isClosed = true;
      waiting.forEach((callOff) => callOff());
    },
  };
}

/** Only while nothing else was given back of the sale: another program may have held the journal for seconds. */
function journalReversal(ledger: SaleLedger, { id, reversals }: ReversibleSale, reversal: Reversal): Result<Sale, ChargeProblem> {
  const now = ledger.read(id);
  if (now.kind === 'failed') return failed({ kind: 'journal-unwritable' });
  const isUnchanged = now.value !== null && 'reversals' in now.value && now.value.reversals.length === reversals.length;
  return isUnchanged ? ledger.intend(id, { kind: 'reversal-asked', reversal }) : failed({ kind: 'sale-in-progress' });
}

type Recorded = { readonly reversal: Reversal; readonly answer: ReversalAnswer; readonly books: PaymentBooks | null };

function recordAnswer({ utcNow, businessDay }: ReversalRequestsParts, ledger: SaleLedger, saleId: string, { reversal, answer, books }: Recorded): void {
  const now = ledger.sale(saleId);
  // Two requests were under way, and the other was answered first.
  if (now?.kind !== 'reversing' || unansweredReversal(now.reversals)?.id !== reversal.id) return;
  const at = utcNow();
  ledger.learn(saleId, { kind: 'reversal-answered', reversalId: reversal.id, answer, books, at, businessDay: businessDay(at) });
}
