import { hasOpenPayment } from '../sale/open-payment.ts';
import { tipOf } from '../sale/purchase.ts';
import { givenBackInCents, unansweredReversal } from '../sale/reversal.ts';
import type { Sale } from '../sale/sale.ts';

/**
 * Money that moved: `taken` by a payment; a bank transfer that was accepted and `settled`, or `failed` after all; given back by a void or a refund. The
 * amount is signed as the shop sees it: what goes back is negative. `settled` moves nothing. `tipInCents`: what of it is a tip; it goes back with the last of the sale.
 */
export type Movement = { readonly kind: MovementKind; readonly amountInCents: number; readonly tipInCents: number; readonly reversalId: string | null };

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
  if (!('reversals' in sale)) return chargedInCents === null || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -chargedInCents, tipInCents: 0 - tipIn(sale, chargedInCents), reversalId: null }];
  const tip = tipIn(sale, sale.chargedInCents);
  const taken: readonly Movement[] = chargedInCents === null ? [{ kind: 'taken', amountInCents: sale.chargedInCents, tipInCents: tip, reversalId: null }] : [];
  const settled: readonly Movement[] = known.isPending && !sale.isPending && hasMoney(sale) ? [{ kind: 'settled', amountInCents: 0, tipInCents: 0, reversalId: null }] : [];
  let left = sale.chargedInCents - givenBackInCents(sale.reversals.filter(({ id }) => known.reversed.has(id)));
  const fresh = sale.reversals.filter(({ id, state }) => state === 'done' && !known.reversed.has(id));
  const reversed = fresh.map(({ id, kind, amountInCents }): Movement => {
    left -= amountInCents;
    return { kind, amountInCents: -amountInCents, tipInCents: left > 0 ? 0 : 0 - tip, reversalId: id };
  });
  const lost: readonly Movement[] = hasMoney(sale) || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -left, tipInCents: left > 0 ? 0 - tip : 0, reversalId: null }];
  return [...taken, ...settled, ...reversed, ...lost];
}

/** Of another amount than the sale's nobody knows what it is for. */
function tipIn(sale: Sale, chargedInCents: number): number {
  return sale.kind !== 'draft' && chargedInCents === sale.purchase.totalInCents ? tipOf(sale.purchase) : 0;
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
