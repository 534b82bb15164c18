import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import { createAuthorisedApi } from '../../main/justifi/authorised-api.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { createSezzleOrders } from '../../main/justifi/sezzle-orders.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';

/* An order at Sezzle, as main reads and completes it. */

const subAccountId = trainingSubAccounts[0]!.id;
const COMPLETE = 'POST /v1/checkouts/*/complete';

let justifi: TestJustifi;
let shop: Shop;
let connections: ReturnType<typeof openConnections>;
let checkoutId: string;

beforeEach(async () => {
  justifi = await startJustifi();
  justifi.changeSettings({ sezzleWindow: justifi.origin });
  shop = await openShop(justifi.origin);
  connections = openConnections();
  checkoutId = await shop.newCheckout();
});
afterEach(async () => {
  await connections.close();
  await justifi.close();
});

function orders(windows: readonly string[] = [justifi.origin]) {
  const tokenSource = clientCredentialsSource(justifi.origin, trainingCredentials, connections.send);
  const api = createAuthorisedApi({ baseUrl: justifi.origin, tokenSource, sendRequest: connections.send, monotonicMs: () => 0, onToken: () => {} });
  const { issueComponentToken } = createCheckouts({ api, subAccountId, originUrl: 'http://localhost:1', originForm: { read: () => 'url', remember: () => {} } });
  return createSezzleOrders({ api, subAccountId, sendRequest: connections.send, componentOrigin: justifi.origin, issueComponentToken, windows });
}

const approve = async () => fetch((await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.bnpl.provider_checkout_url, { method: 'POST', body: 'approve' });
const complete = () => orders().complete({ checkoutId, idempotencyKey: 'key-1' });
const sent = () => justifi.requests(COMPLETE).map(({ headers, body }) => ({ key: headers['idempotency-key'], body: JSON.parse(body) as unknown }));

test('is read with its amount and the address of its window; at any other host it is none', async () => {
  expect(await orders().read(checkoutId)).toMatchObject(ok({ balanceInCents: 1799, status: 'created', mode: 'sandbox', apiVersion: 'v2' }));
  expect(await orders(['https://checkout.sezzle.com', `${justifi.origin}.evil.example`]).read(checkoutId)).toEqual(ok(null));
});

test('is completed without a token of a payment method, by a component token for this checkout; the same key takes money once', async () => {
  await approve();
  expect([await complete(), await complete()]).toEqual([ok(null), ok(null)]);
  expect(new Set(justifi.requests(COMPLETE).map(({ headers }) => headers['idempotency-key']))).toEqual(new Set(['key-1']));
  expect(sent()[0]).toMatchObject({ body: { payment_mode: 'bnpl' } });
  expect(justifi.charges()).toHaveLength(1);
});

test.each([401, 403])('is completed by the account’s own credentials, with the same key, where a component token is not allowed to (%i)', async (status) => {
  await approve();
  justifi.addFault({ on: COMPLETE, kind: 'status', status, moment: 'before', times: status === 401 ? 2 : 1 });
  expect(await complete()).toEqual(ok(null));
  const tokens = new Set(justifi.requests(COMPLETE).map(({ headers }) => headers.authorization));
  expect([tokens.size, new Set(sent().map(({ key }) => key)).size, justifi.charges().length]).toEqual([2, 1, 1]);
});

test('is not tried with other credentials after no answer, or when the customer has not approved it', async () => {
  justifi.addFault({ on: COMPLETE, kind: 'disconnect', moment: 'before', times: 1 });
  expect(await complete()).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
  expect(await complete()).toMatchObject({ kind: 'failed', failure: { kind: 'invalid', status: 422 } });
  expect(justifi.requests(COMPLETE)).toHaveLength(2);
});

test.each(['half-json', 'html', 'empty'] as const)('is not completed by a success that is not JustiFi’s own (%s): the request is repeated, with the same key', async (body) => {
  await approve();
  justifi.addFault({ on: COMPLETE, kind: 'body', body, moment: 'before', times: 1 });
  expect(await complete()).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
  expect(justifi.charges()).toHaveLength(0);
  expect(await complete()).toEqual(ok(null));
  expect([justifi.charges().length, new Set(sent().map(({ key }) => key)).size]).toEqual([1, 1]);
});
