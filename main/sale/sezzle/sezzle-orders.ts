import type { Result } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';

/** The order that JustiFi opened at Sezzle for a checkout, with the amount of its creation. `address`: of Sezzle's window. `status`: JustiFi publishes no words. */
export type SezzleOrder = {
  readonly publicKey: string;
  readonly mode: string;
  readonly apiVersion: string;
  readonly address: string;
  readonly balanceInCents: number;
  readonly status: string;
};

/** JustiFi's side of Sezzle. */
export type SezzleOrders = {
  /** Null: the checkout has none, or none that may be opened. */
  read(checkoutId: string): Promise<Result<SezzleOrder | null, JustifiFailure>>;
  /** Main's own request to complete the order that the customer has approved. It may be asked again with the same key. ok: JustiFi has answered with a completion, which may have failed. */
  complete(order: { readonly checkoutId: string; readonly idempotencyKey: string }): Promise<Result<null, JustifiFailure>>;
};

/** Sezzle's own. */
export const LEAST_SEZZLE_IN_CENTS = 100;

/** A status in which the customer has not agreed. */
const NOT_AGREED = /cancel|fail|declin|reject|expire/u;

/** Sezzle's window was closed by the till. Whether the customer may have agreed before, by JustiFi's status of the order. */
export function mayBeApproved(before: SezzleOrder, now: SezzleOrder | null): boolean {
  return now !== null && now.status !== before.status && !NOT_AGREED.test(now.status);
}
