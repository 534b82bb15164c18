import { z } from 'zod';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { Checkout, Fee, Payment, PaymentMethod, PaymentOutcome, Refund, ReturnedFee } from './books.ts';
import { disputesOf, renderDispute } from './dispute.ts';
import { type ErrorBody, type Outcome, type Refusal, envelope } from './exchange.ts';
import { isCreatedWithin, matches, pageOf } from './page.ts';
import { renderPaymentMethod } from './payment-method.ts';
import { refuse } from './refusal.ts';
import { refundsOf, renderRefund } from './refund.ts';
import { metadata, readBody } from './request-body.ts';
import { findSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

/** How long a payment can be voided; after that, only refunded. */
const VOID_WINDOW_MS = 25 * 60 * 1000;

type PaymentStatus =
  | 'pending'
  | 'canceled'
  | 'succeeded'
  | 'failed'
  | 'partially_refunded'
  | 'fully_refunded'
  | 'disputed';

/** The parameters of a refund; without an amount, the whole rest is refunded. */
const refundRequest = z.object({
  amount: z.int('amount_must_be_an_integer').positive('invalid_parameter').nullish(),
  description: z.string().nullish(),
  reason: z.enum(['duplicate', 'fraudulent', 'customer_request'], 'refund_reason_invalid').nullish(),
  metadata: metadata.nullish(),
  fees: z.array(z.object({ type: z.enum(['processing_fee', 'platform_fee']), amount: z.int().positive('invalid_parameter') })).nullish(),
});
type RefundRequest = z.infer<typeof refundRequest>;

/** Charges a payment method for a checkout. A declined charge is recorded as well, as a failed payment. */
export function charge(world: World, checkout: Checkout, method: PaymentMethod, atReader?: { readonly id: string; readonly intentId: string; readonly terminalId: string }): Payment {
  const payment: Payment = {
    id: atReader?.id ?? world.newId('py'),
    mode: checkout.mode,
    intentId: atReader?.intentId ?? world.newId('pi'),
    accountId: checkout.accountId,
    checkoutId: checkout.id,
    amount: checkout.amount,
    currency: findSubAccount(world, checkout.accountId)?.currency ?? 'usd',
    description: checkout.payment?.description ?? `Checkout ${checkout.id}`,
    metadata: checkout.payment?.metadata ?? {},
    expedited: checkout.payment?.expedited ?? false,
    fees: checkout.payment?.fees.length ? checkout.payment.fees : world.settings().fees,
    paymentMethodId: method.id,
    terminalId: atReader?.terminalId ?? null,
    outcome: outcomeOf(world, method),
    voidedAt: null,
    createdAt: world.now(),
  };
  world.books.payments.set(payment.id, payment);
  return payment;
}

function outcomeOf(world: World, { details, standing }: PaymentMethod): PaymentOutcome {
  if (standing !== 'valid') return { kind: 'declined', error: standing === 'expired' ? EXPIRED : CLOSED };
  switch (details.kind) {
    case 'card':
    case 'card-present':
      return details.scenario.kind === 'approved'
        ? { kind: 'succeeded' }
        : { kind: 'declined', error: details.scenario.error };
    case 'pay-later':
      return { kind: 'succeeded' };
    case 'bank-account':
      return {
        kind: 'transfer',
        endsAt: world.now() + world.settings().transferEndsAfterMs,
        scenario: details.scenario,
      };
    default:
      return assertNever(details);
  }
}

/** As JustiFi's list of error codes has them. Its guide has no saved methods to test with. */
const EXPIRED: ErrorBody = { code: 'card_declined', decline_code: 'expired_card', message: 'The card has expired.', network: 'VISA', network_error_category: null, network_error_code: '101' };
const CLOSED: ErrorBody = { ...EXPIRED, decline_code: 'generic_decline', message: 'The card was declined.', network_error_code: '005' };

/** The present status of a payment; a bank transfer settles by itself when its time has come. */
export function statusOf(world: World, payment: Payment): PaymentStatus {
  if (payment.voidedAt !== null) return 'canceled';
  const { outcome } = payment;
  switch (outcome.kind) {
    case 'declined':
      return 'failed';
    case 'transfer':
      if (world.now() < outcome.endsAt) return 'pending';
      return outcome.scenario.kind === 'fails' ? 'failed' : refundedStatus(world, payment);
    case 'succeeded':
      return refundedStatus(world, payment);
    default:
      return assertNever(outcome);
  }
}

function refundedStatus(world: World, payment: Payment): PaymentStatus {
  if (amountDisputed(world, payment) > 0) return 'disputed';
  const refunded = amountRefunded(world, payment);
  if (refunded === 0) return 'succeeded';
  return refunded < payment.amount ? 'partially_refunded' : 'fully_refunded';
}

function amountRefunded(world: World, payment: Payment): number {
  return refundsOf(world, payment.id).reduce((sum, { status, amount }) => sum + (status === 'failed' ? 0 : amount), 0);
}

function amountDisputed(world: World, payment: Payment): number {
  return disputesOf(world, payment.id).reduce((sum, { status, amount }) => sum + (status === 'won' ? 0 : amount), 0);
}

function amountRefundable(world: World, payment: Payment): number {
  const status = statusOf(world, payment);
  const isRefundable = status === 'succeeded' || status === 'partially_refunded';
  return isRefundable ? payment.amount - amountRefunded(world, payment) : 0;
}

export function listPayments(world: World, call: Call): Outcome {
  const { query } = call;
  const wantedStatus = query.get('payment_status');
  const payments = [...world.books.payments.values()].filter(
    (payment) =>
      (call.subAccountId === undefined || call.subAccountId === payment.accountId) &&
      (wantedStatus === null || isInStatus(statusOf(world, payment), wantedStatus)) &&
      matches(query, 'payment_id', payment.id) &&
      matches(query, 'payment_method_id', payment.paymentMethodId) &&
      matches(query, 'checkout_id', payment.checkoutId) &&
      matches(query, 'void_id', null) &&
      matches(query, 'terminal_id', payment.terminalId) &&
      isCreatedWithin(query, payment.createdAt),
  );
  return pageOf(payments, query, (payment) => payment.createdAt, (payment) => renderPayment(world, payment));
}

/** The list's filter has one value, `refunded`, for both refunded statuses. */
function isInStatus(status: PaymentStatus, wanted: string): boolean {
  return wanted === 'refunded' ? status === 'partially_refunded' || status === 'fully_refunded' : status === wanted;
}

export function getPayment(world: World, call: Call): Outcome {
  const payment = world.books.payments.get(call.id);
  return payment ? done(world, payment) : refuse('resource_not_found');
}

/** `POST /v1/payments/:id/void`: takes back a whole payment before it settles. */
export function voidPayment(world: World, call: Call): Outcome {
  const payment = world.books.payments.get(call.id);
  if (!payment) return refuse('resource_not_found');
  if (findSubAccount(world, payment.accountId)?.status !== 'enabled') return refuse('sub_account_not_enabled');
  if (world.now() - payment.createdAt > VOID_WINDOW_MS) return refuse('payment_outside_void_window');
  const status = statusOf(world, payment);
  if (status !== 'succeeded' && status !== 'pending') return refuse('payment_not_voidable');
  const voided: Payment = { ...payment, voidedAt: world.now() };
  world.books.payments.set(payment.id, voided);
  return done(world, voided);
}

/** `POST /v1/payments/:id/refunds`: the whole payment, or parts of it up to the whole. */
export function refundPayment(world: World, call: Call): Outcome {
  const payment = world.books.payments.get(call.id);
  if (!payment) return refuse('resource_not_found');
  const read = readBody(refundRequest, call.body ?? {});
  if (read.kind === 'failed') return read.failure;
  const refund = takeRefund(world, payment, read.value);
  if (refund.kind === 'failed') return refund.failure;
  return { kind: 'done', status: 201, body: envelope('refund', renderRefund(refund.value)) };
}

/** `POST /v1/checkouts/:id/refunds`: the same by way of the checkout, with an answer of its own. */
export function refundCheckout(world: World, call: Call): Outcome {
  const checkout = world.books.checkouts.get(call.id);
  if (!checkout) return refuse('resource_not_found');
  const read = readBody(refundRequest.pick({ amount: true }), call.body ?? {});
  if (read.kind === 'failed') return read.failure;
  const payment = world.books.payments.get(checkout.successfulPaymentId ?? '');
  if (!payment) return refuse('checkout_not_completed');
  const amount = read.value.amount ?? amountRefundable(world, payment);
  const refund = takeRefund(world, payment, read.value);
  const now = new Date(world.now()).toISOString();
  // Documented: a refund that cannot be made is answered as a refund with status `failed`.
  const data = {
    id: world.newId('chr'),
    checkout_id: checkout.id,
    status: refund.kind === 'ok' && refund.value.status !== 'failed' ? 'succeeded' : 'failed',
    refund_response: refund.kind === 'ok' ? null : refund.failure.error.code,
    refund_amount: amount,
    returned_fees: [],
    created_at: now,
    updated_at: now,
  };
  return { kind: 'done', status: 200, body: envelope('checkout_refund', data) };
}

function takeRefund(world: World, payment: Payment, asked: Partial<RefundRequest>): Result<Refund, Refusal> {
  if (findSubAccount(world, payment.accountId)?.status !== 'enabled') return failed(refuse('sub_account_not_enabled'));
  if (statusOf(world, payment) === 'fully_refunded') return failed(refuse('payment_fully_refunded'));
  const refundable = amountRefundable(world, payment);
  if (refundable === 0) return failed(refuse('payment_not_refundable'));
  const amount = asked.amount ?? refundable;
  if (amount > payment.amount) return failed(refuse('refund_exceeds_payment_amount', { param: 'amount' }));
  if (amount > refundable) return failed(refuse('refund_exceeds_amount_available', { param: 'amount' }));
  const fees = asked.fees ?? [];
  // JustiFi documents what it refuses here, but not the code.
  const isReturnable = fees.every(({ type, amount: wanted }) => wanted <= (payment.fees.find((fee) => fee.type === type)?.amount ?? 0) - returnedOf(world, payment, type));
  if (payment.currency === 'cad' && fees.length > 0) return failed(refuse('unexpected_parameter', { param: 'fees' }));
  if (!isReturnable || new Set(fees.map(({ type }) => type)).size < fees.length) return failed(refuse('invalid_parameter', { param: 'fees' }));
  const refund: Refund = {
    id: world.newId('re'),
    paymentId: payment.id,
    amount,
    description: asked.description ?? null,
    reason: asked.reason ?? null,
    status: world.settings().refunds,
    returnedFees: world.settings().refunds === 'failed' ? [] : fees.map((fee) => returnedFee(world, payment, fee)),
    metadata: asked.metadata ?? {},
    createdAt: world.now(),
    updatedAt: world.now(),
  };
  world.books.refunds.set(refund.id, refund);
  return ok(refund);
}

function returnedFee(world: World, payment: Payment, { type, amount }: Fee): ReturnedFee {
  const place = payment.fees.findIndex((fee) => fee.type === type);
  const original = payment.fees[place]?.amount ?? 0;
  return { id: world.newId('rtfee'), paymentFeeId: feeId(payment, place), type, amount, original, remaining: original - returnedOf(world, payment, type) - amount, currency: payment.currency };
}

/** The part of this fee that the shop already got back. */
function returnedOf(world: World, payment: Payment, type: Fee['type']): number {
  const returned = refundsOf(world, payment.id).flatMap(({ status, returnedFees }) => (status === 'failed' ? [] : returnedFees));
  return returned.reduce((sum, fee) => sum + (fee.type === type ? fee.amount : 0), 0);
}

function feeId({ id }: Payment, place: number): string {
  return `${id.replace(/^py_/, 'pyfee_')}${place}`;
}

function done(world: World, payment: Payment): Outcome {
  return { kind: 'done', status: 200, body: paymentEnvelope(world, payment) };
}

export function paymentEnvelope(world: World, payment: Payment) {
  return envelope('payment', renderPayment(world, payment));
}

function renderPayment(world: World, payment: Payment) {
  const method = world.books.paymentMethods.get(payment.paymentMethodId);
  const status = statusOf(world, payment);
  const refunds = refundsOf(world, payment.id);
  const refunded = amountRefunded(world, payment);
  const isPaid = status === 'succeeded' || status === 'partially_refunded' || status === 'fully_refunded' || status === 'disputed';
  const error = status === 'failed' ? errorOf(payment.outcome) : undefined;
  const isTransfer = payment.outcome.kind === 'transfer';
  return {
    id: payment.id,
    account_id: payment.accountId,
    amount: payment.amount,
    amount_disputed: amountDisputed(world, payment),
    amount_refunded: refunded,
    amount_returned: 0,
    amount_refundable: amountRefundable(world, payment),
    balance: isPaid ? payment.amount - refunded : 0,
    capture_strategy: 'automatic',
    captured: error === undefined,
    currency: payment.currency,
    description: payment.description,
    disputed: status === 'disputed',
    disputes: disputesOf(world, payment.id).map(renderDispute),
    error_code: error?.code ?? null,
    error_description: error?.message ?? null,
    fee_amount: payment.fees.reduce((sum, fee) => sum + fee.amount, 0),
    fees: payment.fees.map((fee, index) => renderFee(world, payment, fee, index)),
    financial_transaction_id: isPaid ? payment.id.replace(/^py_/, 'ft_') : null,
    is_test: payment.mode === 'test',
    metadata: payment.metadata,
    payment_intent_id: payment.intentId,
    checkout_id: payment.checkoutId,
    payment_method: method ? renderPaymentMethod(method) : null,
    application_fee: null,
    application_fee_rate_id: null,
    refunded: refunded > 0,
    refunds: refunds.map(renderRefund),
    returned: false,
    status,
    payment_mode: isTransfer ? 'ach' : payment.terminalId === null ? 'ecom' : 'card_present',
    terminal_id: payment.terminalId,
    transaction_hold: null,
    expedited: isTransfer ? payment.expedited : null,
    created_at: new Date(payment.createdAt).toISOString(),
    updated_at: new Date(updatedAt(world, payment, refunds)).toISOString(),
  };
}

function renderFee(world: World, payment: Payment, fee: Fee, index: number) {
  return {
    id: feeId(payment, index),
    ...fee,
    currency: payment.currency,
    remaining_amount: fee.amount - returnedOf(world, payment, fee.type),
    source_configuration_id: null,
    source_fee_type: null,
  };
}

function errorOf(outcome: PaymentOutcome): { readonly code: string; readonly message: string } | undefined {
  switch (outcome.kind) {
    case 'declined':
      return outcome.error;
    case 'transfer':
      return outcome.scenario.kind === 'fails' ? outcome.scenario : undefined;
    case 'succeeded':
      return undefined;
    default:
      return assertNever(outcome);
  }
}

function updatedAt(world: World, payment: Payment, refunds: readonly Refund[]): number {
  const { outcome } = payment;
  const ended = outcome.kind === 'transfer' && world.now() >= outcome.endsAt ? outcome.endsAt : payment.createdAt;
  return Math.max(ended, payment.voidedAt ?? 0, ...refunds.map((refund) => refund.createdAt));
}
