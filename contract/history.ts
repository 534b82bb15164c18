import type { ChargeProblem } from './problem.ts';
import type { PaidWith } from './till-snapshot.ts';

/** The outcome of a sale, as lists and reports name it. The amount that went back is the sum of its reversals. */
export type HistoryState = (typeof HISTORY_STATES)[number];
export const HISTORY_STATES = [
  'open',
  'paid',
  'accepted',
  'declined',
  'not-charged',
  'unresolved',
  'late',
  'wrong-amount',
  'reversing',
  'voided',
  'refunded',
  'partly-refunded',
  'transfer-failed',
  'no-payment',
  /** Not paid, and its customer has a link by which it still may be. */
  'link-open',
] as const;

/** A sale in the list. */
export type HistoryLine = {
  readonly saleId: string;
  /** When Charge was pressed. UTC, ISO 8601. */
  readonly at: string;
  readonly businessDay: string;
  readonly amountInCents: number;
  readonly description: string;
  readonly paidWith: PaidWith;
  readonly state: HistoryState;
  readonly givenBackInCents: number;
  readonly cashier: string | null;
};

/** A page of the list, newest first. */
export type HistoryPage = {
  readonly lines: readonly HistoryLine[];
  /** Where the next page begins; null: this is the last one. */
  readonly next: number | null;
  /** The history is being read from the journal: so many entries of so many. Null: it holds every sale. */
  readonly building: { readonly done: number; readonly of: number } | null;
};

/** `journal-unwritable`: the history or the journal cannot be read now. */
export type HistoryProblem = { readonly kind: 'history-unreadable' } | { readonly kind: 'still-starting' };

/** The longest text in the search field. */
export const LONGEST_SEARCH = 200;

/** JustiFi's own words. */
export const REFUND_REASONS = ['customer_request', 'duplicate', 'fraudulent'] as const;
export type RefundReason = (typeof REFUND_REASONS)[number];

/** The full record of one sale. */
export type SaleRecord = {
  readonly line: HistoryLine;
  readonly registerName: string | null;
  /** For support by JustiFi. */
  readonly checkoutId: string | null;
  readonly paymentId: string | null;
  /** The tip in the amount; 0: none. */
  readonly tipInCents: number;
  /** Null: no money was taken. */
  readonly chargedInCents: number | null;
  readonly leftInCents: number;
  readonly giveBack: GiveBack;
  /** Oldest first. */
  readonly reversals: readonly ReversalView[];
  readonly steps: readonly SaleStep[];
};

/** The amount that can be given back now. */
export type GiveBack =
  /** The whole payment, for so many seconds more; a part only as a refund. */
  | { readonly kind: 'void'; readonly secondsLeft: number }
  | { readonly kind: 'refund' }
  /** A bank transfer: JustiFi refunds it when it has settled. */
  | { readonly kind: 'not-settled' }
  /** A void or refund has no final state yet. */
  | { readonly kind: 'under-way' }
  | { readonly kind: 'nothing' };

export type ReversalView = {
  readonly id: string;
  readonly kind: 'void' | 'refund';
  readonly amountInCents: number;
  readonly reason: RefundReason | null;
  readonly returnedFeesInCents: number;
  /** `asked`: no answer yet. `pending`: JustiFi has accepted it. `unread`: the same, and its state cannot be read now. */
  readonly state: 'asked' | 'pending' | 'unread' | 'done' | 'refused';
  readonly cashier: string | null;
  /** This register did not request it. */
  readonly isElsewhere: boolean;
  readonly askedAt: string;
  readonly refundId: string | null;
};

/** One step of a sale. UTC, ISO 8601. */
export type SaleStep = { readonly at: string; readonly kind: SaleStepKind };
const SALE_STEPS = [
  'charge-asked',
  'found',
  'form-shown',
  'link-shown',
  'submitted',
  'paid',
  'accepted',
  'declined',
  'not-charged',
  'unresolved',
  'kept',
  'ended-by-manager',
  'reversal-asked',
  'reversal-done',
  'reversal-pending',
  'reversal-refused',
  'transfer-settled',
  'transfer-failed',
  'transfer-disputed',
  'transfer-canceled',
] as const;
export type SaleStepKind = (typeof SALE_STEPS)[number];

/** `leftInCents`: the rest that the page showed; a different rest means that the page is out of date. */
export type GiveBackOrder = {
  readonly kind: 'void' | 'refund';
  readonly amountInCents: number;
  readonly leftInCents: number;
  readonly reason: RefundReason | null;
  /** Asks JustiFi to return its fees to the shop. */
  readonly returnsFees: boolean;
};

/** `done`: JustiFi has given it back. `asked`: it has not answered, and is asked again until it does. */
export type GivenBack = { readonly reversalId: string; readonly state: 'done' | 'pending' | 'asked' };

/** Why nothing was given back. `code`: JustiFi's word, small print. */
export type GiveBackProblem =
  | ChargeProblem
  | { readonly kind: 'sale-unknown' }
  | { readonly kind: 'nothing-to-give-back' }
  | { readonly kind: 'reversal-under-way' }
  | { readonly kind: 'transfer-not-settled' }
  | { readonly kind: 'sale-changed' }
  | { readonly kind: 'refund-too-large'; readonly leftInCents: number }
  | { readonly kind: 'void-over' }
  /** A refund may still be possible, and has to be confirmed. */
  | { readonly kind: 'void-refused'; readonly code: string }
  | { readonly kind: 'refund-refused'; readonly code: string };

/** Was this customer charged twice? By the journal and by JustiFi's payments. */
export type ChargedTwice = {
  readonly verdict:
    /** JustiFi has this one payment. */
    | 'once'
    /** Several payments, of which at most one was not given back. */
    | 'given-back'
    /** Several payments that were not given back. */
    | 'several'
    | 'no-payment'
    /** JustiFi did not answer; this is from the journal only. */
    | 'not-known';
  readonly count: number;
  readonly evidence: readonly PaymentEvidence[];
};

export type PaymentEvidence = {
  readonly paymentId: string | null;
  readonly at: string | null;
  readonly amountInCents: number;
  readonly givenBackInCents: number;
  readonly isPending: boolean;
  /** The sale of this register; null: of another register, or of another program. */
  readonly description: string | null;
  readonly isThisSale: boolean;
};
