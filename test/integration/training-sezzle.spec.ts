import { afterEach, beforeEach, expect, test } from 'vitest';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

/* JustiFi's side of Sezzle: the order that a checkout is created with, and its completion without a token. */

let justifi: TestJustifi;
let shop: Shop;
let checkoutId: string;

beforeEach(async () => {
  justifi = await startJustifi();
  justifi.changeSettings({ sezzleWindow: justifi.origin });
  shop = await openShop(justifi.origin);
  checkoutId = await shop.newCheckout();
});
afterEach(() => justifi.close());

const order = async () => (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.bnpl;
const press = async (how: string) => (await fetch((await order()).provider_checkout_url, { method: 'POST', body: how })).status;
const complete = (key: string, body: object = {}) => shop.call(`POST /v1/checkouts/${checkoutId}/complete`, { body: { payment_mode: 'bnpl', ...body }, key });

test('an approved order is completed without a token, once', async () => {
  expect(await order()).toMatchObject({ provider: 'sezzle', balance: 1799, status: 'created' });
  expect(await press('approve')).toBe(204);
  const { status, body } = await complete('once');
  expect([status, body.data]).toMatchObject([201, { payment_mode: 'bnpl', payment_token: null, payment_status: 'succeeded' }]);
  expect((await complete('once')).body.data.id).toBe(body.data.id);
  expect((await complete('another')).body.error.code).toBe('checkout_already_completed');
  expect((await order()).status).toBe('completed');
  expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 1799 }]);
});

test.each([['nothing', 'created'], ['cancel', 'canceled'], ['fail', 'failed']])('an order whose customer did %s takes no money', async (how, status) => {
  await press(how);
  expect((await complete('once')).status).toBe(422);
  expect((await order()).status).toBe(status);
  // An ended order stays ended.
  expect(await press('approve')).toBe(status === 'created' ? 204 : 409);
  expect(justifi.charges()).toEqual([]);
});

test('the order keeps the amount that its checkout was created with', async () => {
  await shop.call(`PATCH /v1/checkouts/${checkoutId}`, { body: { amount: 2000 } });
  expect((await order()).balance).toBe(1799);
});

test('an account without Sezzle, and an amount below its minimum, have no order', async () => {
  const small = await shop.call('POST /v1/checkouts', { body: { amount: 99, description: 'One match' } });
  expect(small.body.data.bnpl).toBeNull();
  justifi.changeSettings({ subAccounts: trainingSubAccounts.map((account) => ({ ...account, ways: { bnpl_payments: false } })) });
  checkoutId = await shop.newCheckout();
  expect(await order()).toBeNull();
});

test('Sezzle’s script and window stand at their own paths, and no page may frame the window', async () => {
  const script = await fetch(`${justifi.origin}/checkout.min.js`);
  expect([script.status, script.headers.get('content-type')]).toEqual([200, 'text/javascript; charset=utf-8']);
  const opened = await fetch((await order()).provider_checkout_url);
  expect(opened.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
});
