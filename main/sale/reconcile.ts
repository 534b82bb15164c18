import type { DeclineReason, NotChargedReason } from '../../contract/till-snapshot.ts';
import type { Result } from '../../contract/result.ts';
import type { Checkout, Completion } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import { type Payment, hasEndedUnpaid, isTaken } from './payments.ts';
import type { Attempts, Outcome } from './sale.ts';
import { withFailed } from './transition.ts';

/**
 * How long a submitted payment may stay invisible before "the request never arrived" is said.
 * JustiFi publishes no figure; 150 s is the longest that another large processor (Adyen, cloud terminals) asks for.
 */
export const NEVER_ARRIVED_AFTER_MS = 150_000;

/** And how long until it is certain: no request is under way for an hour. Until then its sale is watched. */
export const CANNOT_ARRIVE_AFTER_MS = 60 * 60_000;

/**
 * The same as the first, when the page saw an answer to the component's request that leaves no doubt about that request. The page
 * says so, and a page may lie: that only shortens the wait, and what decides is still what JustiFi itself shows.
 */
export const ANSWERED_AFTER_MS = 10_000;

export type ReconcileInput = {
  /** What JustiFi's API answered to GET /v1/checkouts/:id, asked by main. */
  readonly checkout: Result<Checkout, JustifiFailure>;
  /** The payments of this checkout in JustiFi's own list; null: not asked for yet. */
  readonly payments: Result<readonly Payment[], JustifiFailure> | null;
  readonly attempts: Attempts;
  /** Monotonic time since the last submit. A wall clock may jump; this decides about money. */
  readonly elapsedMs: number;
  /** How long a payment may stay invisible before it is believed that none was made. */
  readonly patienceMs: number;
  /** After that, nothing can arrive any more. */
  readonly isLast: boolean;
  /** The HTTP status with which the component's own request was answered, as far as the page saw one. */
  readonly seenStatus: number | null;
};

export type Reconciled =
  | { readonly kind: 'known'; readonly outcome: Outcome }
  /** The checkout alone does not tell: ask for its payments, and once more. */
  | { readonly kind: 'ask-payments'; readonly why: string }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * The decision table: what happened to a submitted payment. Never from an event of a page, never from a failed request,
 * and never "paid" on a word that JustiFi has not documented. Three witnesses: the checkout, its completions, its payments.
 */
export function reconcile(input: ReconcileInput): Reconciled {
  if (input.checkout.kind === 'failed') return unclear(`no-answer:${input.checkout.failure.kind}`);
  const checkout = input.checkout.value;
  const success = checkout.completions.find(({ paymentStatus }) => paymentStatus === 'succeeded');
  const pending = checkout.completions.find(({ paymentStatus }) => paymentStatus === 'pending');
  const isCompleted = checkout.status === 'completed' || checkout.successfulPaymentId !== null;
  if (isCompleted && success !== undefined) {
    const paymentId = success.paymentId ?? checkout.successfulPaymentId;
    if (paymentId !== null) return known({ kind: 'paid', paymentId, paidWith: success.paidWith, chargedInCents: success.chargedInCents ?? checkout.amountInCents });
  } else if (isCompleted && pending !== undefined) {
    return known({ kind: 'accepted', paymentId: pending.paymentId, paidWith: pending.paidWith, chargedInCents: pending.chargedInCents ?? checkout.amountInCents });
  }
  // The checkout and its completions do not agree: the payment itself decides.
  if (isCompleted) return fromPayments(input, 'completed-without-success');
  if (success !== undefined) return fromPayments(input, 'success-not-completed');
  const open = checkout.completions.find((completion) => !hasFailed(completion));
  if (open !== undefined) return fromPayments(input, whyOpen(open));
  return fromFailures(input, checkout);
}

/** Nothing on this checkout succeeded, and nothing is under way: is there an answer to the last submit among what failed? */
function fromFailures(input: ReconcileInput, checkout: Checkout): Reconciled {
  const { attempts, elapsedMs, patienceMs, isLast, seenStatus } = input;
  if (!['created', 'attempted', 'expired'].includes(checkout.status)) return unclear('unknown-status');
  const fresh = checkout.completions.filter(({ id }) => !attempts.failed.includes(id));
  const now = withFailed(attempts, fresh.map(({ id }) => id));
  const answer = fresh.at(-1);
  const waitMs = seenStatus !== null && isAnswer(seenStatus) ? Math.min(ANSWERED_AFTER_MS, patienceMs) : patienceMs;
  if (answer !== undefined) {
    // More requests than failures: this one may be the failure of an earlier try, and the last may be under way.
    if (now.open > 0 && elapsedMs < waitMs) return unclear('attempt-missing');
    const declined: Outcome = { kind: 'declined', ...reasonOf(answer), attempts: now };
    const isCertain = fresh.every(({ paymentStatus }) => paymentStatus !== '');
    return isCertain ? known(declined) : unlessPaid(input, 'failed-without-payment-status', declined);
  }
  if (checkout.status === 'expired') return unlessPaid(input, 'expired', { kind: 'not-charged', reason: 'expired', attempts: { ...now, open: 0, shown: false } });
  const refusedMs = seenStatus !== null && isRefusal(seenStatus) ? waitMs : patienceMs;
  if (elapsedMs < refusedMs) return unclear('nothing-yet');
  const reason: NotChargedReason = now.open === 0 ? 'form-lost' : seenStatus === 429 ? 'too-many-tries' : 'not-received';
  return unlessPaid(input, 'nothing-shown', { kind: 'not-charged', reason, attempts: isLast ? { ...now, open: 0, shown: false } : now });
}

/** What the payments say; unclear as long as they do not tell either. */
function fromPayments({ payments }: ReconcileInput, why: string): Reconciled {
  if (payments === null) return { kind: 'ask-payments', why };
  if (payments.kind === 'failed') return unclear(`${why}:${payments.failure.kind}`);
  const paid = payments.value.find(isTaken);
  if (paid !== undefined) return known({ kind: 'paid', paymentId: paid.id, paidWith: paid.paidWith, chargedInCents: paid.amountInCents });
  const pending = payments.value.find(({ status }) => status === 'pending');
  if (pending !== undefined && why !== 'processing') return known({ kind: 'accepted', paymentId: pending.id, paidWith: pending.paidWith, chargedInCents: pending.amountInCents });
  return unclear(why);
}

/** Nothing was paid, says the checkout; not without its payments saying the same. */
function unlessPaid(input: ReconcileInput, why: string, outcome: Outcome): Reconciled {
  const { payments } = input;
  if (payments?.kind === 'ok' && payments.value.every(hasEndedUnpaid)) return known(outcome);
  return fromPayments(input, why);
}

function whyOpen({ status, paymentStatus }: Completion): string {
  if (status === 'processing' || paymentStatus === 'processing') return 'processing';
  return paymentStatus === 'pending' ? 'pending-not-completed' : 'unknown-word';
}

/** It took no money, and never will. */
export function hasFailed({ status, paymentStatus }: Completion): boolean {
  if (status === 'processing') return false;
  return paymentStatus === 'failed' || paymentStatus === 'canceled' || paymentStatus === 'skipped' || (paymentStatus === '' && status === 'failed');
}

/** 402 is a decline and leaves an attempt; 408 and 409 may still be carried out. */
function isRefusal(status: number): boolean {
  return isAnswer(status) && status >= 400 && status !== 402;
}

function isAnswer(status: number): boolean {
  return status >= 200 && status < 500 && status !== 408 && status !== 409;
}

function reasonOf({ errorCode, paymentStatus }: Completion): { readonly reason: DeclineReason; readonly code: string } {
  const code = errorCode ?? (paymentStatus === '' ? 'failed' : paymentStatus);
  return { code, reason: paymentStatus === 'canceled' || paymentStatus === 'skipped' ? 'canceled' : declineReason(code) };
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
