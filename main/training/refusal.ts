import type { ErrorBody, Refusal } from './exchange.ts';

/**
 * Every refusal of the training JustiFi: its HTTP status and its words.
 *
 * Codes and words are JustiFi's published ones. Where JustiFi publishes no code for a situation, or does not say which
 * status goes with a code, a comment says so: code that talks to JustiFi must not depend on those.
 */
const meanings = {
  sub_account_header_required: [400, 'Missing required header: Sub-Account'],
  idempotency_key_required: [400, 'Idempotency-Key is a required header'], // status not published
  full_pan_not_allowed: [
    400,
    'Full card numbers are not accepted on this endpoint. Please use the tokenization iframe to create a payment method token first.',
  ],
  sub_account_not_enabled: [400, 'Sub account not enabled'], // the status is published, the code is not
  malformed_json: [400, 'The request body is not valid JSON'], // code not published
  not_authenticated: [401, 'Not Authenticated'],
  card_number_invalid: [402, 'Format is invalid for parameter: card_number'],
  card_declined: [402, 'The card was declined.'],
  expired_card: [402, 'The card has expired. Please check the expiration date or try a different card or payment method.'],
  invalid_cvc: [
    402,
    'The card’s security code is incorrect. Please check the security code or try a different card or payment method.',
  ],
  invalid_expiry_month: [
    402,
    'The card’s expiration month is incorrect. Please check the expiration date or try a different card or payment method.',
  ],
  invalid_expiry_year: [
    402,
    'The card’s expiration year is incorrect. Please check the expiration date or try a different card or payment method.',
  ],
  not_authorized: [403, 'Not Authorized'],
  origin_url_with_scheme: [403, 'Remove http:// from origin_url'], // seen in JustiFi's own tools; code not published
  resource_not_found: [404, 'Resource not found'],
  payment_method_not_found: [404, 'Payment method not found'], // status not published
  idempotency_concurrent_request: [409, 'We detected concurrent requests using this idempotency key'],
  token_in_use: [
    409, // status not published
    'The token provided is currently being used in another request. This occurs if your integration is making duplicate requests simultaneously.',
  ],
  request_too_large: [413, 'The request body is too large'], // not published
  amount_required: [422, 'Missing required parameter: amount'],
  amount_must_be_an_integer: [422, 'Amount must be an integer'],
  amount_below_minimum: [422, 'Amount must be greater than 50'],
  amount_above_maximum: [422, 'Amount must be lower than 100000000 ($1,000,000.00)'],
  parameter_missing: [422, 'Missing required parameter'],
  invalid_parameter: [422, 'Format is invalid for parameter'],
  unexpected_parameter: [422, 'Unexpected parameter for this request'],
  card_number_required: [422, 'Missing required parameter: card_number'],
  checkout_already_completed: [422, 'Checkout already completed. Please create a new checkout.'], // not published
  checkout_expired: [422, 'Checkout expired. Please create a new checkout.'], // not published
  checkout_not_completed: [422, 'The checkout has no successful payment'], // not published
  idempotency_key_too_long: [
    422, // the words are published, the code is not
    'Validation failed: Idempotency key is too long (maximum is 100 characters)',
  ],
  idempotency_params_mismatch: [
    422, // status not published
    'The request parameters do not match those of a previous request using this idempotency key',
  ],
  service_not_allowed: [
    422,
    'This account is not permitted to process the type of transaction being requested, or the surcharge amount is invalid',
  ],
  terminal_busy: [422, 'The terminal is being used'], // not published
  terminal_disconnected: [422, 'The terminal is not connected'], // not published
  payment_fully_refunded: [422, 'The refund cannot be processed because the associated payment is fully refunded'],
  payment_not_refundable: [422, 'The payment has no amount that can be refunded'], // not published
  payment_not_voidable: [422, 'The payment cannot be voided'], // not published
  payment_outside_void_window: [
    422,
    'The void cannot be processed because the associated payment is outside the void window. Try a refund instead.',
  ],
  refund_exceeds_amount_available: [
    422,
    'The refund cannot be processed because the refund amount exceeds the available funds',
  ],
  refund_exceeds_payment_amount: [
    422,
    'The refund cannot be processed because the refund amount exceeds the associated payment amount',
  ],
  refund_reason_invalid: [422, 'Refund reason must be one of the following: duplicate, fraudulent, customer_request'],
  internal_server_error: [500, 'An unexpected error has occurred.'],
  too_many_requests: [429, 'Too many requests'], // the limits are documented, the answer is not
} as const satisfies Record<string, readonly [status: number, message: string]>;

type RefusalCode = keyof typeof meanings;

export function isRefusalCode(code: string): code is RefusalCode {
  return Object.hasOwn(meanings, code);
}

export function refuse(code: RefusalCode, more: Partial<ErrorBody> = {}): Refusal {
  const [status, message] = meanings[code];
  return { kind: 'refused', status, error: { code, message, ...more } };
}

/** The platform API's 401, which is worded unlike the one that web components get. */
export function refuseUnauthenticated(isWebComponent: boolean): Refusal {
  return isWebComponent ? refuse('not_authenticated') : { ...refuse('not_authorized'), status: 401 };
}
