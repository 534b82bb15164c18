import type { Currency } from '../../contract/money.ts';
import type { Result } from '../../contract/result.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';
import type { JustifiFailure } from './justifi-failure.ts';

/** A JustiFi checkout as a till needs it. Statuses are JustiFi's words, unparsed: `reconcile` judges them, including unknown ones. */
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
  /** From metadata: its sale, register and PC. */
  readonly saleId: string | null;
  readonly registerId: string | null;
  readonly pc: string | null;
  /** The tip in the amount; absent: none. */
  readonly tipInCents?: number;
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
  /** The sum of its other transactions that were not refused; absent: there are none. An insurance's premium may be one. */
  readonly apartInCents?: number;
  readonly paidWith: PaidWith;
  /** By JustiFi's clock, UTC, ISO 8601; null: JustiFi did not say. */
  readonly madeAt: string | null;
};

/**
 * Written on every checkout, and shown in JustiFi's dashboard. `register_id` finds this register's checkouts, also after it was renamed; `pc`, the
 * name of the PC in its network, differs on a PC whose disk was copied from this one. `tip_cents`: only where there is one, so that a register
 * whose journal was lost still knows the tip.
 */
export type CheckoutMetadata = { readonly sale: string; readonly register: string; readonly register_id: string; readonly pc: string; readonly cashier: string; readonly app_version: string; readonly tip_cents?: string };

/** A checkout in JustiFi's list. Null: the field is missing or cannot be read. */
export type ListedCheckout = {
  readonly id: string;
  /** By JustiFi's clock. Milliseconds since 1970, UTC. */
  readonly createdAtMs: number | null;
  readonly amountInCents: number | null;
  readonly currency: Currency | null;
  readonly description: string;
  readonly status: string | null;
  /** From metadata; null: not made by a register of Counter. */
  readonly registerId: string | null;
  readonly pc: string | null;
  /** The tip in the amount; absent: none. */
  readonly tipInCents?: number;
  /** False: the line has no metadata field, so its register is not known. */
  readonly hasMetadata: boolean;
};

/** Whether enough has been read, newest first. Called after each page. */
export type ReadEnough<Item> = (read: readonly Item[]) => boolean;
export type ListOrder<Item> = { readonly mostPages: number; readonly isEnough: ReadEnough<Item> };

/** JustiFi's checkouts, as a sale uses them. */
export type Checkouts = {
  create(order: {
    readonly amountInCents: number;
    readonly description: string;
    readonly metadata: CheckoutMetadata;
    /** New for every intent, written to the journal before the request. */
    readonly idempotencyKey: string;
  }): Promise<Result<Checkout, JustifiFailure>>;
  update(
    checkoutId: string,
    change: { readonly amountInCents: number; readonly description: string; readonly metadata: CheckoutMetadata; readonly timeoutMs: number },
  ): Promise<Result<Checkout, JustifiFailure>>;
  read(checkoutId: string): Promise<Result<Checkout, JustifiFailure>>;
  /** Checkouts of the account, newest first, of other registers too. `unreadable`: lines without even an id. `isCut`: there are more. */
  list(order: ListOrder<ListedCheckout>): Promise<Result<{ readonly checkouts: readonly ListedCheckout[]; readonly unreadable: number; readonly isCut: boolean }, JustifiFailure>>;
  /** A token that can pay this checkout and nothing else; it lives 60 minutes. */
  issueComponentToken(checkoutId: string): Promise<Result<string, JustifiFailure>>;
};
