import type { Handlers } from '../../contract/channels.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { CheckoutFormListener } from '../sale/card-form/checkout-form.ts';
import type { FormDocument } from './form-document.ts';

/** Reported before the form could be used: it will never be usable. */
const FATAL_AT_MOUNT = new Set(['not-authenticated', 'invalid-parameter', 'fetch-error', 'checkout-already-completed', 'checkout-expired']);

type FormView = {
  /** Brings the form to the screen. False when its window is closed. */
  raise(): boolean;
  pressTab(): void;
  trouble(what: string, detail: string): void;
};

/** The reports that the checkout page may make for one document. Reports for another checkout are dropped. */
export function checkoutCalls(form: FormDocument, view: FormView): Handlers<'checkout'> {
  let usable = false;

  function hint(checkoutId: string, hinted: Parameters<CheckoutFormListener['hinted']>[0]): Result<null, never> {
    form.listenerFor(checkoutId)?.hinted(hinted);
    return ok(null);
  }

  return {
    async opened() {
      form.stillAlive();
      form.pageOpened();
      return ok(null);
    },
    async fieldsReady({ checkoutId }) {
      if (!form.mayNow('fieldsReady')) return ok(null);
      usable = form.listenerFor(checkoutId) !== null;
      form.settleFields(usable);
      return ok(null);
    },
    async drawn({ checkoutId }) {
      if (form.listenerFor(checkoutId) === null || !form.mayNow('drawn') || !view.raise()) return ok(null);
      form.enter('on-screen');
      form.settleOnScreen();
      return ok(null);
    },
    async pressTab({ checkoutId }) {
      if (form.listenerFor(checkoutId) !== null && form.mayNow('pressTab')) view.pressTab();
      return ok(null);
    },
    async submit(claim) {
      // Reports for another checkout too: the sale compares them, and logs refused ones.
      const { listener } = form;
      return listener === null || !form.mayNow('submit') ? failed({ kind: 'not-now' }) : listener.submit(claim);
    },
    submitted: async ({ checkoutId, paymentStatus }) => hint(checkoutId, { kind: 'submitted', word: paymentStatus ?? '' }),
    async failed({ checkoutId, errorCode }) {
      if (form.listenerFor(checkoutId) !== null && !usable && FATAL_AT_MOUNT.has(errorCode)) form.settleFields(false);
      return hint(checkoutId, { kind: 'failed', word: errorCode });
    },
    answered: async ({ checkoutId, status }) => hint(checkoutId, { kind: 'answered', status }),
    async stuck({ checkoutId }) {
      if (form.listenerFor(checkoutId) !== null && form.mayNow('stuck')) form.lose('stuck');
      return ok(null);
    },
    async alive() {
      form.stillAlive();
      return ok(null);
    },
    async goBack({ checkoutId }) {
      const listener = form.listenerFor(checkoutId);
      if (listener !== null && form.mayNow('goBack')) listener.goBack();
      return ok(null);
    },
    async trouble({ what, detail }) {
      view.trouble(what, detail);
      return ok(null);
    },
  };
}
