import type { Insured } from '../../contract/insured.ts';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import type { ReaderPress } from '../../contract/training-reader.ts';
import type { Fault } from '../justifi/fault.ts';
import type { HoldKind } from './journal-hold.ts';

/** One customer of the storm: the purchase, the actions in the form, the faults, and the power cut. */
export type Plan = {
  readonly number: number;
  readonly amountInCents: number;
  readonly description: string;
  /** The customer's tip, when the till asks. */
  readonly tipInCents: number;
  /** The same as the customer before: the till warns, and the cashier confirms. */
  readonly sameAsBefore: boolean;
  /** Chosen once the form is there. After that, or where it cannot be had, the customer pays on the form. */
  readonly elsewhere: Elsewhere | null;
  /** One for each form that comes to the screen; the last one is repeated. */
  readonly visits: readonly Visit[];
  /** After a decline: how often the cashier tries again before the sale is given up. */
  readonly triesAgain: number;
  /** On the amber screen: wait for the end, or serve the next customer. */
  readonly whenUnclear: 'wait' | 'serve-next';
  /** The manager's decision on a late payment; `leave` waits until the end of the day. */
  readonly whenLate: 'keep' | 'void' | 'leave';
  /** Milliseconds in them are of the shop's time. */
  readonly faults: readonly Fault[];
  /** The first Pay is long on its way to JustiFi; null: it is not. */
  readonly arrival: Arrival | null;
  /** Moments at which the journal cannot be written. */
  readonly holds: readonly Hold[];
  readonly records: Records;
  readonly completionsOrder: 'oldest-first' | 'newest-first';
  /** Google Pay is switched on in the sub account. */
  readonly hasWallets: boolean;
  /** Whether JustiFi keeps the change of a checkout that it acknowledges. */
  readonly keepsChanges: boolean;
  /** Another PC with a copy of this one's disk, and so of its register id, takes a payment meanwhile. */
  readonly hasTwin: boolean;
  readonly reversal: ReversalPlan;
  /** The customer brings the goods back after the payment; null: keeps them. */
  readonly returns: Returns | null;
  /** The checkout of this sale expires when its form has come to the screen. */
  readonly expires: boolean;
  /** JustiFi does not document which it is. */
  readonly declineStatus: 201 | 402;
  readonly kills: readonly Kill[];
};

/** The payment of a customer who does not use the card form. Milliseconds are of the shop's time. */
export type Elsewhere =
  /** The action at the card reader for each of its requests; the last one is repeated. */
  | { readonly kind: 'reader'; readonly presses: readonly ReaderPress[]; readonly hesitatesMs: number }
  /** Whether the bank takes the saved card. */
  | { readonly kind: 'saved'; readonly card: 'pays' | 'declined' }
  /** By a login at the bank, in a document of its own, which meets the next of the visits. */
  | { readonly kind: 'plaid' }
  /** Whether a card is declined on the phone first, and how long after the link was shown the customer pays; the cashier does not always wait so long. */
  | { readonly kind: 'phone'; readonly isDeclinedFirst: boolean; readonly paysAfterMs: number | null }
  /** By card, in a document of its own with an insurance in it, which meets the next of the visits. `premiums`: how JustiFi charges the premium. */
  | { readonly kind: 'insured'; readonly answer: InsuranceAnswer; readonly premiums: 'in-payment' | 'apart' }
  /** The action in Sezzle's window each time that it opens. After the last one the customer pays on the card form. */
  | { readonly kind: 'sezzle'; readonly windows: readonly SezzleWindow[] };

/** `changes-mind`: takes the insurance, and then does not. */
export type InsuranceAnswer = 'takes' | 'declines' | 'changes-mind';

/** The customer's action in Sezzle's window. `then`: the end that the page sees, though the customer has approved the order. `no-script`: Sezzle's script does not load, and no window can be opened. */
export type SezzleWindow = (typeof SEZZLE_WINDOWS)[number];
export const SEZZLE_WINDOWS = ['approve', 'approve-then-close', 'approve-then-cancel', 'approve-then-crash', 'approve-then-stays-open', 'cancel', 'fail', 'close', 'blocked', 'crash', 'stays-open', 'no-script'] as const;

/** The customer's actions in one form, and the page's reports. Milliseconds are of the shop's time. */
export type Visit = {
  readonly method: { readonly kind: 'card'; readonly number: string } | { readonly kind: 'bank'; readonly account: string };
  /** Where there is a wallet, the customer tries it first. */
  readonly likesWallets: boolean;
  readonly does: 'pay' | 'press-pay-twice' | 'go-back' | 'walk-away';
  readonly hesitatesMs: number;
  /** The page's report to main after Pay. JustiFi's own answer may be the opposite. */
  readonly says: 'submitted' | 'failed' | 'nothing';
  /** Whether the page reports the HTTP status. */
  readonly tellsStatus: boolean;
  readonly repeatsItself: boolean;
  readonly document: 'lives' | 'never-ready' | 'slow' | 'crashes-before-pay' | 'crashes-after-pay' | 'crashes-while-paying';
  /** The amount in the component's store. */
  readonly believes: 'mounted' | 'nothing' | 'another-amount';
};

/** The power fails `afterMs` (of real time) after the till has said so many lines about this sale, or this one, or when the sale is over. */
export type Kill = { readonly after: number | Moment; readonly afterMs: number };

/** A line of the till's: "sale.outcome-known" of its log, "screen not-charged"; or a request of JustiFi's, just before its answer leaves: "GET /v1/checkouts/:id". */
export type Moment = string;

/**
 * The next action about a Pay that has not arrived for 150 seconds. It arrives after 170 to 330 seconds: while NOT CHARGED stands, another card
 * is tried or has been declined, the same is charged on a new sale, or another customer is served; or just as its next form is opened.
 */
export type Arrival = { readonly afterMs: number; readonly meanwhile: Meanwhile };
export type Meanwhile = (typeof MEANWHILE)[number];
export const MEANWHILE = ['wait', 'form', 'other-card', 'other-card-declined', 'back', 'cancel', 'serve-next', 'kill'] as const;

export type Hold = { readonly on: Moment; readonly skip: number; readonly how: HoldKind; readonly forMs: number };

/** How JustiFi's checkout shows its payments: a payment without a completion, one that does not complete its checkout, a failure without its payment. */
export type Records = 'usual' | 'no-completion' | 'not-completed' | 'no-payment-status';

/** The outcome of the first void and of the first refund of this sale, if there is one. */
export type ReversalPlan = { readonly void: 'done' | 'untouched' | 'refused' | 'forbidden'; readonly refund: 'done' | 'pending' | 'pending-then-failed' | 'failed'; readonly isKilled: boolean };

/** What the cashier gives back in the history, one part after the other, each until JustiFi has given it back. `killed`: when the first is asked for, or when JustiFi has made it and its answer is lost. */
export type Returns = { readonly parts: readonly ReturnPart[]; readonly pressesTwice: boolean; readonly trouble: ReturnTrouble; readonly killed: 'never' | 'when-asked' | 'when-made' };
export type ReturnPart = 'whole' | 'third' | 'rest';
/** `late`: the request arrives when the till has given up waiting for it. */
type ReturnTrouble = 'none' | 'answer-lost' | 'request-lost' | 'late' | 'error-before' | 'error-after' | 'refused';

/** The insured person. The till stores it nowhere. */
export const INSURED: Insured = { firstName: 'April', lastName: 'Ludgate-Dwyer', email: 'april@example.com', state: 'IN', postalCode: '46001' };

/** As the till of the storm offers them. */
export const TIPS_IN_CENTS = [100, 250] as const;

/** A customer with a card that pays, and one whose card is declined. */
export const PAYING: Visit = { method: { kind: 'card', number: '4242424242424242' }, likesWallets: false, does: 'pay', hesitatesMs: 600, says: 'submitted', tellsStatus: true, repeatsItself: false, document: 'lives', believes: 'mounted' };
export const DECLINED: Visit = { ...PAYING, method: { kind: 'card', number: '4000000000000002' } };

export const PAYING_CARDS = ['4242424242424242', '5555555555554444', '378282246310005'] as const;
export const BANK_ACCOUNT = '000123456789';

/** Requests, as a fault names them. */
export const PATHS = {
  token: 'POST /oauth/token',
  create: 'POST /v1/checkouts',
  change: 'PATCH /v1/checkouts/*',
  componentToken: 'POST /v1/web_component_tokens',
  reader: 'POST /v1/terminals/pay',
  bankLink: 'POST /v1/plaid/*/link',
  bankToken: 'POST /v1/plaid/*/tokenize',
  insuranceQuote: 'POST /v1/insurance/quotes',
  insuranceAnswer: 'POST /v1/insurance/quotes/*/toggle',
  read: 'GET /v1/checkouts/*',
  tokenise: 'POST /v1/js/payment_methods',
  complete: 'POST /v1/checkouts/*/complete',
  void: 'POST /v1/payments/*/void',
  refund: 'POST /v1/payments/*/refunds',
} as const;

/** The amount that a customer owes: the basket, and the tip where the limits allow one. */
export function totalOf({ amountInCents, tipInCents }: Plan): number {
  return amountInCents === LARGEST_AMOUNT_IN_CENTS ? amountInCents : amountInCents + tipInCents;
}
