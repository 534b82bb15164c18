import type { CurrentSale } from '../current-sale.ts';
import type { Timers } from '../timers.ts';
import { type CheckoutOrderParts, metadataOf, noteCreated } from '../new-checkout.ts';
import type { CheckoutFormListener } from './checkout-form.ts';
import type { MountParts } from './mounted-form.ts';
import { PREPARED_AMOUNT_IN_CENTS, PREPARED_LIFETIME_MS, type PreparedCheckout, prepareCheckout } from './prepared-checkout.ts';

/** A preparation that failed is not tried again on the very next key press. */
const PREPARE_AGAIN_AFTER_MS = 5_000;

/** At most one prepared checkout, with its form mounted out of sight. */
export type CheckoutPreparation = {
  /** Prepares one, unless a usable one is waiting. */
  prepare(): void;
  /** Hands it over to the sale. Null: there is none, or it failed or is too old. */
  take(): PreparedCheckout | null;
  discard(): void;
  /** The page of the waiting checkout was lost. */
  lost(): void;
};

export type CheckoutPreparationParts = CheckoutOrderParts & MountParts & { readonly timers: Timers };

export function createCheckoutPreparation(parts: CheckoutPreparationParts, current: CurrentSale, listener: CheckoutFormListener): CheckoutPreparation {
  let prepared: PreparedCheckout | null = null;
  let callOffLettingGo = () => {};
  const ageMs = ({ sinceMs }: PreparedCheckout) => parts.monotonicMs() - sinceMs;

  /** No person came: the next one is made at the next sign of a person, so that an idle till leaves one checkout at JustiFi. */
  function letGo(): void {
    prepared?.discard();
    prepared = null;
  }

  return {
    prepare() {
      if (prepared !== null) {
        if (ageMs(prepared) < (prepared.failed() ? PREPARE_AGAIN_AFTER_MS : PREPARED_LIFETIME_MS)) return;
        prepared.discard();
        prepared = null;
      }
      const idempotencyKey = parts.newId();
      if (current.intend({ kind: 'checkout-asked', amountInCents: PREPARED_AMOUNT_IN_CENTS, idempotencyKey }).kind === 'failed') return;
      callOffLettingGo();
      callOffLettingGo = parts.timers.after(PREPARED_LIFETIME_MS, letGo);
      prepared = prepareCheckout(parts, { metadata: metadataOf(parts, current), idempotencyKey }, (checkout) => noteCreated(current, checkout), listener);
    },
    take() {
      callOffLettingGo();
      const taken = prepared;
      prepared = null;
      if (taken === null || (ageMs(taken) < PREPARED_LIFETIME_MS && !taken.failed())) return taken;
      taken.discard();
      return null;
    },
    discard() {
      callOffLettingGo();
      letGo();
    },
    lost: () => prepared?.lose(),
  };
}
