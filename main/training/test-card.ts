import type { ErrorBody } from './exchange.ts';

/** The result of charging a test card; decided at tokenization, so that the number can be forgotten there. */
export type CardScenario = { readonly kind: 'approved' } | { readonly kind: 'declined'; readonly error: ErrorBody };

export type CardBrand = 'visa' | 'mastercard' | 'american_express' | 'discover';

type TestCard = { readonly number: string; readonly brand: CardBrand; readonly scenario: CardScenario };

const approved: CardScenario = { kind: 'approved' };

function declined(declineCode: string, message: string, networkErrorCode: string | null): CardScenario {
  return {
    kind: 'declined',
    error: {
      code: 'card_declined',
      decline_code: declineCode,
      message,
      network: 'VISA',
      network_error_category: null,
      network_error_code: networkErrorCode,
    },
  };
}

const gatewayError: CardScenario = {
  kind: 'declined',
  error: {
    code: 'gateway_error',
    decline_code: null,
    message: 'An error occurred while processing your payment. Please try again.',
    network: 'VISA',
    network_error_category: null,
    network_error_code: '963',
  },
};

/**
 * JustiFi's documented test cards, all of which can be tokenized.
 *
 * The words and network codes of the declines are those of JustiFi's testing guide.
 */
export const testCards: readonly TestCard[] = [
  { number: '4242424242424242', brand: 'visa', scenario: approved },
  { number: '4000056655665556', brand: 'visa', scenario: approved },
  { number: '5555555555554444', brand: 'mastercard', scenario: approved },
  { number: '2223003122003222', brand: 'mastercard', scenario: approved },
  { number: '5200828282828210', brand: 'mastercard', scenario: approved },
  { number: '5105105105105100', brand: 'mastercard', scenario: approved },
  { number: '378282246310005', brand: 'american_express', scenario: approved },
  { number: '371449635398431', brand: 'american_express', scenario: approved },
  { number: '6011000990139424', brand: 'discover', scenario: approved },
  { number: '4000000000000002', brand: 'visa', scenario: declined('generic_decline', 'The card was declined.', '005') },
  {
    number: '4000000000009995',
    brand: 'visa',
    scenario: declined('insufficient_funds', 'Your card has insufficient funds.', '116'),
  },
  { number: '4000000000009987', brand: 'visa', scenario: declined('lost_card', 'The card was declined.', null) },
  { number: '4000000000009979', brand: 'visa', scenario: declined('stolen_card', 'The card was declined.', null) },
  { number: '4000000000000069', brand: 'visa', scenario: declined('expired_card', 'Your card has expired.', '101') },
  {
    number: '4000000000000127',
    brand: 'visa',
    scenario: declined('invalid_cvc', "Your card's security code is invalid.", '517'),
  },
  {
    number: '4000000000000101',
    brand: 'visa',
    scenario: declined('invalid_cvc', "Your card's security code is invalid.", '517'),
  },
  { number: '4000000000000119', brand: 'visa', scenario: gatewayError },
  { number: '4000000000000341', brand: 'visa', scenario: declined('do_not_honor', 'The card was declined.', '005') },
];

/** With this postal code the address check of any test card is `fail`; the payment is not affected. */
export const mismatchingPostalCode = '00000';

export function hasValidChecksum(cardNumber: string): boolean {
  if (!/^\d{12,19}$/.test(cardNumber)) return false;
  const digits = Array.from(cardNumber, Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
    return total + (index % 2 === 1 ? doubled : digit);
  }, 0);
  return sum % 10 === 0;
}
