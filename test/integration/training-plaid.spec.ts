import { expect, test } from 'vitest';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { componentCalls } from '../justifi/component-calls.ts';

/* JustiFi's side of Plaid, as its component 6.14.3 speaks to it. */

const given = componentCalls('/v1/plaid/');
const { post } = given;
const newLink = () => post('acc_trainingShop/link', { checkout_id: given.checkoutId });
const tokenize = (linkToken: string, account = 0) => post('acc_trainingShop/tokenize', { public_token: `public-training-${account}-${linkToken}` });

test('a connected bank account is made a token once, which pays the checkout and stays pending', async () => {
  const { status, body: link } = await newLink();
  expect([status, link]).toMatchObject([201, { id: /^plt_/u.exec(link.id)!.input, data: { link_token: `link-training-${link.id}` } }]);
  const made = await tokenize(link.data.link_token);
  expect(made.body.data.bank_account).toMatchObject({ token: made.body.id, acct_last_four: '6789' });
  expect((await tokenize(link.data.link_token)).body.error.code).toBe('invalid_parameter');
  const paid = await given.shop.complete(given.checkoutId, made.body.id, { key: 'once' });
  expect(paid.body.data).toMatchObject({ payment_status: 'pending', payment_token: made.body.id });
});

test('an account without enough money is accepted, and comes back', async () => {
  given.justifi.changeSettings({ transferEndsAfterMs: 1_000 });
  const { body: link } = await newLink();
  const made = await tokenize(link.data.link_token, 1);
  const paid = await given.shop.complete(given.checkoutId, made.body.id, { key: 'once' });
  given.justifi.advanceClock(2_000);
  expect((await given.shop.call(`GET /v1/payments/${paid.body.data.payment_id}`)).body.data).toMatchObject({ status: 'failed', error_code: 'insufficient_funds' });
});

test.each([
  ['a token that is none of Plaid’s', () => post('acc_trainingShop/tokenize', { public_token: 'public-training-0-link-training-plt_other' }), 'invalid_parameter'],
  ['a checkout that is not there', () => post('acc_trainingShop/link', { checkout_id: 'cho_other' }), 'resource_not_found'],
  ['another account than the token’s', () => post('acc_trainingShopCanada/link', { checkout_id: given.checkoutId }), 'not_authorized'],
])('%s is refused', async (_what, call, code) => {
  expect((await call()).body.error.code).toBe(code);
});

test('an account without Plaid gives no link', async () => {
  given.justifi.changeSettings({ subAccounts: trainingSubAccounts.map(({ ways: _ways, ...account }) => account) });
  expect((await newLink()).body.error.code).toBe('service_not_allowed');
});

test('Plaid’s script and login stand at Plaid’s own paths, and only the checkout page may frame the login', async () => {
  const script = await fetch(`${given.justifi.origin}/link/v2/stable/link-initialize.js`);
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const login = await fetch(`${given.justifi.origin}/link/v2/stable/link.html?token=x`);
  expect(login.headers.get('content-security-policy')).toContain('frame-ancestors http://localhost:*');
});
