import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAccessTokens } from '../../main/justifi/access-token.ts';
import { type JustifiApi, createApi } from '../../main/justifi/api.ts';
import { createAuthorisedApi } from '../../main/justifi/authorised-api.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { createPayments } from '../../main/justifi/payment.ts';
import { listSubAccounts, readSubAccount } from '../../main/justifi/sub-account.ts';
import type { OriginForm } from '../../main/justifi/checkout.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';

const shop = trainingSubAccounts[0]!.id;
const metadata = { sale: 'sale-1', register: 'Register 1', register_id: 'register-1', pc: 'pc-1', cashier: 'unnamed', app_version: '0.1.0' };
const order = { amountInCents: 1799, description: 'One donut', metadata, idempotencyKey: 'key-1' };
const change = { amountInCents: 2500, description: 'Two donuts', metadata: { ...metadata, tip_cents: '300' }, timeoutMs: 2_000 };

let justifi: TestJustifi;
let connections: ReturnType<typeof openConnections>;
let clockMs: number;
let originForm: OriginForm;

beforeEach(async () => {
  justifi = await startJustifi();
  connections = openConnections();
  clockMs = 0;
  originForm = 'url';
});
afterEach(async () => {
  await connections.close();
  await justifi.close();
});

function connect(credentials = trainingCredentials) {
  const tokenSource = clientCredentialsSource(justifi.origin, credentials, connections.send);
  const api = createAuthorisedApi({ baseUrl: justifi.origin, tokenSource, sendRequest: connections.send, monotonicMs: () => clockMs, onToken: () => {} });
  return { api, checkouts: checkoutsBy(api) };
}

/** Its pauses before a repeat take no time; they are noted. */
function connectWithoutPauses() {
  const pausesMs: number[] = [];
  const accessTokens = createAccessTokens(clientCredentialsSource(justifi.origin, trainingCredentials, connections.send), () => clockMs);
  const pause = async (ms: number) => void pausesMs.push(ms);
  return { checkouts: checkoutsBy(createApi({ baseUrl: justifi.origin, sendRequest: connections.send, accessTokens, pause })), pausesMs };
}

function checkoutsBy(api: JustifiApi) {
  return createCheckouts({ api, subAccountId: shop, originUrl: 'http://localhost:47615', originForm: {
    read: () => originForm,
    remember: (form) => {
      originForm = form;
    },
  } });
}

/** Before the first repeat and before the second. */
const REPEATED_AFTER_MS = [300, 600];

const requestsTo = (path: RegExp, method = 'POST') => justifi.requests().filter((request) => request.method === method && path.test(request.path));
const tokenRequests = () => requestsTo(/^\/oauth\/token$/u).length;

describe('a checkout at JustiFi', () => {
  test('is created, changed and read back with exactly what was sent', async () => {
    const { checkouts } = connect();
    const created = await checkouts.create(order);
    expect(created).toMatchObject({ kind: 'ok', value: { amountInCents: 1799, totalInCents: 1799, currency: 'USD', status: 'created', saleId: 'sale-1', completions: [] } });
    if (created.kind !== 'ok') return;
    const changed = await checkouts.update(created.value.id, change);
    expect(changed).toMatchObject({ kind: 'ok', value: { id: created.value.id, amountInCents: 2500, description: 'Two donuts', tipInCents: 300 } });
    expect(await checkouts.read(created.value.id)).toEqual(changed);
    expect(requestsTo(/^\/v1\/checkouts$/u)[0]!.headers).toMatchObject({ 'sub-account': shop });
  });

  test.each([
    ['the whole number where four digits belong', { brand: 'visa', acct_last_four: '4242424242424242' }, { kind: 'card', brand: 'visa', last4: null }],
    ['five digits', { brand: 'visa', acct_last_four: '24242' }, { kind: 'card', brand: 'visa', last4: null }],
    ['digits of another script', { brand: 'visa', acct_last_four: '４２４２' }, { kind: 'card', brand: 'visa', last4: null }],
    ['the number behind the brand', { brand: 'visa 4242424242424242', acct_last_four: '4242' }, { kind: 'card', brand: null, last4: '4242' }],
    ['the expiry behind the brand', { brand: 'visa 09/37', acct_last_four: '4242' }, { kind: 'card', brand: null, last4: '4242' }],
    ['expiry and number beside them', { brand: 'american_express', acct_last_four: '0005', exp_month: '09', exp_year: '2037', number: '378282246310005' }, { kind: 'card', brand: 'american_express', last4: '0005' }],
  ])('S-06: keeps a brand and four digits of a card and nothing else, also when JustiFi answers with %s', async (_what, card, paidWith) => {
    const completion = { id: 'chc_1', status: 'succeeded', payment_status: 'succeeded', payment_id: 'py_1', payment_response: { data: { amount: 1799, payment_method: { card } } } };
    const data = { id: 'cho_1', account_id: shop, payment_amount: 1799, payment_currency: 'usd', status: 'completed', mode: 'test', successful_payment_id: 'py_1', completions: [completion] };
    const answer = async () => ({ status: 200, text: JSON.stringify({ data }) });
    const api = createAuthorisedApi({ baseUrl: 'https://api.example', tokenSource: async () => ({ kind: 'ok', value: { token: 't', livesMs: 60_000 } }), sendRequest: answer, monotonicMs: () => 0, onToken: () => {} });
    const read = await createCheckouts({ api, subAccountId: shop, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }).read('cho_1');
    expect(read).toMatchObject({ kind: 'ok', value: { completions: [{ paidWith }] } });
    for (const never of ['4242424242424242', '378282246310005', '2037', '09/37', '24242', '４２４２']) expect(JSON.stringify(read)).not.toContain(never);
  });

  test.each([['without a word of the payment', {}], ['with null for it', { payment_response: null }], ['with empty ids', { payment_response: null, payment_id: '' }]])('is read with an attempt %s: JustiFi requires none of it', async (_what, rest) => {
    const data = { id: 'cho_1', account_id: shop, payment_amount: 1799, payment_currency: 'usd', status: 'completed', mode: 'test', completions: [{ id: 'chc_1', status: 'succeeded', payment_status: 'succeeded', ...rest }] };
    const api = createAuthorisedApi({ baseUrl: 'https://api.example', tokenSource: async () => ({ kind: 'ok', value: { token: 't', livesMs: 60_000 } }), sendRequest: async () => ({ status: 200, text: JSON.stringify({ data }) }), monotonicMs: () => 0, onToken: () => {} });
    const read = await createCheckouts({ api, subAccountId: shop, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }).read('cho_1');
    expect(read).toMatchObject({ kind: 'ok', value: { completions: [{ id: 'chc_1', paymentStatus: 'succeeded', paymentId: null, chargedInCents: null }] } });
  });

  test.each([['a way up', '..'], ['a path', 'py_1/../../x'], ['controls', 'py_1\u202E'], ['a line break', 'py\n1'], ['a blank', 'py 1'], ['a card number', '4242 4242 4242 4242'], ['5,000 letters', 'x'.repeat(5_000)]])('A-06: an id in an answer that is none, but %s, is not believed', async (_what, odd) => {
    const completion = { id: 'chc_1', status: 'succeeded', payment_status: 'succeeded', payment_id: 'py_1' };
    const checkout = { id: 'cho_1', account_id: shop, payment_amount: 1799, payment_currency: 'usd', status: 'completed', mode: 'test', successful_payment_id: 'py_1', completions: [completion] };
    const payment = { id: 'py_1', amount: 1799, checkout_id: 'cho_1', status: 'succeeded' };
    const answering = (data: unknown) => createAuthorisedApi({ baseUrl: 'https://api.example', tokenSource: async () => ({ kind: 'ok', value: { token: 't', livesMs: 60_000 } }), sendRequest: async () => ({ status: 200, text: JSON.stringify({ data }) }), monotonicMs: () => 0, onToken: () => {} });
    const read = (data: unknown) => createCheckouts({ api: answering(data), subAccountId: shop, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }).read('cho_1');
    expect(await read(checkout)).toMatchObject({ kind: 'ok' });
    for (const data of [{ ...checkout, successful_payment_id: odd }, { ...checkout, completions: [{ ...completion, id: odd }] }, { ...checkout, completions: [{ ...completion, payment_id: odd }] }]) {
      expect(await read(data)).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
    }
    expect(await createPayments(answering({ ...payment, checkout_id: odd }), shop).read('py_1')).toMatchObject({ kind: 'failed' });
    expect(await createPayments(answering({ id: odd, status: 'pending' }), shop).refund('py_1', { id: 'r1', amountInCents: 100, reason: null, fees: [] }, 'key')).toMatchObject({ kind: 'failed' });
    expect(await listSubAccounts(answering([{ id: odd, status: 'enabled' }]), null)).toMatchObject({ kind: 'failed' });
  });

  test('an id of JustiFi’s whose digits happen to look like a card number is an id all the same: what it names was charged', async () => {
    const paymentId = 'py_3f4242424242424242ab';
    const data = { id: paymentId, amount: 1799, checkout_id: 'cho_1', status: 'succeeded' };
    const api = createAuthorisedApi({ baseUrl: 'https://api.example', tokenSource: async () => ({ kind: 'ok', value: { token: 't', livesMs: 60_000 } }), sendRequest: async () => ({ status: 200, text: JSON.stringify({ data }) }), monotonicMs: () => 0, onToken: () => {} });
    expect(await createPayments(api, shop).read(paymentId)).toMatchObject({ kind: 'ok', value: { id: paymentId } });
  });

  test('gets a component token only for itself and its account', async () => {
    const { checkouts } = connect();
    const created = await checkouts.create(order);
    const other = await checkouts.create({ ...order, idempotencyKey: 'key-2' });
    if (created.kind !== 'ok' || other.kind !== 'ok') throw new Error('not created');
    const token = await checkouts.issueComponentToken(created.value.id);
    if (token.kind !== 'ok') throw new Error('no token');
    const asComponent = async (path: string, method = 'GET') =>
      (await connections.send({ url: justifi.origin + path, method: method as 'GET', headers: { Authorization: `Bearer ${token.value}` }, body: null, timeoutMs: 2_000 })).status;
    expect(await asComponent(`/v1/checkouts/${created.value.id}`)).toBe(200);
    expect(await asComponent(`/v1/checkouts/${other.value.id}`)).toBe(403);
    expect(await asComponent('/v1/payments')).not.toBe(200);
    expect(await asComponent('/v1/checkouts', 'POST')).not.toBe(201);
  });
});

describe('the access token', () => {
  test('is fetched once, ahead of the first sale, and shared by all who ask at the same moment', async () => {
    const { checkouts } = connect();
    await Promise.all([checkouts.create(order), checkouts.create({ ...order, idempotencyKey: 'key-2' }), checkouts.create({ ...order, idempotencyKey: 'key-3' })]);
    expect(tokenRequests()).toBe(1);
  });

  test('is renewed well before its 24 hours are over (F-12)', async () => {
    const { checkouts } = connect();
    await checkouts.create(order);
    clockMs = 19 * 3_600_000;
    await checkouts.create({ ...order, idempotencyKey: 'key-2' });
    expect(tokenRequests()).toBe(1);
    clockMs = 21 * 3_600_000;
    await checkouts.create({ ...order, idempotencyKey: 'key-3' });
    await expect.poll(tokenRequests).toBe(2);
  });

  test('is replaced once when JustiFi does not take it any more, unseen by the cashier', async () => {
    const { checkouts } = connect();
    await checkouts.create(order);
    justifi.addFault({ on: 'POST /v1/checkouts', kind: 'status', status: 401, moment: 'before', times: 1 });
    expect((await checkouts.create({ ...order, idempotencyKey: 'key-2' })).kind).toBe('ok');
    expect(tokenRequests()).toBe(2);
  });

  test('of wrong credentials is asked for without a storm (F-13)', async () => {
    const { checkouts } = connect({ clientId: 'test_wrong', clientSecret: 'wrong' });
    expect(await checkouts.create(order)).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorised' } });
    expect(tokenRequests()).toBeLessThanOrEqual(2);
  });

  test('of revoked credentials ends in one more try, not in many', async () => {
    const { checkouts } = connect();
    justifi.addFault({ on: '* /v1/checkouts', kind: 'status', status: 401, moment: 'before' });
    expect(await checkouts.create(order)).toMatchObject({ kind: 'failed', failure: { kind: 'unauthorised' } });
    expect(requestsTo(/^\/v1\/checkouts$/u)).toHaveLength(2);
  });
});

describe('every failure has a name', () => {
  test.each([
    [403, 'forbidden', []],
    [409, 'conflict', REPEATED_AFTER_MS],
    [429, 'rate-limited', []],
    [402, 'declined', []],
    [422, 'invalid', []],
    [500, 'server', REPEATED_AFTER_MS],
    [504, 'server', REPEATED_AFTER_MS],
  ])('status %s is %s', async (status, kind, pauses) => {
    const { checkouts, pausesMs } = connectWithoutPauses();
    justifi.addFault({ on: 'POST /v1/checkouts', kind: 'status', status, moment: 'before' });
    expect(await checkouts.create(order)).toMatchObject({ kind: 'failed', failure: { kind } });
    expect(pausesMs).toEqual(pauses);
  });

  test.each(['half-json', 'html', 'empty'] as const)('an answer that is %s is unexpected, and is not repeated', async (body) => {
    const { checkouts } = connect();
    justifi.addFault({ on: 'POST /v1/checkouts', kind: 'body', body, moment: 'before' });
    expect(await checkouts.create(order)).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
    expect(requestsTo(/^\/v1\/checkouts$/u)).toHaveLength(1);
  });

  test('a cut connection, a host that hangs and one that is not there are all "network"', async () => {
    const { checkouts, pausesMs } = connectWithoutPauses();
    const created = await checkouts.create(order);
    if (created.kind !== 'ok') throw new Error('not created');
    justifi.addFault({ on: 'PATCH /v1/checkouts/*', kind: 'disconnect', moment: 'before', times: 1 });
    expect(await checkouts.update(created.value.id, change)).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
    justifi.addFault({ on: 'PATCH /v1/checkouts/*', kind: 'hang', moment: 'before' });
    expect(await checkouts.update(created.value.id, { ...change, timeoutMs: 200 })).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
    await justifi.close();
    expect(await checkouts.read(created.value.id)).toMatchObject({ kind: 'failed', failure: { kind: 'network' } });
    expect(pausesMs).toEqual(REPEATED_AFTER_MS);
  });

  test('a sub account that is not enabled or not there is told apart from trouble', async () => {
    const { api } = connect();
    expect(await readSubAccount(api, shop, 'test')).toMatchObject({ kind: 'ok', value: { name: 'Training Shop', status: 'enabled', currency: 'USD', mode: 'test', obstacle: null } });
    expect(await readSubAccount(api, trainingSubAccounts[1]!.id, 'test')).toMatchObject({ kind: 'ok', value: { currency: 'CAD' } });
    expect(await readSubAccount(api, trainingSubAccounts[2]!.id, 'test')).toMatchObject({ kind: 'ok', value: { status: 'disabled', obstacle: 'not-enabled' } });
    expect(await readSubAccount(api, shop, 'live')).toMatchObject({ kind: 'ok', value: { mode: 'test', obstacle: 'mode-mixed' } });
    expect(await readSubAccount(api, 'acc_nobody', 'test')).toMatchObject({ kind: 'failed', failure: { kind: 'invalid', status: 404 } });
  });
});

describe('repeating', () => {
  test('happens after a 5xx and after a lost answer, with the same key and the same parameters: one checkout', async () => {
    const { checkouts } = connect();
    justifi.addFault({ on: 'POST /v1/checkouts', kind: 'disconnect', moment: 'after', times: 1 });
    const created = await checkouts.create(order);
    expect(created.kind).toBe('ok');
    const tries = requestsTo(/^\/v1\/checkouts$/u);
    expect(tries.length).toBeGreaterThanOrEqual(2);
    expect(new Set(tries.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('never happens to a change of a checkout, which has no key', async () => {
    const { checkouts } = connect();
    const created = await checkouts.create(order);
    if (created.kind !== 'ok') throw new Error('not created');
    justifi.addFault({ on: 'PATCH /v1/checkouts/*', kind: 'status', status: 500, moment: 'before' });
    await checkouts.update(created.value.id, change);
    expect(requestsTo(/^\/v1\/checkouts\/./u, 'PATCH')).toHaveLength(1);
  });

  test('a connection stays open between sales', async () => {
    const { checkouts } = connect();
    const created = await checkouts.create(order);
    if (created.kind !== 'ok') throw new Error('not created');
    await checkouts.read(created.value.id);
    await checkouts.read(created.value.id);
    expect(requestsTo(/./u, 'GET').every(({ headers }) => headers['connection'] === 'keep-alive')).toBe(true);
  });
});

describe('origin_url', () => {
  test.each([
    ['without-scheme', 'host'],
    ['with-scheme', 'url'],
    ['any', 'url'],
  ] as const)('an account that wants it %s gets it so, and that is remembered', async (originUrl, remembered) => {
    justifi.changeSettings({ originUrl });
    const { checkouts } = connect();
    expect((await checkouts.create(order)).kind).toBe('ok');
    expect(originForm).toBe(remembered);
    const before = requestsTo(/^\/v1\/checkouts$/u).length;
    expect((await checkouts.create({ ...order, idempotencyKey: 'key-2' })).kind).toBe('ok');
    expect(requestsTo(/^\/v1\/checkouts$/u)).toHaveLength(before + 1);
  });
});
