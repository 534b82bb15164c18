import type { CardBrand, CardScenario } from './test-card.ts';
import type { TransferScenario } from './test-bank-account.ts';
import type { ErrorBody, Outcome } from './exchange.ts';
import type { Role } from './role.ts';

/**
 * The whole state of the training JustiFi. Times are epoch milliseconds, amounts are cents.
 *
 * Records are replaced, never changed in place. Statuses that depend on time (expired, settled) are not stored: they are
 * derived when asked for. Each Map is in order of creation.
 */
export type Books = {
  /** Of the platform. */
  readonly accessTokens: Map<string, AccessToken>;
  readonly webComponentTokens: Map<string, WebComponentToken>;
  readonly idempotency: Map<string, IdempotencyRecord>;
  readonly checkouts: Map<string, Checkout>;
  /** Checkouts whose payment is with the card network at this moment. */
  readonly checkoutsInFlight: Set<string>;
  readonly payments: Map<string, Payment>;
  readonly refunds: Map<string, Refund>;
  readonly disputes: Map<string, Dispute>;
  readonly reports: Map<string, Report>;
  readonly paymentMethods: Map<string, PaymentMethod>;
  readonly paymentMethodGroups: Map<string, PaymentMethodGroup>;
  readonly plaidLinks: Map<string, PlaidLink>;
  readonly insuranceQuotes: Map<string, InsuranceQuote>;
  /** At Sezzle, by the checkout's id. */
  readonly sezzleOrders: Map<string, SezzleOrder>;
  readonly terminals: Map<string, Terminal>;
  /** What each reader is doing, by the terminal's id. */
  readonly terminalSessions: Map<string, TerminalSession>;
};

/** Test or live, as the credentials are; what is made with a token is of its mode. */
export type KeyMode = 'test' | 'live';
type AccessToken = { readonly mode: KeyMode; readonly expiresAt: number };

type WebComponentToken = {
  readonly roles: readonly Role[];
  readonly expiresAt: number;
  /** When it was used to POST, per endpoint, for JustiFi's limits on components. */
  readonly posts: readonly { readonly endpoint: string; readonly at: number }[];
};

/** The parameters are kept as a hash only: they may have held a card number. */
type IdempotencyRecord =
  | { readonly kind: 'in-progress'; readonly parameters: string }
  | { readonly kind: 'answered'; readonly parameters: string; readonly outcome: Outcome };

type Metadata = Readonly<Record<string, unknown>>;

export type Checkout = {
  readonly id: string;
  readonly mode: KeyMode;
  readonly accountId: string;
  readonly amount: number;
  readonly description: string;
  readonly originUrl: string | null;
  readonly paymentMethodGroupId: string | null;
  readonly statementDescriptor: string | null;
  readonly metadata: Metadata;
  readonly applicationFees: unknown;
  readonly payment: PaymentDetails | null;
  readonly successfulPaymentId: string | null;
  /** Its last insurance quote; null: none was requested. */
  readonly insuranceQuoteId: string | null;
  /** A log: later refunds, voids and returned transfers do not change it. */
  readonly completions: readonly Completion[];
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The fields that a checkout's creator sets on the payment. */
type PaymentDetails = {
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly expedited: boolean;
  readonly fees: readonly Fee[];
};

export type Fee = { readonly type: 'processing_fee' | 'platform_fee'; readonly amount: number };

export type Completion = {
  readonly id: string;
  readonly checkoutId: string;
  readonly paymentMode: 'ecom' | 'card_present' | 'bnpl';
  /** Null while a reader waits for a card, and when it got none. */
  readonly paymentMethodId: string | null;
  readonly terminalId: string | null;
  readonly status: string;
  readonly paymentStatus: string;
  readonly error: ErrorBody | null;
  readonly paymentId: string | null;
  /** The payment as it was answered then. */
  readonly paymentResponse: unknown;
  /** The premium of an insurance, where it is no part of the payment; 0: there is none. */
  readonly premiumApart: number;
  readonly createdAt: number;
};

/** A link to Plaid, by its id. Exchanged: a payment method was made from its result. */
type PlaidLink = { readonly accountId: string; readonly isExchanged: boolean };

/** `accepted`: null: the customer has not answered. */
export type InsuranceQuote = { readonly id: string; readonly checkoutId: string; readonly accountId: string; readonly premium: number; readonly accepted: boolean | null; readonly createdAt: number };

/** An order that the customer pays later. `approved`: they have agreed at Sezzle. */
export type SezzleOrder = { readonly id: string; readonly balance: number; readonly status: 'created' | 'approved' | 'canceled' | 'failed' | 'completed'; readonly createdAt: number };

export type Payment = {
  readonly id: string;
  readonly mode: KeyMode;
  readonly intentId: string;
  readonly accountId: string;
  readonly checkoutId: string;
  readonly amount: number;
  readonly currency: 'usd' | 'cad';
  readonly description: string;
  readonly metadata: Metadata;
  readonly expedited: boolean;
  readonly fees: readonly Fee[];
  readonly paymentMethodId: string;
  readonly terminalId: string | null;
  readonly outcome: PaymentOutcome;
  readonly voidedAt: number | null;
  readonly createdAt: number;
};

export type PaymentOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'declined'; readonly error: ErrorBody }
  | { readonly kind: 'transfer'; readonly endsAt: number; readonly scenario: TransferScenario };

/** A part of a payment's fee that went back to the shop. `remaining`: of the fee, after it. */
export type ReturnedFee = Fee & { readonly id: string; readonly paymentFeeId: string; readonly original: number; readonly remaining: number; readonly currency: 'usd' | 'cad' };

export type Dispute = {
  readonly id: string;
  readonly paymentId: string;
  readonly accountId: string;
  readonly amount: number;
  readonly currency: 'usd' | 'cad';
  readonly status: 'needs_response' | 'under_review' | 'won' | 'lost';
  readonly createdAt: number;
};

export type ReportType = 'proceeds' | 'payout' | 'interchange_fee' | 'sub_account_summary' | 'payment_list';

/** A CSV file that was requested. `accountId`: null: of the whole platform. Dates: "2026-11-25"; null: not filtered. */
export type Report = {
  readonly id: string;
  readonly type: ReportType;
  readonly accountId: string | null;
  readonly nickname: string | null;
  readonly startDate: string | null;
  readonly endDate: string | null;
  readonly paymentStatus: string | null;
  readonly paymentMethodId: string | null;
  readonly terminalId: string | null;
  readonly fails: boolean;
  readonly createdAt: number;
};

export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly description: string | null;
  readonly reason: string | null;
  readonly status: 'succeeded' | 'pending' | 'failed';
  readonly returnedFees: readonly ReturnedFee[];
  readonly metadata: Metadata;
  readonly createdAt: number;
  readonly updatedAt: number;
};

// SECURITY: no type in the books has room for a card number, a security code, an expiry date or an account number.
export type PaymentMethod = {
  readonly id: string;
  readonly accountId: string;
  readonly paymentMethodGroupId: string | null;
  readonly details: CardDetails | CardPresentDetails | BankAccountDetails | { readonly kind: 'pay-later' };
  readonly standing: MethodStanding;
  readonly createdAt: number;
};

/** Its state. `invalid`: JustiFi has marked it so. */
export type MethodStanding = 'valid' | 'expired' | 'invalid';

export type CardDetails = {
  readonly kind: 'card';
  readonly brand: CardBrand;
  readonly lastFour: string;
  readonly name: string | null;
  readonly addressLine1Check: AddressCheck;
  readonly postalCodeCheck: AddressCheck;
  readonly scenario: CardScenario;
};

/** A card at a reader. */
type CardPresentDetails = {
  readonly kind: 'card-present';
  readonly brand: CardBrand;
  readonly lastFour: string;
  readonly name: string;
  readonly scenario: CardScenario;
};

export type BankAccountDetails = {
  readonly kind: 'bank-account';
  readonly ownerName: string;
  readonly accountType: 'checking' | 'savings';
  readonly lastFour: string;
  readonly scenario: TransferScenario;
};

type AddressCheck = 'pass' | 'fail' | 'unchecked';

export type PaymentMethodGroup = { readonly id: string; readonly accountId: string; readonly createdAt: number };

/** A card reader. */
export type Terminal = {
  readonly id: string;
  readonly accountId: string;
  readonly deviceId: string;
  readonly serialNumber: string;
  readonly nickname: string | null;
  readonly isPlugged: boolean;
  readonly unpluggedAt: number;
  /** The answer when its status was asked for last. */
  readonly lastKnown: 'connected' | 'disconnected';
  readonly statusAskedAt: number;
  readonly identifiedAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A checkout that is at a reader. Payment and intent have their ids from the beginning, as JustiFi's answer has them. */
export type TerminalSession = {
  readonly id: string;
  readonly terminalId: string;
  readonly checkoutId: string;
  readonly completionId: string;
  readonly paymentId: string;
  readonly intentId: string;
  /** A card was presented, and is with the card network. */
  readonly isProcessing: boolean;
  readonly startedAt: number;
};

/**
 * Empty books. Give the same books to two instances to let one continue where the other stopped.
 *
 * @param mostOfEach how many records of each kind are kept; the oldest are deleted
 */
export function createBooks(mostOfEach = Infinity): Books {
  const records = <Record>() => new NewestOnly<Record>(mostOfEach);
  return {
    accessTokens: records(),
    webComponentTokens: records(),
    idempotency: records(),
    checkouts: records(),
    checkoutsInFlight: new Set(),
    payments: records(),
    refunds: records(),
    disputes: records(),
    reports: records(),
    paymentMethods: records(),
    paymentMethodGroups: records(),
    plaidLinks: records(),
    insuranceQuotes: records(),
    sezzleOrders: records(),
    terminals: records(),
    terminalSessions: new Map(),
  };
}

class NewestOnly<Record> extends Map<string, Record> {
  readonly #most: number;

  constructor(most: number) {
    super();
    this.#most = most;
  }

  override set(id: string, record: Record): this {
    super.set(id, record);
    const [oldest] = this.keys();
    if (this.size > this.#most && oldest !== undefined) this.delete(oldest);
    return this;
  }
}
