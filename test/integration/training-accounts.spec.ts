import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';

const OTHER = 'acc_trainingShopCanada';
const LIVE = { clientId: 'live_training', clientSecret: 'training' };

let justifi: TestJustifi;
let shop: Shop;

beforeEach(async () => {
  justifi = await startJustifi({ credentials: [trainingCredentials, LIVE] });
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

describe('a request that names another account than the record’s', () => {
  test.each([
    ['GET', '/v1/checkouts/<checkout>', undefined],
    ['PATCH', '/v1/checkouts/<checkout>', { amount: 2000 }],
    ['GET', '/v1/payments/<payment>', undefined],
    ['POST', '/v1/payments/<payment>/void', undefined],
    ['POST', '/v1/payments/<payment>/refunds', { amount: 100 }],
    ['POST', '/v1/checkouts/<checkout>/refunds', { amount: 100 }],
    ['GET', '/v1/refunds/<refund>', undefined],
    ['GET', '/v1/payment_methods/<method>', undefined],
  ])('finds nothing: %s %s', async (method, path, body) => {
    const sold = await shop.sell(1000);
    const { payment_id: payment, payment_method_id: paymentMethod } = sold.completion.body.data;
    const checkout = method === 'PATCH' ? await shop.newCheckout() : sold.checkoutId;
    const refund = path.includes('<refund>') ? (await shop.call(`POST /v1/payments/${payment}/refunds`, { body: { amount: 100 }, key: 'first' })).body.id : '';
    const on = `${method} ${path.replace('<checkout>', checkout).replace('<payment>', payment).replace('<refund>', refund).replace('<method>', paymentMethod)}`;
    const request = { ...(body && { body }), ...(method === 'POST' && { key: 'key' }) };
    expect(await shop.call(on, { ...request, subAccount: OTHER })).toMatchObject({ status: 404, body: { error: { code: 'resource_not_found' } } });
    // The header is optional, or not published here at all: it may be left out.
    expect((await shop.call(on, { ...request, subAccount: '' })).status).toBeLessThan(300);
  });
});

test('test or live is decided by the credentials: checkouts and payments say which', async () => {
  const signIn = await shop.call('POST /oauth/token', { body: { client_id: LIVE.clientId, client_secret: LIVE.clientSecret }, token: '', subAccount: '' });
  const token: string = signIn.body.access_token;
  const created = await shop.call('POST /v1/checkouts', { body: { amount: 1799, description: 'x' }, token });
  expect(created.body.data).toMatchObject({ mode: 'live', payment_client_id: 'live_training' });
  const method = await shop.card('4242424242424242');
  const completion = await shop.complete(created.body.id, method.body.id, { token });
  expect(completion.body.data.payment_response.data.is_test).toBe(false);
  const inTest = await shop.sell(1000);
  expect((await shop.call(`GET /v1/checkouts/${inTest.checkoutId}`)).body.data.mode).toBe('test');
  expect((await shop.call(`GET /v1/payments/${inTest.completion.body.data.payment_id}`)).body.data.is_test).toBe(true);
});
