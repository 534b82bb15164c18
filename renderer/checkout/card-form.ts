import type { MountOrder } from '../../contract/form-order.ts';
import { type CardFields, isFieldForm, watchCardFields } from './card-fields.ts';
import { type CustomerForm, type FormParts, focusedElement } from './customer-form.ts';
import { clearTokenWhenChosen } from './token-guard.ts';

const JUSTIFI_FIELDS = 'https://components.justifi.ai';
/** Fields of a form that was chosen later. If they hang, another way to pay can be chosen. */
const FIELDS_WITHIN_MS = 10_000;
/** The component's name of it. */
const BANK_ACCOUNT = 'new_bank_account';

/** Card or bank account, typed into JustiFi's hosted fields. `inside`: elements that must be in the component before it is attached. */
export function mountCardForm(order: MountOrder, parts: FormParts, inside: HTMLElement | null = null): CustomerForm {
  const { form, pressTab } = parts;
  const checkout = document.createElement('justifi-checkout');
  parts.connect(checkout);
  checkout.setAttribute('disable-bnpl', 'true');
  checkout.setAttribute('disable-payment-method-group', 'true');
  if (order.billing === 'short') {
    checkout.setAttribute('hide-card-billing-form', 'true');
    checkout.setAttribute('hide-bank-account-billing-form', 'true');
  }
  if (!order.cards) checkout.setAttribute('disable-credit-card', 'true');
  if (!order.bankAccounts) checkout.setAttribute('disable-bank-account', 'true');
  const fields = watchCardFields(checkout, order.fieldOrigin ?? JUSTIFI_FIELDS);
  clearTokenWhenChosen(checkout, () => checkout.querySelector('justifi-modular-checkout'));
  checkout.addEventListener('checkout-changed', onMethodChosen(parts, fields));
  if (inside !== null) checkout.append(inside);
  form.append(checkout);
  return {
    settled: Promise.all([fields.settled(order.cards ? 'new_card' : BANK_ACCOUNT), parts.checkoutKnown(checkout)]),
    speak() {},
    /** The component validates its fields and marks them, but ignores their answers (docs/justifi.md), so they are read here. */
    async isFilledIn() {
      const answer = await checkout.validate();
      return answer.isValid && fields.areValid();
    },
    focusFirst: () => fields.focusFirstField(pressTab),
    focusMissing: () => fields.focusInvalidField(pressTab),
    mayCharge: () => true,
    charging() {},
    missing: 'detailsMissing',
    refused: 'detailsNotAccepted',
    plaid: null,
    quote: null,
  };
}

/** A form with hosted fields loses typed text until they have settled. */
function onMethodChosen({ form, isShown, isSubmitted, showAuthorisation }: FormParts, fields: CardFields): (event: Event) => void {
  let last: unknown;
  return (event) => {
    const type: unknown = (event as CustomEvent).detail?.selectedPaymentMethod?.type;
    if (type === last) return;
    last = type;
    showAuthorisation(type === BANK_ACCOUNT);
    if (!isFieldForm(type) || !isShown() || isSubmitted()) return;
    const focused = focusedElement();
    form.inert = true;
    const noLonger = new Promise((resolve) => setTimeout(resolve, FIELDS_WITHIN_MS));
    void Promise.race([fields.settled(type), noLonger]).then(() => {
      if (isSubmitted() || last !== type) return;
      form.inert = false;
      focused?.focus();
    });
  };
}
