import { join } from 'node:path';
import { type Session, type WebContents, WebContentsView } from 'electron';
import type { MountOrder } from '../../contract/form-order.ts';
import type { Appearance } from '../../contract/appearance.ts';
import { type CheckoutOrigins, type CheckoutWay, PLAID_SCRIPT_PATH, SEZZLE_SCRIPT_PATH, WAY_PATHS } from '../local-origin/checkout-policy.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutFormOrder } from '../sale/card-form/checkout-form.ts';
import type { Purchase } from '../sale/purchase.ts';
import type { Timers } from '../sale/timers.ts';
import { checkoutCalls } from './checkout-calls.ts';
import type { CounterWindow } from './counter-window.ts';
import { type FormDocument, openFormDocument } from './form-document.ts';
import type { IpcRouter } from './ipc-router.ts';
import { allowSezzleWindow } from './sezzle-window.ts';
import { followTheme } from './window-colour.ts';
import { SECURE_PREFERENCES, keepZoom } from './window-security.ts';

export type CheckoutViewParts = {
  readonly router: IpcRouter;
  /** http://localhost:<port>, where the page is served. */
  readonly pageOrigin: string;
  /** The origins that the page may reach, for the open account. Null in `mount` for JustiFi's own. */
  readonly origins: () => CheckoutOrigins;
  readonly training: () => boolean;
  readonly language: () => Appearance['language'];
  /** The content of a form that is mounted now. */
  readonly form: () => Pick<MountOrder, 'cards' | 'bankAccounts' | 'billing'>;
  /** The window of the views. */
  readonly counter: () => CounterWindow;
  readonly preloadFolder: string;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
};

/** One document of the checkout page, in a view of its own on the till's window. */
export type CheckoutView = {
  /** The hosts that its policy names. */
  readonly madeFor: CheckoutOrigins;
  /** Its page crashed or froze: it can serve no sale. */
  isLost(): boolean;
  serve(order: CheckoutFormOrder, listener: CheckoutFormListener, onClosed: () => void): CheckoutForm;
  /** Like the Back button of the form, if it is on the screen. */
  goBack(): void;
  destroy(): void;
};

export function openCheckoutView(parts: CheckoutViewParts, session: Session, way: CheckoutWay): CheckoutView {
  const view = makeView(parts, session);
  const contents = view.webContents;
  const form = openFormDocument({ ...parts, outOfTurn: (call, stage) => parts.log('checkout-page.out-of-turn', { call, stage }) });
  const calls = checkoutCalls(form, {
    raise() {
      if (contents.isDestroyed()) return false;
      parts.counter().raise(view);
      return true;
    },
    pressTab: () => pressTab(contents),
    trouble: (what, detail) => parts.log(`checkout-page.${what}`, { detail }),
  });
  parts.router.trust(contents, parts.pageOrigin, { checkout: calls });
  watchPage(contents, form);
  const closeWindow = way === 'sezzle' ? allowSezzleWindow(contents, { origins: () => parts.origins().sezzleWindows, parent: () => parts.counter().window, log: parts.log }) : () => {};
  parts.counter().add(view);
  contents.loadURL(`${parts.pageOrigin}${WAY_PATHS[way]}`).catch((error: unknown) => form.lose(error instanceof Error ? error.message : 'not-loaded'));

  function destroy(): void {
    form.end();
    closeWindow();
    parts.counter().remove(view);
  }

  return {
    madeFor: parts.origins(),
    isLost: () => form.isLost,
    serve(order, listener, onClosed) {
      form.serve(order, listener);
      void form.opened.then(() => mount(parts, contents, form, order, way));
      return {
        ready: form.fieldsReady,
        show: (purchase, bankAuthorisation) => show(parts, contents, form, { checkoutId: order.checkoutId, purchase, bankAuthorisation }),
        hide() {
          form.enter('hidden');
          parts.counter().lower(view);
        },
        close() {
          if (form.listener === null) return;
          destroy();
          onClosed();
        },
      };
    },
    goBack() {
      if (form.stage === 'on-screen') form.listener?.goBack();
    },
    destroy,
  };
}

function makeView({ preloadFolder }: CheckoutViewParts, session: Session): WebContentsView {
  const view = new WebContentsView({
    webPreferences: {
      ...SECURE_PREFERENCES,
      session,
      preload: join(preloadFolder, 'checkout.cjs'),
      // Mounted under the till's page: with throttled timers the fields would never become ready there.
      backgroundThrottling: false,
    },
  });
  followTheme(view, 'checkout', (stop) => view.webContents.once('destroyed', stop));
  return view;
}

function watchPage(contents: WebContents, form: FormDocument): void {
  contents.on('did-finish-load', () => keepZoom(contents));
  contents.on('render-process-gone', (_event, { reason }) => form.lose(`renderer-${reason}`));
  contents.on('preload-error', (_event, _path, error) => form.lose(`preload-${error.name}`));
  contents.on('unresponsive', () => form.lose('unresponsive'));
  // Closed by itself; at the end of a sale the document has ended before.
  contents.once('destroyed', () => form.lose('page-closed'));
}

/** Real input, which alone reaches into a frame of another site. */
function pressTab(contents: WebContents): void {
  if (contents.isDestroyed()) return;
  contents.sendInputEvent({ type: 'keyDown', keyCode: 'Tab' });
  contents.sendInputEvent({ type: 'keyUp', keyCode: 'Tab' });
}

function mount({ router, origins, training, form: shape }: CheckoutViewParts, contents: WebContents, form: FormDocument, order: CheckoutFormOrder, way: CheckoutWay): void {
  const { api, fields, plaid, sezzle } = origins();
  const isTraining = training();
  // Settings of the same names are no part of the order.
  const { cards, bankAccounts, billing } = shape();
  form.enter('mounted');
  router.push(contents, 'checkout', 'mount', {
    checkoutId: order.checkoutId,
    componentToken: order.componentToken,
    apiOrigin: isTraining ? api : null,
    fieldOrigin: isTraining ? fields : null,
    way,
    plaidScript: `${plaid}${PLAID_SCRIPT_PATH}`,
    insurance: order.insurance ?? null,
    sezzle: order.sezzle === undefined ? null : { ...order.sezzle, script: `${sezzle}${SEZZLE_SCRIPT_PATH}` },
    cards,
    bankAccounts,
    billing,
  });
}

type Shown = { readonly checkoutId: string; readonly purchase: Purchase; readonly bankAuthorisation: string };

async function show({ router, language }: CheckoutViewParts, contents: WebContents, form: FormDocument, { checkoutId, purchase, bankAuthorisation }: Shown): Promise<boolean> {
  if (contents.isDestroyed()) return false;
  form.enter('asked-to-show');
  const { totalInCents: amountInCents, currency, description } = purchase;
  router.push(contents, 'checkout', 'show', { checkoutId, language: language(), amountInCents, currency, description, bankAuthorisation });
  return form.onScreen;
}
