import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import { chargeProblem } from '../charge-problem.ts';
import type { Checkout, CheckoutMetadata, Checkouts } from '../checkout.ts';
import type { CheckoutFormListener, CheckoutForms } from './checkout-form.ts';
import type { CurrentSale } from '../current-sale.ts';
import type { MountedForm } from './mounted-form.ts';
import { PREPARED_AMOUNT_IN_CENTS, PREPARED_LIFETIME_MS, type PreparedCheckout, differences, prepareCheckout } from './prepared-checkout.ts';
import { type Timers, within } from '../timers.ts';

/** JustiFi must confirm the amount of a prepared checkout within this, else the plain way is faster. */
const CONFIRM_WITHIN_MS = 4_000;
/** A preparation that failed is not tried again on the very next key press. */
const PREPARE_AGAIN_AFTER_MS = 5_000;

/** The form that was prepared with the checkout; null when there is none. */
export type EarlyForm = Promise<MountedForm | null>;

/** How the sale at the counter gets its checkout: prepared while the cashier types, made plainly where there is any doubt. */
export type SaleCheckout = {
  /** Makes a checkout and mounts its form out of sight, unless one is waiting already. */
  prepare(): void;
  /** Gives the sale its checkout: the prepared one with its amount changed, or on any doubt a new one. */
  confirm(saleId: string): Promise<Result<EarlyForm, ChargeProblem>>;
  /** Lets go of the prepared one. */
  discard(): void;
};

export type SaleCheckoutParts = {
  readonly checkouts: Checkouts;
  readonly forms: CheckoutForms;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly newId: () => string;
  /** What JustiFi must call the checkouts of these credentials; null where nothing can be told (training). */
  readonly mode: 'test' | 'live' | null;
  readonly metadata: Omit<CheckoutMetadata, 'sale' | 'cashier'>;
  readonly cashier: () => string | null;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function openSaleCheckout(parts: SaleCheckoutParts, current: CurrentSale, listener: CheckoutFormListener): SaleCheckout {
  let prepared: PreparedCheckout | null = null;

  function metadata(): CheckoutMetadata {
    return { sale: current.get().id, ...parts.metadata, cashier: parts.cashier() ?? 'unnamed' };
  }

  function noteCreated(checkout: Checkout): void {
    current.learn({ kind: 'checkout-created', checkoutId: checkout.id, amountInCents: checkout.amountInCents });
  }

  function takePrepared(): PreparedCheckout | null {
    const candidate = prepared;
    if (candidate === null) return null;
    prepared = null;
    const fresh = parts.monotonicMs() - candidate.sinceMs < PREPARED_LIFETIME_MS && !candidate.failed();
    if (fresh) return candidate;
    candidate.discard();
    return null;
  }

  /** Changes the prepared checkout to the sale. Null on any doubt: it is then never shown. */
  async function changePrepared(candidate: PreparedCheckout): Promise<Checkout | null> {
    const created = await within(parts.timers, CONFIRM_WITHIN_MS, candidate.created, null);
    const sale = current.get();
    if (created === null || created.kind === 'failed' || sale.kind !== 'preparing') return null;
    const { purchase, id: saleId } = sale;
    const changed = await parts.checkouts.update(created.value.id, {
      amountInCents: purchase.totalInCents,
      description: purchase.description,
      metadata: metadata(),
      timeoutMs: CONFIRM_WITHIN_MS,
    });
    const wrong =
      changed.kind === 'failed' ? [changed.failure.kind] : changed.value.id === created.value.id ? differences(changed.value, { purchase, saleId, mode: parts.mode }) : ['id'];
    if (changed.kind === 'ok' && wrong.length === 0) return changed.value;
    current.learn({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
    return null;
  }

  async function createConfirmed(saleId: string): Promise<Result<null, ChargeProblem>> {
    const sale = current.get();
    if (sale.kind !== 'preparing') return failed({ kind: 'sale-in-progress' });
    const { purchase } = sale;
    const idempotencyKey = parts.newId();
    const noted = current.intend({ kind: 'checkout-asked', amountInCents: purchase.totalInCents, idempotencyKey });
    if (noted.kind === 'failed') return noted;
    const created = await parts.checkouts.create({ amountInCents: purchase.totalInCents, description: purchase.description, metadata: metadata(), idempotencyKey });
    if (created.kind === 'failed') {
      parts.log('checkout.not-created', { sale: saleId, failure: created.failure.kind, code: created.failure.code });
      return failed(chargeProblem(created.failure));
    }
    if (!current.isStillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
    noteCreated(created.value);
    const wrong = differences(created.value, { purchase, saleId, mode: parts.mode });
    if (wrong.length > 0) {
      current.learn({ kind: 'checkout-abandoned', checkoutId: created.value.id, why: wrong.join(',') });
      return failed({ kind: 'service-trouble', code: `checkout-${wrong.join('-')}` });
    }
    current.learn({ kind: 'amount-confirmed', checkoutId: created.value.id, amountInCents: created.value.amountInCents });
    return ok(null);
  }

  return {
    prepare() {
      if (prepared !== null) {
        const ageMs = parts.monotonicMs() - prepared.sinceMs;
        if (ageMs < (prepared.failed() ? PREPARE_AGAIN_AFTER_MS : PREPARED_LIFETIME_MS)) return;
        prepared.discard();
        prepared = null;
      }
      const idempotencyKey = parts.newId();
      if (current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;
      prepared = prepareCheckout(parts, { metadata: metadata(), idempotencyKey }, noteCreated, listener);
    },
    async confirm(saleId) {
      const candidate = takePrepared();
      if (candidate !== null) {
        const checkout = await changePrepared(candidate);
        if (checkout !== null && current.isStillPreparing(saleId)) {
          current.learn({ kind: 'amount-confirmed', checkoutId: checkout.id, amountInCents: checkout.amountInCents });
          return ok(candidate.form);
        }
        candidate.discard();
        if (!current.isStillPreparing(saleId)) return failed({ kind: 'sale-in-progress' });
      }
      const created = await createConfirmed(saleId);
      return created.kind === 'ok' ? ok(Promise.resolve(null)) : created;
    },
    discard() {
      prepared?.discard();
      prepared = null;
    },
  };
}
