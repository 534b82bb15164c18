import type { CurrentSale } from '../current-sale.ts';
import type { Timers } from '../timers.ts';
import { type CheckoutOrderParts, metadataOf, noteCreated, orderOf } from '../new-checkout.ts';
import type { Purchase } from '../purchase.ts';
import type { CheckoutFormListener } from './checkout-form.ts';
import type { MountParts } from './mounted-form.ts';
import { PREPARED_AMOUNT_IN_CENTS, PREPARED_LIFETIME_MS, type PreparedCheckout, prepareCheckout } from './prepared-checkout.ts';

/** A preparation that failed is not tried again on the very next key press. */
const PREPARE_AGAIN_AFTER_MS = 5_000;

/** Longer than a typing cashier's pause between two keys. */
const TYPING_PAUSE_MS = 300;
/** For one sale: a description that is typed with one finger is not sent letter by letter. */
const MOST_EARLY_CHANGES = 3;
const EARLY_CHANGE_WITHIN_MS = 4_000;

/** SECURITY: a card number that is typed into the description is refused once it is whole. Text with so many digits may be the beginning of one, and is not sent before Charge. */
const MOST_DIGITS_SENT_EARLY = 6;
const digitsIn = (text: string): number => text.normalize('NFKC').replaceAll(/\P{Nd}/gu, '').length;

/** At most one prepared checkout, with its form mounted out of sight. */
export type CheckoutPreparation = {
  /** Prepares one, unless a usable one is waiting. It gets the typed purchase as soon as the cashier pauses, so that Charge waits for no change. */
  prepare(typedNow?: () => Purchase | null): void;
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
  const early = createEarlyChange(parts, current);
  const ageMs = ({ sinceMs }: PreparedCheckout) => parts.monotonicMs() - sinceMs;

  /** No person came: the next one is made at the next sign of a person, so that an idle till leaves one checkout at JustiFi. */
  function letGo(): void {
    prepared?.discard();
    prepared = null;
  }

  return {
    prepare(typedNow) {
      if (typedNow !== undefined) early.whenPaused(typedNow, () => prepared);
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
      early.callOff();
      callOffLettingGo();
      const taken = prepared;
      prepared = null;
      if (taken === null || (ageMs(taken) < PREPARED_LIFETIME_MS && !taken.failed())) return taken;
      taken.discard();
      return null;
    },
    discard() {
      early.callOff();
      callOffLettingGo();
      letGo();
    },
    lost: () => prepared?.lose(),
  };
}

/** Gives the waiting checkout the typed purchase, once its form has read the checkout: the form may report the prepared amount or the sale's, and no other. */
function createEarlyChange(parts: CheckoutPreparationParts, current: CurrentSale) {
  let callOff = () => {};
  let pauses = 0;
  let changes: { readonly saleId: string; readonly count: number } = { saleId: '', count: 0 };

  async function change(typedNow: () => Purchase | null, waiting: () => PreparedCheckout | null): Promise<void> {
    const pause = (pauses += 1);
    const prepared = waiting();
    const mounted = await prepared?.form;
    if (!mounted || !(await mounted.form.ready) || pause !== pauses) return;
    const typed = typedNow();
    const saleId = current.get().id;
    const count = changes.saleId === saleId ? changes.count : 0;
    if (prepared === null || waiting() !== prepared || prepared.failed() || typed === null || digitsIn(typed.description) > MOST_DIGITS_SENT_EARLY || count === MOST_EARLY_CHANGES) return;
    changes = { saleId, count: count + 1 };
    const changed = await prepared.change(orderOf(parts, current, typed), () => EARLY_CHANGE_WITHIN_MS);
    if (changed.kind === 'ok') return;
    // Charge finds it failed, and creates a new one; until then it is not changed again.
    changes = { saleId, count: MOST_EARLY_CHANGES };
    prepared.lose();
  }

  return {
    whenPaused(typedNow: () => Purchase | null, waiting: () => PreparedCheckout | null) {
      callOff();
      callOff = parts.timers.after(TYPING_PAUSE_MS, () => void change(typedNow, waiting));
    },
    callOff: () => callOff(),
  };
}
