import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const shopAccount = 'acc_trainingShop';
const otherAccount = 'acc_trainingShopCanada';

/** The clock stands still unless a test moves it. */
const someNoon = Date.UTC(2026, 5, 1, 12);

let justifi: TestJustifi;
let shop: Shop;

beforeEach(async () => {
  justifi = await startJustifi({ now: () => someNoon });
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

describe('the shop signs in', () => {
  const credentials = { client_id: 'test_training', client_secret: 'training' };

  test('and gets an access token for JSON and for a form', async () => {
    const asJson = await shop.call('POST /oauth/token', { body: credentials, token: '' });
    const asForm = await fetch(`${justifi.origin}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', ...credentials }),
    });
    expect(asJson).toMatchObject({ status: 200, body: { access_token: expect.any(String) } });
    expect(await asForm.json()).toMatchObject({ access_token: expect.any(String), expires_in: 86_400 });
  });

  test('with a wrong secret and is refused, as 401 or as 404', async () => {
    const wrong = { body: { ...credentials, client_secret: 'trainin' }, token: '' };
    expect(await shop.call('POST /oauth/token', wrong)).toMatchObject({ status: 401 });
    justifi.changeSettings({ wrongCredentialsStatus: 404 });
    const asNotFound = await shop.call('POST /oauth/token', wrong);
    expect(asNotFound).toMatchObject({ status: 404, body: { error: { code: 'resource_not_found' } } });
  });

  test('and its access token works for 24 hours', async () => {
    justifi.advanceClock(24 * HOUR_MS - 1);
    expect(await shop.call('GET /v1/checkouts')).toMatchObject({ status: 200 });
    justifi.advanceClock(1);
    const expired = await shop.call('GET /v1/checkouts');
    expect(expired).toMatchObject({ status: 401, body: { error: { code: 'not_authorized', message: 'Not Authorized' } } });
    await shop.signIn();
    expect(await shop.call('GET /v1/checkouts')).toMatchObject({ status: 200 });
  });

  test.each(['', 'unknown'])('and nothing is answered to the token "%s"', async (token) => {
    expect(await shop.call('GET /v1/checkouts', { token })).toMatchObject({ status: 401 });
  });
});

describe('the page of a sale', () => {
  let checkoutId: string;
  let token: string;
  const card = { number: '4242424242424242', month: '11', year: '35', verification: '123' };
  const tokenizeWith = (options: { token: string; subAccount?: string }) =>
    shop.call('POST /v1/js/payment_methods', { body: { payment_method: { card } }, ...options });

  beforeEach(async () => {
    checkoutId = await shop.newCheckout();
    token = await shop.componentToken(`write:checkout:${checkoutId}`, `write:tokenize:${shopAccount}`);
  });

  test('can read its checkout, tokenize a card and complete', async () => {
    expect(await shop.call(`GET /v1/checkouts/${checkoutId}`, { token, subAccount: '' })).toMatchObject({ status: 200 });
    const method = await tokenizeWith({ token });
    expect(method).toMatchObject({ status: 201 });
    expect(await shop.complete(checkoutId, method.body.id, { token, subAccount: '' })).toMatchObject({ status: 201 });
  });

  test('can do nothing else', async () => {
    const otherCheckout = await shop.newCheckout();
    const method = await shop.card(card.number);
    const { completion } = await shop.sell(1000);
    const paymentId = completion.body.data.payment_id;
    const refusals = await Promise.all([
      shop.call(`GET /v1/checkouts/${otherCheckout}`, { token }),
      shop.complete(otherCheckout, method.body.id, { token }),
      tokenizeWith({ token, subAccount: otherAccount }),
      shop.call(`PATCH /v1/checkouts/${checkoutId}`, { token, body: { amount: 51 } }),
      shop.call('GET /v1/checkouts', { token }),
      shop.call('GET /v1/payments', { token }),
      shop.call('POST /v1/checkouts', { token, body: { amount: 5000, description: 'x' } }),
      shop.call('POST /v1/web_component_tokens', { token, body: { resources: [`write:checkout:${otherCheckout}`] } }),
      shop.call(`POST /v1/payments/${paymentId}/refunds`, { token, key: 'refund', body: {} }),
      shop.call(`POST /v1/payments/${paymentId}/void`, { token, key: 'void' }),
    ]);
    expect(refusals.map(({ status }) => status)).toEqual(refusals.map(() => 403));
    expect(justifi.charges()).toHaveLength(1);
  });

  test('needs each of the two roles for its own step', async () => {
    const readsOnly = await shop.componentToken(`write:tokenize:${shopAccount}`, `read:checkout:${checkoutId}`);
    expect(await shop.call(`GET /v1/checkouts/${checkoutId}`, { token: readsOnly })).toMatchObject({ status: 403 });
    const paysOnly = await shop.componentToken(`write:checkout:${checkoutId}`);
    expect(await tokenizeWith({ token: paysOnly })).toMatchObject({ status: 403 });
    expect(await tokenizeWith({ token: paysOnly, subAccount: '' })).toMatchObject({
      status: 400,
      body: { error: { code: 'sub_account_header_required' } },
    });
  });

  test('has 60 minutes, and hears of the end in the words that the component knows', async () => {
    const headers = { 'Justifi-Web-Component-Version': '6.14.3' };
    justifi.advanceClock(60 * MINUTE_MS - 1);
    expect(await shop.call(`GET /v1/checkouts/${checkoutId}`, { token, headers })).toMatchObject({ status: 200 });
    justifi.advanceClock(1);
    expect(await shop.call(`GET /v1/checkouts/${checkoutId}`, { token, headers })).toMatchObject({
      status: 401,
      body: { error: { code: 'not_authenticated', message: 'Not Authenticated' } },
    });
  });

  test('may send two POSTs in ten seconds and ten in all, where JustiFi limits components', async () => {
    justifi.changeSettings({ componentLimits: 'on' });
    const statusOf = async () => (await tokenizeWith({ token })).status;
    expect([await statusOf(), await statusOf(), await statusOf()]).toEqual([201, 201, 429]);
    for (let sent = 2; sent < 10; sent += 1) {
      justifi.advanceClock(10_000);
      expect(await statusOf()).toBe(201);
    }
    justifi.advanceClock(10_000);
    expect(await statusOf()).toBe(429);
  });
});

test.each([
  ['a role with a space', 'write:checkout: cho_1'],
  ['a role without an id', 'write:checkout:'],
  ['an unknown access', 'delete:checkout:cho_1'],
  ['an account where a checkout belongs', 'write:checkout:acc_trainingShop'],
])('JustiFi issues no component token for %s', async (_what, resource) => {
  const answer = await shop.call('POST /v1/web_component_tokens', { body: { resources: [resource] } });
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'resources' } } });
});

test('JustiFi issues no component token for a checkout that is not there', async () => {
  const answer = await shop.call('POST /v1/web_component_tokens', { body: { resources: ['write:checkout:cho_gone'] } });
  expect(answer).toMatchObject({ status: 404 });
});
