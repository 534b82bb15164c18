import type { Result } from '../../contract/result.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { ReversalAnswer } from './reversal.ts';

/** A payment in JustiFi's books, whatever the checkout says of it. `status` is JustiFi's word, unparsed. */
export type Payment = {
  readonly id: string;
  readonly checkoutId: string | null;
  readonly status: string;
  readonly amountInCents: number;
  readonly refundedInCents: number;
  readonly paidWith: PaidWith;
};

export type Payments = {
  read(paymentId: string): Promise<Result<Payment, JustifiFailure>>;
  /** Every payment that was made on this checkout. */
  ofCheckout(checkoutId: string): Promise<Result<readonly Payment[], JustifiFailure>>;
  /** Undoes the whole payment; JustiFi allows it for 25 minutes. The key was journaled before: a repeat changes nothing. */
  void(paymentId: string, idempotencyKey: string): Promise<Result<null, JustifiFailure>>;
  refund(paymentId: string, amountInCents: number, idempotencyKey: string): Promise<Result<ReversalAnswer, JustifiFailure>>;
  /** What became of a refund that JustiFi was still working on. */
  readRefund(refundId: string): Promise<Result<ReversalAnswer, JustifiFailure>>;
};

/** The customer's money was taken, whatever became of it later. */
const TAKEN: ReadonlySet<string> = new Set(['succeeded', 'partially_refunded', 'fully_refunded', 'disputed']);
/** No money moves. */
const ENDED: ReadonlySet<string> = new Set(['failed', 'canceled']);

export function isTaken({ status }: Payment): boolean {
  return TAKEN.has(status);
}

export function hasEndedUnpaid({ status }: Payment): boolean {
  return ENDED.has(status);
}
