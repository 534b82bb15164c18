import type { InsuranceOrder } from '../../contract/insured.ts';

/*
 * JustiFi's insurance inside its checkout component. It must be attached before the checkout, else it has no effect. While it loads, or when its
 * quote fails, the component would let the customer pay without an answer (docs/justifi.md), so this follows its requests.
 */

/** `none`: JustiFi has no quote, or the account no insurance; it is removed from the page. `answering`: JustiFi has not confirmed the last answer. */
export type QuoteState = 'asked' | 'offered' | 'answering' | 'answered' | 'none';

/** `refused`: JustiFi does not have the quote any more, as after it expired, or takes no answer to it; another try changes nothing. */
export type AnswerEnd = 'taken' | 'not-taken' | 'refused';

export type Quote = {
  state(): QuoteState;
  /** JustiFi has answered the request for a quote. */
  quoted(isOk: boolean): void;
  /** The customer has chosen; this request sends it to JustiFi. */
  answering(): void;
  answerEnded(end: AnswerEnd): void;
  /** The component has read its checkout with the total after the last answer. */
  totalRead(hasInsurance: boolean): void;
};

/** `onGone`: called when the insurance was removed. */
export function createQuote(onGone: () => void): Quote {
  let state: QuoteState = 'asked';
  /** Answers that JustiFi has not confirmed, and whether the total of the last one was read. */
  let open = 0;
  /** JustiFi's total may have a premium. */
  let wasTaken = false;
  function gone(): void {
    if (state === 'none') return;
    state = 'none';
    onGone();
  }
  return {
    state: () => state,
    quoted(isOk) {
      if (!isOk) gone();
      else if (state === 'asked') state = 'offered';
    },
    answering() {
      open += 1;
      state = 'answering';
    },
    answerEnded(end) {
      open = Math.max(0, open - 1);
      wasTaken ||= end === 'taken';
      if (end === 'refused' && !wasTaken) gone();
      else if (end !== 'taken' && state === 'answering') state = 'offered';
    },
    totalRead(hasInsurance) {
      if (!hasInsurance) gone();
      else if (state === 'answering' && open === 0) state = 'answered';
    },
  };
}

/** Before the checkout is attached. */
export function insuranceElement({ firstName, lastName, email, state, postalCode, country, insurableInCents }: InsuranceOrder, connection: { readonly checkoutId: string; readonly componentToken: string }): HTMLElement {
  const slot = document.createElement('div');
  slot.slot = 'insurance';
  const element = document.createElement('justifi-season-interruption-insurance');
  const attributes = {
    'auth-token': connection.componentToken,
    'checkout-id': connection.checkoutId,
    'primary-identity-first-name': firstName,
    'primary-identity-last-name': lastName,
    'primary-identity-email-address': email,
    'primary-identity-state': state.toUpperCase(),
    'primary-identity-postal-code': postalCode,
    'primary-identity-country': country,
    'covered-identity-first-name': firstName,
    'covered-identity-last-name': lastName,
    'policy-attributes-insurable-amount': String(insurableInCents),
  };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  slot.append(element);
  return slot;
}

const KEPT = new Set(['p', 'br', 'b', 'strong', 'i', 'em', 'ul', 'ol', 'li']);

/**
 * SECURITY: the insurer's texts are HTML, drawn beside the card's fields. Only plain tags without attributes are kept; links become their text, because a
 * till opens no other page.
 */
export function plainMarkup(html: string): string {
  return html
    .split(/(<\/?[a-z][^<>]*>)/giu)
    .map((part, index) => (index % 2 === 0 ? part.replaceAll('<', '&lt;').replaceAll('>', '&gt;') : keptTag(part)))
    .join('');
}

function keptTag(tag: string): string {
  const [, slash, name] = /^<(\/?)([a-z][a-z0-9]*)/iu.exec(tag) ?? [];
  const plain = name?.toLowerCase() ?? '';
  return KEPT.has(plain) ? `<${slash}${plain}>` : '';
}

/** SECURITY: the component sets the insurer's texts as HTML; nothing else in this document becomes markup or a script. */
export function trustPlainMarkup(): void {
  window.trustedTypes.createPolicy('default', { createHTML: plainMarkup });
}
