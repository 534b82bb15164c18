import '@justifi/webcomponents/dist/module/justifi-modular-checkout.js';
import '@justifi/webcomponents/dist/module/justifi-plaid-payment-method.js';
import type { MountOrder } from '../../contract/form-order.ts';
import type { CustomerForm, FormParts } from './customer-form.ts';
import { type PlaidControls, addControls } from './plaid-controls.ts';
import { createPlaidLinks } from './plaid-links.ts';
import { LOOK_EVERY_MS, createPlaidLogin } from './plaid-login.ts';
import { clearTokenWhenChosen, createBankTokens } from './token-guard.ts';

/*
 * The customer logs in to their bank, in Plaid's window over this form. JustiFi's component has a row for it that the keyboard cannot reach, and reports nothing when the
 * window is closed; so the buttons and sentences are Counter's, and the hidden component does the rest.
 */

/** The address that the component has built in. */
const PLAID_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js';
const CONNECTED = 'plaid-success';
/** The second half of a double click on the bank's last button must not pay. */
const PAY_ACTS_AFTER_MS = 400;

export function mountPlaidForm(order: MountOrder, parts: FormParts): CustomerForm {
  trustOnly(order.plaidScript);
  const links = createPlaidLinks();
  const tokens = createBankTokens();
  const settled = Promise.withResolvers<void>();
  const controls = addControls(parts.form);
  const checkout = document.createElement('justifi-modular-checkout');
  parts.connect(checkout);
  checkout.hidden = true;
  const plaid = document.createElement('justifi-plaid-payment-method');
  const login = createPlaidLogin({ plaid, links, controls, say: parts.say, onSettled: settled.resolve });

  clearTokenWhenChosen(checkout, () => checkout);
  void parts.checkoutKnown(checkout).then(() => links.state() !== 'gone' && checkout.append(plaid));
  plaid.addEventListener('plaidError', (event) => {
    const { code, data } = (event as CustomEvent<{ code?: unknown; data?: { retryable?: unknown } }>).detail;
    login.failed(code, data?.retryable === true);
  });
  plaid.addEventListener('plaidErrorRecovered', (event) => {
    if ((event as CustomEvent<{ code?: unknown }>).detail.code !== CONNECTED || !links.connected()) return;
    parts.say(null);
    controls.show('connected');
    setTimeout(controls.enablePay, PAY_ACTS_AFTER_MS);
  });
  controls.login.addEventListener('click', () => void login.open());
  controls.pay.addEventListener('click', () => void checkout.submitCheckout());
  parts.showAuthorisation(true);
  focusWhenPlaidCloses(controls);
  login.awaitFirstLink();
  parts.form.append(checkout);

  return {
    settled: settled.promise,
    speak: controls.speak,
    isFilledIn: () => Promise.resolve(links.state() === 'connected'),
    focusFirst: controls.focus,
    focusMissing: controls.focus,
    // SECURITY: the second line behind clearTokenWhenChosen.
    mayCharge: ({ selectedPaymentMethod, paymentToken }) => String(selectedPaymentMethod?.type) === 'plaid' && tokens.isUnused(paymentToken),
    charging: ({ paymentToken }) => tokens.use(paymentToken),
    missing: 'connectFirst',
    refused: 'bankTrouble',
    plaid: {
      mayAskForLink: links.mayAsk,
      linkAnswered: () => void setTimeout(links.answered, LOOK_EVERY_MS),
      tokenMade: tokens.made,
    },
    quote: null,
  };
}

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  interface Window {
    readonly trustedTypes: { createPolicy(name: 'default', rules: { readonly createScriptURL?: (address: string) => string | null; readonly createHTML?: (html: string) => string }): unknown };
  }
}

/** Plaid's window is a frame beside the form, and the focus goes with it. */
function focusWhenPlaidCloses(controls: PlaidControls): void {
  const closed = new MutationObserver((changes) => {
    const isPlaid = changes.some(({ removedNodes }) => [...removedNodes].some((node) => node instanceof HTMLIFrameElement));
    if (isPlaid && document.activeElement === document.body) controls.focus();
  });
  closed.observe(document.body, { childList: true });
}

/** SECURITY: the component's script of Plaid is the only one that this document may add, at the address that main has given. */
function trustOnly(plaidScript: string): void {
  window.trustedTypes.createPolicy('default', { createScriptURL: (address) => (address === PLAID_SCRIPT ? plaidScript : null) });
}
