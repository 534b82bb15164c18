import '@justifi/webcomponents/dist/module/justifi-modular-checkout.js';
import '@justifi/webcomponents/dist/module/justifi-plaid-payment-method.js';
import type { MountOrder } from '../../contract/form-order.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import type { CustomerForm, FormParts } from './customer-form.ts';
import { addControls } from './plaid-controls.ts';
import { createPlaidLinks } from './plaid-links.ts';
import { clearTokenWhenChosen, createBankTokens } from './token-guard.ts';

/*
 * The customer logs in to their bank, in Plaid's window over this form. JustiFi's component has a row for it that no key reaches, and says nothing when the
 * window is closed; so the buttons and sentences are Counter's, and the component, out of sight, does the rest.
 */

/** The address that the component has built in. */
const PLAID_SCRIPT = 'https://cdn.plaid.com/link/v2/stable/link-initialize.js';
const SDK_BLOCKED = 'plaid-sdk-load-failed';
const CONNECTED = 'plaid-success';
/** Before main takes the form for one that does not load. */
const FIRST_LINK_WITHIN_MS = 4_500;
/** After trouble at the bank; the component waits two of them before it asks again. */
const NEXT_LINK_WITHIN_MS = 10_000;
/** From JustiFi's answer the component has a new login at Plaid well within that. */
const LOOK_EVERY_MS = 50;
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
  let lookForLink: ReturnType<typeof setInterval> | undefined;
  let giveUpTimer: ReturnType<typeof setTimeout> | undefined;
  let opensWhenReady = false;

  function wait(withinMs: number): void {
    clearInterval(lookForLink);
    clearTimeout(giveUpTimer);
    giveUpTimer = setTimeout(() => giveUp('too-late'), withinMs);
    lookForLink = setInterval(() => void plaid.isReadyForAuthentication().then((isReady) => isReady && ready()), LOOK_EVERY_MS);
  }

  function ready(): void {
    if (!links.found()) return;
    clearInterval(lookForLink);
    clearTimeout(giveUpTimer);
    controls.show(links.state());
    settled.resolve();
    if (opensWhenReady) void plaid.handleSelectionClick();
    opensWhenReady = false;
  }

  function giveUp(why: string): void {
    if (links.state() === 'gone') return;
    links.giveUp();
    clearInterval(lookForLink);
    clearTimeout(giveUpTimer);
    plaid.remove();
    controls.show('gone');
    parts.say('noPlaid');
    disregard(bridge.trouble({ what: 'plaid-unavailable', detail: why }), 'main can do nothing about it');
    settled.resolve();
  }

  function onTrouble(code: unknown, isRetried: boolean): void {
    if (code === SDK_BLOCKED) return giveUp(SDK_BLOCKED);
    const next = links.failed(isRetried);
    if (next === 'give-up') return giveUp(typeof code === 'string' ? code.slice(0, 60) : 'unknown');
    if (next !== 'login-failed') return;
    parts.say('bankTrouble');
    controls.show(links.state());
    if (links.state() === 'linking') wait(NEXT_LINK_WITHIN_MS);
  }

  /** Opens Plaid. After trouble the component only asks for a new link when its row is pressed; then it is pressed again. */
  async function open(): Promise<void> {
    parts.say(null);
    const isAfterTrouble = (await plaid.getErrorInfo()) !== null;
    if (isAfterTrouble) {
      links.again();
      controls.show('linking');
      wait(NEXT_LINK_WITHIN_MS);
      opensWhenReady = true;
    }
    await plaid.handleSelectionClick();
  }

  clearTokenWhenChosen(checkout, () => checkout);
  void parts.checkoutKnown(checkout).then(() => links.state() !== 'gone' && checkout.append(plaid));
  plaid.addEventListener('plaidError', (event) => {
    const { code, data } = (event as CustomEvent<{ code?: unknown; data?: { retryable?: unknown } }>).detail;
    onTrouble(code, data?.retryable === true);
  });
  plaid.addEventListener('plaidErrorRecovered', (event) => {
    if ((event as CustomEvent<{ code?: unknown }>).detail.code !== CONNECTED || !links.connected()) return;
    parts.say(null);
    controls.show('connected');
    setTimeout(controls.enablePay, PAY_ACTS_AFTER_MS);
  });
  controls.login.addEventListener('click', () => void open());
  controls.pay.addEventListener('click', () => void checkout.submitCheckout());
  parts.showAuthorisation(true);
  wait(FIRST_LINK_WITHIN_MS);
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

/** SECURITY: the component's script of Plaid is the only one that this document may add, at the address that main has given. */
function trustOnly(plaidScript: string): void {
  window.trustedTypes.createPolicy('default', { createScriptURL: (address) => (address === PLAID_SCRIPT ? plaidScript : null) });
}
