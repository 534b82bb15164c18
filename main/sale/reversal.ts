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
  /** Written down before JustiFi is asked, and used until there is an answer. Null: it was made elsewhere, and found. */
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

export type ReversalKind = (typeof REVERSAL_KINDS)[number];
export const REVERSAL_KINDS = ['void', 'refund'] as const;

/** JustiFi's own words. */
export type ReversalReason = (typeof REVERSAL_REASONS)[number];
export const REVERSAL_REASONS = ['duplicate', 'fraudulent', 'customer_request'] as const;

/** `pending`: JustiFi has taken it on, and may still say that it failed. */
export type ReversalState = (typeof REVERSAL_STATES)[number];
export const REVERSAL_STATES = ['asked', 'pending', 'done', 'refused'] as const;

/** What JustiFi made of it. */
export type ReversalAnswer =
  | { readonly state: 'done'; readonly refundId: string | null }
  | { readonly state: 'pending'; readonly refundId: string }
  | { readonly state: 'refused'; readonly code: string };

export function answered(reversal: Reversal, answer: ReversalAnswer): Reversal {
  return answer.state === 'refused' ? { ...reversal, state: 'refused', code: answer.code } : { ...reversal, state: answer.state, refundId: answer.refundId ?? reversal.refundId };
}

/** The one that has no answer yet; JustiFi is asked for one at a time. */
export function openReversal(reversals: readonly Reversal[]): Reversal | null {
  return reversals.find(({ state }) => state === 'asked' || state === 'pending') ?? null;
}

/** What the customer has been given back. */
export function givenBackInCents(reversals: readonly Reversal[]): number {
  return reversals.filter(({ state }) => state === 'done').reduce((sum, { amountInCents }) => sum + amountInCents, 0);
}

/** JustiFi refused to void it, or a part was given back already: only a refund is left. */
export function mustRefund(reversals: readonly Reversal[]): boolean {
  return reversals.some(({ kind, state }) => (kind === 'void' && state === 'refused') || (kind === 'refund' && state === 'done'));
}
