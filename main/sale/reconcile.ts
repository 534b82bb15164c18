import type { DeclineReason } from '../../contract/till-snapshot.ts';
import type { Result } from '../../contract/result.ts';
import type { Checkout, Completion } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { BehindWhy, Outcome } from './sale.ts';

/**
 * How long a submitted payment may stay invisible before "the request never arrived" is believed.
 * JustiFi publishes no figure; 150 s is the longest that another large processor (Adyen, cloud terminals) asks for.
 */
export const NEVER_ARRIVED_AFTER_MS = 150_000;

/** By why a sale was left behind. What was never submitted has no request that could be under way. */
export const PATIENCE_MS: Readonly<Record<BehindWhy, number>> = { unknown: NEVER_ARRIVED_AFTER_MS, 'not-received': 60 * 60_000, unsubmitted: 0, found: 0 };

/**
 * The same, when JustiFi was seen to refuse the component's request outright (4xx). The page says so, and a page may lie:
 * that only shortens the wait, and what decides is still that JustiFi itself shows no attempt.
 */
export const REFUSED_AFTER_MS = 10_000;

export type ReconcileInput = {
  /** What JustiFi's API answered to GET /v1/checkouts/:id, asked by main. */
  readonly answer: Result<Checkout, JustifiFailure>;
  /** Length of the checkout's log of attempts when Pay was pressed. */
  readonly completionsBefore: number;
  /** Monotonic time since then. A wall clock may jump; this decides about money. */
  readonly elapsedMs: number;
  /** How long a payment may stay invisible before it is believed that none was made, by `PATIENCE_MS`. */
  readonly patienceMs: number;
  /** The HTTP status with which the component's own request was answered, as far as the page saw one. */
  readonly seenStatus: number | null;
};

export type Reconciled = { readonly kind: 'known'; readonly outcome: Outcome } | { readonly kind: 'unclear'; readonly why: string };

/**
 * The decision table: what happened to a submitted payment. Never from an event of a page, never from a failed request,
 * and never "paid" on a word that JustiFi has not documented.
 */
export function reconcile({ answer, completionsBefore, elapsedMs, patienceMs, seenStatus }: ReconcileInput): Reconciled {
  if (answer.kind === 'failed') return unclear(`no-answer:${answer.failure.kind}`);
  const checkout = answer.value;
  const newer = checkout.completions.slice(completionsBefore);

  const success = checkout.completions.findLast((completion) => completion.paymentStatus === 'succeeded');
  const pending = checkout.completions.findLast((completion) => completion.paymentStatus === 'pending');
  const looksPaid = checkout.status === 'completed' || checkout.successfulPaymentId !== null;
  if (looksPaid) {
    const chargedInCents = (success ?? pending)?.chargedInCents ?? checkout.amountInCents;
    if (success) {
      const paymentId = success.paymentId ?? checkout.successfulPaymentId;
      if (paymentId === null) return unclear('paid-without-payment');
      return known({ kind: 'paid', paymentId, paidWith: success.paidWith, chargedInCents });
    }
    if (pending) return known({ kind: 'accepted', paymentId: pending.paymentId, paidWith: pending.paidWith, chargedInCents });
    return unclear('completed-without-success');
  }
  // A success in the log of a checkout that does not call itself completed: wait until both say so.
  if (success) return unclear('success-not-completed');

  const newest = newer.at(-1);
  if (newest) return fromAttempt(newest, checkout);

  if (checkout.status === 'expired') return known({ kind: 'not-charged', reason: 'expired', completions: checkout.completions.length });
  const untouched = checkout.status === 'created' || checkout.status === 'attempted';
  const waitMs = isRefusal(seenStatus) ? Math.min(REFUSED_AFTER_MS, patienceMs) : patienceMs;
  if (untouched && elapsedMs >= waitMs) {
    const reason = seenStatus === 429 ? 'too-many-tries' : 'not-received';
    return known({ kind: 'not-charged', reason, completions: checkout.completions.length });
  }
  return unclear('nothing-yet');
}

/** 402 is a decline and leaves an attempt; 408 and 409 may still be carried out. */
function isRefusal(status: number | null): boolean {
  return status !== null && status >= 400 && status < 500 && status !== 402 && status !== 408 && status !== 409;
}

function fromAttempt(attempt: Completion, checkout: Checkout): Reconciled {
  if (attempt.status === 'processing' || attempt.paymentStatus === 'pending') return unclear('processing');
  const refused = attempt.paymentStatus === 'failed' || attempt.paymentStatus === 'canceled' || attempt.paymentStatus === 'skipped';
  const open = checkout.status === 'attempted' || checkout.status === 'created' || checkout.status === 'expired';
  if (!refused || !open) return unclear('unknown-word');
  const code = attempt.errorCode ?? attempt.paymentStatus;
  const reason = attempt.paymentStatus === 'failed' ? declineReason(code) : 'canceled';
  return known({ kind: 'declined', reason, code, completions: checkout.completions.length });
}

/** Only what helps the customer act. A lost or stolen card is just "declined"; the true code goes to the log. */
export function declineReason(code: string): DeclineReason {
  switch (code) {
    case 'insufficient_funds':
      return 'insufficient-funds';
    case 'expired_card':
      return 'expired-card';
    case 'invalid_card_number':
    case 'card_number_invalid':
      return 'wrong-number';
    case 'invalid_cvc':
      return 'wrong-security-code';
    case 'invalid_zip_code':
      return 'wrong-postal-code';
    default:
      return 'declined';
  }
}

function known(outcome: Outcome): Reconciled {
  return { kind: 'known', outcome };
}

function unclear(why: string): Reconciled {
  return { kind: 'unclear', why };
}
