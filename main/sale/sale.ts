import type { Currency } from '../../contract/money.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { DeclineReason, NotChargedReason, PaidWith } from '../../contract/till-snapshot.ts';

/** What is being sold. Fixed when Charge is pressed: a checkout that was once shown never gets another amount. */
export type Purchase = { readonly amountInCents: number; readonly currency: Currency; readonly description: string };

/**
 * One sale, from the first digit to its end. One sale shows one checkout, and that checkout succeeds at most once.
 *
 * `completionsBefore` is how many attempts JustiFi's log held when Pay was pressed: only a later one can be the answer.
 */
export type Sale =
  | { readonly kind: 'draft'; readonly id: string; readonly amountInCents: number; readonly description: string; readonly problem: ChargeProblem | null }
  /** Charge was pressed; JustiFi has not yet confirmed the amount, or the form is not yet on the screen. */
  | { readonly kind: 'preparing'; readonly id: string; readonly purchase: Purchase; readonly checkoutId: string | null; readonly completionsBefore: number }
  | (OnCheckout & { readonly kind: 'ready' })
  /** Money may have moved from here on, until JustiFi says what happened. */
  | (OnCheckout & { readonly kind: 'submitting' })
  | (OnCheckout & { readonly kind: 'checking' })
  | (OnCheckout & { readonly kind: 'paid'; readonly paymentId: string; readonly paidWith: PaidWith; readonly at: string })
  | (OnCheckout & { readonly kind: 'accepted'; readonly paymentId: string | null; readonly paidWith: PaidWith; readonly at: string })
  | (OnCheckout & { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string })
  | (OnCheckout & { readonly kind: 'not-charged'; readonly reason: NotChargedReason })
  /** JustiFi charged another amount than the journal holds. The till stops and shouts. */
  | (OnCheckout & { readonly kind: 'wrong-amount'; readonly chargedInCents: number; readonly at: string })
  /** The manager has looked at a wrong amount, and the till goes on. */
  | (OnCheckout & { readonly kind: 'wrong-amount-seen'; readonly chargedInCents: number; readonly at: string })
  /** Left to the background: the next customer is served while JustiFi is asked. */
  | (OnCheckout & { readonly kind: 'behind'; readonly why: BehindWhy })
  /** A payment that was left behind went through after all. Somebody has to decide what becomes of it. */
  | (OnCheckout & Late & { readonly kind: 'late' })
  | (OnCheckout & Late & { readonly kind: 'returning'; readonly how: ReturnWay; readonly idempotencyKey: string })
  | (OnCheckout & Late & { readonly kind: 'returned'; readonly how: ReturnWay; readonly returnedAt: string })
  /** Left before anything was submitted. */
  | { readonly kind: 'left'; readonly id: string; readonly purchase: Purchase; readonly checkoutId: string | null };

/**
 * `unknown`: submitted, and nobody knows how it ended. `not-received`: it seemed never to have reached JustiFi, and was then left;
 * what is on its way may still arrive. `unsubmitted`: its form stood on the screen when the till was killed. `found`: the journal
 * had lost it; whoever stood at the counter knew how it ended.
 */
export type BehindWhy = (typeof BEHIND_WHY)[number];
export const BEHIND_WHY = ['unknown', 'not-received', 'unsubmitted', 'found'] as const;

/** `mustRefund`: JustiFi refused to void it, its 25 minutes are over. */
type Late = { readonly paymentId: string | null; readonly paidWith: PaidWith; readonly chargedInCents: number; readonly at: string; readonly mustRefund: boolean };

/** A void undoes the whole payment within 25 minutes; a refund is a movement of its own. */
export type ReturnWay = 'void' | 'refund';

type OnCheckout = { readonly id: string; readonly purchase: Purchase; readonly checkoutId: string; readonly completionsBefore: number };

/** What JustiFi's API said became of a submitted payment. `at` is UTC, ISO 8601. */
export type Outcome =
  | { readonly kind: 'paid'; readonly paymentId: string; readonly paidWith: PaidWith; readonly chargedInCents: number }
  | { readonly kind: 'accepted'; readonly paymentId: string | null; readonly paidWith: PaidWith; readonly chargedInCents: number }
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string; readonly completions: number }
  | { readonly kind: 'not-charged'; readonly reason: NotChargedReason; readonly completions: number };

/** Everything that happens to a sale. The journal keeps these, in order, each before its effect. */
export type SaleEvent =
  | { readonly kind: 'edited'; readonly amountInCents: number; readonly description: string }
  /** `cashier`: who charged, by name. Journals from before there were cashiers have none. */
  | { readonly kind: 'charge-asked'; readonly purchase: Purchase; readonly cashier?: string | null }
  /** The intent, before the request: a checkout that was made though no answer came is then at least known of. */
  | { readonly kind: 'checkout-asked'; readonly amountInCents: number; readonly idempotencyKey: string }
  | { readonly kind: 'checkout-created'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'checkout-abandoned'; readonly checkoutId: string; readonly why: string }
  | { readonly kind: 'amount-confirmed'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'preparation-failed'; readonly problem: ChargeProblem }
  | { readonly kind: 'form-shown'; readonly checkoutId: string }
  | { readonly kind: 'submit-allowed'; readonly checkoutId: string; readonly amountInCents: number }
  | { readonly kind: 'submit-refused'; readonly why: string }
  | { readonly kind: 'outcome-unclear'; readonly why: string }
  | { readonly kind: 'outcome-known'; readonly outcome: Outcome; readonly at: string }
  | { readonly kind: 'form-lost'; readonly why: string }
  /** The form gives way to a fresh one on the same checkout, before its token runs out. */
  | { readonly kind: 'form-renewed'; readonly why: string }
  | { readonly kind: 'retry-asked' }
  | { readonly kind: 'wrong-amount-seen' }
  | { readonly kind: 'left' }
  | { readonly kind: 'left-behind' }
  /** JustiFi knows of a checkout of this register whose sale the journal lost. */
  | { readonly kind: 'found'; readonly checkoutId: string; readonly purchase: Purchase }
  /** A late payment is kept: the customer has the goods. */
  | { readonly kind: 'late-kept' }
  | { readonly kind: 'return-asked'; readonly how: ReturnWay; readonly idempotencyKey: string }
  | { readonly kind: 'return-refused'; readonly code: string; readonly mustRefund: boolean }
  | { readonly kind: 'returned'; readonly at: string };

export type NotAllowed = { readonly kind: 'not-allowed'; readonly sale: Sale['kind']; readonly event: SaleEvent['kind'] };

export function newDraft(id: string, amountInCents = 0, description = ''): Sale {
  return { kind: 'draft', id, amountInCents, description, problem: null };
}

/** Nothing more can happen to it at the counter. */
export function isOver(sale: Sale): boolean {
  return sale.kind === 'paid' || sale.kind === 'accepted' || sale.kind === 'left' || sale.kind === 'wrong-amount' || sale.kind === 'wrong-amount-seen' || sale.kind === 'returned';
}

/** Did the customer's money move, or start to? */
export function tookMoney(sale: Sale): sale is Extract<Sale, { kind: 'paid' | 'accepted' | 'wrong-amount' | 'wrong-amount-seen' }> {
  return sale.kind === 'paid' || sale.kind === 'accepted' || sale.kind === 'wrong-amount' || sale.kind === 'wrong-amount-seen';
}

/** Called "not charged" because JustiFi showed nothing for long: a request that is still on its way would be a payment yet. */
export function mayStillArrive(sale: Sale): sale is Extract<Sale, { kind: 'not-charged' }> {
  return sale.kind === 'not-charged' && (sale.reason === 'not-received' || sale.reason === 'too-many-tries');
}

/** Is there a form on the screen, or an answer awaited, so that leaving would lose something? */
export function isBusy(sale: Sale): boolean {
  return sale.kind === 'preparing' || sale.kind === 'ready' || sale.kind === 'submitting' || sale.kind === 'checking';
}

/** The only way a sale changes. What is not listed here cannot happen, whatever a page says. */
export function transition(sale: Sale, event: SaleEvent): Result<Sale, NotAllowed> {
  const notAllowed = failed<NotAllowed>({ kind: 'not-allowed', sale: sale.kind, event: event.kind });
  switch (event.kind) {
    case 'edited':
      if (sale.kind !== 'draft') return notAllowed;
      return ok({ ...sale, amountInCents: event.amountInCents, description: event.description, problem: null });

    case 'charge-asked':
      if (sale.kind !== 'draft') return notAllowed;
      return ok({ kind: 'preparing', id: sale.id, purchase: event.purchase, checkoutId: null, completionsBefore: 0 });

    case 'checkout-asked':
    case 'checkout-created':
    case 'checkout-abandoned':
      // Bookkeeping of the checkouts behind a sale: a draft prepares one, a charge may need a second. Neither was shown.
      return sale.kind === 'draft' || (sale.kind === 'preparing' && sale.checkoutId === null) || event.kind === 'checkout-abandoned'
        ? ok(sale)
        : notAllowed;

    case 'amount-confirmed':
      // The sale takes a checkout once; a retry keeps the one it has.
      if (sale.kind !== 'preparing' || (sale.checkoutId !== null && sale.checkoutId !== event.checkoutId)) return notAllowed;
      if (event.amountInCents !== sale.purchase.amountInCents) return notAllowed;
      return ok({ ...sale, checkoutId: event.checkoutId });

    case 'preparation-failed':
      if (sale.kind !== 'preparing') return notAllowed;
      return ok({
        kind: 'draft',
        id: sale.id,
        amountInCents: sale.purchase.amountInCents,
        description: sale.purchase.description,
        problem: event.problem,
      });

    case 'form-shown':
      if (sale.kind !== 'preparing' || sale.checkoutId !== event.checkoutId) return notAllowed;
      return ok({ ...sale, kind: 'ready', checkoutId: event.checkoutId });

    case 'submit-allowed':
      if (sale.kind !== 'ready' || sale.checkoutId !== event.checkoutId || sale.purchase.amountInCents !== event.amountInCents) return notAllowed;
      return ok({ ...sale, kind: 'submitting' });

    case 'submit-refused':
      return ok(sale);

    case 'outcome-unclear':
      return sale.kind === 'submitting' || sale.kind === 'checking' ? ok({ ...sale, kind: 'checking' }) : notAllowed;

    case 'outcome-known':
      if (sale.kind === 'behind') return ok(sale.why === 'found' && isSuccess(event.outcome) ? withOutcome(sale, event.outcome, event.at) : withLateOutcome(sale, event.outcome, event.at));
      return sale.kind === 'submitting' || sale.kind === 'checking' ? ok(withOutcome(sale, event.outcome, event.at)) : notAllowed;

    case 'form-lost':
      // Before Pay nothing can have been charged; after it only JustiFi knows.
      if (sale.kind === 'preparing' && sale.checkoutId !== null) {
        return ok({ ...onCheckout({ ...sale, checkoutId: sale.checkoutId }), kind: 'not-charged', reason: 'form-lost' });
      }
      if (sale.kind === 'ready') return ok({ ...sale, kind: 'not-charged', reason: 'form-lost' });
      return sale.kind === 'submitting' ? ok({ ...sale, kind: 'checking' }) : notAllowed;

    case 'form-renewed':
      return sale.kind === 'ready' ? ok({ ...onCheckout(sale), kind: 'preparing' }) : notAllowed;

    case 'retry-asked':
      if (sale.kind !== 'declined' && sale.kind !== 'not-charged') return notAllowed;
      return ok({ kind: 'preparing', id: sale.id, purchase: sale.purchase, checkoutId: sale.checkoutId, completionsBefore: sale.completionsBefore });

    case 'wrong-amount-seen':
      return sale.kind === 'wrong-amount' ? ok({ ...onCheckout(sale), kind: 'wrong-amount-seen', chargedInCents: sale.chargedInCents, at: sale.at }) : notAllowed;

    case 'left':
      if (sale.kind !== 'preparing' && sale.kind !== 'ready' && sale.kind !== 'declined' && sale.kind !== 'not-charged') return notAllowed;
      return ok({ kind: 'left', id: sale.id, purchase: sale.purchase, checkoutId: sale.checkoutId });

    case 'left-behind':
      if (sale.kind === 'preparing' && sale.checkoutId !== null) return ok({ ...onCheckout({ ...sale, checkoutId: sale.checkoutId }), kind: 'behind', why: 'unsubmitted' });
      if (sale.kind === 'ready') return ok({ ...onCheckout(sale), kind: 'behind', why: 'unsubmitted' });
      if (mayStillArrive(sale)) return ok({ ...onCheckout(sale), kind: 'behind', why: 'not-received' });
      return sale.kind === 'submitting' || sale.kind === 'checking' ? ok({ ...onCheckout(sale), kind: 'behind', why: 'unknown' }) : notAllowed;

    case 'found':
      if (sale.kind !== 'draft') return notAllowed;
      return ok({ kind: 'behind', id: sale.id, purchase: event.purchase, checkoutId: event.checkoutId, completionsBefore: 0, why: 'found' });

    case 'late-kept':
      if (sale.kind !== 'late') return notAllowed;
      return sale.paymentId === null
        ? ok({ ...onCheckout(sale), kind: 'accepted', paymentId: null, paidWith: sale.paidWith, at: sale.at })
        : ok({ ...onCheckout(sale), kind: 'paid', paymentId: sale.paymentId, paidWith: sale.paidWith, at: sale.at });

    case 'return-asked':
      if (sale.kind !== 'late' || sale.paymentId === null || (event.how === 'void' && sale.mustRefund)) return notAllowed;
      return ok({ ...sale, kind: 'returning', how: event.how, idempotencyKey: event.idempotencyKey });

    case 'return-refused': {
      if (sale.kind !== 'returning') return notAllowed;
      const { how: _how, idempotencyKey: _key, ...late } = sale;
      return ok({ ...late, kind: 'late', mustRefund: sale.mustRefund || event.mustRefund });
    }

    case 'returned': {
      if (sale.kind !== 'returning') return notAllowed;
      const { idempotencyKey: _key, ...late } = sale;
      return ok({ ...late, kind: 'returned', returnedAt: event.at });
    }

    default:
      return assertNever(event);
  }
}

function isSuccess(outcome: Outcome): outcome is Extract<Outcome, { kind: 'paid' | 'accepted' }> {
  return outcome.kind === 'paid' || outcome.kind === 'accepted';
}

/** A success is now a matter for somebody; anything else ends the sale as left. */
function withLateOutcome(sale: OnCheckout, outcome: Outcome, at: string): Sale {
  if (isSuccess(outcome)) {
    const { paymentId, paidWith, chargedInCents } = outcome;
    return { ...onCheckout(sale), kind: 'late', paymentId, paidWith, chargedInCents, at, mustRefund: false };
  }
  return { kind: 'left', id: sale.id, purchase: sale.purchase, checkoutId: sale.checkoutId };
}

function withOutcome(sale: OnCheckout, outcome: Outcome, at: string): Sale {
  const base = onCheckout(sale);
  switch (outcome.kind) {
    case 'paid':
    case 'accepted':
      if (outcome.chargedInCents !== sale.purchase.amountInCents) {
        return { ...base, kind: 'wrong-amount', chargedInCents: outcome.chargedInCents, at };
      }
      return outcome.kind === 'paid'
        ? { ...base, kind: 'paid', paymentId: outcome.paymentId, paidWith: outcome.paidWith, at }
        : { ...base, kind: 'accepted', paymentId: outcome.paymentId, paidWith: outcome.paidWith, at };
    case 'declined':
      return { ...base, kind: 'declined', reason: outcome.reason, code: outcome.code, completionsBefore: outcome.completions };
    case 'not-charged':
      return { ...base, kind: 'not-charged', reason: outcome.reason, completionsBefore: outcome.completions };
    default:
      return assertNever(outcome);
  }
}

function onCheckout({ id, purchase, checkoutId, completionsBefore }: OnCheckout): OnCheckout {
  return { id, purchase, checkoutId, completionsBefore };
}
