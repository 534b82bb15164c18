import { type Session, session } from 'electron';
import { CHECKOUT_WAYS, type CheckoutOrigins, type CheckoutWay, isJustifiHost, isPlaidHost, isSezzleHost } from '../local-origin/checkout-policy.ts';
import type { CheckoutForm, CheckoutForms } from '../sale/card-form/checkout-form.ts';
import { type CheckoutView, type CheckoutViewParts, openCheckoutView } from './checkout-view.ts';
import { secureSession } from './window-security.ts';

/** The next view is made when the till is idle, so that it slows nothing of the sale that just ended. */
const PREWARM_AFTER_MS = 400;

type CheckoutViewsParts = CheckoutViewParts & {
  /** Called with every request of a form's page and its frames. */
  readonly onRequest: (request: { readonly resourceType: string; readonly method: string; readonly url: string }, way: CheckoutWay) => void;
};

/**
 * The views in which customers pay. One document per sale: JustiFi's component keeps its state for the life of its
 * document, and a second checkout in the same one has charged the previous customer's card (docs/justifi.md).
 * One view is always prewarmed: page parsed, component registered, without a sale.
 */
export function openCheckoutViews(parts: CheckoutViewsParts): CheckoutForms & Readonly<Record<'plaid' | 'insured' | 'sezzle', CheckoutForms>> & { prewarm(): void; goBack(): void; close(): void } {
  const sessions = { 'card-form': session.fromPartition('checkout'), plaid: session.fromPartition('checkout-plaid'), insured: session.fromPartition('checkout-insured'), sezzle: session.fromPartition('checkout-sezzle') } as const;
  for (const way of CHECKOUT_WAYS) secureCheckoutSession(sessions[way], parts, way);
  let warm: CheckoutView | null = null;
  const open = new Set<CheckoutView>();
  /** The app is quitting: its window is about to close. */
  let isClosed = false;

  function prewarm(): void {
    dropUnusable();
    if (isClosed) return;
    // A prepared form uses the prewarmed view; the next is made when that form is used.
    if (warm === null && open.size === 0 && !parts.counter().window.isDestroyed()) warm = openCheckoutView(parts, sessions['card-form'], 'card-form');
  }

  /** A document's policy names the hosts of the account that was open when it was loaded: under another account it reaches none. And a waiting page may be lost. */
  function dropUnusable(): void {
    if (warm === null || (warm.madeFor === parts.origins() && !warm.isLost())) return;
    warm.destroy();
    warm = null;
  }

  function forget(used: CheckoutView): void {
    open.delete(used);
    if (open.size === 0) for (const each of Object.values(sessions)) each.clearStorageData().catch((error: unknown) => parts.log('checkout.storage-kept', { detail: error instanceof Error ? error.message : 'unknown' }));
    parts.timers.after(PREWARM_AFTER_MS, prewarm);
  }

  function serve(used: CheckoutView, ...[order, listener]: Parameters<CheckoutForms['open']>): CheckoutForm {
    open.add(used);
    return used.serve(order, listener, () => forget(used));
  }

  /** Documents that are never prepared. */
  function fresh(way: Exclude<CheckoutWay, 'card-form'>): CheckoutForms {
    return { open: (order, listener) => (isClosed ? NO_FORM : serve(openCheckoutView(parts, sessions[way], way), order, listener)) };
  }

  return {
    open(order, listener) {
      if (isClosed) return NO_FORM;
      dropUnusable();
      const used = warm ?? openCheckoutView(parts, sessions['card-form'], 'card-form');
      warm = null;
      return serve(used, order, listener);
    },
    plaid: fresh('plaid'),
    insured: fresh('insured'),
    sezzle: fresh('sezzle'),
    prewarm,
    goBack() {
      for (const used of open) used.goBack();
    },
    close() {
      isClosed = true;
      warm?.destroy();
      warm = null;
      for (const used of open) used.destroy();
    },
  };
}

const NO_FORM: CheckoutForm = { ready: Promise.resolve(false), show: () => Promise.resolve(false), hide() {}, close() {} };

function secureCheckoutSession(checkoutSession: Session, parts: CheckoutViewsParts, way: CheckoutWay): void {
  secureSession(
    checkoutSession,
    {
      role: 'checkout',
      origin: () => parts.pageOrigin,
      onRequest: (request) => parts.onRequest(request, way),
      mayRequest(url) {
        if (url.protocol === 'data:') return true;
        return url.origin === parts.pageOrigin || mayReach(way, url, parts.origins(), parts.training());
      },
    },
    parts.log,
  );
}

/** Of each way only its own hosts; in training its server on this PC, and nothing outside. */
function mayReach(way: CheckoutWay, { protocol, hostname, origin }: URL, { api, fields, plaid, sezzle, sezzleWindows }: CheckoutOrigins, isTraining: boolean): boolean {
  const isOutside = !isTraining && protocol === 'https:';
  if (way === 'sezzle') return [sezzle, ...sezzleWindows].includes(origin) || (isOutside && isSezzleHost(hostname));
  if (way === 'plaid' && (origin === plaid || (isOutside && isPlaidHost(hostname)))) return true;
  return [api, fields].includes(origin) || (isOutside && isJustifiHost(hostname));
}
