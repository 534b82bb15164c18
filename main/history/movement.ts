import { hasOpenPayment } from '../sale/open-payment.ts';
import { premiumOf, tipOf } from '../sale/purchase.ts';
import { givenBackInCents, unansweredReversal } from '../sale/reversal.ts';
import type { Sale } from '../sale/sale.ts';

/**
 * Money that moved: `taken` by a payment; a bank transfer that was accepted and `settled`, or `failed` after all; or given back by a void or a refund. The
 * amount is signed as the shop sees it: what goes back is negative. `settled` moves nothing. `tipInCents`, `premiumInCents`: the tip and the insurance premium in it; they go
 * back with the last of the sale.
 */
export type Movement = { readonly kind: MovementKind; readonly amountInCents: number; readonly tipInCents: number; readonly premiumInCents: number; readonly reversalId: string | null };

export type MovementKind = (typeof MOVEMENT_KINDS)[number];
export const MOVEMENT_KINDS = ['taken', 'settled', 'failed', 'void', 'refund'] as const;

/** The money of a sale, as far as the history has read it. */
export type MoneyKnown = {
  /** Null: none was taken. */
  readonly chargedInCents: number | null;
  readonly isPending: boolean;
  readonly hasFailed: boolean;
  /** Reversals that have their movement, by id. */
  readonly reversed: ReadonlySet<string>;
};

export const NO_MONEY: MoneyKnown = { chargedInCents: null, isPending: false, hasFailed: false, reversed: new Set() };

/** The movements from the known state of a sale to this one. Each is returned once, whichever event brought it. */
export function movementsBetween(known: MoneyKnown, sale: Sale): readonly Movement[] {
  const { chargedInCents } = known;
  if (!('reversals' in sale)) return chargedInCents === null || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -chargedInCents, ...negative(besides(sale, chargedInCents)), reversalId: null }];
  const beside = besides(sale, sale.chargedInCents);
  const taken: readonly Movement[] = chargedInCents === null ? [{ kind: 'taken', amountInCents: sale.chargedInCents, ...beside, reversalId: null }] : [];
  const settled: readonly Movement[] = known.isPending && !sale.isPending && hasMoney(sale) ? [{ kind: 'settled', amountInCents: 0, ...NOTHING_BESIDE, reversalId: null }] : [];
  let left = sale.chargedInCents - givenBackInCents(sale.reversals.filter(({ id }) => known.reversed.has(id)));
  const fresh = sale.reversals.filter(({ id, state }) => state === 'done' && !known.reversed.has(id));
  const reversed = fresh.map(({ id, kind, amountInCents }): Movement => {
    left -= amountInCents;
    return { kind, amountInCents: -amountInCents, ...(left > 0 ? NOTHING_BESIDE : negative(beside)), reversalId: id };
  });
  const lost: readonly Movement[] = hasMoney(sale) || known.hasFailed ? [] : [{ kind: 'failed', amountInCents: -left, ...(left > 0 ? negative(beside) : NOTHING_BESIDE), reversalId: null }];
  return [...taken, ...settled, ...reversed, ...lost];
}

/** The parts of an amount that are not the price of goods. */
type Beside = Pick<Movement, 'tipInCents' | 'premiumInCents'>;
const NOTHING_BESIDE: Beside = { tipInCents: 0, premiumInCents: 0 };

/** The parts of a charge are not known when its amount differs from the sale's. */
function besides(sale: Sale, chargedInCents: number): Beside {
  if (sale.kind === 'draft' || chargedInCents !== sale.purchase.totalInCents) return NOTHING_BESIDE;
  return { tipInCents: tipOf(sale.purchase), premiumInCents: premiumOf(sale.purchase) };
}

function negative({ tipInCents, premiumInCents }: Beside): Beside {
  return { tipInCents: 0 - tipInCents, premiumInCents: 0 - premiumInCents };
}

/** A failed transfer was counted as taken before. */
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
  // Its form was on the screen, and Pay was not pressed.
  if (sale.kind === 'unresolved' && sale.why === 'unsubmitted') return null;
  return { kind: 'payment', amountInCents: sale.purchase.totalInCents };
}
