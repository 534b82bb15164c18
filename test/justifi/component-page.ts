/**
 * A checkout page with only JustiFi's own component on it, for tests of its server.
 *
 * It is bundled by component-browser.ts and runs in a real browser.
 */
import '@justifi/webcomponents/dist/module/justifi-config-provider.js';
import '@justifi/webcomponents/dist/module/justifi-checkout.js';

import type { ComponentEvent } from './component-browser.ts';

type Heard = { readonly type: string; readonly detail: ComponentEvent };

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can add to the browser's own
  interface Window {
    heard: Heard[];
    /** How often the component's hidden input has lost the focus; it takes it twice while the card form loads. */
    focusThefts: number;
    showCheckout: (options: { origin: string; authToken: string; checkoutId: string }) => void;
  }
}

window.heard = [];
window.focusThefts = 0;

// The component asks a package registry for its newest version whenever it is mounted.
const browserFetch = window.fetch;
window.fetch = (input, init) => {
  const url = input instanceof Request ? input.url : input.toString();
  return url.endsWith('/@justifi/webcomponents/latest')
    ? Promise.resolve(Response.json({ version: '6.14.3' }))
    : browserFetch(input, init);
};

document.addEventListener('focusout', (event) => {
  const isHiddenInput = event.composedPath().some((node) => node instanceof Element && node.localName === 'hidden-input');
  if (isHiddenInput) window.focusThefts += 1;
});

window.showCheckout = ({ origin, authToken, checkoutId }) => {
  const provider = document.createElement('justifi-config-provider');
  provider.setAttribute('api-origin', origin);
  provider.setAttribute('iframe-origin', origin);
  const checkout = document.createElement('justifi-checkout');
  checkout.setAttribute('auth-token', authToken);
  checkout.setAttribute('checkout-id', checkoutId);
  checkout.setAttribute('hide-card-billing-form', 'true');
  checkout.setAttribute('hide-bank-account-billing-form', 'true');
  checkout.setAttribute('disable-bnpl', 'true');
  for (const type of ['submit-event', 'error-event']) {
    checkout.addEventListener(type, (event) => {
      if (event instanceof CustomEvent) window.heard.push({ type, detail: event.detail });
    });
  }
  document.body.append(provider, checkout);
};
