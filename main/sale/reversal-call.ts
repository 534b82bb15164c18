import { type Result, ok } from '../../contract/result.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { Payment, Payments } from './payments.ts';
import type { Reversal, ReversalAnswer } from './reversal.ts';
import type { PaymentBooks } from './sale-event.ts';

/** Asks JustiFi for voids and refunds, and decides which of its answers are one. */
type ReversalCalls = {
  call(reversal: Reversal): Promise<CalledReversal>;
  /** It was asked for before, and JustiFi may have carried it out though no answer came. */
  noteMayBeDone(reversalId: string): void;
};

type CalledReversal = {
  /** Null: not known. It stays open, and is requested again with its key. */
  readonly answer: ReversalAnswer | null;
  /** JustiFi's state of the payment after a refusal: the money may have been given back elsewhere. Null: not read. */
  readonly books: PaymentBooks | null;
  /** Why it is not done; null: it is done, or JustiFi works on it. */
  readonly failure: JustifiFailure | null;
};

type ReversalCallParts = {
  readonly payments: Pick<Payments, 'read' | 'void' | 'refund' | 'findRefund' | 'readRefund'>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function createReversalCalls(parts: ReversalCallParts): ReversalCalls {
  const mayBeDone = new Set<string>();

  async function refused(reversal: Reversal, failure: JustifiFailure): Promise<CalledReversal> {
    const books = await readBooks(parts, reversal.paymentId);
    const isKnown = books !== null || !mayBeDone.has(reversal.id);
    return { answer: isKnown ? { state: 'refused', code: failure.code } : null, books, failure };
  }

  /** How long JustiFi keeps a key is not published: so a refund that may have been made is searched for before it is repeated. A void cannot happen twice. */
  async function made(reversal: Reversal): Promise<Result<ReversalAnswer | null, JustifiFailure>> {
    const mayBeMade = reversal.kind === 'refund' && reversal.state === 'asked' && mayBeDone.has(reversal.id);
    return mayBeMade ? parts.payments.findRefund(reversal.paymentId, reversal) : ok(null);
  }

  return {
    async call(reversal) {
      const found = await made(reversal);
      // Where JustiFi does not let its refunds be read, there is only the key.
      if (found.kind === 'failed' && !isRefusal(found.failure)) return { answer: null, books: null, failure: found.failure };
      const answer = found.kind === 'ok' && found.value !== null ? ok(found.value) : await ask(parts.payments, reversal);
      if (answer.kind === 'ok') {
        const { value } = answer;
        if (value.state !== 'refused') return { answer: value, books: null, failure: null };
        return { answer: value, books: await readBooks(parts, reversal.paymentId), failure: { kind: 'declined', code: value.code, status: 200 } };
      }
      const { failure } = answer;
      // JustiFi has accepted a pending one: only its state ends it, even if that cannot be read for long.
      if (reversal.state === 'asked' && isRefusal(failure)) return refused(reversal, failure);
      if (failure.kind !== 'rate-limited') mayBeDone.add(reversal.id);
      return { answer: null, books: null, failure };
    },
    noteMayBeDone: (reversalId) => void mayBeDone.add(reversalId),
  };
}

/** Sends the request with the journaled key, or reads the state of a pending refund. */
async function ask(payments: ReversalCallParts['payments'], reversal: Reversal): Promise<Result<ReversalAnswer, JustifiFailure>> {
  const { kind, paymentId, idempotencyKey, refundId, state } = reversal;
  if (state === 'pending' && refundId !== null) return payments.readRefund(refundId);
  const key = idempotencyKey ?? '';
  if (kind === 'refund') return payments.refund(paymentId, reversal, key);
  const voided = await payments.void(paymentId, key);
  return voided.kind === 'ok' ? ok({ state: 'done', refundId: null }) : voided;
}

/** JustiFi's refusal. After any other failure the request may still be carried out, and may be repeated. */
function isRefusal({ kind }: JustifiFailure): boolean {
  return kind === 'invalid' || kind === 'declined' || kind === 'forbidden' || kind === 'unauthorised';
}

/** Null: no answer. */
async function readBooks({ payments, log }: ReversalCallParts, paymentId: string): Promise<PaymentBooks | null> {
  const payment = await payments.read(paymentId);
  if (payment.kind === 'ok') return booksOf(payment.value);
  log('reversal.payment-unread', { payment: paymentId, failure: payment.failure.kind });
  return null;
}

function booksOf({ status, amountInCents, refundedInCents }: Payment): PaymentBooks {
  if (status === 'failed') return { kind: 'failed' };
  if (status === 'canceled') return { kind: 'given-back', how: 'void', amountInCents };
  return refundedInCents > 0 ? { kind: 'given-back', how: 'refund', amountInCents: refundedInCents } : { kind: 'untouched' };
}
