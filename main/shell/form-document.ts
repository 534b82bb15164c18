import type { CheckoutFormListener, CheckoutFormOrder } from '../sale/card-form/checkout-form.ts';
import type { Timers } from '../sale/timers.ts';
import { type FormStage, type StagedCall, fitsStage } from './form-stage.ts';

/** The page sends `alive` every two seconds. */
const FROZEN_AFTER_MS = 8_000;
/** A timer that is later than this shows that main was suspended as well. */
const LATE_MS = 2_000;

/** One document of the checkout page: its sale, its stage, and whether it still runs. */
export type FormDocument = {
  /** Settles when the page has loaded. */
  readonly opened: Promise<void>;
  /** True when the fields have answered, false when the document was lost first. */
  readonly fieldsReady: Promise<boolean>;
  /** True when the form is on the screen, false when the document was lost first. */
  readonly onScreen: Promise<boolean>;
  readonly stage: FormStage;
  enter(stage: FormStage): void;
  serve(order: CheckoutFormOrder, listener: CheckoutFormListener): void;
  /** The checkout of its sale. */
  readonly listener: CheckoutFormListener | null;
  /** The same; null for a report about any other checkout. */
  listenerFor(checkoutId: string): CheckoutFormListener | null;
  /** SECURITY: a message that acts counts only in its own stage. */
  mayNow(call: StagedCall): boolean;
  pageOpened(): void;
  settleFields(areReady: boolean): void;
  settleOnScreen(): void;
  /** Called when the page reports that its script runs. */
  stillAlive(): void;
  /** It crashed, froze or was closed, and serves no sale any more. */
  lose(why: string): void;
  readonly isLost: boolean;
  /** Its sale does not need it any more. */
  end(): void;
};

type FormDocumentParts = {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** A message of the page that does not fit its stage was dropped. */
  readonly outOfTurn: (call: StagedCall, stage: FormStage) => void;
};

export function openFormDocument({ timers, monotonicMs, outOfTurn }: FormDocumentParts): FormDocument {
  const opened = Promise.withResolvers<void>();
  const fieldsReady = Promise.withResolvers<boolean>();
  const onScreen = Promise.withResolvers<boolean>();
  let serving: { readonly order: CheckoutFormOrder; readonly listener: CheckoutFormListener } | null = null;
  let stage: FormStage = 'empty';
  let isLost = false;
  const signs = createSignsOfLife({ timers, monotonicMs }, () => lose('frozen'));

  function settle(isThere: boolean): void {
    fieldsReady.resolve(isThere);
    onScreen.resolve(isThere);
  }

  function lose(why: string): void {
    isLost = true;
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
    stillAlive: signs.heard,
    lose,
    get isLost() {
      return isLost;
    },
    end() {
      serving = null;
      signs.close();
      settle(false);
    },
  };
}

/** A page whose script has stopped reports nothing, not even a crash: after its first `alive` the next must come within eight seconds. */
function createSignsOfLife({ timers, monotonicMs }: Pick<FormDocumentParts, 'timers' | 'monotonicMs'>, onFrozen: () => void) {
  let callOff = () => {};

  function awaitNext(): void {
    const sinceMs = monotonicMs();
    callOff = timers.after(FROZEN_AFTER_MS, () => {
      // The PC slept, which timers count on Windows and macOS: the page gets the same time again.
      if (monotonicMs() - sinceMs > FROZEN_AFTER_MS + LATE_MS) awaitNext();
      else onFrozen();
    });
  }

  return {
    heard() {
      callOff();
      awaitNext();
    },
    close: () => callOff(),
  };
}
