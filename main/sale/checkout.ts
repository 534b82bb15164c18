import type { Currency } from '../../contract/money.ts';
import type { Result } from '../../contract/result.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';
import type { JustifiFailure } from './justifi-failure.ts';

/** A JustiFi checkout as a till needs it. Statuses are JustiFi's words, unparsed: `decide` judges them, the unknown ones too. */
export type Checkout = {
  readonly id: string;
  readonly accountId: string;
  readonly amountInCents: number;
  readonly totalInCents: number;
  readonly currency: Currency;
  readonly description: string;
  readonly status: string;
  readonly mode: 'test' | 'live';
  readonly successfulPaymentId: string | null;
  /** From metadata: which of our sales it was created for. */
  readonly saleId: string | null;
  /** Every attempt to pay it, oldest first; JustiFi never changes an entry. */
  readonly completions: readonly Completion[];
};

export type Completion = {
  readonly id: string;
  readonly status: string;
  readonly paymentStatus: string;
  readonly errorCode: string | null;
  readonly paymentId: string | null;
  readonly chargedInCents: number | null;
  readonly paidWith: PaidWith;
};

/** Written on every checkout, for whoever looks at it in JustiFi's dashboard. `register_id` finds this register's again, whatever it is called. */
export type CheckoutMetadata = { readonly sale: string; readonly register: string; readonly register_id: string; readonly cashier: string; readonly app_version: string };

/** A checkout in JustiFi's list: enough to see whether it is one of this register's. */
export type ListedCheckout = {
  readonly id: string;
  readonly amountInCents: number;
  readonly currency: Currency;
  readonly description: string;
  readonly status: string;
  /** From metadata; null for a checkout that no register of ours made. */
  readonly registerId: string | null;
};

/** What a sale asks of JustiFi. */
export type Checkouts = {
  create(order: {
    readonly amountInCents: number;
    readonly description: string;
    readonly metadata: CheckoutMetadata;
    /** New for every intent, written to the journal before the request. */
    readonly idempotencyKey: string;
    readonly paymentMethodGroupId?: string;
  }): Promise<Result<Checkout, JustifiFailure>>;
  update(
    checkoutId: string,
    change: { readonly amountInCents: number; readonly description: string; readonly metadata: CheckoutMetadata; readonly timeoutMs: number },
  ): Promise<Result<Checkout, JustifiFailure>>;
  read(checkoutId: string): Promise<Result<Checkout, JustifiFailure>>;
  /** Every checkout of the account that was created since then (UTC, ISO 8601), of other registers too. */
  listSince(sinceUtc: string): Promise<Result<readonly ListedCheckout[], JustifiFailure>>;
  /** A token that can pay this checkout and nothing else; it lives 60 minutes. */
  issueComponentToken(checkoutId: string): Promise<Result<string, JustifiFailure>>;
};
