import { randomUUID } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { createAccessTokens } from '../../main/justifi/access-token.ts';
import { createAccountPayments } from '../../main/justifi/account-payments.ts';
import { createApi } from '../../main/justifi/api.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { type RegistersReading, createRegistersReading } from '../../main/report/registers-reading.ts';
import { type Between, type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';
import { trainingCredentials } from '../justifi/training-credentials.ts';

/* The day of all registers against the training JustiFi, over HTTP: three registers, a web shop, voids and refunds. */

const ACCOUNT = 'acc_trainingShop';
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

type Account = { readonly justifi: TestJustifi; readonly shop: Shop; readonly reading: RegistersReading; readonly steps: () => readonly string[]; sell(register: number, cents: number, way?: string): Promise<string> };

/** An account whose requests come to its JustiFi through `between`. Waits are short. */
async function openAccount(between?: Between): Promise<Account> {
  const justifi = await startJustifi({ ...(between === undefined ? {} : { between }), settings: { fees: [{ type: 'processing_fee', amount: 30 }] } });
  const connections = openConnections();
  open.push(connections.close, justifi.close);
  const shop = await openShop(justifi.origin);
  const api = createApi({ baseUrl: justifi.origin, sendRequest: connections.send, accessTokens: createAccessTokens(clientCredentialsSource(justifi.origin, trainingCredentials, connections.send), () => performance.now()), pause: async () => {} });
  const checkouts = createCheckouts({ api, subAccountId: ACCOUNT, originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } });
  const steps: string[] = [];
  const reading = createRegistersReading({
    justifi: createAccountPayments(api, ACCOUNT),
    account: { subAccountId: ACCOUNT, isTest: true, currency: 'USD' },
    register: { id: 'register-1', name: 'Front counter' },
    timers: {
      after(_ms, then) {
        const timer = setImmediate(then);
        return () => clearImmediate(timer);
      },
    },
    utcNow: () => new Date(justifi.now()).toISOString(),
    shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }),
    onChange() {
      const { step, read, isWaiting } = reading.progress() ?? { step: 'over', read: 0, isWaiting: false };
      steps.push(isWaiting ? 'waiting' : `${step} ${read}`);
    },
  });
  return {
    justifi,
    shop,
    reading,
    steps: () => steps,
    async sell(register, amountInCents, way = '4242424242424242') {
      const metadata = { sale: randomUUID(), register: `Register ${register}`, register_id: `register-${register}`, pc: 'pc-1', app_version: '0.1.0', cashier: 'Ana' };
      const made = await checkouts.create({ amountInCents, description: 'Repair', metadata, idempotencyKey: randomUUID() });
      if (made.kind === 'failed') throw new Error(made.failure.kind);
      const method = await (way.length === 16 ? shop.card(way) : shop.bankAccount(way));
      const completed = await shop.complete(made.value.id, method.body.id);
      return completed.body.data.payment_id;
    },
  };
}

async function figures(reading: RegistersReading) {
  const read = await reading.read(null);
  if (read.kind === 'failed') throw new Error(read.failure.kind);
  return read.value;
}

test('three registers and a web shop: each row to the cent, refunds with the register that took the payment, pending and failed apart', async () => {
  const { sell, shop, reading, justifi, steps } = await openAccount();
  await sell(1, 2_500);
  await sell(1, 1_000, '4000000000000002');
  const refunded = await sell(2, 4_000);
  const voided = await sell(2, 700);
  await sell(3, 9_000, '000123456789');
  await sell(3, 333);
  // An older register whose payments do not name it, and programs that are no registers.
  const old = await shop.newCheckout({ amount: 555, metadata: { register_id: 'register-3', register: 'Register 3' } });
  await shop.complete(old, (await shop.card('4242424242424242')).body.id);
  await shop.sell(1_111);
  const canada = await openShop(justifi.origin, 'acc_trainingShopCanada');
  await canada.sell(8_888);
  await shop.call(`POST /v1/payments/${refunded}/refunds`, { body: { amount: 1_500 }, key: randomUUID() });
  await shop.call(`POST /v1/payments/${voided}/void`, { key: randomUUID() });

  const day = await figures(reading);
  const rows = day.rows.map(({ at, payments, voids, refunds, netInCents, pending, failed: ended }) => [at.kind === 'register' ? at.name : at.kind, payments.amountInCents, voids.amountInCents, refunds.amountInCents, netInCents, pending.amountInCents, ended.amountInCents]);
  expect(rows).toEqual([
    ['Front counter', 2_500, 0, 0, 2_500, 0, 1_000],
    ['Register 2', 4_700, -700, -1_500, 2_500, 0, 0],
    ['Register 3', 888, 0, 0, 888, 9_000, 0],
    ['elsewhere', 1_111, 0, 0, 1_111, 0, 0],
  ]);
  expect(day.total).toMatchObject({ payments: { count: 6, amountInCents: 9_199 }, netInCents: 6_999, feesInCents: 150 });
  expect(day.byPaidBy.map(({ paidBy, netInCents, pending }) => [paidBy, netInCents, pending.amountInCents])).toEqual([['card', 6_999, 0], ['bank-account', 0, 9_000]]);
  expect(day.missing).toEqual({ unreadable: 0, ofOthers: 0, morePayments: false, moreRefunds: false });
  expect(steps()).toEqual(expect.arrayContaining(['payments 8', 'refunds 1', 'registers 2', 'over 0']));
});

test('today’s refund of last week’s payment is in today’s report with its register; the payment is not', async () => {
  const { sell, shop, reading, justifi } = await openAccount();
  const earlier = await sell(2, 4_000);
  justifi.advanceClock(7 * 24 * 60 * 60_000);
  await shop.signIn();
  await shop.call(`POST /v1/payments/${earlier}/refunds`, { body: { amount: 250 }, key: randomUUID() });
  const { rows, businessDay } = await figures(reading);
  expect(rows.map(({ at, payments, refunds }) => [at, payments.count, refunds.amountInCents])).toEqual([[{ kind: 'register', id: 'register-2', name: 'Register 2', isThis: false }, 0, -250]]);
  const before = await reading.read(new Date(Date.parse(`${businessDay}T00:00:00.000Z`) - 7 * 86_400_000).toISOString().slice(0, 10));
  expect(before).toMatchObject({ kind: 'ok', value: { total: { netInCents: 4_000 } } });
});

test('more payments than a page; a 429 with a time in its header is waited for and the page asked for again', async () => {
  let isBusy = true;
  const { shop, reading, steps } = await openAccount(async (request, answer) => {
    if (!isBusy || request.path !== '/v1/payments' || !request.query.has('after_cursor')) return answer();
    isBusy = false;
    return { status: 429, headers: { 'retry-after': '3', 'content-type': 'application/json' }, body: '{"error":{"code":"too_many_requests","message":"Too many requests"}}' };
  });
  const method = await shop.card('4242424242424242');
  for (let sold = 0; sold < 120; sold += 1) {
    // oxlint-disable-next-line no-await-in-loop -- each gets its own index in the list
    await shop.complete(await shop.newCheckout({ amount: 100, payment: { metadata: { register_id: 'register-2' } } }), method.body.id);
  }
  const day = await figures(reading);
  expect(day.total.payments).toEqual({ count: 120, amountInCents: 12_000 });
  expect(day.rows.map(({ at }) => at)).toEqual([{ kind: 'register', id: 'register-2', name: null, isThis: false }]);
  expect(steps()).toContain('waiting');
  expect(steps().filter((step) => step.startsWith('payments'))).toEqual(['payments 0', 'payments 100', 'payments 100', 'payments 120']);
});

test.each([
  ['no network', { kind: 'disconnect', moment: 'before' }, 'no-connection'],
  ['401', { kind: 'status', status: 401, moment: 'before' }, 'credentials-refused'],
  ['403', { kind: 'status', status: 403, moment: 'before' }, 'not-permitted'],
  ['404, as with the keys of another shop', { kind: 'status', status: 404, moment: 'before' }, 'not-permitted'],
  ['a page of a proxy', { kind: 'body', body: 'html', moment: 'before' }, 'answer-unreadable'],
  ['half an answer', { kind: 'body', body: 'half-json', moment: 'before' }, 'answer-unreadable'],
] as const)('%s: nothing is shown as if it were the day', async (_what, fault, problem) => {
  const { sell, reading, justifi } = await openAccount();
  await sell(1, 2_500);
  justifi.addFault({ ...fault, on: 'GET /v1/payments' });
  expect(await reading.read(null)).toEqual({ kind: 'failed', failure: { kind: problem } });
  expect(reading.last()).toBeNull();
});

test('an entry in another shape is counted as missing, and the others are read', async () => {
  const { sell, reading } = await openAccount(async (request, answer) => {
    const answered = await answer();
    if (request.path !== '/v1/payments' || typeof answered === 'string') return answered;
    return { ...answered, body: answered.body.replace('"amount":777', '"amount":"777"') };
  });
  await sell(1, 2_500);
  await sell(1, 777);
  expect(await figures(reading)).toMatchObject({ total: { netInCents: 2_500 }, missing: { unreadable: 1 } });
});

test('what other programs wrote into the metadata makes no row of its own rubbish: no register without an id, no half characters, a name of bounded length', async () => {
  const rubbish: readonly Readonly<Record<string, unknown>>[] = [
    { register_id: { nested: true }, register: ['x'] },
    { register_id: '', register: 'Empty' },
    { register_id: 'register 4', register: 'No id' },
    { register_id: 'register-5', register: `${'x'.repeat(59)}🍩🍩` },
    { register_id: 'register-6', register: '\u202eEVIL\u0000\u001b[31m' },
    { register_id: 'register-7', register: 7 },
    { register_id: 'x'.repeat(5_000), register: 'Long' },
  ];
  let next = 0;
  const account = await openAccount(async (request, answer) => {
    const answered = await answer();
    if (typeof answered === 'string' || request.path !== '/v1/payments') return answered;
    const body = JSON.parse(answered.body);
    return { ...answered, body: JSON.stringify({ ...body, data: body.data.map((one: object) => ({ ...one, metadata: rubbish[next++ % rubbish.length] })) }) };
  });
  for (const _ of rubbish) await account.sell(1, 1_000);
  const { rows, total } = await figures(account.reading);
  expect(total.payments).toEqual({ count: rubbish.length, amountInCents: 1_000 * rubbish.length });
  const names = rows.flatMap(({ at }) => (at.kind === 'register' && !at.isThis ? [[at.id, at.name]] : []));
  expect(names.map(([id]) => id)).toEqual(expect.arrayContaining(['register-5', 'register-6', 'register-7']));
  expect(names).toHaveLength(3);
  for (const [, name] of names) expect([name?.isWellFormed() ?? true, (name?.length ?? 0) <= 60, /[\p{Cc}]/u.test(name ?? '')]).toEqual([true, true, false]);
});
