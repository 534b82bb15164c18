import { request as httpsRequest } from 'node:https';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { selfSignedCertificate } from '../justifi/certificate.ts';
import { remoteControls } from '../justifi/control.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

const complete = 'POST /v1/checkouts/*/complete';

let justifi: TestJustifi;
let shop: Shop;
let checkoutId: string;
let paymentToken: string;

beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
  checkoutId = await shop.newCheckout();
  paymentToken = (await shop.card('4242424242424242')).body.id;
});
afterEach(() => justifi.close());

const pay = (key = 'sale-1') => shop.complete(checkoutId, paymentToken, { key });
const statusOfCheckout = async () => (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.status;

describe('a network that fails', () => {
  test('before JustiFi heard of the payment: nothing is charged, and the next try works', async () => {
    justifi.addFault({ on: complete, kind: 'disconnect', moment: 'before', times: 1 });
    await expect(pay()).rejects.toThrow();
    expect(await statusOfCheckout()).toBe('created');
    expect(await pay()).toMatchObject({ status: 201 });
    expect(justifi.charges(checkoutId)).toHaveLength(1);
  });

  test('after JustiFi charged: the answer is lost, and asking again charges nothing more', async () => {
    justifi.addFault({ on: complete, kind: 'disconnect', moment: 'after', times: 1 });
    await expect(pay()).rejects.toThrow();
    expect(await statusOfCheckout()).toBe('completed');
    expect(await pay()).toMatchObject({ status: 201, body: { data: { payment_status: 'succeeded' } } });
    expect(justifi.charges(checkoutId)).toHaveLength(1);
  });

  test.each(['before', 'after'] as const)('by silence, %s the charge', async (moment) => {
    justifi.addFault({ on: complete, kind: 'hang', moment });
    const waiting = pay();
    await expect.poll(() => justifi.requests(complete)).toMatchObject([{ status: null }]);
    await expect.poll(() => justifi.charges()).toHaveLength(moment === 'after' ? 1 : 0);
    justifi.clearFaults();
    expect(await statusOfCheckout()).toBe(moment === 'after' ? 'completed' : 'created');
    justifi.dropHanging();
    await expect(waiting).rejects.toThrow();
  });

  test('by slowness', async () => {
    justifi.addFault({ on: complete, kind: 'delay', ms: 300 });
    const start = performance.now();
    expect(await pay()).toMatchObject({ status: 201 });
    expect(performance.now() - start).toBeGreaterThanOrEqual(295);
  });
});

describe('an answer that fails', () => {
  test.each([401, 403, 409, 429, 500, 503])('with %d, before the charge and after it', async (status) => {
    justifi.addFault({ on: complete, kind: 'status', status, moment: 'before', times: 1 });
    expect(await pay()).toMatchObject({ status, body: { error: { code: expect.any(String) } } });
    expect(justifi.charges()).toEqual([]);
    justifi.addFault({ on: complete, kind: 'status', status, moment: 'after', times: 1 });
    expect(await pay()).toMatchObject({ status });
    expect(justifi.charges()).toHaveLength(1);
  });

  test.each(['half-json', 'html', 'empty'] as const)('as %s', async (body) => {
    justifi.addFault({ on: complete, kind: 'body', body, moment: 'after', times: 1 });
    const raw = pay().then(
      (answer) => answer.body,
      () => 'unreadable',
    );
    expect(await raw).toBe(body === 'empty' ? undefined : 'unreadable');
    expect(justifi.charges()).toHaveLength(1);
  });

  test('can still be read by a browser', async () => {
    justifi.addFault({ on: 'GET /v1/checkouts/*', kind: 'status', status: 503, moment: 'before' });
    const response = await fetch(`${justifi.origin}/v1/checkouts/${checkoutId}`, { headers: { origin: 'http://localhost:1' } });
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:1');
  });
});

describe('a completion that ends in other words', () => {
  test.each([
    ['failed', 'canceled'],
    ['failed', 'skipped'],
    ['processing', 'processing'],
    ['succeeded', 'quantum'],
  ])('%s, %s: no money was taken, and the checkout says the same', async (status, paymentStatus) => {
    justifi.addFault({ on: complete, kind: 'completion', status, paymentStatus, times: 1 });
    const words = { status, payment_status: paymentStatus };
    expect(await pay()).toMatchObject({ status: 201, body: { data: { ...words, checkout: { completions: [words] } } } });
    const { body } = await shop.call(`GET /v1/checkouts/${checkoutId}`);
    expect(body.data).toMatchObject({ status: 'attempted', successful_payment_id: null, completions: [words] });
    expect(justifi.charges()).toEqual([]);
  });

  test.each([
    ['succeeded', 'completed', 1],
    ['failed', 'attempted', 0],
  ] as const)('processing at first, and later %s', async (paymentStatus, status, charges) => {
    justifi.addFault({ on: complete, kind: 'completion', status: 'processing', paymentStatus: 'processing', later: { afterMs: 20, paymentStatus } });
    await pay();
    expect(justifi.charges()).toEqual([]);
    await expect.poll(async () => (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data).toMatchObject({
      status,
      completions: [{ status: paymentStatus, payment_status: paymentStatus }],
    });
    expect(justifi.charges()).toHaveLength(charges);
    expect(justifi.faultsMet()).toBe(1);
  });

  test('succeeded, pending: the money was accepted', async () => {
    justifi.addFault({ on: complete, kind: 'completion', status: 'succeeded', paymentStatus: 'pending' });
    await pay();
    expect(await statusOfCheckout()).toBe('completed');
    expect(justifi.charges()).toHaveLength(1);
  });
});

test('a fault can wait for its turn', async () => {
  justifi.addFault({ on: '* /v1/checkouts', kind: 'status', status: 500, moment: 'before', skip: 1, times: 2 });
  const statuses: number[] = [];
  for (let index = 0; index < 4; index += 1) statuses.push((await shop.call('GET /v1/checkouts')).status);
  expect(statuses).toEqual([200, 500, 500, 200]);
});

test('the hosted fields can be refused or never arrive', async () => {
  justifi.addFault({ on: 'GET /v2/*', kind: 'disconnect', moment: 'before', times: 1 });
  await expect(fetch(`${justifi.origin}/v2/cardNumber`)).rejects.toThrow();
  expect((await fetch(`${justifi.origin}/v2/cardNumber`)).status).toBe(200);
  justifi.addFault({ on: 'GET /v2/*', kind: 'hang', moment: 'before' });
  const waiting = fetch(`${justifi.origin}/v2/CVV`);
  await expect.poll(() => justifi.requests('GET /v2/CVV')).toMatchObject([{ status: null }]);
  justifi.dropHanging();
  await expect(waiting).rejects.toThrow();
});

test('a checkout can expire while its sale is under way', async () => {
  justifi.expireCheckout(checkoutId);
  expect(await statusOfCheckout()).toBe('expired');
  expect(await pay()).toMatchObject({ status: 422, body: { error: { code: 'checkout_expired' } } });
});

test('every request can take as long as over a real network', async () => {
  justifi.setRoundTrip(50);
  const start = performance.now();
  await shop.call('GET /v1/checkouts');
  expect(performance.now() - start).toBeGreaterThanOrEqual(49);
});

test('another process can do all of this', async () => {
  const remote = remoteControls(justifi.controlOrigin);
  await remote.addFault({ on: complete, kind: 'disconnect', moment: 'after', times: 1 });
  await expect(pay()).rejects.toThrow();
  expect(await remote.charges(checkoutId)).toMatchObject([{ checkoutId, amount: 1799 }]);
  expect(await remote.requests(complete)).toHaveLength(1);
  const before = await remote.now();
  await remote.advanceClock(60_000);
  expect(await remote.now()).toBeGreaterThanOrEqual(before + 60_000);
  await remote.changeSettings({ declineStatus: 402 });
  expect((await shop.sell(1000, '4000000000000002')).completion.status).toBe(402);
  await expect(remote.expireCheckout('cho_gone')).rejects.toThrow('There is no checkout cho_gone');
});

const certificate = selfSignedCertificate(['api.justifi.ai']);
if (!certificate) console.warn('Skipped: "JustiFi can stand for https://api.justifi.ai", because there is no openssl here');

test.skipIf(!certificate)('JustiFi can stand for https://api.justifi.ai', async () => {
  const { cert, key } = certificate!;
  const secure = await startJustifi({ tls: { cert, key }, hosts: ['api.justifi.ai'] });
  const status = await new Promise<number | undefined>((resolve, reject) => {
    const address = { host: '127.0.0.1', port: secure.port, path: '/v1/checkouts' };
    const request = httpsRequest({ ...address, servername: 'api.justifi.ai', headers: { host: 'api.justifi.ai' }, ca: cert });
    request.on('response', (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    request.on('error', reject).end();
  });
  expect(status).toBe(401);
  await secure.close();
});
