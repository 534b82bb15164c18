import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { chargeProblem } from './charge-problem.ts';
import type { Checkout, CheckoutMetadata, Checkouts } from './checkout.ts';
import type { CurrentSale } from './current-sale.ts';
import { type Purchase, tipOf } from './purchase.ts';
import type { TimeBudget } from './timers.ts';

/** The fields of every checkout of this register. */
export type CheckoutOrderParts = {
  readonly checkouts: Checkouts;
  readonly newId: () => string;
  readonly metadata: Omit<CheckoutMetadata, 'sale' | 'cashier' | 'tip_cents'>;
  readonly cashier: () => string | null;
};

export function metadataOf({ metadata, cashier }: CheckoutOrderParts, current: CurrentSale): CheckoutMetadata {
  const sale = current.get();
  const tipInCents = sale.kind === 'draft' ? 0 : tipOf(sale.purchase);
  return { sale: sale.id, ...metadata, cashier: cashier() ?? 'unnamed', ...(tipInCents > 0 && { tip_cents: String(tipInCents) }) };
}

/** The order for a checkout of the sale at the counter. */
export function orderOf(parts: CheckoutOrderParts, current: CurrentSale, { totalInCents, description }: Purchase) {
  return { amountInCents: totalInCents, description, metadata: metadataOf(parts, current) };
}

export function noteCreated(current: CurrentSale, { id: checkoutId, amountInCents }: Checkout): void {
  current.learn({ kind: 'checkout-created', checkoutId, amountInCents });
}

export type NewCheckoutParts = CheckoutOrderParts & {
  /** The mode that JustiFi's checkouts must have with these credentials; null: any (training). */
  readonly mode: 'test' | 'live' | null;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

/** Time limit. */
const CREATE_WITHIN_MS = 6_000;
const NO_ANSWER = failed({ kind: 'network', code: 'too-late' } as const);

/** Creates a checkout with the sale's amount, confirmed by JustiFi, and records it on the sale at the counter. */
export async function createConfirmed(parts: NewCheckoutParts, current: CurrentSale, saleId: string, time: TimeBudget): Promise<Result<null, ChargeProblem>> {
  const sale = current.get();
  if (sale.kind !== 'preparing') return failed({ kind: 'sale-in-progress' });
  const { purchase } = sale;
  const idempotencyKey = parts.newId();
  const noted = await current.intendSoon({ kind: 'checkout-asked', amountInCents: purchase.totalInCents, idempotencyKey }, () => current.isStillPreparing(saleId));
  if (noted.kind === 'failed') return noted;
  const creating = parts.checkouts.create({ ...orderOf(parts, current, purchase), idempotencyKey });
  // A checkout that comes later is never shown, and expires.
  const created = await time.spend(CREATE_WITHIN_MS, creating, NO_ANSWER);
  if (created.kind === 'failed') {
    parts.log('checkout.not-created', { sale: saleId, failure: created.failure.kind, code: created.failure.code });
    return failed(chargeProblem(created.failure));
  }
  if (!current.isStillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
  noteCreated(current, created.value);
  const wrong = differences(created.value, { purchase, saleId, mode: parts.mode });
  if (wrong.length > 0) {
    current.learn({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
    return failed({ kind: 'service-trouble', code: `checkout-${wrong.join('-')}` });
  }
  current.learn({ kind: 'amount-confirmed', checkoutId: created.value.id, amountInCents: created.value.amountInCents });
  return ok(null);
}

/** The checkout of the sale at the counter; a new one when it has none. */
export async function checkoutOfSale(parts: NewCheckoutParts, current: CurrentSale, saleId: string, time: TimeBudget): Promise<Result<string, ChargeProblem>> {
  const before = current.get();
  if (before.kind === 'preparing' && before.checkoutId !== null) return ok(before.checkoutId);
  const created = await createConfirmed(parts, current, saleId, time);
  if (created.kind === 'failed') return created;
  const sale = current.get();
  return sale.kind === 'preparing' && sale.checkoutId !== null ? ok(sale.checkoutId) : failed({ kind: 'sale-in-progress' });
}

/**
 * How JustiFi's answer differs from this sale, for the log; empty when it is exactly this sale.
 * JustiFi's schema says that the description may read "Checkout <id>" unless given in `payment`: both are accepted.
 */
export function differences(checkout: Checkout, expected: { readonly purchase: Purchase; readonly saleId: string; readonly mode: 'test' | 'live' | null }): readonly string[] {
  const { purchase, saleId, mode } = expected;
  const checks: Readonly<Record<string, boolean>> = {
    amount: checkout.amountInCents === purchase.totalInCents,
    total: checkout.totalInCents === purchase.totalInCents,
    currency: checkout.currency === purchase.currency,
    description: checkout.description === purchase.description || checkout.description === `Checkout ${checkout.id}`,
    sale: checkout.saleId === saleId,
    status: checkout.status === 'created',
    completions: checkout.completions.length === 0,
    unpaid: checkout.successfulPaymentId === null,
    mode: mode === null || checkout.mode === mode,
  };
  return Object.keys(checks).filter((name) => checks[name] !== true);
}
