import { type Result, ok } from '../../contract/result.ts';
import type { Checkout, Checkouts } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { Payment, Payments } from './payments.ts';
import { type ReconcileInput, type Reconciled, reconcile, successOf } from './reconcile.ts';
import { type Attempts, type Outcome, isSuccess } from './sale.ts';
import type { RequestRefusal } from './tender.ts';
import type { WatchPlan } from './watch-plan.ts';

/** Asks JustiFi how one sale ended, with the hints about its last request to pay. */
type OutcomeQuestion = {
  /** Asks JustiFi once. Judged by `now`, the plan at the time of the answer; null: by `plan`. */
  ask(plan: WatchPlan, now: () => WatchPlan | null): Promise<Reconciled>;
  /** The page saw this HTTP status on the component's own request. */
  saw(status: number): void;
  /** JustiFi's own answer to main's request to pay: it was not taken. */
  refused(refusal: RequestRefusal): void;
  /** A charge was allowed just now: the time to wait begins anew. */
  submitted(): void;
};

export type OutcomeQuestionParts = {
  readonly checkouts: Pick<Checkouts, 'read'>;
  readonly payments: Pick<Payments, 'read' | 'ofCheckout'>;
  readonly monotonicMs: () => number;
};

export function createOutcomeQuestion(parts: OutcomeQuestionParts): OutcomeQuestion {
  let submittedAtMs = parts.monotonicMs();
  let seenStatus: number | null = null;
  let refusal: RequestRefusal | null = null;
  return {
    async ask(plan, now) {
      const judged = { refusal };
      const known = () => {
        judged.refusal = refusal;
        const { attempts, waitMs, isLast } = now() ?? plan;
        return { attempts, waitMs, isLast, seenStatus, refusal, elapsedMs: parts.monotonicMs() - submittedAtMs };
      };
      const decided = await askJustifi(parts, plan.checkoutId, known);
      // A refusal ends one request: an earlier one may still arrive, and must not be ended by the next answer.
      if (decided.kind === 'known' && judged.refusal === refusal) refusal = null;
      return decided;
    },
    saw(status) {
      seenStatus = status;
    },
    refused(refused) {
      refusal = refused;
    },
    submitted() {
      submittedAtMs = parts.monotonicMs();
      seenStatus = null;
      refusal = null;
    },
  };
}

/** Asks once about a closed sale for which JustiFi lists a payment, even if the checkout does not show it. Null: no payment, or no answer. */
export async function findPayment(parts: Pick<OutcomeQuestionParts, 'checkouts' | 'payments'>, checkoutId: string, attempts: Attempts): Promise<Outcome | null> {
  const decided = await askJustifi(parts, checkoutId, () => ({ attempts, waitMs: 0, isLast: true, seenStatus: null, refusal: null, elapsedMs: 0 }));
  if (decided.kind !== 'known') return null;
  if (isSuccess(decided.outcome)) return decided.outcome;
  const made = await parts.payments.ofCheckout(checkoutId);
  return made.kind === 'ok' ? successOf(made.value) : null;
}

/** Reads the checkout, and its payments where the checkout alone does not tell. `known` is read again after each answer. */
async function askJustifi({ checkouts, payments }: Pick<OutcomeQuestionParts, 'checkouts' | 'payments'>, checkoutId: string, known: () => Omit<ReconcileInput, 'checkout' | 'payments'>): Promise<Reconciled> {
  const checkout = await checkouts.read(checkoutId);
  const first = reconcile({ ...known(), checkout, payments: null });
  if (first.kind !== 'ask-payments' || checkout.kind === 'failed') return first;
  const paid = await paymentsOf(payments, checkout.value);
  return reconcile({ ...known(), checkout, payments: paid });
}

/** The payment that the checkout names, or all of its payments in JustiFi's list. */
async function paymentsOf(payments: OutcomeQuestionParts['payments'], checkout: Checkout): Promise<Result<readonly Payment[], JustifiFailure>> {
  const named = checkout.successfulPaymentId ?? checkout.completions.find(({ paymentStatus, paymentId }) => paymentStatus === 'succeeded' && paymentId !== null)?.paymentId ?? null;
  if (named === null) return payments.ofCheckout(checkout.id);
  const payment = await payments.read(named);
  return payment.kind === 'ok' ? ok([payment.value]) : payment;
}
