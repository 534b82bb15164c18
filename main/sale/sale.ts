import type { ChargeProblem } from '../../contract/problem.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { DeclineReason, NotChargedReason, PaidWith } from '../../contract/till-snapshot.ts';
import type { Purchase } from './purchase.ts';
import type { Reversal } from './reversal.ts';

/** One sale, from the first digit to its final state. One sale shows one checkout, and that checkout succeeds at most once. */
export type Sale =
  | Draft
  /** Charge was pressed. JustiFi has not confirmed the amount, or the customer cannot pay yet. */
  | (Omit<OnCheckout, 'checkoutId'> & { readonly kind: 'preparing'; readonly checkoutId: string | null })
  | (OnCheckout & { readonly kind: 'ready' })
  /** From here on money may have moved, until JustiFi reports the outcome. */
  | (OnCheckout & { readonly kind: 'submitting' })
  | (OnCheckout & { readonly kind: 'checking' })
  | (OnCheckout & { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string })
  | (OnCheckout & { readonly kind: 'not-charged'; readonly reason: NotChargedReason })
  | (Taken & { readonly kind: 'paid' })
  | (Taken & { readonly kind: 'accepted' })
  /** JustiFi charged another amount than the journal has. The till stops. */
  | (Taken & { readonly kind: 'wrong-amount' })
  /** The manager has looked at a wrong amount, and the till goes on. */
  | (Taken & { readonly kind: 'wrong-amount-seen' })
  /** Not at the counter any more, and JustiFi is still asked how it ended. `since`: UTC, ISO 8601. */
  | (OnCheckout & { readonly kind: 'unresolved'; readonly why: UnresolvedWhy; readonly since: string })
  /** Its payment went through after the sale left the counter. The cashier or the manager keeps it or gives it back. */
  | (Taken & { readonly kind: 'late' })
  /** A bank transfer that JustiFi had accepted, and that failed: the shop gets no money. Until the manager has seen it. */
  | (Taken & { readonly kind: 'transfer-failed' })
  | (Taken & { readonly kind: 'transfer-failed-seen' })
  /** The customer's bank asks for the money back. Ends when the manager has seen it; then the sale has its earlier state again. */
  | (Taken & { readonly kind: 'disputed' })
  /** A reversal was asked for, and JustiFi has not answered. `of`: the state of the sale before. */
  | (Taken & { readonly kind: 'reversing'; readonly of: ReversibleKind })
  /** All of it was voided or refunded. */
  | (Taken & { readonly kind: 'reversed' })
  /** Over, with no payment. */
  | (Omit<OnCheckout, 'checkoutId'> & { readonly kind: 'abandoned'; readonly checkoutId: string | null });

export type Draft = { readonly kind: 'draft'; readonly id: string; readonly amountInCents: number; readonly description: string; readonly problem: ChargeProblem | null };

export type OnCheckout = {
  readonly id: string;
  readonly purchase: Purchase;
  readonly checkoutId: string;
  readonly attempts: Attempts;
  /** How the customer pays, or paid last; null: not known, because the journal lost the sale. */
  readonly tender: TenderKind | null;
};

/** The customer's money moved, or a bank transfer was accepted. `at`: when JustiFi said so, UTC, ISO 8601. */
export type Taken = OnCheckout & {
  readonly paymentId: string | null;
  /** A bank transfer that JustiFi has accepted: it can still be returned. */
  readonly isPending: boolean;
  readonly paidWith: PaidWith;
  readonly chargedInCents: number;
  readonly at: string;
  readonly reversals: readonly Reversal[];
};

/** The attempts to pay a checkout, as far as they are known. */
export type Attempts = {
  /** How often a charge was allowed. */
  readonly submits: number;
  /** Of those, how many have no proven end. Their requests may still arrive, also after a retry. */
  readonly open: number;
  /** Completions that have failed, by id. JustiFi promises no order of its list. */
  readonly failed: readonly string[];
  /** A form was shown since JustiFi last gave a final answer: the page may have charged without asking. */
  readonly shown: boolean;
  /** The words that the customer agreed to at the last one; null: none were needed. */
  readonly authorisation: string | null;
  /** The key of main's own request to complete the order at Sezzle, asked again until JustiFi has answered; null: the last try was another, or NOT CHARGED was shown. */
  readonly completionKey: string | null;
  /** The link that the customer was shown; null: none was, or JustiFi has said that it expired. Read it by `openLink`. */
  readonly link: ShownLink | null;
};

/**
 * A link to the checkout's page at JustiFi. It cannot be called off: until JustiFi says that it has expired, the checkout may be paid by it at any
 * time, whatever way to pay is chosen next. `payableUntil`: at the latest. UTC, ISO 8601.
 */
export type ShownLink = { readonly shownAt: string; readonly payableUntil: string };

/** NOT CHARGED is shown: main sends its own request no more. One that it has sent may still arrive. */
export function withoutCompletion(attempts: Attempts): Attempts {
  return { ...attempts, completionKey: null };
}

export const NO_ATTEMPTS: Attempts = { submits: 0, open: 0, failed: [], shown: false, authorisation: null, completionKey: null, link: null };

/**
 * `unknown`: submitted, and JustiFi has not said how it ended. `not-received`: the request seems never to have reached JustiFi, and may
 * still arrive. `link-open`: nothing is under way, and the customer has a link. `unsubmitted`: its form was on the screen, and no charge was
 * allowed. `found`: the journal had lost it.
 */
export type UnresolvedWhy = (typeof UNRESOLVED_WHY)[number];
export const UNRESOLVED_WHY = ['unknown', 'not-received', 'link-open', 'unsubmitted', 'found'] as const;

/** Its money can be given back: nothing is asked of JustiFi about it now. */
export type ReversibleSale = Extract<Sale, { kind: ReversibleKind }>;
export function isReversible(sale: Sale): sale is ReversibleSale {
  return REVERSIBLE_KINDS.some((kind) => kind === sale.kind);
}

type ReversibleKind = (typeof REVERSIBLE_KINDS)[number];
export const REVERSIBLE_KINDS = ['paid', 'accepted', 'wrong-amount-seen', 'late'] as const;

/** The result of a payment by JustiFi's API, and of all attempts on its checkout. */
export type Outcome =
  | (Success & { readonly kind: 'paid'; readonly paymentId: string })
  | (Success & { readonly kind: 'accepted' })
  | { readonly kind: 'declined'; readonly reason: DeclineReason; readonly code: string; readonly attempts: Attempts }
  | { readonly kind: 'not-charged'; readonly reason: NotChargedReason; readonly attempts: Attempts };

/**
 * `takenAt`: by JustiFi's clock, UTC, ISO 8601; null: JustiFi did not say. `apartInCents`: what other transactions of the same completion charged, an insurance's
 * premium among them.
 */
type Success = { readonly paymentId: string | null; readonly paidWith: PaidWith; readonly chargedInCents: number; readonly apartInCents?: number; readonly takenAt: string | null };

export function newDraft(id: string, amountInCents = 0, description = ''): Draft {
  return { kind: 'draft', id, amountInCents, description, problem: null };
}

/** Nothing more can happen to it at the counter. */
export function isOver({ kind }: Sale): boolean {
  return kind === 'paid' || kind === 'accepted' || kind === 'abandoned' || kind === 'wrong-amount' || kind === 'wrong-amount-seen' || kind === 'reversed' || kind === 'reversing' || kind === 'transfer-failed' || kind === 'transfer-failed-seen' || kind === 'disputed';
}

/** Did the customer's money move, or is a transfer under way? */
export function tookMoney(sale: Sale): sale is Extract<Sale, { kind: 'paid' | 'accepted' | 'wrong-amount' | 'wrong-amount-seen' }> {
  return sale.kind === 'paid' || sale.kind === 'accepted' || sale.kind === 'wrong-amount' || sale.kind === 'wrong-amount-seen';
}

/** JustiFi took the money, whatever became of it afterwards: its receipt can be printed as the last sale's. */
export function isLastSale(sale: Sale): sale is Extract<Sale, { kind: LastSaleKind }> {
  return LAST_SALE_KINDS.some((kind) => kind === sale.kind);
}

type LastSaleKind = (typeof LAST_SALE_KINDS)[number];
export const LAST_SALE_KINDS = ['paid', 'accepted', 'wrong-amount', 'wrong-amount-seen', 'reversing', 'reversed', 'disputed'] as const;
/** So many are remembered: when a bank transfer fails afterwards, the sale before it is the last one. */
export const LAST_SALES = 20;

/** A bank transfer that JustiFi has accepted, and has not said the end of. */
export function isTransferOpen(sale: Sale): sale is Extract<Sale, { kind: 'accepted' | 'late' }> {
  return (sale.kind === 'accepted' || sale.kind === 'late') && sale.isPending;
}

/** JustiFi took the payment: at once, or as a bank transfer that is not settled yet. */
export function isSuccess({ kind }: Outcome): boolean {
  return kind === 'paid' || kind === 'accepted';
}

/** A form is on the screen, or an answer is awaited: leaving would lose something. */
export function isBusy({ kind }: Sale): boolean {
  return kind === 'preparing' || kind === 'ready' || kind === 'submitting' || kind === 'checking';
}

/** The link by which this sale may still be paid; null: there is none, or nothing is left to pay. */
export function openLink(sale: Sale): ShownLink | null {
  if (sale.kind === 'draft' || sale.kind === 'abandoned' || 'paymentId' in sale) return null;
  return sale.attempts.link;
}

/** A request is under way, or the customer has a link: without a word of JustiFi's, the checkout may be paid at any time. */
export function mayStillBePaid(sale: Sale): boolean {
  return openLink(sale) !== null || (sale.kind !== 'draft' && sale.kind !== 'abandoned' && !('paymentId' in sale) && sale.attempts.open > 0);
}

/** Shown over every screen until it is kept or given back. */
export function isLate(sale: Sale): sale is LateSale {
  return sale.kind === 'late' || (sale.kind === 'reversing' && sale.of === 'late');
}
/** For the manager's attention: the shop will not get this money, or may lose it. */
export type TroubledSale = Extract<Sale, { kind: 'transfer-failed' | 'disputed' }>;
export function isTroubled(sale: Sale): sale is TroubledSale {
  return sale.kind === 'transfer-failed' || sale.kind === 'disputed';
}

/** Its money was taken, and the customer's bank may ask for it back: also when the shop has given it back, or took another amount. */
export function isDisputable(sale: Sale): sale is Extract<Sale, { kind: Disputable }> {
  return sale.kind === 'paid' || sale.kind === 'reversed' || sale.kind === 'wrong-amount-seen';
}
export type Disputable = 'paid' | 'reversed' | 'wrong-amount-seen';

export type LateSale = Extract<Sale, { kind: 'late' | 'reversing' }>;

/** Only these fields: a new state does not carry fields of the one before. */
export function onCheckout({ id, purchase, checkoutId, attempts, tender }: OnCheckout): OnCheckout {
  return { id, purchase, checkoutId, attempts, tender };
}

export function taken(sale: Taken): Taken {
  const { paymentId, isPending, paidWith, chargedInCents, at, reversals } = sale;
  return { ...onCheckout(sale), paymentId, isPending, paidWith, chargedInCents, at, reversals };
}
