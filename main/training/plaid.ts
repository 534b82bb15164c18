import { z } from 'zod';
import { failed, ok, type Result } from '../../contract/result.ts';
import { type Outcome, type Refusal, envelope } from './exchange.ts';
import { newPaymentMethod, paymentMethodEnvelope } from './payment-method.ts';
import { refuse } from './refusal.ts';
import { readBody } from './request-body.ts';
import { type SubAccount, paymentSettings } from './sub-account.ts';
import { requiredSubAccount } from './sub-account-header.ts';
import { testBankAccounts } from './test-bank-account.ts';
import type { Call, World } from './world.ts';

/*
 * JustiFi's side of Plaid. Neither call is in its OpenAPI: paths and fields are those that its component 6.14.3 sends and reads; statuses and the rest are guesses.
 */

const linkRequest = z.object({ checkout_id: z.string().min(1) });
const tokenRequest = z.object({ public_token: z.string().min(1), link_token_id: z.string().nullish() });
/** The result of the training login: the index of the account among the test accounts, and the link that it was opened with. */
const PUBLIC_TOKEN = /^public-training-(?<account>\d)-link-training-(?<link>plt_\w+)$/u;

/** `POST /v1/plaid/:account/link`: a link to Plaid for the customer of a checkout. */
export function createPlaidLink(world: World, call: Call): Outcome {
  const account = plaidAccount(world, call);
  if (account.kind === 'failed') return account.failure;
  const read = readBody(linkRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  if (world.books.checkouts.get(read.value.checkout_id)?.accountId !== account.value.id) return refuse('resource_not_found', { param: 'checkout_id' });
  const id = world.newId('plt');
  world.books.plaidLinks.set(id, { accountId: account.value.id, isExchanged: false });
  return { kind: 'done', status: 201, body: envelope('plaid_link_token', { id, link_token: `link-training-${id}` }) };
}

/** `POST /v1/plaid/:account/tokenize`: a payment method of the bank account that was connected. Plaid's public token can be used once. */
export function tokenizeBankLogin(world: World, call: Call): Outcome {
  const account = plaidAccount(world, call);
  if (account.kind === 'failed') return account.failure;
  const read = readBody(tokenRequest, call.body);
  if (read.kind === 'failed') return read.failure;
  const named = PUBLIC_TOKEN.exec(read.value.public_token)?.groups;
  const link = world.books.plaidLinks.get(named?.['link'] ?? '');
  const bankAccount = testBankAccounts[Number(named?.['account'])];
  if (link?.accountId !== account.value.id || link.isExchanged || bankAccount === undefined) return refuse('invalid_parameter', { param: 'public_token' });
  world.books.plaidLinks.set(named!['link']!, { ...link, isExchanged: true });
  const method = newPaymentMethod(world, account.value, null, { kind: 'bank-account', ownerName: 'Training Customer', accountType: 'checking', lastFour: bankAccount.accountNumber.slice(-4), scenario: bankAccount.scenario });
  return { kind: 'done', status: 201, body: paymentMethodEnvelope(method) };
}

/** The account of the call, if it has Plaid. */
function plaidAccount(world: World, call: Call): Result<SubAccount, Refusal> {
  const account = requiredSubAccount(world, call);
  if (account.kind === 'failed') return account;
  if (account.value.status !== 'enabled') return failed(refuse('sub_account_not_enabled'));
  const ways = paymentSettings(account.value);
  return ways.bank_account_verification && ways.ach_payments ? ok(account.value) : failed(refuse('service_not_allowed'));
}
