import { hasOpenPayment } from '../sale/open-payment.ts';
import { givenBackInCents, unansweredReversal } from '../sale/reversal.ts';
import type { Sale } from '../sale/sale.ts';

/**
 * Money that moved: `taken` by a payment; a bank transfer that was accepted and `settled`, or `failed` after all; given back by a void or a refund. The
 * amount is signed as the shop sees it: what goes back is negative. `settled` moves nothing.
 */
export type Movement = { readonly kind: MovementKind; readonly amountInCents: number; readonly reversalId: string | null };

export type MovementKind = (typeof MOVEMENT_KINDS)[number];
export const MOVEMENT_KINDS = ['taken', 'settled', 'failed', 'void', 'refund'] as const;

/** What the history knows of a sale's money. */
export type MoneyKnown = {
  /** Null: none was taken. */
  readonly chargedInCents: number | null;
  readonly isPending: boolean;
  readonly hasFailed: boolean;
  /** Reversals that have their movement, by id. */
  readonly reversed: ReadonlySet<string>;
};

export const NO_MONEY: MoneyKnown = { chargedInCents: null, isPending: false, hasFailed: false, reversed: new Set() };

/** What moved between what was known and this state of the sale. Each movement is told once, whichever event brought it. */
export function movementsBetween(known: MoneyKnown, sale: Sale): readonly Movement[] {
  const { chargedInCents } = known;
  if (!('reversals' in sale)) return chargedInCents === null || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -chargedInCents, reversalId: null }];
  const taken: readonly Movement[] = chargedInCents === null ? [{ kind: 'taken', amountInCents: sale.chargedInCents, reversalId: null }] : [];
  const settled: readonly Movement[] = known.isPending && !sale.isPending && hasMoney(sale) ? [{ kind: 'settled', amountInCents: 0, reversalId: null }] : [];
  const fresh = sale.reversals.filter(({ id, state }) => state === 'done' && !known.reversed.has(id));
  const reversed = fresh.map(({ id, kind, amountInCents }): Movement => ({ kind, amountInCents: -amountInCents, reversalId: id }));
  const lost: readonly Movement[] = hasMoney(sale) || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -(sale.chargedInCents - givenBackInCents(sale.reversals)), reversalId: null }];
  return [...taken, ...settled, ...reversed, ...lost];
}

/** A transfer that failed was taken, and then was not. */
export function hasMoney({ kind }: Sale): boolean {
  return kind !== 'transfer-failed' && kind !== 'transfer-failed-seen';
}

/** Money that may still move: a payment whose end is not known, or a void or refund without an answer. Null: none. */
export function openMoneyOf(sale: Sale): { readonly kind: 'payment' | 'reversal'; readonly amountInCents: number } | null {
  if (sale.kind === 'reversing') {
    const asked = unansweredReversal(sale.reversals);
    return asked === null ? null : { kind: 'reversal', amountInCents: -asked.amountInCents };
  }
  if (sale.kind === 'draft' || 'reversals' in sale || !hasOpenPayment(sale)) return null;
  // Its form was on the screen, and nobody pressed Pay.
  if (sale.kind === 'unresolved' && sale.why === 'unsubmitted') return null;
  return { kind: 'payment', amountInCents: sale.purchase.totalInCents };
}
