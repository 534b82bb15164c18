import '../skin/tokens.css';
import '../skin/controls.css';
import './checkout.css';
import '@justifi/webcomponents/dist/module/justifi-config-provider.js';
import '@justifi/webcomponents/dist/module/justifi-checkout.js';
import '@justifi/webcomponents/dist/module/justifi-season-interruption-insurance.js';
import type { MountOrder, ShowOrder } from '../../contract/form-order.ts';
import { type Language, chosenLanguage } from '../../contract/language.ts';
import { formatMoney } from '../../contract/money.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import { mountCardForm } from './card-form.ts';
import { ERROR_EVENTS, SUBMIT_EVENTS, readErrorEvent, readSubmitEvent } from './component-event.ts';
import { type ComponentState, type CustomerForm, type FormParts, focusedElement } from './customer-form.ts';
import { mountInsuredForm } from './insured-form.ts';
import { type ReadTotal, guardFetch } from './network.ts';
import type { Quote } from './insurance.ts';
import { watchPayButton } from './pay-button.ts';
import { mountPlaidForm } from './plaid-form.ts';
import { mountSezzleForm } from './sezzle-form.ts';
import { CHECKOUT_WORDS } from '../../words/checkout.ts';
import { localeOf } from '../../words/language.ts';

/*
 * The document in which one sale is paid. It mounts JustiFi's component once, hidden; shows it when main reports that the
 * amount is confirmed; asks main before every charge; and reports hints, which main always checks with JustiFi.
 */

const JUSTIFI_API = 'https://wc-proxy.justifi.ai';
/** Main treats a page that is silent for longer as frozen. */
const ALIVE_EVERY_MS = 2_000;

const element = (id: string) => document.getElementById(id)!;
const form = element('form');
let words = CHECKOUT_WORDS.en;
type Sentence = Parameters<FormParts['say']>[0];
/** The text above the form, in any language. */
let said: Sentence = null;
/** Until the form is shown its language is not known. */
let mounted: { readonly checkoutId: string; readonly apiOrigin: string; readonly customer: CustomerForm } | null = null;
/** Main has allowed the charge: every report of the component may now be about a payment, and the form is locked. */
let submitted = false;
/** The amount that main has confirmed, and the total that JustiFi has now, with an insurance. */
let confirmed: ShowOrder | null = null;
let totalInCents: number | null = null;
/** The component has the answer with its checkout, and with it the account that its requests name. */
let isCheckoutRead = false;

guardFetch(
  () => mounted?.apiOrigin ?? JUSTIFI_API,
  {
    onCheckoutRead(read) {
      isCheckoutRead = true;
      if (mounted !== null && mounted.customer.quote !== null) readTotal(mounted.customer.quote, read);
    },
    onPayAnswered(status) {
      if (mounted !== null) disregard(bridge.answered({ checkoutId: mounted.checkoutId, status }), 'main looks for itself');
    },
    plaid: () => mounted?.customer.plaid ?? null,
    quote: () => mounted?.customer.quote ?? null,
  },
);
const payButton = watchPayButton(form, {
  validate: async () => (await mounted?.customer.isFilledIn()) ?? true,
  onInvalid() {
    if (mounted === null) return;
    say(mounted.customer.missing);
    mounted.customer.focusMissing();
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
bridge.onMount((order) => {
  // Errors in the handler of a push do not reach the window's error listener.
  try {
    mount(order);
  } catch (error) {
    report(error);
  }
});
bridge.onShow(show);
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  // A key that this page handles does not reach main's accelerator. In JustiFi's fields main gets Esc.
  event.preventDefault();
  if (!event.repeat) goBack();
});
disregard(bridge.opened(), 'main looks for itself');

function mount(order: MountOrder): void {
  const { checkoutId } = order;
  // First: without it every request of the component waits 200 ms. Its settings apply from here on.
  const provider = document.createElement('justifi-config-provider');
  if (order.apiOrigin !== null) provider.setAttribute('api-origin', order.apiOrigin);
  if (order.fieldOrigin !== null) provider.setAttribute('iframe-origin', order.fieldOrigin);
  document.body.prepend(provider);

  const parts = formParts(order);
  const apiOrigin = order.apiOrigin ?? JUSTIFI_API;
  mounted = { checkoutId, apiOrigin, customer: mountForm(order, parts) };
  const { customer } = mounted;
  void customer.settled.then(() => disregard(bridge.fieldsReady({ checkoutId }), 'main gives up a form that is never ready'));
}

function mountForm(order: MountOrder, parts: FormParts): CustomerForm {
  if (order.sezzle !== null) return mountSezzleForm(order, order.sezzle, parts);
  if (order.way === 'plaid') return mountPlaidForm(order, parts);
  return order.way === 'insured' && order.insurance !== null ? mountInsuredForm({ ...order, insurance: order.insurance }, parts) : mountCardForm(order, parts);
}

function formParts({ checkoutId, componentToken }: MountOrder): FormParts {
  return {
    form,
    connect(component) {
      component.setAttribute('auth-token', componentToken);
      component.setAttribute('checkout-id', checkoutId);
      component.preCompleteHook = (state: ComponentState, proceed: (state: ComponentState) => void, refuse: () => void) => void askToSubmit(checkoutId, state, proceed, refuse);
      for (const name of SUBMIT_EVENTS) component.addEventListener(name, (event) => hear(checkoutId, readSubmitEvent((event as CustomEvent).detail)));
      for (const name of ERROR_EVENTS) component.addEventListener(name, (event) => hear(checkoutId, readErrorEvent((event as CustomEvent).detail)));
    },
    checkoutKnown,
    isShown: () => form.classList.contains('shown'),
    isSubmitted: () => submitted,
    pressTab: () => void bridge.pressTab({ checkoutId }),
    async askToCharge(methodType) {
      const answer = await bridge.submit({ checkoutId, componentAmountInCents: null, methodType, isAuthorisationShown: false }).catch(() => null);
      submitted = answer?.kind === 'ok';
      if (!submitted) say('notAllowed');
      return submitted;
    },
    showAuthorisation(isShown) {
      element('authorisation').hidden = !isShown;
    },
    totalInCents: () => ({ shown: totalInCents ?? confirmed?.amountInCents ?? null, confirmed: confirmed?.amountInCents ?? null }),
    say,
  };
}

/** Until the component has read its checkout its requests name no account, and JustiFi refuses them like wrong card details. */
function checkoutKnown(checkout: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    checkout.addEventListener('checkout-changed', () => {
      if (isCheckoutRead) resolve();
    });
  });
}

function show(order: ShowOrder): void {
  if (mounted?.checkoutId !== order.checkoutId) return;
  const { checkoutId, customer } = mounted;
  const language = chosenLanguage(order.language, navigator.languages);
  speak(language);
  customer.speak(words);
  confirmed = order;
  drawAmount(order, language);
  element('description').textContent = order.description;
  element('authorisation').textContent = order.bankAuthorisation;
  element('summary').hidden = false;
  form.inert = false;
  form.classList.add('shown');
  void bridge.drawn({ checkoutId }).then(customer.focusFirst);
}

function readTotal(quote: Quote, read: ReadTotal): void {
  ({ totalInCents } = read);
  quote.totalRead(read.hasInsurance);
  if (confirmed !== null) drawAmount(confirmed, chosenLanguage(confirmed.language, navigator.languages));
}

/** With the insurance premium, by JustiFi's total. */
function drawAmount({ amountInCents, currency }: ShowOrder, language: Language): void {
  const money = (cents: number) => formatMoney({ amountInCents: cents, currency }, localeOf(language, currency));
  const premiumInCents = Math.max(0, (totalInCents ?? amountInCents) - amountInCents);
  element('amount').textContent = money(amountInCents + premiumInCents);
  element('insured').hidden = premiumInCents === 0;
  element('insured').textContent = premiumInCents === 0 ? '' : words.withInsurance(money(premiumInCents));
}

/** The write-ahead point. The component has its token and has charged nothing; without an ok from main it never will. */
async function askToSubmit(checkoutId: string, state: ComponentState, proceed: (state: ComponentState) => void, refuse: () => void): Promise<void> {
  payButton.heardFromComponent();
  say(null);
  if (mounted?.customer.mayCharge(state) !== true) {
    disregard(bridge.trouble({ what: 'token-refused', detail: state.selectedPaymentMethod?.type ?? '' }), 'nothing is charged in any case');
    refuse();
    return say('notAllowed');
  }
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
    mounted.customer.charging(state);
    proceed(state);
    return;
  }
  refuse();
  lock(false);
  say('notAllowed');
  focusAgain(focused);
}

/** Words that are not drawn cannot be agreed to. A page that was taken over could still claim it. */
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
  // An error found by the fields never left this PC, so it does not count for JustiFi's limit.
  if (event.errorCode !== 'validation-error') payButton.pause();
  if (mounted !== null) say(event.errorCode === 'tokenize-error' ? mounted.customer.refused : event.errorCode === 'validation-error' ? mounted.customer.missing : 'formTrouble');
  focusAgain(focusedElement());
}

/** After a refused Pay: the focus goes back to its field, else to the first one, not to the page. */
function focusAgain(before: HTMLElement | null): void {
  if (mounted === null || !form.classList.contains('shown') || focusedElement() !== null) return;
  before?.focus();
  if (focusedElement() === null) mounted.customer.focusFirst();
}

/** Counter's own words on this page; JustiFi's form stays English. */
function speak(language: Language): void {
  words = CHECKOUT_WORDS[language];
  document.documentElement.lang = language;
  document.title = words.title;
  element('processing').textContent = words.processing;
  say(said);
}

function lock(locked: boolean): void {
  form.inert = locked;
  element('processing').hidden = !locked;
}

function say(sentence: Sentence): void {
  said = sentence;
  element('message').textContent = sentence === null ? null : words[sentence];
  element('message').hidden = sentence === null;
}

function goBack(): void {
  if (mounted !== null && !submitted) disregard(bridge.goBack({ checkoutId: mounted.checkoutId }), 'main looks for itself');
}

function report(error: unknown): void {
  const name = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  disregard(bridge.trouble({ what: 'uncaught-error', detail: name.slice(0, 300) }), 'main looks for itself');
}
