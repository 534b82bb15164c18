import type { PaidBy } from '../../contract/all-registers.ts';
import type { Result } from '../../contract/result.ts';
import type { JustifiFailure } from './justifi-failure.ts';

/** The register of Counter that a payment or a checkout names in its metadata. */
export type NamedRegister = { readonly id: string; readonly name: string | null };

/** A payment of the account, made by any program. `status` is JustiFi's word, unparsed. */
export type AccountPayment = {
  readonly id: string;
  /** Null: JustiFi does not say. */
  readonly accountId: string | null;
  readonly isTest: boolean | null;
  /** Upper case. */
  readonly currency: string | null;
  readonly checkoutId: string | null;
  readonly register: NamedRegister | null;
  readonly status: string;
  readonly amountInCents: number;
  readonly feesInCents: number | null;
  readonly paidBy: PaidBy;
  /** By JustiFi's clock, milliseconds since 1970, UTC. */
  readonly madeAtMs: number;
};

export type AccountRefund = { readonly id: string; readonly paymentId: string; readonly status: string; readonly amountInCents: number; readonly madeAtMs: number };

/** `isKnown`: the line names its register, or shows that no register of Counter made it. */
export type AccountCheckout = { readonly id: string; readonly register: NamedRegister | null; readonly isKnown: boolean; readonly madeAtMs: number | null };

/** A page of a list, newest first. `next`: where the next one begins; null: this is the last. */
export type AccountPage<Item> = {
  readonly items: readonly Item[];
  /** The number of items of another shape. */
  readonly unreadable: number;
  readonly next: string | null;
  /** JustiFi has more, but gives no cursor. */
  readonly isCut: boolean;
};

type Page<Item> = Promise<Result<AccountPage<Item>, JustifiFailure>>;

/** The payments, refunds and checkouts of the account, made by any program, a page at a time. `from`, `to`: UTC, ISO 8601; `cursor`: null: from the newest on. */
export type AccountPayments = {
  payments(between: { readonly from: string; readonly to: string }, cursor: string | null): Page<AccountPayment>;
  /** JustiFi has no filter by date for them. */
  refunds(cursor: string | null): Page<AccountRefund>;
  /** Of the days up to `to`. JustiFi documents no filter for them, so there may be later ones too. */
  checkouts(to: string, cursor: string | null): Page<AccountCheckout>;
  payment(paymentId: string): Promise<Result<AccountPayment, JustifiFailure>>;
  checkout(checkoutId: string): Promise<Result<AccountCheckout, JustifiFailure>>;
};
