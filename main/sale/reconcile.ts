import type { DeclineReason, NotChargedReason } from '../../contract/till-snapshot.ts';
import type { Result } from '../../contract/result.ts';
import type { Checkout, Completion } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import { type Payment, hasEndedUnpaid, isPending, isTaken } from './payments.ts';
import type { Attempts, Outcome } from './sale.ts';
import type { RequestRefusal } from './tender.ts';
import { withFailed } from './transition.ts';

/**
 * How long a submitted payment may stay invisible before "the request never arrived" is shown.
 * JustiFi publishes no figure; 150 s is the longest that another large processor (Adyen, cloud terminals) asks for.
 */
export const NEVER_ARRIVED_AFTER_MS = 150_000;

/** When that is certain: no request is under way for an hour. Until then the sale is watched. */
export const CANNOT_ARRIVE_AFTER_MS = 60 * 60_000;

/**
 * The same when the page saw a definite answer to the component's request. A page may lie, but that only shortens the
 * wait: JustiFi's answer still decides.
 */
export const ANSWERED_AFTER_MS = 10_000;

export type ReconcileInput = {
  /** The answer of JustiFi's API to GET /v1/checkouts/:id, asked by main. */
  readonly checkout: Result<Checkout, JustifiFailure>;
  /** The payments of this checkout in JustiFi's own list; null: not asked for yet. */
  readonly payments: Result<readonly Payment[], JustifiFailure> | null;
  readonly attempts: Attempts;
  /** Monotonic time since the last submit. A wall clock may jump; this decides about money. */
  readonly elapsedMs: number;
  /** How long a payment may stay invisible before none is assumed; null: for ever, because the customer has a link and may pay at any time. */
  readonly waitMs: number | null;
  /** After that, no request can arrive any more. */
  readonly isLast: boolean;
  /** The HTTP status of the answer to the component's request, if the page saw one. */
  readonly seenStatus: number | null;
  /** JustiFi's answer to main's own request to pay, if it was refused. */
  readonly refusal: RequestRefusal | null;
};

export type Reconciled =
  | { readonly kind: 'known'; readonly outcome: Outcome }
  /** The checkout is not enough: read its payments and reconcile again. */
  | { readonly kind: 'ask-payments'; readonly why: string }
  | { readonly kind: 'unclear'; readonly why: string };

/**
 * The decision table: the outcome of a submitted payment, from the checkout, its completions and its payments. Never from a page's
 * event or a failed request, and never "paid" on a status that JustiFi has not documented.
 */
export function reconcile(input: ReconcileInput): Reconciled {
  if (input.checkout.kind === 'failed') return unclear(`no-answer:${input.checkout.failure.kind}`);
  const checkout = input.checkout.value;
  const success = checkout.completions.find(({ paymentStatus }) => paymentStatus === 'succeeded');
  const pending = checkout.completions.find(({ paymentStatus }) => paymentStatus === 'pending');
  const isCompleted = checkout.status === 'completed' || checkout.successfulPaymentId !== null;
  if (isCompleted && success !== undefined) {
    const paymentId = success.paymentId ?? checkout.successfulPaymentId;
    if (paymentId !== null) return known({ kind: 'paid', paymentId, paidWith: success.paidWith, chargedInCents: success.chargedInCents ?? checkout.amountInCents, ...apart(success), takenAt: success.madeAt });
  } else if (isCompleted && pending !== undefined) {
    return known({ kind: 'accepted', paymentId: pending.paymentId, paidWith: pending.paidWith, chargedInCents: pending.chargedInCents ?? checkout.amountInCents, ...apart(pending), takenAt: pending.madeAt });
  }
  // The checkout and its completions disagree: the payment decides.
  if (isCompleted) return fromPayments(input, 'completed-without-success');
  if (success !== undefined) return fromPayments(input, 'success-not-completed');
  const open = checkout.completions.find((completion) => !hasFailed(completion));
  if (open !== undefined) return fromPayments(input, whyOpen(open));
  return fromFailures(input, checkout);
}

function apart({ apartInCents = 0 }: Pick<Completion, 'apartInCents'>): { readonly apartInCents?: number } {
  return apartInCents > 0 ? { apartInCents } : {};
}

/** No attempt succeeded or is under way: is one of the failed attempts the answer to the last submit? */
function fromFailures(input: ReconcileInput, checkout: Checkout): Reconciled {
  const { attempts, elapsedMs, isLast, seenStatus, refusal } = input;
  const waitMs = input.waitMs ?? Number.POSITIVE_INFINITY;
  if (!['created', 'attempted', 'expired'].includes(checkout.status)) return unclear('unknown-status');
  const fresh = checkout.completions.filter(({ id }) => !attempts.failed.includes(id));
  const now = withFailed(attempts, fresh.map(({ id }) => id));
  const answer = fresh.at(-1);
  const answerWaitMs = seenStatus !== null && isAnswer(seenStatus) ? Math.min(ANSWERED_AFTER_MS, waitMs) : waitMs;
  if (answer !== undefined) {
    // More requests than failures: this failure may belong to an earlier try, and the last may be under way.
    if (now.open > 0 && elapsedMs < answerWaitMs) return unclear('attempt-missing');
    const declined: Outcome = { kind: 'declined', ...reasonOf(answer), attempts: now };
    const isCertain = fresh.every(({ paymentStatus }) => paymentStatus !== '');
    return isCertain ? known(declined) : unlessPaid(input, 'failed-without-payment-status', declined);
  }
  if (checkout.status === 'expired') return unlessPaid(input, 'expired', { kind: 'not-charged', reason: 'expired', attempts: { ...now, open: 0, shown: false, link: null } });
  if (input.waitMs === null) return unclear('link-open');
  if (refusal !== null) return unlessPaid(input, 'refused', { kind: 'not-charged', reason: refusal.reason, attempts: refusal.isCertain ? { ...now, open: Math.max(0, now.open - 1) } : now });
  const refusedMs = seenStatus !== null && isRefusal(seenStatus) ? answerWaitMs : waitMs;
  if (elapsedMs < refusedMs) return unclear('nothing-yet');
  const reason = now.open === 0 ? 'form-lost' : whyNothing(seenStatus);
  return unlessPaid(input, 'nothing-shown', { kind: 'not-charged', reason, attempts: isLast ? { ...now, open: 0, shown: false } : now });
}

/** The outcome by the payments; unclear when they don't show it either. */
function fromPayments(input: ReconcileInput, why: string): Reconciled {
  const { payments } = input;
  if (payments === null) return { kind: 'ask-payments', why };
  if (payments.kind === 'failed') return unclear(`${why}:${payments.failure.kind}`);
  const success = successOf(payments.value);
  return success === null || (success.kind === 'accepted' && why === 'processing') ? unclear(why) : known({ ...success, ...apart(completionOf(input, success)) });
}

/** The attempt that made this payment: it lists the other charges. */
function completionOf({ checkout }: ReconcileInput, { paymentId }: Success): Pick<Completion, 'apartInCents'> {
  const made = checkout.kind === 'ok' ? checkout.value.completions.find((completion) => completion.paymentId === paymentId) : undefined;
  return made ?? {};
}

type Success = Extract<Outcome, { readonly kind: 'paid' | 'accepted' }>;

/** PAID or ACCEPTED, by the payments alone; null: none of them took money or may still take it. */
export function successOf(payments: readonly Payment[]): Success | null {
  const payment = payments.find(isTaken) ?? payments.find(isPending);
  if (payment === undefined) return null;
  const { id: paymentId, paidWith, amountInCents: chargedInCents, madeAt: takenAt } = payment;
  return { kind: isTaken(payment) ? 'paid' : 'accepted', paymentId, paidWith, chargedInCents, takenAt };
}

/** The checkout shows no payment. That counts only when its payments agree. */
function unlessPaid(input: ReconcileInput, why: string, outcome: Outcome): Reconciled {
  const { payments } = input;
  if (payments?.kind === 'ok' && payments.value.every(hasEndedUnpaid)) return known(outcome);
  return fromPayments(input, why);
}

function whyOpen({ status, paymentStatus }: Completion): string {
  if (status === 'processing' || paymentStatus === 'processing') return 'processing';
  return paymentStatus === 'pending' ? 'pending-not-completed' : 'unknown-word';
}

/** It took no money and cannot take any. */
export function hasFailed({ status, paymentStatus }: Completion): boolean {
  if (status === 'processing') return false;
  return paymentStatus === 'failed' || paymentStatus === 'canceled' || paymentStatus === 'skipped' || (paymentStatus === '' && status === 'failed');
}

/** Why JustiFi does not show a request: it was refused (the page saw the answer), or it never arrived. */
function whyNothing(seenStatus: number | null): NotChargedReason {
  if (seenStatus === null || !isRefusal(seenStatus)) return 'not-received';
  return seenStatus === 429 ? 'too-many-tries' : 'refused';
}

/** 402 is a decline with an attempt; after 408 and 409 the request may still be carried out. */
function isRefusal(status: number): boolean {
  return isAnswer(status) && status >= 400 && status !== 402;
}

function isAnswer(status: number): boolean {
  return status >= 200 && status < 500 && status !== 408 && status !== 409;
}

function reasonOf({ errorCode, paymentStatus }: Completion): { readonly reason: DeclineReason; readonly code: string } {
  const code = errorCode ?? (paymentStatus === '' ? 'failed' : paymentStatus);
  return { code, reason: paymentStatus === 'canceled' || paymentStatus === 'skipped' ? calledOffReason(code) : declineReason(code) };
}

/** JustiFi publishes no codes for a payment that ended at the reader without a card. */
function calledOffReason(code: string): DeclineReason {
  if (/time_?d?_?out/u.test(code)) return 'timed-out';
  return /disconnect|offline|unreachable/u.test(code) ? 'reader-offline' : 'canceled';
}

/** Only reasons that help the customer act. A lost or stolen card is just "declined"; the code goes to the log. */
function declineReason(code: string): DeclineReason {
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
