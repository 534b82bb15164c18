import type { ChargeProblem } from '../../contract/problem.ts';
import type { DeclineReason, NotChargedReason, PaidWith } from '../../contract/till-snapshot.ts';
import type { Purchase } from './purchase.ts';
import type { Reversal } from './reversal.ts';

/** One sale, from the first digit to its end. One sale shows one checkout, and that checkout succeeds at most once. */
export type Sale =
  | Draft
  /** Charge was pressed; JustiFi has not yet confirmed the amount, or the tender is not yet before the customer. */
  | (Omit<OnCheckout, 'checkoutId'> & { readonly kind: 'preparing'; readonly checkoutId: string | null })
  | (OnCheckout & { readonly kind: 'ready' })
  /** Money may have moved from here on, until JustiFi says what happened. */
  | (OnCheckout & { readonly kind: 'submitting' })
  | (OnCheckout & { readonly kind: 'checking' })
  | (OnCheckout & { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string })
  | (OnCheckout & { readonly kind: 'not-charged'; readonly reason: NotChargedReason })
  | (Taken & { readonly kind: 'paid' })
  | (Taken & { readonly kind: 'accepted' })
  /** JustiFi charged another amount than the journal holds. The till stops and shouts. */
  | (Taken & { readonly kind: 'wrong-amount' })
  /** The manager has looked at a wrong amount, and the till goes on. */
  | (Taken & { readonly kind: 'wrong-amount-seen' })
  /** Not at the counter any more, and JustiFi is still asked how it ended. `since`: UTC, ISO 8601. */
  | (OnCheckout & { readonly kind: 'unresolved'; readonly why: UnresolvedWhy; readonly since: string })
  /** Its payment went through after the sale was left. The cashier or the manager decides what becomes of it. */
  | (Taken & { readonly kind: 'late' })
  /** A reversal was asked for, and JustiFi has not answered. `of`: what the sale is besides. */
  | (Taken & { readonly kind: 'reversing'; readonly of: ReversibleKind })
  /** All of it was given back. */
  | (Taken & { readonly kind: 'reversed' })
  /** Over, with no payment. */
  | (Omit<OnCheckout, 'checkoutId'> & { readonly kind: 'abandoned'; readonly checkoutId: string | null });

export type Draft = { readonly kind: 'draft'; readonly id: string; readonly amountInCents: number; readonly description: string; readonly problem: ChargeProblem | null };

export type OnCheckout = { readonly id: string; readonly purchase: Purchase; readonly checkoutId: string; readonly attempts: Attempts };

/** The customer's money moved, or a bank transfer was accepted. `at`: when JustiFi said so, UTC, ISO 8601. */
export type Taken = OnCheckout & {
  readonly paymentId: string | null;
  readonly paidWith: PaidWith;
  readonly chargedInCents: number;
  readonly at: string;
  readonly reversals: readonly Reversal[];
};

/** What is known of the tries to pay a checkout. */
export type Attempts = {
  /** How often a charge was allowed. */
  readonly submits: number;
  /** Of those, how many have no proven end: their requests may still arrive, through every retry. */
  readonly open: number;
  /** Completions that have failed, by id. JustiFi promises no order of its list. */
  readonly failed: readonly string[];
  /** The tender was before the customer since JustiFi was last asked for good: it may have charged without asking. */
  readonly shown: boolean;
};

export const NO_ATTEMPTS: Attempts = { submits: 0, open: 0, failed: [], shown: false };

/**
 * `unknown`: submitted, and JustiFi has not said how it ended. `not-received`: the request seems never to have reached JustiFi, and may
 * still arrive. `unsubmitted`: its form was on the screen, and no charge was allowed. `found`: the journal had lost it.
 */
export type UnresolvedWhy = (typeof UNRESOLVED_WHY)[number];
export const UNRESOLVED_WHY = ['unknown', 'not-received', 'unsubmitted', 'found'] as const;

export type ReversibleKind = (typeof REVERSIBLE_KINDS)[number];
export const REVERSIBLE_KINDS = ['paid', 'accepted', 'wrong-amount-seen', 'late'] as const;

/** What JustiFi's API said became of a payment, and of all attempts on its checkout. */
export type Outcome =
  | (Success & { readonly kind: 'paid'; readonly paymentId: string })
  | (Success & { readonly kind: 'accepted' })
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string; readonly attempts: Attempts }
  | { readonly kind: 'not-charged'; readonly reason: NotChargedReason; readonly attempts: Attempts };

type Success = { readonly paymentId: string | null; readonly paidWith: PaidWith; readonly chargedInCents: number };

export function newDraft(id: string, amountInCents = 0, description = ''): Draft {
  return { kind: 'draft', id, amountInCents, description, problem: null };
}

/** Nothing more can happen to it at the counter. */
export function isOver({ kind }: Sale): boolean {
  return kind === 'paid' || kind === 'accepted' || kind === 'abandoned' || kind === 'wrong-amount' || kind === 'wrong-amount-seen' || kind === 'reversed' || kind === 'reversing';
}

/** Did the customer's money move, or start to? */
export function tookMoney(sale: Sale): sale is Extract<Sale, { kind: 'paid' | 'accepted' | 'wrong-amount' | 'wrong-amount-seen' }> {
  return sale.kind === 'paid' || sale.kind === 'accepted' || sale.kind === 'wrong-amount' || sale.kind === 'wrong-amount-seen';
}

/** Is there a form on the screen, or an answer awaited, so that leaving would lose something? */
export function isBusy({ kind }: Sale): boolean {
  return kind === 'preparing' || kind === 'ready' || kind === 'submitting' || kind === 'checking';
}

/** Said over every screen until it is decided. */
export function isLate(sale: Sale): sale is LateSale {
  return sale.kind === 'late' || (sale.kind === 'reversing' && sale.of === 'late');
}
export type LateSale = Extract<Sale, { kind: 'late' | 'reversing' }>;

/** Only the fields of this part: a state never carries what belonged to the one before. */
export function onCheckout({ id, purchase, checkoutId, attempts }: OnCheckout): OnCheckout {
  return { id, purchase, checkoutId, attempts };
}

export function taken(sale: Taken): Taken {
  const { paymentId, paidWith, chargedInCents, at, reversals } = sale;
  return { ...onCheckout(sale), paymentId, paidWith, chargedInCents, at, reversals };
}
