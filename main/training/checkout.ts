import { z } from 'zod';
import { assertNever } from '../../contract/result.ts';
import type { Checkout, Completion, Payment, PaymentMethod } from './books.ts';
import { type Outcome, type Refusal, envelope } from './exchange.ts';
import { premiumOf } from './premium.ts';
import { isCreatedWithin, matches, pageOf } from './page.ts';
import { charge, paymentEnvelope, statusOf } from './payment.ts';
import { renderSavedPaymentMethod } from './payment-method.ts';
import { methodsOfGroup } from './payment-method-group.ts';
import { refuse } from './refusal.ts';
import { amountInCents, metadata, readBody } from './request-body.ts';
import { openSezzleOrder, renderSezzleOrder, takeSezzleOrder } from './sezzle.ts';
import type { TrainingSettings } from './settings.ts';
import { paymentSettings, platformAccountId } from './sub-account.ts';
import { findSubAccount, requiredSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

/** A checkout that was not paid for this long has expired. */
export const CHECKOUT_LIFETIME_MS = 7 * 24 * 60 * 60 * 1000;

type CheckoutStatus = 'created' | 'attempted' | 'completed' | 'expired';

const description = z.string().min(1);
const statementDescriptor = z.string().regex(/^[A-Za-z0-9_ -]{5,22}$/);
const applicationFee = z.object({ amount: z.int().positive() });
const applicationFees = z.object({ card: applicationFee.optional(), bank_account: applicationFee.optional() });
const fee = z.object({ type: z.enum(['processing_fee', 'platform_fee']), amount: z.int().positive() });

const createRequest = z.object({
  amount: amountInCents,
  description,
  origin_url: z.string().min(1).nullish(),
  payment_method_group_id: z.string().nullish(),
  statement_descriptor: statementDescriptor.nullish(),
  metadata: metadata.nullish(),
  application_fees: applicationFees.nullish(),
  payment: z
    .object({
      description: z.string().nullable().default(null),
      metadata: metadata.default({}),
      expedited: z.boolean().default(false),
      fees: z.array(fee).default([]),
    })
    .nullish(),
});

const patchRequest = z.object({
  amount: amountInCents.optional(),
  description: description.optional(),
  statement_descriptor: statementDescriptor.nullish(),
  metadata: metadata.optional(),
  application_fees: applicationFees.nullish(),
});

const completeRequest = z.object({
  // An order at Sezzle has none.
  payment_token: z.string().min(1).optional(),
  payment_mode: z.enum(['ecom', 'bnpl', 'card_present', 'apple_pay', 'google_pay']).default('ecom'),
});

export function createCheckout(world: World, call: Call): Outcome {
  const subAccount = requiredSubAccount(world, call);
  if (subAccount.kind === 'failed') return subAccount.failure;
  const read = readBody(createRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const asked = read.value;
  if (asked.application_fees && asked.payment?.fees.length) return refuse('unexpected_parameter', { param: 'payment.fees' });
  const originRefusal = refusedOrigin(asked.origin_url ?? null, world.settings().originUrl);
  if (originRefusal) return originRefusal;
  const groupId = asked.payment_method_group_id ?? null;
  if (groupId !== null && world.books.paymentMethodGroups.get(groupId)?.accountId !== subAccount.value.id) {
    return refuse('resource_not_found', { param: 'payment_method_group_id' });
  }
  const checkout: Checkout = {
    id: world.newId('cho'),
    mode: call.mode,
    accountId: subAccount.value.id,
    amount: asked.amount,
    description: asked.description,
    originUrl: asked.origin_url ?? null,
    paymentMethodGroupId: groupId,
    statementDescriptor: asked.statement_descriptor ?? null,
    metadata: asked.metadata ?? {},
    applicationFees: asked.application_fees ?? null,
    payment: asked.payment ?? null,
    successfulPaymentId: null,
    insuranceQuoteId: null,
    completions: [],
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.books.checkouts.set(checkout.id, checkout);
  openSezzleOrder(world, checkout, paymentSettings(subAccount.value).bnpl_payments);
  return done(201, world, checkout);
}

export function getCheckout(world: World, call: Call): Outcome {
  const checkout = world.books.checkouts.get(call.id);
  return checkout ? done(200, world, checkout) : refuse('resource_not_found');
}

export function listCheckouts(world: World, call: Call): Outcome {
  const { query } = call;
  const wantedMode = query.get('payment_mode');
  const wantedPaymentStatus = query.get('payment_status');
  const checkouts = [...world.books.checkouts.values()].filter((checkout) => {
    const last = checkout.completions.at(-1);
    return (
      (call.subAccountId === undefined || call.subAccountId === checkout.accountId) &&
      matches(query, 'status', checkoutStatusOf(world, checkout)) &&
      (wantedMode === null || last?.paymentMode === wantedMode) &&
      (wantedPaymentStatus === null || last?.paymentStatus === wantedPaymentStatus) &&
      matches(query, 'checkout_id', checkout.id) &&
      matches(query, 'successful_payment_id', successfulPaymentId(world, checkout)) &&
      isCreatedWithin(query, checkout.createdAt)
    );
  });
  return pageOf(checkouts, query, (checkout) => checkout.createdAt, (checkout) => renderCheckout(world, checkout));
}

export function patchCheckout(world: World, call: Call): Outcome {
  const checkout = world.books.checkouts.get(call.id);
  if (!checkout) return refuse('resource_not_found');
  const refusal = refusedWhenFinal(world, checkout);
  if (refusal) return refusal;
  const read = readBody(patchRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const asked = read.value;
  const patched: Checkout = {
    ...checkout,
    amount: asked.amount ?? checkout.amount,
    description: asked.description ?? checkout.description,
    statementDescriptor:
      asked.statement_descriptor === undefined ? checkout.statementDescriptor : asked.statement_descriptor,
    metadata: asked.metadata ?? checkout.metadata,
    applicationFees: asked.application_fees === undefined ? checkout.applicationFees : asked.application_fees,
    updatedAt: world.now(),
  };
  if (world.settings().checkoutChanges === 'kept') world.books.checkouts.set(checkout.id, patched);
  return done(200, world, patched);
}

/** JustiFi takes ten with one token; an endless loop in a page must not fill the memory. */
const MOST_TRIES = 100;

/**
 * `POST /v1/checkouts/:id/complete`: charges the payment method, at most once with success.
 *
 * A decline is always recorded on the checkout, whatever the answer.
 */
export async function completeCheckout(world: World, call: Call): Promise<Outcome> {
  const checkout = world.books.checkouts.get(call.id);
  if (!checkout) return refuse('resource_not_found');
  const read = readBody(completeRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const { payment_mode: mode, payment_token: token } = read.value;
  if (mode !== 'ecom' && mode !== 'bnpl') return refuse('service_not_allowed', { param: 'payment_mode' });
  if (mode === 'ecom' && token === undefined) return refuse('parameter_missing', { param: 'payment_token' });
  const refusal = refusedWhenFinal(world, checkout);
  if (refusal) return refusal;
  if (checkout.completions.length >= MOST_TRIES) return refuse('too_many_requests');
  if (findSubAccount(world, checkout.accountId)?.status !== 'enabled') return refuse('sub_account_not_enabled');
  const method = mode === 'bnpl' ? takeSezzleOrder(world, checkout) : world.books.paymentMethods.get(token!);
  if (mode === 'bnpl' && method === undefined) return refuse('invalid_parameter', { param: 'bnpl' });
  if (method?.accountId !== checkout.accountId) return refuse('payment_method_not_found', { param: 'payment_token' });
  world.books.checkoutsInFlight.add(checkout.id);
  try {
    await world.cardNetwork();
    return recordCompletion(world, checkout, method);
  } finally {
    world.books.checkoutsInFlight.delete(checkout.id);
  }
}

/** Charges the method, and records the attempt. */
export function recordCompletion(world: World, checkout: Checkout, method: PaymentMethod): Outcome {
  const premium = premiumOf(world, checkout);
  const isApart = world.settings().premiums === 'apart';
  const payment = charge(world, isApart ? checkout : { ...checkout, amount: checkout.amount + premium }, method);
  const completion = { ...completionOfCharge(world, payment), premiumApart: isApart && payment.outcome.kind !== 'declined' ? premium : 0 };
  const settled: Checkout = {
    ...checkout,
    successfulPaymentId: payment.outcome.kind === 'transfer' && world.settings().transferCompletes === 'when-succeeded' ? null : completion.paymentId,
    completions: [...checkout.completions, completion],
    updatedAt: world.now(),
  };
  world.books.checkouts.set(checkout.id, settled);
  if (completion.error && world.settings().declineStatus === 402) {
    return { kind: 'refused', status: 402, error: completion.error };
  }
  const data = { ...renderCompletion(completion), checkout: renderCheckout(world, settled) };
  return { kind: 'done', status: 201, body: envelope('checkout_completion', data) };
}

/** The result of a charge. */
export function completionOfCharge(world: World, payment: Payment): Completion {
  const shared = {
    id: world.newId('chc'),
    checkoutId: payment.checkoutId,
    paymentMode: modeOf(world, payment),
    paymentMethodId: payment.paymentMethodId,
    terminalId: payment.terminalId,
    premiumApart: 0,
    createdAt: world.now(),
  };
  if (payment.outcome.kind === 'declined') {
    const { error } = payment.outcome;
    return {
      ...shared,
      status: 'failed',
      paymentStatus: 'failed',
      error,
      paymentId: null,
      paymentResponse: { error },
    };
  }
  return {
    ...shared,
    status: 'succeeded',
    // A transfer is first accepted, even if it settles at once.
    paymentStatus: payment.outcome.kind === 'transfer' ? 'pending' : 'succeeded',
    error: null,
    paymentId: payment.id,
    paymentResponse: paymentEnvelope(world, payment),
  };
}

function modeOf(world: World, { terminalId, paymentMethodId }: Payment): Completion['paymentMode'] {
  if (terminalId !== null) return 'card_present';
  return world.books.paymentMethods.get(paymentMethodId)?.details.kind === 'pay-later' ? 'bnpl' : 'ecom';
}

/** A transfer that does not complete its checkout at once does so when it has succeeded. */
function successfulPaymentId(world: World, checkout: Checkout): string | null {
  const settled = checkout.completions.find(({ paymentId }) => {
    const payment = world.books.payments.get(paymentId ?? '');
    return payment?.outcome.kind === 'transfer' && !['pending', 'failed', 'canceled'].includes(statusOf(world, payment));
  });
  return checkout.successfulPaymentId ?? settled?.paymentId ?? null;
}

function checkoutStatusOf(world: World, checkout: Checkout): CheckoutStatus {
  if (successfulPaymentId(world, checkout) !== null) return 'completed';
  if (world.now() - checkout.createdAt >= CHECKOUT_LIFETIME_MS) return 'expired';
  return checkout.completions.length > 0 ? 'attempted' : 'created';
}

/** A checkout that is completed, expired or just being charged takes neither a change nor another payment. */
export function refusedWhenFinal(world: World, checkout: Checkout): Refusal | undefined {
  if (world.books.checkoutsInFlight.has(checkout.id)) return refuse('token_in_use');
  const status = checkoutStatusOf(world, checkout);
  switch (status) {
    case 'completed':
      return refuse('checkout_already_completed');
    case 'expired':
      return refuse('checkout_expired');
    case 'created':
    case 'attempted':
      return undefined;
    default:
      return assertNever(status);
  }
}

function refusedOrigin(originUrl: string | null, accepted: TrainingSettings['originUrl']): Refusal | undefined {
  if (originUrl === null) return undefined;
  const hasScheme = /^https?:\/\//.test(originUrl);
  const param = 'origin_url';
  if (!URL.canParse(hasScheme ? originUrl : `http://${originUrl}`)) return refuse('invalid_parameter', { param });
  if (accepted === 'without-scheme' && hasScheme) return refuse('origin_url_with_scheme', { param });
  if (accepted === 'with-scheme' && !hasScheme) return refuse('invalid_parameter', { param });
  return undefined;
}

function done(status: 200 | 201, world: World, checkout: Checkout): Outcome {
  return { kind: 'done', status, body: envelope('checkout', renderCheckout(world, checkout)) };
}

function renderCheckout(world: World, checkout: Checkout) {
  const account = findSubAccount(world, checkout.accountId);
  const groupId = checkout.paymentMethodGroupId;
  const lastCompletion = checkout.completions.at(-1);
  const completions = checkout.completions.map(renderCompletion);
  return {
    id: checkout.id,
    payment_intent_id: null,
    account_id: checkout.accountId,
    platform_account_id: platformAccountId,
    payment_amount: checkout.amount,
    payment_currency: (account?.currency ?? 'usd').toUpperCase(),
    payment_description: checkout.description,
    payment_methods: groupId === null ? [] : methodsOfGroup(world, groupId).map(renderSavedPaymentMethod),
    payment_method_group_id: groupId,
    status: checkoutStatusOf(world, checkout),
    mode: checkout.mode,
    payment_mode: lastCompletion?.paymentMode ?? null,
    payment_settings: account ? paymentSettings(account) : {},
    payment: checkout.payment,
    successful_payment_id: successfulPaymentId(world, checkout),
    statement_descriptor: checkout.statementDescriptor,
    metadata: checkout.metadata,
    application_fees: checkout.applicationFees,
    created_at: new Date(checkout.createdAt).toISOString(),
    updated_at: new Date(checkout.updatedAt).toISOString(),
    // Not in JustiFi's published schema, but in its real answers, and read by its component.
    total_amount: checkout.amount + premiumOf(world, checkout),
    insurance_amount: premiumOf(world, checkout),
    payment_client_id: `${checkout.mode}_training`,
    bnpl: renderSezzleOrder(world, checkout),
    completions: world.settings().completionsOrder === 'oldest-first' ? completions : completions.toReversed(),
  };
}

function renderCompletion(completion: Completion) {
  const createdAt = new Date(completion.createdAt).toISOString();
  return {
    id: completion.id,
    payment_mode: completion.paymentMode,
    payment_token: completion.paymentMode === 'ecom' ? completion.paymentMethodId : null,
    status: completion.status,
    payment_status: completion.paymentStatus,
    payment_error_code: completion.error?.code ?? null,
    payment_error_description: completion.error?.message ?? null,
    payment_response: completion.paymentResponse,
    checkout_id: completion.checkoutId,
    additional_transactions: completion.premiumApart === 0 ? [] : [{ id: `${completion.id}_premium`, type: 'insurance_payment', amount: completion.premiumApart, status: 'succeeded' }],
    payment_id: completion.paymentId,
    payment_method_id: completion.paymentMethodId,
    terminal_id: completion.terminalId,
    created_at: createdAt,
    updated_at: createdAt,
  };
}
