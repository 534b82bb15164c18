import type { CheckoutFormListener, CheckoutFormOrder } from '../sale/card-form/checkout-form.ts';
import type { Timers } from '../sale/timers.ts';
import { type FormStage, type StagedCall, fitsStage } from './form-stage.ts';

/** The page sends `alive` every two seconds. */
const FROZEN_AFTER_MS = 8_000;

/** One document of the checkout page: which sale it serves, how far it has come, and whether it still runs. */
export type FormDocument = {
  /** Settles when the page has loaded. */
  readonly opened: Promise<void>;
  /** True when the fields have answered, false when the document was lost first. */
  readonly fieldsReady: Promise<boolean>;
  /** True when the form stands on the screen, false when the document was lost first. */
  readonly onScreen: Promise<boolean>;
  readonly stage: FormStage;
  enter(stage: FormStage): void;
  serve(order: CheckoutFormOrder, listener: CheckoutFormListener): void;
  /** Of the sale that it serves. */
  readonly listener: CheckoutFormListener | null;
  /** The same, but null for a report about any other checkout. */
  listenerFor(checkoutId: string): CheckoutFormListener | null;
  /** SECURITY: a message that acts counts only in its own stage. */
  mayNow(call: StagedCall): boolean;
  pageOpened(): void;
  settleFields(areReady: boolean): void;
  settleOnScreen(): void;
  /** The page has shown that its script runs. */
  stillAlive(): void;
  lose(why: string): void;
  /** Its sale needs it no longer. */
  end(): void;
};

export function openFormDocument(timers: Timers, outOfTurn: (call: StagedCall, stage: FormStage) => void): FormDocument {
  const opened = Promise.withResolvers<void>();
  const fieldsReady = Promise.withResolvers<boolean>();
  const onScreen = Promise.withResolvers<boolean>();
  let serving: { readonly order: CheckoutFormOrder; readonly listener: CheckoutFormListener } | null = null;
  let stage: FormStage = 'empty';
  let callOffFrozen = () => {};

  function settle(isThere: boolean): void {
    fieldsReady.resolve(isThere);
    onScreen.resolve(isThere);
  }

  function lose(why: string): void {
    settle(false);
    serving?.listener.lost(why);
  }

  return {
    opened: opened.promise,
    fieldsReady: fieldsReady.promise,
    onScreen: onScreen.promise,
    get stage() {
      return stage;
    },
    enter(next) {
      stage = next;
    },
    serve(order, listener) {
      serving = { order, listener };
    },
    get listener() {
      return serving?.listener ?? null;
    },
    listenerFor: (checkoutId) => (serving?.order.checkoutId === checkoutId ? serving.listener : null),
    mayNow(call) {
      if (fitsStage(call, stage)) return true;
      outOfTurn(call, stage);
      return false;
    },
    pageOpened: () => opened.resolve(),
    settleFields: (areReady) => fieldsReady.resolve(areReady),
    settleOnScreen: () => onScreen.resolve(true),
    stillAlive() {
      callOffFrozen();
      // A page whose script has stopped reports nothing, not even a crash.
      callOffFrozen = timers.after(FROZEN_AFTER_MS, () => lose('frozen'));
    },
    lose,
    end() {
      serving = null;
      callOffFrozen();
      settle(false);
    },
  };
}
