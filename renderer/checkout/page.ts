import '../skin/tokens.css';
import '../skin/controls.css';
import './checkout.css';
import '@justifi/webcomponents/dist/module/justifi-config-provider.js';
import '@justifi/webcomponents/dist/module/justifi-checkout.js';
import type { PAYMENT_METHODS } from '@justifi/webcomponents';
import type { MountOrder, ShowOrder } from '../../contract/channels.ts';
import type { Language } from '../../contract/look.ts';
import { formatMoney } from '../../contract/money.ts';
import { bridge } from './bridge.ts';
import { type CardFields, isFieldForm, watchCardFields } from './card-fields.ts';
import { ERROR_EVENTS, SUBMIT_EVENTS, readErrorEvent, readSubmitEvent } from './component-event.ts';
import { guardFetch } from './network.ts';
import { watchPayButton } from './pay-button.ts';
import { CHECKOUT_WORDS } from '../words/checkout.ts';
import { chosenLanguage, localeOf } from '../words/language.ts';

/*
 * The document in which one sale is paid. It mounts JustiFi's component once, hidden; shows it when main says that the
 * amount is confirmed; asks main before every charge; and reports what it sees, which main never believes.
 */

const JUSTIFI_API = 'https://wc-proxy.justifi.ai';
const JUSTIFI_FIELDS = 'https://components.justifi.ai';
/** Main takes a page that is silent for longer for frozen. */
const ALIVE_EVERY_MS = 2_000;
/** Fields of a form that was chosen later. If they hang, another way to pay can be chosen. */
const FIELDS_WITHIN_MS = 10_000;

type SubmitHook = NonNullable<HTMLJustifiCheckoutElement['preCompleteHook']>;
/** What the component hands to its preCompleteHook. The token in it is none of our business. */
type ComponentState = Parameters<SubmitHook>[0];

const element = (id: string) => document.getElementById(id)!;
const form = element('form');
let words = CHECKOUT_WORDS.en;
let mounted: { readonly checkoutId: string; readonly fields: CardFields; readonly apiOrigin: string } | null = null;
/** After main allowed the charge: whatever the component says now is about money, and the form is locked. */
let submitted = false;

guardFetch(
  () => mounted?.apiOrigin ?? JUSTIFI_API,
  (status) => {
    if (mounted !== null) void bridge.answered({ checkoutId: mounted.checkoutId, status });
  },
);
const payButton = watchPayButton(form, {
  onStuck() {
    if (mounted !== null) void bridge.stuck({ checkoutId: mounted.checkoutId });
  },
  onPaused(secondsLeft) {
    element('pause').hidden = secondsLeft === 0;
    element('pause').textContent = words.payAgainIn(secondsLeft);
  },
});
setInterval(() => void bridge.alive(), ALIVE_EVERY_MS);
window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
window.addEventListener('error', ({ error }) => report(error));
bridge.onMount(mount);
bridge.onShow(show);
element('back').addEventListener('click', goBack);
document.addEventListener('keydown', ({ key, repeat }) => {
  if (key === 'Escape' && !repeat) goBack();
});
void bridge.opened();

function mount(order: MountOrder): void {
  const { checkoutId } = order;
  // First: without it every request of the component waits 200 ms. Its settings count from here on.
  const provider = document.createElement('justifi-config-provider');
  if (order.apiOrigin !== null) provider.setAttribute('api-origin', order.apiOrigin);
  if (order.fieldOrigin !== null) provider.setAttribute('iframe-origin', order.fieldOrigin);
  document.body.prepend(provider);

  const checkout = document.createElement('justifi-checkout');
  checkout.setAttribute('auth-token', order.componentToken);
  checkout.setAttribute('checkout-id', checkoutId);
  checkout.setAttribute('disable-bnpl', 'true');
  checkout.setAttribute('disable-payment-method-group', 'true');
  if (order.billing === 'short') {
    checkout.setAttribute('hide-card-billing-form', 'true');
    checkout.setAttribute('hide-bank-account-billing-form', 'true');
  }
  if (!order.cards) checkout.setAttribute('disable-credit-card', 'true');
  if (!order.bankAccounts) checkout.setAttribute('disable-bank-account', 'true');
  checkout.preCompleteHook = (state, proceed, refuse) => void askToSubmit(checkoutId, state, proceed, refuse);
  for (const name of SUBMIT_EVENTS) checkout.addEventListener(name, (event) => hear(checkoutId, readSubmitEvent((event as CustomEvent).detail)));
  for (const name of ERROR_EVENTS) checkout.addEventListener(name, (event) => hear(checkoutId, readErrorEvent((event as CustomEvent).detail)));
  const fields = watchCardFields(checkout, order.fieldOrigin ?? JUSTIFI_FIELDS);
  checkout.addEventListener('checkout-changed', onMethodChosen(checkout, fields));
  mounted = { checkoutId, fields, apiOrigin: order.apiOrigin ?? JUSTIFI_API };
  form.append(checkout);
  void fields.settled(order.cards ? 'new_card' : 'new_bank_account').then(() => bridge.fieldsReady({ checkoutId }));
}

function show(order: ShowOrder): void {
  if (mounted?.checkoutId !== order.checkoutId) return;
  const { checkoutId, fields } = mounted;
  const language = chosenLanguage(order.language, navigator.languages);
  speak(language);
  element('amount').textContent = formatMoney(order, localeOf(language, order.currency));
  element('description').textContent = order.description;
  element('mode').textContent = words.mode[order.mode];
  element('mode').className = `mode mode-${order.mode}`;
  element('mode').hidden = false;
  element('summary').hidden = false;
  element('back').hidden = false;
  form.inert = false;
  form.classList.add('shown');
  void bridge.drawn({ checkoutId }).then(() => fields.focusCardNumber(() => void bridge.pressTab({ checkoutId })));
}

/** The write-ahead point. The component has its token and has charged nothing; without an ok from main it never will. */
async function askToSubmit(checkoutId: string, state: ComponentState, proceed: (state: ComponentState) => void, refuse: () => void): Promise<void> {
  payButton.heardFromComponent();
  say(null);
  lock(true);
  const amount: unknown = state.totalAmount;
  const answer = await bridge
    .submit({
      checkoutId,
      componentAmountInCents: typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : null,
      methodType: state.selectedPaymentMethod?.type ?? '',
    })
    .catch(() => null);
  if (answer?.kind === 'ok') {
    submitted = true;
    proceed(state);
    return;
  }
  refuse();
  lock(false);
  say(words.notAllowed);
}

function hear(checkoutId: string, event: ReturnType<typeof readSubmitEvent>): void {
  if (event.kind === 'submitted') {
    void bridge.submitted({ checkoutId, paymentStatus: event.paymentStatus });
    return;
  }
  void bridge.failed({ checkoutId, errorCode: event.errorCode });
  if (submitted) return;
  // Before main allowed a charge there was none, so this much can be said without asking.
  payButton.heardFromComponent();
  payButton.pause();
  say(event.errorCode === 'tokenize-error' ? words.detailsNotAccepted : event.errorCode === 'validation-error' ? words.detailsMissing : words.formTrouble);
}

/**
 * The component tells many times what is chosen; only a change matters. Choosing Plaid or Sezzle does not clear an earlier
 * token, which would then be charged (docs/justifi.md); choosing again, without an id, does. And a form with hosted fields
 * loses what is typed into it until they have settled.
 */
function onMethodChosen(checkout: HTMLElement, fields: CardFields): (event: Event) => void {
  let last: unknown;
  return (event) => {
    const type: unknown = (event as CustomEvent).detail?.selectedPaymentMethod?.type;
    if (type === last) return;
    last = type;
    if (type === 'plaid' || type === 'sezzle') void checkout.querySelector('justifi-modular-checkout')?.setSelectedPaymentMethod({ type: type as PAYMENT_METHODS });
    if (!isFieldForm(type) || !form.classList.contains('shown') || submitted) return;
    const focused = focusedElement();
    form.inert = true;
    const noLonger = new Promise((resolve) => setTimeout(resolve, FIELDS_WITHIN_MS));
    void Promise.race([fields.settled(type), noLonger]).then(() => {
      if (submitted || last !== type) return;
      form.inert = false;
      focused?.focus();
    });
  };
}

/** Through the component's shadow roots, to where the keyboard really is. */
function focusedElement(): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && focused !== document.body ? focused : null;
}

/** Counter's own words on this page; JustiFi's form stays English. */
function speak(language: Language): void {
  words = CHECKOUT_WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  element('processing').textContent = words.processing;
  element('back-word').textContent = words.back;
  element('back-key').textContent = words.escape;
}

function lock(locked: boolean): void {
  form.inert = locked;
  element('processing').hidden = !locked;
  (element('back') as HTMLButtonElement).disabled = locked;
}

function say(sentence: string | null): void {
  element('message').textContent = sentence;
  element('message').hidden = sentence === null;
}

function goBack(): void {
  if (mounted !== null && !submitted) void bridge.goBack({ checkoutId: mounted.checkoutId });
}

function report(error: unknown): void {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  void bridge.trouble({ what: 'uncaught-error', detail: name.slice(0, 300) });
}
