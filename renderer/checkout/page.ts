import '../skin/tokens.css';
import '../skin/controls.css';
import './checkout.css';
import '@justifi/webcomponents/dist/module/justifi-config-provider.js';
import '@justifi/webcomponents/dist/module/justifi-checkout.js';
import type { PAYMENT_METHODS } from '@justifi/webcomponents';
import type { MountOrder, ShowOrder } from '../../contract/channels.ts';
import { type Language, chosenLanguage } from '../../contract/language.ts';
import { formatMoney } from '../../contract/money.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import { type CardFields, isFieldForm, watchCardFields } from './card-fields.ts';
import { ERROR_EVENTS, SUBMIT_EVENTS, readErrorEvent, readSubmitEvent } from './component-event.ts';
import { guardFetch } from './network.ts';
import { watchPayButton } from './pay-button.ts';
import { CHECKOUT_WORDS } from '../../words/checkout.ts';
import { localeOf } from '../../words/language.ts';

/*
 * The document in which one sale is paid. It mounts JustiFi's component once, hidden; shows it when main reports that the
 * amount is confirmed; asks main before every charge; and reports hints, which main always checks with JustiFi.
 */

const JUSTIFI_API = 'https://wc-proxy.justifi.ai';
const JUSTIFI_FIELDS = 'https://components.justifi.ai';
/** Main takes a page that is silent for longer for frozen. */
const ALIVE_EVERY_MS = 2_000;
/** Fields of a form that was chosen later. If they hang, another way to pay can be chosen. */
const FIELDS_WITHIN_MS = 10_000;
/** The component's name of it. */
const BANK_ACCOUNT = 'new_bank_account';

type SubmitHook = NonNullable<HTMLJustifiCheckoutElement['preCompleteHook']>;
/** What the component hands to its preCompleteHook. The token in it is none of our business. */
type ComponentState = Parameters<SubmitHook>[0];

const element = (id: string) => document.getElementById(id)!;
const form = element('form');
let words = CHECKOUT_WORDS.en;
let mounted: { readonly checkoutId: string; readonly fields: CardFields; readonly apiOrigin: string } | null = null;
/** After main allowed the charge: everything the component reports now is about money, and the form is locked. */
let submitted = false;
/** The component has the answer with its checkout, and with it the account that its requests name. */
let isCheckoutRead = false;

guardFetch(
  () => mounted?.apiOrigin ?? JUSTIFI_API,
  {
    onCheckoutRead() {
      isCheckoutRead = true;
    },
    onPayAnswered(status) {
      if (mounted !== null) disregard(bridge.answered({ checkoutId: mounted.checkoutId, status }), 'main looks for itself');
    },
  },
);
const payButton = watchPayButton(form, {
  validate: areFieldsValid,
  onInvalid() {
    say(words.detailsMissing);
    if (mounted === null) return;
    const { checkoutId, fields } = mounted;
    fields.focusInvalidField(() => void bridge.pressTab({ checkoutId }));
  },
  onStuck() {
    if (mounted !== null) disregard(bridge.stuck({ checkoutId: mounted.checkoutId }), 'main looks for itself');
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
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  // What this page takes, main's accelerator does not get. In JustiFi's fields main gets Esc.
  event.preventDefault();
  if (!event.repeat) goBack();
});
disregard(bridge.opened(), 'main looks for itself');

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
  const fieldsSettled = fields.settled(order.cards ? 'new_card' : 'new_bank_account');
  void Promise.all([fieldsSettled, checkoutKnown(checkout)]).then(() => disregard(bridge.fieldsReady({ checkoutId }), 'main gives up a form that is never ready'));
}

/** Until the component has taken in its checkout its requests name no account, and JustiFi refuses them like wrong card details. */
function checkoutKnown(checkout: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    checkout.addEventListener('checkout-changed', () => {
      if (isCheckoutRead) resolve();
    });
  });
}

/** The component asks its fields and marks them; of their answers it makes nothing (docs/justifi.md), so they are read here. */
async function areFieldsValid(): Promise<boolean> {
  const answer = await form.querySelector('justifi-checkout')?.validate();
  return answer?.isValid !== false && (mounted?.fields.areValid() ?? true);
}

function show(order: ShowOrder): void {
  if (mounted?.checkoutId !== order.checkoutId) return;
  const { checkoutId, fields } = mounted;
  const language = chosenLanguage(order.language, navigator.languages);
  speak(language);
  element('amount').textContent = formatMoney(order, localeOf(language, order.currency));
  element('description').textContent = order.description;
  element('authorisation').textContent = order.bankAuthorisation;
  element('summary').hidden = false;
  form.inert = false;
  form.classList.add('shown');
  void bridge.drawn({ checkoutId }).then(() => fields.focusFirstField(() => void bridge.pressTab({ checkoutId })));
}

/** The write-ahead point. The component has its token and has charged nothing; without an ok from main it never will. */
async function askToSubmit(checkoutId: string, state: ComponentState, proceed: (state: ComponentState) => void, refuse: () => void): Promise<void> {
  payButton.heardFromComponent();
  say(null);
  const focused = focusedElement();
  lock(true);
  const amount: unknown = state.totalAmount;
  const answer = await bridge
    .submit({
      checkoutId,
      componentAmountInCents: typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : null,
      methodType: state.selectedPaymentMethod?.type ?? '',
      isAuthorisationShown: isAuthorisationShown(),
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
  focusAgain(focused);
}

/** What is not drawn cannot be agreed to. A page that was taken over could say so all the same. */
function isAuthorisationShown(): boolean {
  const shown = element('authorisation');
  return shown.textContent !== '' && shown.checkVisibility();
}

function hear(checkoutId: string, event: ReturnType<typeof readSubmitEvent>): void {
  if (event.kind === 'submitted') {
    disregard(bridge.submitted({ checkoutId, paymentStatus: event.paymentStatus }), 'main looks for itself');
    return;
  }
  disregard(bridge.failed({ checkoutId, errorCode: event.errorCode }), 'main looks for itself');
  if (submitted) return;
  // Before main allowed a charge there was none, so this can be shown without asking JustiFi.
  payButton.heardFromComponent();
  // What the fields themselves found never left this PC, so it counts for no limit of JustiFi's.
  if (event.errorCode !== 'validation-error') payButton.pause();
  say(event.errorCode === 'tokenize-error' ? words.detailsNotAccepted : event.errorCode === 'validation-error' ? words.detailsMissing : words.formTrouble);
  focusAgain(focusedElement());
}

/** After a Pay that was not done: where the keyboard was, else in the first field, not on the page. */
function focusAgain(before: HTMLElement | null): void {
  if (mounted === null || !form.classList.contains('shown') || focusedElement() !== null) return;
  before?.focus();
  if (focusedElement() !== null) return;
  const { checkoutId, fields } = mounted;
  fields.focusFirstField(() => void bridge.pressTab({ checkoutId }));
}

/**
 * The component reports the chosen method many times; only a change matters. Choosing Plaid or Sezzle does not clear an earlier
 * token, which would then be charged (docs/justifi.md); choosing again, without an id, does. And a form with hosted fields
 * loses what is typed into it until they have settled.
 */
function onMethodChosen(checkout: HTMLElement, fields: CardFields): (event: Event) => void {
  let last: unknown;
  return (event) => {
    const type: unknown = (event as CustomEvent).detail?.selectedPaymentMethod?.type;
    if (type === last) return;
    last = type;
    element('authorisation').hidden = type !== BANK_ACCOUNT;
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
}

function lock(locked: boolean): void {
  form.inert = locked;
  element('processing').hidden = !locked;
}

function say(sentence: string | null): void {
  element('message').textContent = sentence;
  element('message').hidden = sentence === null;
}

function goBack(): void {
  if (mounted !== null && !submitted) disregard(bridge.goBack({ checkoutId: mounted.checkoutId }), 'main looks for itself');
}

function report(error: unknown): void {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  disregard(bridge.trouble({ what: 'uncaught-error', detail: name.slice(0, 300) }), 'main looks for itself');
}
