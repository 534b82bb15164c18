import type { Result } from '../../../contract/result.ts';
import type { Checkout, CheckoutMetadata } from '../checkout.ts';
import type { CheckoutFormListener } from './checkout-form.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import { type MountParts, type MountedForm, mountForm } from './mounted-form.ts';

/** JustiFi's smallest amount. It is replaced by the sale's amount before the checkout can be seen or paid. */
export const PREPARED_AMOUNT_IN_CENTS = 51;
const PREPARED_DESCRIPTION = 'preparing';
/** The component's token lives 60 minutes; an older preparation is discarded unused. */
export const PREPARED_LIFETIME_MS = 45 * 60_000;

type CheckoutOrder = { readonly amountInCents: number; readonly description: string; readonly metadata: CheckoutMetadata };

/** A checkout that is created, with its component mounted out of sight, before the cashier types. */
export type PreparedCheckout = {
  readonly sinceMs: number;
  readonly created: Promise<Result<Checkout, JustifiFailure>>;
  /**
   * Makes it the checkout of this sale; the same order once more is not sent again. One change at a time: one without JustiFi's answer may still
   * arrive after the next, so that after a failure every further one fails too. Milliseconds.
   */
  change(order: CheckoutOrder, timeoutMs: () => number): Promise<Result<Checkout, JustifiFailure>>;
  /** Null: it failed. */
  readonly form: Promise<MountedForm | null>;
  failed(): boolean;
  /** Its hidden page was lost: it counts as failed. */
  lose(): void;
  /** Closes the form now, or as soon as it is mounted. */
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

  let lastChange: { readonly order: string; readonly answer: ReturnType<PreparedCheckout['change']> } | null = null;

  async function changeAfter(before: PreparedCheckout['created'], change: CheckoutOrder, timeoutMs: () => number): PreparedCheckout['created'] {
    const last = await before;
    return last.kind === 'failed' ? last : parts.checkouts.update(last.value.id, { ...change, timeoutMs: timeoutMs() });
  }

  function discard(): void {
    discarded = true;
    void form.then((mounted) => mounted?.form.close());
  }

  return {
    sinceMs: parts.monotonicMs(),
    created,
    change(wanted, timeoutMs) {
      const asText = JSON.stringify(wanted);
      if (lastChange?.order === asText) return lastChange.answer;
      const answer = changeAfter(lastChange?.answer ?? created, wanted, timeoutMs);
      lastChange = { order: asText, answer };
      return answer;
    },
    form,
    failed: () => failed,
    lose() {
      failed = true;
      discard();
    },
    discard,
  };
}
