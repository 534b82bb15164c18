/**
 * A void undoes the whole payment, within 25 minutes. A refund gives back all or a part of it, as a movement of its own.
 * A sale can have several, until nothing is left.
 */
export type Reversal = {
  readonly id: string;
  readonly paymentId: string;
  readonly kind: ReversalKind;
  readonly amountInCents: number;
  readonly reason: ReversalReason | null;
  /** Fees that JustiFi is asked to return to the shop with a refund. */
  readonly fees: readonly ReturnedFee[];
  /** Journaled before JustiFi is asked, and used until there is an answer. Null: it was made elsewhere. */
  readonly idempotencyKey: string | null;
  /** Who asked, by name; null where there are no names. */
  readonly cashier: string | null;
  /** UTC, ISO 8601. */
  readonly askedAt: string;
  readonly state: ReversalState;
  /** JustiFi's id of the refund, once there is one. */
  readonly refundId: string | null;
  /** Why it was refused, in JustiFi's word. */
  readonly code: string | null;
};

/** `amountInCents`: of a refund; without it all that is left. A void is always the whole payment. */
export type ReversalOrder = { readonly kind: ReversalKind; readonly amountInCents?: number; readonly reason?: ReversalReason; readonly fees?: readonly ReturnedFee[] };

/** JustiFi's own words; the same as in the fees of a payment. */
export type ReturnedFee = { readonly type: FeeType; readonly amountInCents: number };
type FeeType = (typeof FEE_TYPES)[number];
export const FEE_TYPES = ['processing_fee', 'platform_fee'] as const;

export type ReversalKind = (typeof REVERSAL_KINDS)[number];
export const REVERSAL_KINDS = ['void', 'refund'] as const;

/** JustiFi's own words. */
type ReversalReason = (typeof REVERSAL_REASONS)[number];
export const REVERSAL_REASONS = ['duplicate', 'fraudulent', 'customer_request'] as const;

/** `pending`: JustiFi has accepted it, and may still report that it failed. */
export type ReversalState = (typeof REVERSAL_STATES)[number];
export const REVERSAL_STATES = ['asked', 'pending', 'done', 'refused'] as const;

/** JustiFi's answer to it. */
export type ReversalAnswer =
  | { readonly state: 'done'; readonly refundId: string | null }
  | { readonly state: 'pending'; readonly refundId: string }
  | { readonly state: 'refused'; readonly code: string };

/** A reversal that was not asked for yet. `amountInCents`: of a refund; undefined: all that is left. */
export function newReversal(
  sale: { readonly paymentId: string; readonly chargedInCents: number; readonly reversals: readonly Reversal[] },
  order: ReversalOrder,
  by: Pick<Reversal, 'id' | 'idempotencyKey' | 'cashier' | 'askedAt'>,
): Reversal {
  const left = sale.chargedInCents - givenBackInCents(sale.reversals);
  const { kind, amountInCents, reason = null, fees = [] } = order;
  return { ...by, paymentId: sale.paymentId, kind, amountInCents: kind === 'void' ? sale.chargedInCents : (amountInCents ?? left), reason, fees: kind === 'void' ? [] : fees, state: 'asked', refundId: null, code: null };
}

/** JustiFi gave the money back, and this register did not ask for it. */
export function madeElsewhere(made: Pick<Reversal, 'id' | 'paymentId' | 'kind' | 'amountInCents' | 'askedAt' | 'refundId'>): Reversal {
  return { ...made, reason: null, fees: [], idempotencyKey: null, cashier: null, state: 'done', code: null };
}

export function answered(reversal: Reversal, answer: ReversalAnswer): Reversal {
  return answer.state === 'refused' ? { ...reversal, state: 'refused', code: answer.code } : { ...reversal, state: answer.state, refundId: answer.refundId ?? reversal.refundId };
}

/** The one without an answer; there is at most one at a time. */
export function unansweredReversal(reversals: readonly Reversal[]): Reversal | null {
  return reversals.find(({ state }) => state === 'asked' || state === 'pending') ?? null;
}

/** The sum that the customer got back. */
export function givenBackInCents(reversals: readonly Reversal[]): number {
  return reversals.filter(({ state }) => state === 'done').reduce((sum, { amountInCents }) => sum + amountInCents, 0);
}

/** JustiFi refused to void it, or a part was given back already: only a refund is left. */
export function mustRefund(reversals: readonly Reversal[]): boolean {
  return reversals.some(({ kind, state }) => (kind === 'void' && state === 'refused') || (kind === 'refund' && state === 'done'));
}
