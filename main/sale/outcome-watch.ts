import { type Result, assertNever, ok } from '../../contract/result.ts';
import type { Checkout, Checkouts } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { Payment, Payments } from './payments.ts';
import { CANNOT_ARRIVE_AFTER_MS, NEVER_ARRIVED_AFTER_MS, type Reconciled, reconcile } from './reconcile.ts';
import type { Attempts, Outcome, Sale } from './sale.ts';
import type { Timers } from './timers.ts';

const ASK_AGAIN_AFTER_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** After an hour without an answer there is no hurry left: every five minutes, for the week that a checkout lives. */
const PATIENT_AFTER = 240;
const PATIENT_MS = 300_000;
/** Registers that lost the same line must not all ask again in the same instant. */
const JITTER = 0.2;

/** When to ask JustiFi again after the n-th question (from 0). `random` is from 0 up to 1. */
export function askAgainInMs(asked: number, random: number): number {
  const pause = asked >= PATIENT_AFTER ? PATIENT_MS : ASK_AGAIN_AFTER_MS[Math.min(asked, ASK_AGAIN_AFTER_MS.length - 1)]!;
  return Math.round(pause * (1 - JITTER / 2 + JITTER * random));
}

/** How a sale is asked about now; null: JustiFi has nothing more to say of it. */
export type Watching = {
  readonly checkoutId: string;
  readonly attempts: Attempts;
  /** As in `ReconcileInput`. */
  readonly patienceMs: number;
  readonly isLast: boolean;
  /** The customer waits for the answer. */
  readonly isUrgent: boolean;
};

export function watching(sale: Sale): Watching | null {
  if (sale.kind === 'draft' || sale.checkoutId === null) return null;
  const { checkoutId, attempts } = sale;
  const base = { checkoutId, attempts };
  switch (sale.kind) {
    case 'submitting':
    case 'checking':
      return { ...base, patienceMs: attempts.open > 0 ? NEVER_ARRIVED_AFTER_MS : 0, isLast: false, isUrgent: true };
    case 'unresolved':
      return { ...base, patienceMs: sale.why === 'not-received' ? CANNOT_ARRIVE_AFTER_MS : NEVER_ARRIVED_AFTER_MS, isLast: sale.why !== 'unknown', isUrgent: sale.why === 'unknown' };
    case 'not-charged':
    case 'preparing':
    case 'ready':
    case 'declined':
      // Whatever is on the screen: what may still arrive is waited for.
      if (attempts.open > 0) return { ...base, patienceMs: CANNOT_ARRIVE_AFTER_MS, isLast: true, isUrgent: false };
      return sale.kind === 'not-charged' && attempts.shown ? { ...base, patienceMs: NEVER_ARRIVED_AFTER_MS, isLast: true, isUrgent: false } : null;
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'abandoned':
      return null;
    default:
      return assertNever(sale);
  }
}

export type OutcomeWatch = {
  /** Something happened that may have brought an answer: do not wait for the timer. */
  askNow(): void;
  /** The page saw this HTTP status on the component's own request. */
  saw(status: number): void;
  /** The time to wait begins anew: a charge was allowed just now. */
  submitted(): void;
  stop(): void;
};

export type OutcomeWatchParts = {
  readonly checkouts: Pick<Checkouts, 'read'>;
  readonly payments: Pick<Payments, 'read' | 'ofCheckout'>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly random: () => number;
};

/**
 * Asks JustiFi what became of a sale for as long as `now` says that there is something to ask. `onKnown` is called for every
 * outcome, `onUnclear` after every question that did not tell. One question is under way at a time.
 */
export function watchOutcome(parts: OutcomeWatchParts, now: () => Watching | null, onKnown: (outcome: Outcome) => void, onUnclear: (why: string) => void): OutcomeWatch {
  let submittedAtMs = parts.monotonicMs();
  let asked = now()?.isUrgent === true ? 0 : ASK_AGAIN_AFTER_MS.length - 1;
  let seenStatus: number | null = null;
  let stopped = false;
  const isStopped = () => stopped;
  let asking = false;
  let askOnceMore = false;
  let cancelTimer = later();

  function later(): () => void {
    return parts.timers.after(askAgainInMs(asked, parts.random()), () => void ask());
  }

  async function ask(): Promise<void> {
    if (asking) {
      askOnceMore = true;
      return;
    }
    const before = now();
    if (stopped || before === null) return;
    cancelTimer();
    asking = true;
    const reconciled = await question(before.checkoutId);
    asking = false;
    // `stop` may have been called while we waited, and the sale may be another by now.
    if (isStopped() || now() === null) return;
    asked += 1;
    if (reconciled.kind === 'known') onKnown(reconciled.outcome);
    else onUnclear(reconciled.why);
    if (isStopped() || now() === null) return;
    if (askOnceMore) {
      askOnceMore = false;
      await ask();
      return;
    }
    cancelTimer();
    cancelTimer = later();
  }

  async function question(checkoutId: string): Promise<Reconciled> {
    const checkout = await parts.checkouts.read(checkoutId);
    const first = decide(checkout, null);
    return first.kind === 'ask-payments' && checkout.kind === 'ok' ? decide(checkout, await paymentsOf(parts.payments, checkout.value)) : first;
  }

  function decide(checkout: Result<Checkout, JustifiFailure>, payments: Result<readonly Payment[], JustifiFailure> | null): Reconciled {
    const of = now();
    if (of === null) return { kind: 'unclear', why: 'over' };
    return reconcile({ checkout, payments, attempts: of.attempts, elapsedMs: parts.monotonicMs() - submittedAtMs, patienceMs: of.patienceMs, isLast: of.isLast, seenStatus });
  }

  return {
    askNow() {
      asked = 0;
      void ask();
    },
    saw(status) {
      seenStatus = status;
    },
    submitted() {
      submittedAtMs = parts.monotonicMs();
      seenStatus = null;
      asked = 0;
      cancelTimer();
      cancelTimer = later();
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}

/** The payment that the checkout names, or all of its payments in JustiFi's list. */
async function paymentsOf(payments: OutcomeWatchParts['payments'], checkout: Checkout): Promise<Result<readonly Payment[], JustifiFailure>> {
  const named = checkout.successfulPaymentId ?? checkout.completions.find(({ paymentStatus, paymentId }) => paymentStatus === 'succeeded' && paymentId !== null)?.paymentId ?? null;
  if (named === null) return payments.ofCheckout(checkout.id);
  const payment = await payments.read(named);
  return payment.kind === 'ok' ? ok([payment.value]) : payment;
}
