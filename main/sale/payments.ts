import type { Result } from '../../contract/result.ts';
import type { PaidWith } from '../../contract/till-snapshot.ts';
import type { ListOrder } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import type { ReturnedFee, Reversal, ReversalAnswer } from './reversal.ts';

/** A payment as JustiFi lists it, independent of its checkout. `status` is JustiFi's word, unparsed. */
export type Payment = {
  readonly id: string;
  readonly checkoutId: string | null;
  readonly status: string;
  readonly amountInCents: number;
  readonly refundedInCents: number;
  readonly paidWith: PaidWith;
  /** By JustiFi's clock, UTC, ISO 8601; null: JustiFi did not say. */
  readonly madeAt: string | null;
  readonly isDisputed: boolean;
  /** The fees of JustiFi and the platform that could be returned with a refund. In CAD it lists none. */
  readonly fees: readonly ReturnedFee[];
};

/** The data to find the sale by. */
export type DisputedPayment = Pick<Payment, 'id' | 'checkoutId'>;

/** `createdAtMs`: by JustiFi's clock, milliseconds since 1970, UTC. */
export type ListedPayment = { readonly checkoutId: string | null; readonly createdAtMs: number | null };

export type Payments = {
  read(paymentId: string): Promise<Result<Payment, JustifiFailure>>;
  /** Every payment that was made on this checkout. */
  ofCheckout(checkoutId: string): Promise<Result<readonly Payment[], JustifiFailure>>;
  /** Payments of the account that moved money, and bank transfers under way; newest first, of other registers too. */
  listTaken(order: ListOrder<ListedPayment>): Promise<Result<{ readonly items: readonly ListedPayment[]; readonly isCut: boolean }, JustifiFailure>>;
  /** Payments of the account that were made between two moments (UTC, ISO 8601), in any state; of other registers too. */
  listMade(between: { readonly afterUtc: string; readonly beforeUtc: string }): Promise<Result<{ readonly items: readonly Payment[]; readonly unreadable: number; readonly isCut: boolean }, JustifiFailure>>;
  /** A page of the payments of the account that a customer's bank disputes, the newest first; of other registers too. `next`: where the next one begins. `isCut`: there is more, and JustiFi does not say where. */
  listDisputed(cursor: string | null): Promise<Result<{ readonly items: readonly DisputedPayment[]; readonly unreadable: number; readonly next: string | null; readonly isCut: boolean }, JustifiFailure>>;
  /** Undoes the whole payment; JustiFi allows it for 25 minutes. The key was journaled before: a repeat changes nothing. */
  void(paymentId: string, idempotencyKey: string): Promise<Result<null, JustifiFailure>>;
  /** It carries the id of the reversal, by which it can be found again. */
  refund(paymentId: string, refund: Pick<Reversal, 'id' | 'amountInCents' | 'reason' | 'fees'>, idempotencyKey: string): Promise<Result<ReversalAnswer, JustifiFailure>>;
  /** The refund that JustiFi has made for this reversal; null: none. */
  findRefund(paymentId: string, reversal: Pick<Reversal, 'id' | 'askedAt'>): Promise<Result<ReversalAnswer | null, JustifiFailure>>;
  /** The present state of a refund that was pending. */
  readRefund(refundId: string): Promise<Result<ReversalAnswer, JustifiFailure>>;
};

/** States in which the customer's money was taken, even if it was given back later. */
const TAKEN: ReadonlySet<string> = new Set(['succeeded', 'partially_refunded', 'fully_refunded', 'disputed']);
/** States in which no money moves. */
const ENDED: ReadonlySet<string> = new Set(['failed', 'canceled']);

export function isTaken({ status }: Pick<Payment, 'status'>): boolean {
  return TAKEN.has(status);
}

/** A bank transfer that JustiFi has accepted. */
export function isPending({ status }: Pick<Payment, 'status'>): boolean {
  return status === 'pending';
}

export function hasEndedUnpaid({ status }: Pick<Payment, 'status'>): boolean {
  return ENDED.has(status);
}
