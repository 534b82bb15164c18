import type { Result } from '../../../contract/result.ts';
import type { Checkout, CheckoutMetadata } from '../checkout.ts';
import type { CheckoutFormListener } from './checkout-form.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import { type MountParts, type MountedForm, mountForm } from './mounted-form.ts';
import type { Purchase } from '../purchase.ts';

/** The least that JustiFi takes; replaced by the sale's amount before it can be seen or paid. */
export const PREPARED_AMOUNT_IN_CENTS = 51;
export const PREPARED_DESCRIPTION = 'preparing';
/** The component's token lives 60 minutes; what is older than this is thrown away unused. */
export const PREPARED_LIFETIME_MS = 45 * 60_000;

/** A checkout made, and its component mounted out of sight, while the cashier still types. */
export type PreparedCheckout = {
  readonly sinceMs: number;
  readonly created: Promise<Result<Checkout, JustifiFailure>>;
  /** Null when it could not be had. */
  readonly form: Promise<MountedForm | null>;
  failed(): boolean;
  /** Closes the form now, or as soon as it is there. */
  discard(): void;
};

export function prepareCheckout(
  parts: MountParts,
  order: { readonly metadata: CheckoutMetadata; readonly idempotencyKey: string },
  onCreated: (checkout: Checkout) => void,
  listener: CheckoutFormListener,
): PreparedCheckout {
  let discarded = false;
  const isDiscarded = () => discarded;
  let failed = false;
  const created = parts.checkouts.create({ amountInCents: PREPARED_AMOUNT_IN_CENTS, description: PREPARED_DESCRIPTION, ...order });
  const form = mount();

  async function mount(): Promise<MountedForm | null> {
    const mounted = await tryToMount();
    failed ||= mounted === null;
    if (discarded) mounted?.form.close();
    return mounted;
  }

  async function tryToMount(): Promise<MountedForm | null> {
    const checkout = await created;
    if (checkout.kind === 'failed') return null;
    onCreated(checkout.value);
    if (isDiscarded()) return null;
    const mounted = await mountForm(parts, checkout.value.id, listener);
    return mounted.kind === 'ok' ? mounted.value : null;
  }

  return {
    sinceMs: parts.monotonicMs(),
    created,
    form,
    failed: () => failed,
    discard() {
      discarded = true;
      void form.then((mounted) => mounted?.form.close());
    },
  };
}

/**
 * Does JustiFi's answer carry exactly this sale? Empty when it does, else what differs, for the log.
 * JustiFi's schema says that the description may read "Checkout <id>" unless given in `payment`: both are taken.
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
