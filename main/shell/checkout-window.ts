import { join } from 'node:path';
import { BrowserWindow, type Session, session } from 'electron';
import type { Handlers, MountOrder } from '../../contract/channels.ts';
import type { Look } from '../../contract/look.ts';
import { failed, ok } from '../../contract/result.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import type { CheckoutOrigins } from '../local-origin/checkout-policy.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutFormOrder, CheckoutForms } from '../sale/card-form/checkout-form.ts';
import type { Purchase } from '../sale/purchase.ts';
import type { Timers } from '../sale/timers.ts';
import { type FormStage, type StagedCall, fitsStage } from './form-stage.ts';
import type { IpcRouter } from './ipc-router.ts';
import { followTheme, groundOf } from './window-colour.ts';
import { SECURE_PREFERENCES, keepZoom, secureSession } from './window-security.ts';

/** The next window is made when the counter has come to rest, so that it takes nothing from the sale that just ended. */
const PREWARM_AFTER_MS = 400;

/** The page says that it is alive every two seconds. */
const FROZEN_AFTER_MS = 8_000;

/** Reported before the form could be used: it never will be. */
const FATAL_AT_MOUNT = new Set(['not-authenticated', 'invalid-parameter', 'fetch-error', 'checkout-already-completed', 'checkout-expired']);

export type CheckoutWindowsParts = {
  readonly router: IpcRouter;
  /** http://localhost:<port>, where the page is served. */
  readonly pageOrigin: string;
  /** Where the page may reach, for the account of this moment. Null in `mount` for JustiFi's own. */
  readonly origins: () => CheckoutOrigins;
  readonly training: () => boolean;
  /** Whether money moves, as the page says it. */
  readonly mode: () => Mode;
  readonly language: () => Look['language'];
  /** What the customer finds on a form that is mounted now. */
  readonly form: () => Pick<MountOrder, 'cards' | 'bankAccounts' | 'billing'>;
  readonly till: () => BrowserWindow;
  readonly preloadFolder: string;
  readonly timers: Timers;
  /** Hears of everything that a form's page and its frames ask for. */
  readonly onRequest: (request: { readonly resourceType: string; readonly method: string; readonly url: string }) => void;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
};

/**
 * The windows in which customers pay. One document per sale: JustiFi's component keeps its state for the life of its
 * document, and a second checkout in the same one has charged the previous customer's card (docs/justifi.md).
 * One window is always kept warm: page parsed, component registered, nothing of any sale in it.
 */
export function openCheckoutWindows(parts: CheckoutWindowsParts): CheckoutForms & { prewarm(): void; close(): void } {
  const checkoutSession = session.fromPartition('checkout');
  secureCheckoutSession(checkoutSession, parts);
  let warm: CheckoutWindow | null = null;
  const open = new Set<CheckoutWindow>();
  /** The app is quitting: a window made now would refuse to close, and call the quitting off. */
  let isClosed = false;

  function prewarm(): void {
    dropOutdated();
    if (isClosed) return;
    if (warm === null && !parts.till().isDestroyed()) warm = createCheckoutWindow(parts, checkoutSession);
  }

  /** A document's policy names the hosts of the account that was open when it was loaded: under another it reaches none. */
  function dropOutdated(): void {
    if (warm === null || warm.madeFor === parts.origins()) return;
    warm.destroy();
    warm = null;
  }

  function forget(used: CheckoutWindow): void {
    open.delete(used);
    if (open.size === 0) void checkoutSession.clearStorageData();
    parts.timers.after(PREWARM_AFTER_MS, prewarm);
  }

  return {
    open(order, listener) {
      if (isClosed) return NO_FORM;
      dropOutdated();
      const used = warm ?? createCheckoutWindow(parts, checkoutSession);
      warm = null;
      open.add(used);
      return used.serve(order, listener, () => forget(used));
    },
    prewarm,
    close() {
      isClosed = true;
      warm?.destroy();
      warm = null;
      for (const used of open) used.destroy();
    },
  };
}

const NO_FORM: CheckoutForm = { ready: Promise.resolve(false), show: () => Promise.resolve(false), hide() {}, close() {} };

type CheckoutWindow = {
  readonly madeFor: CheckoutOrigins;
  serve(order: CheckoutFormOrder, listener: CheckoutFormListener, onClosed: () => void): CheckoutForm;
  destroy(): void;
};

function createCheckoutWindow(parts: CheckoutWindowsParts, checkoutSession: Session): CheckoutWindow {
  const window = new BrowserWindow({
    ...boundsBeside(parts.till()),
    title: 'Payment',
    parent: parts.till(),
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    skipTaskbar: true,
    backgroundColor: groundOf('checkout'),
    webPreferences: {
      ...SECURE_PREFERENCES,
      session: checkoutSession,
      preload: join(parts.preloadFolder, 'checkout.cjs'),
      // Mounted out of sight: with throttled timers the fields would never become ready there.
      backgroundThrottling: false,
    },
  });
  followTheme(window, 'checkout');
  const contents = window.webContents;
  const pageOpened = Promise.withResolvers<void>();
  const fieldsReady = Promise.withResolvers<boolean>();
  const drawn = Promise.withResolvers<boolean>();
  let serving: { readonly order: CheckoutFormOrder; readonly listener: CheckoutFormListener } | null = null;
  let stage: FormStage = 'empty';
  let usable = false;
  let callOffFrozen = () => {};

  /** Reports must name the checkout that this document was opened for; anything else is dropped. */
  function about(checkoutId: string): CheckoutFormListener | null {
    return serving?.order.checkoutId === checkoutId ? serving.listener : null;
  }

  /** SECURITY: what acts is honoured at its own stage only, whatever the page claims. */
  function mayNow(call: StagedCall): boolean {
    if (fitsStage(call, stage)) return true;
    parts.log('checkout-page.out-of-turn', { call, stage });
    return false;
  }

  function lose(why: string): void {
    fieldsReady.resolve(false);
    drawn.resolve(false);
    serving?.listener.lost(why);
  }

  /** A page whose script has stopped reports nothing, not even a crash. */
  function stillAlive(): void {
    callOffFrozen();
    callOffFrozen = parts.timers.after(FROZEN_AFTER_MS, () => lose('frozen'));
  }

  const handlers: Handlers<'checkout'> = {
    async opened() {
      stillAlive();
      pageOpened.resolve();
      return ok(null);
    },
    async fieldsReady({ checkoutId }) {
      if (!mayNow('fieldsReady')) return ok(null);
      usable = about(checkoutId) !== null;
      fieldsReady.resolve(usable);
      return ok(null);
    },
    async drawn({ checkoutId }) {
      if (about(checkoutId) !== null && mayNow('drawn') && !window.isDestroyed()) {
        stage = 'on-screen';
        window.setBounds(boundsBeside(parts.till()));
        window.show();
        window.focus();
        drawn.resolve(true);
      }
      return ok(null);
    },
    async pressTab({ checkoutId }) {
      if (about(checkoutId) !== null && mayNow('pressTab') && window.isVisible()) {
        contents.sendInputEvent({ type: 'keyDown', keyCode: 'Tab' });
        contents.sendInputEvent({ type: 'keyUp', keyCode: 'Tab' });
      }
      return ok(null);
    },
    async submit({ checkoutId, componentAmountInCents, methodType }) {
      const listener = serving?.listener;
      return listener === undefined || !mayNow('submit') ? failed({ kind: 'not-now' }) : listener.submit({ checkoutId, componentAmountInCents, methodType });
    },
    async submitted({ checkoutId, paymentStatus }) {
      about(checkoutId)?.hinted({ kind: 'submitted', word: paymentStatus ?? '' });
      return ok(null);
    },
    async failed({ checkoutId, errorCode }) {
      const listener = about(checkoutId);
      if (listener !== null && !usable && FATAL_AT_MOUNT.has(errorCode)) fieldsReady.resolve(false);
      listener?.hinted({ kind: 'failed', word: errorCode });
      return ok(null);
    },
    async answered({ checkoutId, status }) {
      about(checkoutId)?.hinted({ kind: 'answered', status });
      return ok(null);
    },
    async stuck({ checkoutId }) {
      if (about(checkoutId) !== null && mayNow('stuck')) lose('stuck');
      return ok(null);
    },
    async alive() {
      stillAlive();
      return ok(null);
    },
    async goBack({ checkoutId }) {
      const listener = about(checkoutId);
      if (listener !== null && mayNow('goBack')) listener.goBack();
      return ok(null);
    },
    async trouble({ what, detail }) {
      parts.log(`checkout-page.${what}`, { detail });
      return ok(null);
    },
  };

  parts.router.trust(contents, parts.pageOrigin, { checkout: handlers });
  contents.on('did-finish-load', () => keepZoom(contents));
  contents.on('render-process-gone', (_event, { reason }) => lose(`renderer-${reason}`));
  contents.on('preload-error', (_event, _path, error) => lose(`preload-${error.name}`));
  const follow = () => {
    if (window.isVisible()) window.setBounds(boundsBeside(parts.till()));
  };
  parts.till().on('move', follow).on('resize', follow);
  window.on('closed', () => {
    callOffFrozen();
    if (!parts.till().isDestroyed()) parts.till().off('move', follow).off('resize', follow);
  });
  window.on('unresponsive', () => lose('unresponsive'));
  window.on('close', (event) => {
    // Alt+F4 on the form means Back; what was submitted cannot be taken back by closing a window.
    event.preventDefault();
    serving?.listener.goBack();
  });
  window.loadURL(`${parts.pageOrigin}/`).catch((error: unknown) => lose(error instanceof Error ? error.message : 'not-loaded'));

  return {
    madeFor: parts.origins(),
    serve(order, listener, onClosed) {
      serving = { order, listener };
      const { api, fields } = parts.origins();
      const training = parts.training();
      void pageOpened.promise.then(() => {
        stage = 'mounted';
        parts.router.push(contents, 'checkout', 'mount', {
          checkoutId: order.checkoutId,
          componentToken: order.componentToken,
          apiOrigin: training ? api : null,
          fieldOrigin: training ? fields : null,
          ...parts.form(),
        });
      });
      return {
        ready: fieldsReady.promise,
        async show({ totalInCents: amountInCents, currency, description }: Purchase) {
          if (window.isDestroyed()) return false;
          stage = 'asked-to-show';
          parts.router.push(contents, 'checkout', 'show', { checkoutId: order.checkoutId, mode: parts.mode(), language: parts.language(), amountInCents, currency, description });
          return drawn.promise;
        },
        hide() {
          stage = 'hidden';
          if (!window.isDestroyed()) window.hide();
        },
        close() {
          serving = null;
          fieldsReady.resolve(false);
          drawn.resolve(false);
          if (window.isDestroyed()) return;
          window.destroy();
          onClosed();
        },
      };
    },
    destroy: () => window.destroy(),
  };
}

/** The right-hand side of the till, where the keypad was: the cashier's eyes are there already. */
function boundsBeside(till: BrowserWindow): { x: number; y: number; width: number; height: number } {
  const content = till.getContentBounds();
  const width = Math.min(640, Math.round(content.width / 2));
  return { x: content.x + content.width - width, y: content.y, width, height: content.height };
}

function secureCheckoutSession(checkoutSession: Session, parts: CheckoutWindowsParts): void {
  secureSession(
    checkoutSession,
    {
      role: 'checkout',
      origin: () => parts.pageOrigin,
      onRequest: parts.onRequest,
      mayRequest(url) {
        if (url.protocol === 'data:') return true;
        const { api, fields } = parts.origins();
        // What JustiFi's hosted fields load inside their own frames is JustiFi's; it stays on its domain.
        const justifis = !parts.training() && url.protocol === 'https:' && url.hostname.endsWith('.justifi.ai');
        return [parts.pageOrigin, api, fields].includes(url.origin) || justifis;
      },
    },
    parts.log,
  );
}
