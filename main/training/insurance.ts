import { z } from 'zod';
import { failed, ok, type Result } from '../../contract/result.ts';
import type { Checkout, InsuranceQuote } from './books.ts';
import { refusedWhenFinal } from './checkout.ts';
import { type Outcome, type Refusal, envelope } from './exchange.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { paymentSettings } from './sub-account.ts';
import { findSubAccount } from './sub-account-header.ts';
import type { Call, World } from './world.ts';

/*
 * JustiFi's side of its season interruption insurance. Neither call is in its OpenAPI: paths and fields are those that its component 6.14.3 sends and reads, and
 * those of JustiFi's own examples; the premium is invented.
 */

const PREMIUM_PERCENT = 5;
const SMALLEST_PREMIUM = 100;
const QUOTE_LIVES_MS = 24 * 60 * 60 * 1000;

const text = z.string().min(1);
const quoteRequest = z.object({
  checkout_id: text,
  policy_type: z.literal('season_interruption'),
  primary_identity: z.object({ state: text, email: text, first_name: text, last_name: text, postal_code: text, country: text }),
  policy_attributes: z.object({ insurable_amount: z.int().positive() }),
});
/** The component sends a string. */
const toggleRequest = z.object({ accepted: z.enum(['true', 'false']) });

/** `POST /v1/insurance/quotes`: the price of an insurance of this checkout. No data of the customer is stored. */
export function createInsuranceQuote(world: World, call: Call): Outcome {
  const read = readBody(quoteRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const checkout = insurableCheckout(world, call, read.value.checkout_id);
  if (checkout.kind === 'failed') return checkout.failure;
  const quote: InsuranceQuote = {
    id: world.newId('iqu'),
    checkoutId: checkout.value.id,
    accountId: checkout.value.accountId,
    premium: Math.max(SMALLEST_PREMIUM, Math.round((read.value.policy_attributes.insurable_amount * PREMIUM_PERCENT) / 100)),
    accepted: null,
    createdAt: world.now(),
  };
  world.books.insuranceQuotes.set(quote.id, quote);
  // A new quote for a checkout replaces the one before, and the answer to it.
  world.books.checkouts.set(checkout.value.id, { ...checkout.value, insuranceQuoteId: quote.id });
  return { kind: 'done', status: 201, body: envelope('insurance_quote', renderQuote(world, quote)) };
}

/** `POST /v1/insurance/quotes/:id/toggle`: the customer takes it, or does not. */
export function toggleInsurance(world: World, call: Call): Outcome {
  const quote = world.books.insuranceQuotes.get(call.id);
  if (quote === undefined) return refuse('resource_not_found');
  const checkout = insurableCheckout(world, call, quote.checkoutId);
  if (checkout.kind === 'failed') return checkout.failure;
  const read = readBody(toggleRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  if (world.now() - quote.createdAt >= QUOTE_LIVES_MS) return refuse('resource_not_found', { message: 'The quote has expired.' });
  const answered = { ...quote, accepted: read.value.accepted === 'true' };
  world.books.insuranceQuotes.set(quote.id, answered);
  return { kind: 'done', status: 200, body: envelope('insurance_quote', renderQuote(world, answered)) };
}

function insurableCheckout(world: World, call: Call, id: string): Result<Checkout, Refusal> {
  const checkout = world.books.checkouts.get(id);
  const account = findSubAccount(world, checkout?.accountId ?? '');
  if (checkout === undefined || account === undefined || call.checkoutId !== checkout.id) return failed(refuse('resource_not_found', { param: 'checkout_id' }));
  if (!paymentSettings(account).insurance_payments) return failed(refuse('service_not_allowed'));
  const refusal = refusedWhenFinal(world, checkout);
  return refusal === undefined ? ok(checkout) : failed(refusal);
}

function renderQuote(world: World, quote: InsuranceQuote) {
  const checkout = world.books.checkouts.get(quote.checkoutId);
  return {
    id: quote.id,
    account_id: quote.accountId,
    platform_account_id: null,
    checkout_id: quote.checkoutId,
    accepted: quote.accepted,
    currency: findSubAccount(world, quote.accountId)?.currency ?? 'usd',
    expiration_date: new Date(quote.createdAt + QUOTE_LIVES_MS).toISOString(),
    mode: checkout?.mode ?? 'test',
    policy_type: 'season_interruption',
    product: {
      title: 'Training insurance',
      description: '<p style="color:red">In training this stands for the insurer’s description. <b>Nothing is insured.</b></p><ul><li>Illness</li><li>A move</li></ul>',
      legal_disclaimer: '<p>Offered by a <a href="https://insurer.invalid/terms" target="_blank">training insurer</a>, which does not exist.</p>',
    },
    provider: 'vertical_insure',
    provider_id: null,
    total_cents: quote.premium,
  };
}
