import type { CardBrand, CardScenario } from './test-card.ts';
import type { TransferScenario } from './test-bank-account.ts';
import type { ErrorBody, Outcome } from './exchange.ts';
import type { Role } from './web-component-token.ts';

/**
 * Everything the training JustiFi remembers. Times are epoch milliseconds, amounts are cents.
 *
 * Records are replaced, never changed in place. Statuses that depend on time (expired, settled) are not stored: they are
 * derived when asked for. Each Map is in order of creation.
 */
export type Books = {
  /** Expiry of each platform access token. */
  readonly accessTokens: Map<string, number>;
  readonly webComponentTokens: Map<string, WebComponentToken>;
  readonly idempotency: Map<string, IdempotencyRecord>;
  readonly checkouts: Map<string, Checkout>;
  /** Checkouts whose payment is with the card network at this moment. */
  readonly checkoutsInFlight: Set<string>;
  readonly payments: Map<string, Payment>;
  readonly refunds: Map<string, Refund>;
  readonly paymentMethods: Map<string, PaymentMethod>;
  readonly paymentMethodGroups: Map<string, PaymentMethodGroup>;
};

export type WebComponentToken = {
  readonly roles: readonly Role[];
  readonly expiresAt: number;
  /** When it was used to POST, per endpoint, for JustiFi's limits on components. */
  readonly posts: readonly { readonly endpoint: string; readonly at: number }[];
};

/** The parameters are kept as a hash only: they may have held a card number. */
export type IdempotencyRecord =
  | { readonly kind: 'in-progress'; readonly parameters: string }
  | { readonly kind: 'answered'; readonly parameters: string; readonly outcome: Outcome };

export type Metadata = Readonly<Record<string, unknown>>;

export type Checkout = {
  readonly id: string;
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
  /** A log: later refunds, voids and returned transfers do not change it. */
  readonly completions: readonly Completion[];
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** What a checkout's creator wants to see on the payment. */
export type PaymentDetails = {
  readonly description: string | null;
  readonly metadata: Metadata;
  readonly expedited: boolean;
  readonly fees: readonly Fee[];
};

export type Fee = { readonly type: 'processing_fee' | 'platform_fee'; readonly amount: number };

export type Completion = {
  readonly id: string;
  readonly checkoutId: string;
  readonly paymentMode: 'ecom';
  readonly paymentMethodId: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly error: ErrorBody | null;
  readonly paymentId: string | null;
  /** The payment as it was answered then. */
  readonly paymentResponse: unknown;
  readonly createdAt: number;
};

export type Payment = {
  readonly id: string;
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
  readonly outcome: PaymentOutcome;
  readonly voidedAt: number | null;
  readonly createdAt: number;
};

export type PaymentOutcome =
  | { readonly kind: 'succeeded' }
  | { readonly kind: 'declined'; readonly error: ErrorBody }
  | { readonly kind: 'transfer'; readonly endsAt: number; readonly scenario: TransferScenario };

export type Refund = {
  readonly id: string;
  readonly paymentId: string;
  readonly amount: number;
  readonly description: string | null;
  readonly reason: string | null;
  readonly metadata: Metadata;
  readonly createdAt: number;
  readonly updatedAt: number;
};

// SECURITY: no type in the books has room for a card number, a security code, an expiry date or an account number.
export type PaymentMethod = {
  readonly id: string;
  readonly accountId: string;
  readonly paymentMethodGroupId: string | null;
  readonly details: CardDetails | BankAccountDetails;
  readonly createdAt: number;
};

export type CardDetails = {
  readonly kind: 'card';
  readonly brand: CardBrand;
  readonly lastFour: string;
  readonly name: string | null;
  readonly addressLine1Check: AddressCheck;
  readonly postalCodeCheck: AddressCheck;
  readonly scenario: CardScenario;
};

export type BankAccountDetails = {
  readonly kind: 'bank-account';
  readonly ownerName: string;
  readonly accountType: 'checking' | 'savings';
  readonly lastFour: string;
  readonly scenario: TransferScenario;
};

export type AddressCheck = 'pass' | 'fail' | 'unchecked';

export type PaymentMethodGroup = { readonly id: string; readonly accountId: string; readonly createdAt: number };

/**
 * Books with nothing in them. Give the same books to two instances to let one go on where the other stopped.
 *
 * @param mostOfEach how many records of each kind are kept; the oldest give way
 */
export function openBooks(mostOfEach = Infinity): Books {
  const records = <Record>() => new NewestOnly<Record>(mostOfEach);
  return {
    accessTokens: records(),
    webComponentTokens: records(),
    idempotency: records(),
    checkouts: records(),
    checkoutsInFlight: new Set(),
    payments: records(),
    refunds: records(),
    paymentMethods: records(),
    paymentMethodGroups: records(),
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
