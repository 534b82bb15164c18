import { z } from 'zod';
import type { BankAccountDetails, CardDetails, MethodStanding, PaymentMethod } from './books.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { Outcome, Refusal } from './exchange.ts';
import { isCreatedWithin, matches, pageOf } from './page.ts';
import { refuse } from './refusal.ts';
import { metadata, readBody } from './request-body.ts';
import type { SubAccount } from './sub-account.ts';
import { requiredSubAccount } from './sub-account-header.ts';
import { testBankAccounts, testRoutingNumber } from './test-bank-account.ts';
import { hasValidChecksum, mismatchingPostalCode, testCards } from './test-card.ts';
import type { Call, World } from './world.ts';

const MAXIMUM_YEARS_AHEAD = 20;

const text = z.union([z.string(), z.number()]).transform(String);
const optionalText = text.nullish();

const card = z.object({
  number: optionalText,
  verification: optionalText,
  month: optionalText,
  year: optionalText,
  name: optionalText,
  address_line1: optionalText,
  address_postal_code: optionalText,
  metadata: metadata.nullish(),
});
type Card = z.infer<typeof card>;

const bankAccount = z.object({
  account_owner_name: z.string().min(1),
  routing_number: text,
  account_number: text,
  account_type: z.enum(['checking', 'savings']),
  account_owner_type: z.enum(['individual', 'company']),
  country: z.string(),
  currency: z.enum(['usd', 'cad']),
});
type BankAccount = z.infer<typeof bankAccount>;

const createRequest = z.object({
  payment_method: z.object({
    payment_method_group_id: z.string().nullish(),
    card: card.optional(),
    bank_account: bankAccount.optional(),
  }),
});

/** `POST /v1/js/payment_methods`: the request of the hosted card fields. */
export function tokenize(world: World, call: Call): Outcome {
  const subAccount = requiredSubAccount(world, call);
  if (subAccount.kind === 'failed') return subAccount.failure;
  const account = subAccount.value;
  if (account.status !== 'enabled') return refuse('sub_account_not_enabled');
  const read = readBody(createRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const asked = read.value.payment_method;
  const groupId = asked.payment_method_group_id ?? null;
  if (groupId !== null && world.books.paymentMethodGroups.get(groupId)?.accountId !== account.id) {
    return refuse('resource_not_found', { param: 'payment_method.payment_method_group_id' });
  }
  const details = asked.card
    ? readCard(asked.card, world.now())
    : asked.bank_account
      ? readBankAccount(asked.bank_account, account)
      : failed(refuse('parameter_missing', { param: 'payment_method' }));
  if (details.kind === 'failed') return details.failure;
  return { kind: 'done', status: 201, body: paymentMethodEnvelope(newPaymentMethod(world, account, groupId, details.value)) };
}

/** A new method in the books. */
export function newPaymentMethod(world: World, account: SubAccount, groupId: string | null, details: PaymentMethod['details']): PaymentMethod {
  const method: PaymentMethod = {
    id: world.newId('pm'),
    accountId: account.id,
    paymentMethodGroupId: groupId,
    details,
    standing: 'valid',
    createdAt: world.now(),
  };
  world.books.paymentMethods.set(method.id, method);
  return method;
}

/** `POST /v1/payment_methods`: the same for a back end, which must not send card numbers. */
export function createPaymentMethod(world: World, call: Call): Outcome {
  const read = readBody(createRequest, call.body);
  const hasCardNumber = read.kind === 'ok' && read.value.payment_method.card?.number;
  if (hasCardNumber && world.settings().rawCardNumbers === 'refused') return refuse('full_pan_not_allowed');
  return tokenize(world, call);
}

export function listPaymentMethods(world: World, call: Call): Outcome {
  const methods = [...world.books.paymentMethods.values()].filter(
    (method) =>
      (call.subAccountId === undefined || call.subAccountId === method.accountId) &&
      matches(call.query, 'payment_method_group_id', method.paymentMethodGroupId) &&
      isCreatedWithin(call.query, method.createdAt),
  );
  return pageOf(methods, call.query, (method) => method.createdAt, renderWithStatus);
}

export function getPaymentMethod(world: World, call: Call): Outcome {
  const method = world.books.paymentMethods.get(call.id);
  if (!method) return refuse('payment_method_not_found');
  return { kind: 'done', status: 200, body: paymentMethodEnvelope(method) };
}

/** A payment method as a payment carries it. */
export function renderPaymentMethod(method: PaymentMethod) {
  const shared = { customer_id: null, signature: `sig_${method.id}`, account_id: method.accountId };
  const createdAt = new Date(method.createdAt).toISOString();
  if (method.details.kind === 'bank-account') {
    const { ownerName, accountType, lastFour } = method.details;
    return {
      ...shared,
      bank_account: {
        id: method.id,
        account_owner_name: ownerName,
        account_type: accountType,
        bank_name: null,
        acct_last_four: lastFour,
        account_number_last4: lastFour,
        token: method.id,
        metadata: {},
        created_at: createdAt,
        updated_at: createdAt,
      },
    };
  }
  if (method.details.kind === 'card-present') {
    const { brand, lastFour, name } = method.details;
    return {
      ...shared,
      card_present: {
        id: method.id,
        brand,
        cardholder_name: name,
        last4: lastFour,
        // JustiFi answers with the expiry date; it is never kept here.
        expiry: null,
        type: 'card_present',
      },
    };
  }
  // JustiFi's answer for an order at Sezzle is not published.
  if (method.details.kind === 'pay-later') return shared;
  const { brand, lastFour, name, addressLine1Check, postalCodeCheck } = method.details;
  return {
    ...shared,
    card: {
      id: method.id,
      name,
      acct_last_four: lastFour,
      brand,
      digital_wallet: null,
      token: method.id,
      ...expiryOf(method.standing),
      metadata: {},
      address_line1_check: addressLine1Check,
      address_postal_code_check: postalCodeCheck,
      bin_details: null,
      created_at: createdAt,
      updated_at: createdAt,
    },
  };
}

/** A saved payment method as a checkout lists it for its customer. */
export function renderSavedPaymentMethod(method: PaymentMethod) {
  const shared = { id: method.id, ...statusOf(method.standing) };
  const { details } = method;
  switch (details.kind) {
    case 'card':
      return {
        ...shared,
        type: 'card',
        name: details.name,
        brand: details.brand,
        acct_last_four: details.lastFour,
        ...expiryOf(method.standing),
        address_line1_check: details.addressLine1Check,
        address_postal_code_check: details.postalCodeCheck,
        bin_details: null,
      };
    case 'card-present':
      return { ...shared, type: 'card_present', brand: details.brand, acct_last_four: details.lastFour };
    case 'bank-account':
      return {
        ...shared,
        type: 'bank_account',
        account_owner_name: details.ownerName,
        account_type: details.accountType,
        bank_name: null,
        acct_last_four: details.lastFour,
      };
    case 'pay-later':
      return { ...shared, type: 'bnpl' };
    default:
      return assertNever(details);
  }
}

export function paymentMethodEnvelope(method: PaymentMethod) {
  return { id: method.id, type: 'payment_method', data: renderWithStatus(method), page_info: null };
}

function renderWithStatus(method: PaymentMethod) {
  const createdAt = new Date(method.createdAt).toISOString();
  return {
    ...renderPaymentMethod(method),
    ...statusOf(method.standing),
    created_at: createdAt,
    updated_at: createdAt,
  };
}

function statusOf(standing: MethodStanding) {
  return standing === 'invalid' ? { status: 'invalid', invalid_reason: 'closed_account' } : { status: 'valid', invalid_reason: null };
}

/** JustiFi answers with the card's expiry date. It is never kept here: an expired card gets an old date, and any other none. */
function expiryOf(standing: MethodStanding) {
  return standing === 'expired' ? { month: '1', year: '2020' } : { month: null, year: null };
}

// SECURITY: the only two functions that see a card or account number; what they return has none.

function readCard(asked: Card, now: number): Result<CardDetails, Refusal> {
  const number = digitsOf(asked.number);
  if (number === '') return failed(refuse('card_number_required'));
  if (!hasValidChecksum(number)) return failed(refuse('card_number_invalid'));
  const known = testCards.find((testCard) => testCard.number === number);
  // A customer's real card typed into a training till must not look as if it had been charged.
  if (!known) {
    const message = "Training takes JustiFi's test cards only. This card was not charged.";
    return failed(refuse('card_declined', { decline_code: 'test_mode_live_card', message }));
  }
  const refusal = expiryRefusal(digitsOf(asked.month), digitsOf(asked.year), now);
  if (refusal) return failed(refuse(refusal));
  const codeLength = known.brand === 'american_express' ? 4 : 3;
  if (digitsOf(asked.verification).length !== codeLength) return failed(refuse('invalid_cvc'));
  const postalCode = asked.address_postal_code ?? '';
  return ok({
    kind: 'card',
    brand: known.brand,
    lastFour: number.slice(-4),
    name: asked.name ?? null,
    addressLine1Check: asked.address_line1 ? 'pass' : 'unchecked',
    postalCodeCheck: postalCode === '' ? 'unchecked' : postalCode === mismatchingPostalCode ? 'fail' : 'pass',
    scenario: known.scenario,
  });
}

function readBankAccount(asked: BankAccount, account: SubAccount): Result<BankAccountDetails, Refusal> {
  if (account.currency !== 'usd' || asked.currency !== account.currency) return failed(refuse('service_not_allowed'));
  const number = digitsOf(asked.account_number);
  const known = testBankAccounts.find((testAccount) => testAccount.accountNumber === number);
  if (!known || digitsOf(asked.routing_number) !== testRoutingNumber) {
    const message = "Training takes JustiFi's test bank accounts only. This account was not charged.";
    return failed(refuse('invalid_parameter', { param: 'bank_account', message }));
  }
  return ok({
    kind: 'bank-account',
    ownerName: asked.account_owner_name,
    accountType: asked.account_type,
    lastFour: number.slice(-4),
    scenario: known.scenario,
  });
}

function expiryRefusal(
  monthText: string,
  yearText: string,
  now: number,
): 'invalid_expiry_month' | 'invalid_expiry_year' | 'expired_card' | undefined {
  const month = Number(monthText);
  if (monthText === '' || month < 1 || month > 12) return 'invalid_expiry_month';
  if (yearText.length !== 2 && yearText.length !== 4) return 'invalid_expiry_year';
  const year = yearText.length === 2 ? 2000 + Number(yearText) : Number(yearText);
  if (year > new Date(now).getUTCFullYear() + MAXIMUM_YEARS_AHEAD) return 'invalid_expiry_year';
  return Date.UTC(year, month) <= now ? 'expired_card' : undefined;
}

function digitsOf(value: string | null | undefined): string {
  return (value ?? '').replaceAll(/\D/g, '');
}
