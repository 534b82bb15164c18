import type { MountOrder } from '../../contract/form-order.ts';
import type { InsuranceOrder } from '../../contract/insured.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import { mountCardForm } from './card-form.ts';
import type { CustomerForm, FormParts } from './customer-form.ts';
import { createQuote, insuranceElement, trustPlainMarkup } from './insurance.ts';

/** The card form with JustiFi's insurance in it. Pay waits for the customer's answer; a failed quote is removed from the page. */
export function mountInsuredForm(order: MountOrder & { readonly insurance: InsuranceOrder }, parts: FormParts): CustomerForm {
  trustPlainMarkup();
  const offer = insuranceElement(order.insurance, order);
  // Its errors are not the form's: the `fetch` guard sees the results of its requests.
  offer.addEventListener('error-event', (event) => event.stopPropagation());
  const quote = createQuote(() => {
    offer.remove();
    parts.say('noInsurance');
    disregard(bridge.trouble({ what: 'no-insurance', detail: '' }), 'main can do nothing about it');
  });
  const card = mountCardForm({ ...order, cards: true, bankAccounts: false }, parts, offer);
  const mustAnswer = () => quote.state() !== 'answered' && quote.state() !== 'none';
  return {
    ...card,
    quote,
    isFilledIn: async () => !mustAnswer() && card.isFilledIn(),
    focusMissing() {
      if (mustAnswer()) firstRadio(offer)?.focus();
      else card.focusMissing();
    },
    mayCharge({ selectedPaymentMethod, totalAmount }) {
      const { shown, confirmed } = parts.totalInCents();
      return String(selectedPaymentMethod?.type) === 'new_card' && !mustAnswer() && totalAmount === (quote.state() === 'none' ? confirmed : shown);
    },
    get missing() {
      return mustAnswer() ? 'answerInsurance' : card.missing;
    },
  };
}

/** Through the component's shadow roots. */
function firstRadio(within: Element | ShadowRoot): HTMLInputElement | null {
  const inside = within instanceof Element && within.shadowRoot !== null ? firstRadio(within.shadowRoot) : null;
  if (inside !== null) return inside;
  for (const each of within.querySelectorAll('*')) {
    if (each instanceof HTMLInputElement && each.type === 'radio') return each;
    const found = each.shadowRoot === null ? null : firstRadio(each.shadowRoot);
    if (found !== null) return found;
  }
  return null;
}
