import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { chargeProblem } from './charge-problem.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { Payment, Payments } from './payments.ts';
import { type Reversal, type ReversalAnswer, type ReversalKind, type ReversalReason, givenBackInCents, openReversal } from './reversal.ts';
import type { Sale } from './sale.ts';
import type { PaymentBooks } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';
import type { Timers } from './timers.ts';

/** Voids and refunds: each journaled, then asked, and asked again with its key until JustiFi answers. The one way for all sales. */
export type ReversalRequests = {
  /** `amountInCents`: of a refund; null: all that is left. A void is always the whole payment. */
  reverse(saleId: string, order: { readonly kind: ReversalKind; readonly amountInCents?: number; readonly reason?: ReversalReason }): Promise<Result<null, ChargeProblem>>;
  /** The network is back: do not wait for the timers. */
  askAll(): void;
  close(): void;
};

export type ReversalRequestsParts = {
  readonly payments: Payments;
  readonly timers: Timers;
  readonly utcNow: () => string;
  readonly newId: () => string;
  readonly cashier: () => string | null;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

type ReversingSale = Extract<Sale, { kind: 'reversing' }>;

/** Without an answer it is asked again this often, always with the same key. */
const ASK_AGAIN_MS = 20_000;

export function openReversalRequests(parts: ReversalRequestsParts, ledger: SaleLedger): ReversalRequests {
  const waiting = new Map<string, () => void>();

  ledger.onChange((sale, event) => {
    // Of the last run: its answer may have been lost with it.
    if (event === null && sale.kind === 'reversing') void finish(sale);
  });

  function askAgain(saleId: string): void {
    waiting.get(saleId)?.();
    waiting.set(
      saleId,
      parts.timers.after(ASK_AGAIN_MS, () => {
        waiting.delete(saleId);
        const sale = ledger.sale(saleId);
        if (sale?.kind === 'reversing') void finish(sale);
      }),
    );
  }

  function ask({ kind, paymentId, amountInCents, idempotencyKey, refundId, state }: Reversal): Promise<Result<ReversalAnswer, JustifiFailure>> {
    if (state === 'pending' && refundId !== null) return parts.payments.readRefund(refundId);
    const key = idempotencyKey ?? '';
    return kind === 'refund' ? parts.payments.refund(paymentId, amountInCents, key) : voided(parts.payments.void(paymentId, key));
  }

  async function finish(sale: ReversingSale): Promise<Result<null, ChargeProblem>> {
    const reversal = openReversal(sale.reversals);
    if (reversal === null) return ok(null);
    const answer = await ask(reversal);
    if (answer.kind === 'ok' && answer.value.state === 'pending') {
      askAgain(sale.id);
      if (reversal.state === 'asked') settle(sale.id, reversal, answer.value, null);
      return ok(null);
    }
    if (answer.kind === 'ok' && answer.value.state === 'done') {
      settle(sale.id, reversal, answer.value, null);
      return ok(null);
    }
    const failure: JustifiFailure = answer.kind === 'ok' ? { kind: 'declined', code: answer.value.state === 'refused' ? answer.value.code : '', status: 200 } : answer.failure;
    parts.log('reversal.not-done', { sale: sale.id, how: reversal.kind, failure: failure.kind, code: failure.code });
    // No answer: it may have been done. It stays open, and is asked again with its key until there is one.
    if (failure.kind === 'invalid' || failure.kind === 'declined') settle(sale.id, reversal, { state: 'refused', code: failure.code }, await readBooks(reversal.paymentId));
    else askAgain(sale.id);
    return failed(chargeProblem(failure));
  }

  function settle(saleId: string, reversal: Reversal, answer: ReversalAnswer, books: PaymentBooks | null): void {
    const now = ledger.sale(saleId);
    // Asked twice at once: the other answer was first.
    if (now?.kind !== 'reversing' || openReversal(now.reversals)?.id !== reversal.id) return;
    ledger.learn(saleId, { kind: 'reversal-answered', reversalId: reversal.id, answer, books, at: parts.utcNow() });
  }

  /** Perhaps the money was given back elsewhere. */
  async function readBooks(paymentId: string): Promise<PaymentBooks | null> {
    const payment = await parts.payments.read(paymentId);
    if (payment.kind === 'ok') return booksOf(payment.value);
    parts.log('reversal.payment-unread', { payment: paymentId, failure: payment.failure.kind });
    return null;
  }

  return {
    async reverse(saleId, { kind, amountInCents, reason = null }) {
      const sale = ledger.sale(saleId);
      if (sale?.kind === 'reversing') return finish(sale);
      if (sale === null || !('reversals' in sale) || sale.paymentId === null) return failed({ kind: 'sale-in-progress' });
      const left = sale.chargedInCents - givenBackInCents(sale.reversals);
      const reversal: Reversal = {
        id: parts.newId(),
        paymentId: sale.paymentId,
        kind,
        amountInCents: kind === 'void' ? sale.chargedInCents : (amountInCents ?? left),
        reason,
        idempotencyKey: parts.newId(),
        cashier: parts.cashier(),
        askedAt: parts.utcNow(),
        state: 'asked',
        refundId: null,
        code: null,
      };
      const asked = ledger.intend(saleId, { kind: 'reversal-asked', reversal });
      if (asked.kind === 'failed') return asked;
      return asked.value.kind === 'reversing' ? finish(asked.value) : failed({ kind: 'sale-in-progress' });
    },
    askAll() {
      for (const sale of ledger.sales()) if (sale.kind === 'reversing' && waiting.has(sale.id)) void finish(sale);
    },
    close: () => waiting.forEach((callOff) => callOff()),
  };
}

async function voided(answer: Promise<Result<null, JustifiFailure>>): Promise<Result<ReversalAnswer, JustifiFailure>> {
  const done = await answer;
  return done.kind === 'ok' ? ok({ state: 'done', refundId: null }) : done;
}

function booksOf({ status, amountInCents, refundedInCents }: Payment): PaymentBooks {
  if (status === 'failed') return { kind: 'failed' };
  if (status === 'canceled') return { kind: 'given-back', how: 'void', amountInCents };
  return refundedInCents > 0 ? { kind: 'given-back', how: 'refund', amountInCents: refundedInCents } : { kind: 'untouched' };
}
