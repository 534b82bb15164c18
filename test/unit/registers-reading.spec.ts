import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type RegistersReadingParts, createRegistersReading } from '../../main/report/registers-reading.ts';
import type { AccountCheckout, AccountPage, AccountPayment, AccountPayments, AccountRefund } from '../../main/sale/account-payments.ts';
import { beginningOf, businessDayOf } from '../../main/sale/business-day.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';

/* Reading a day of all registers: page by page, with limits, a stop, and its pauses. */

const DAY = { timeZone: 'America/New_York', beginsAtHour: 4 };
const NOON_MS = Date.parse('2026-11-25T17:00:00.000Z');
const BAR = { id: 'register-2', name: 'Bar' };

function payment(number: number, more: Partial<AccountPayment> = {}): AccountPayment {
  return { id: `py_${number}`, accountId: 'acc_1', isTest: true, currency: 'USD', checkoutId: `cho_${number}`, register: BAR, status: 'succeeded', amountInCents: 100, feesInCents: null, paidBy: 'card', madeAtMs: NOON_MS, ...more };
}

const page = <Item>(items: readonly Item[], next: string | null = null): AccountPage<Item> => ({ items, unreadable: 0, next, isCut: false });
const noCheckout = (id: string): AccountCheckout => ({ id, register: null, isKnown: true, madeAtMs: NOON_MS });

/** A JustiFi with these payments; pauses end at once, and are recorded. */
function openReading(justifi: Partial<AccountPayments> = {}, more: Partial<RegistersReadingParts> = {}) {
  const waits: number[] = [];
  const asked: string[] = [];
  let changes = 0;
  const note = <Input, Answer>(name: string, call: (...input: readonly Input[]) => Answer) => (...input: readonly Input[]) => {
    asked.push(name);
    return call(...input);
  };
  const whole: AccountPayments = {
    payments: async () => ok(page<AccountPayment>([])),
    refunds: async () => ok(page<AccountRefund>([])),
    checkouts: async () => ok(page<AccountCheckout>([])),
    payment: async (id) => ok(payment(Number(id.slice('py_'.length)))),
    checkout: async (id) => ok(noCheckout(id)),
    ...justifi,
  };
  const reading = createRegistersReading({
    justifi: Object.fromEntries(Object.entries(whole).map(([name, call]) => [name, note(name, call as (...input: readonly unknown[]) => unknown)])) as unknown as AccountPayments,
    account: { subAccountId: 'acc_1', isTest: true, currency: 'USD' },
    register: { id: 'register-1', name: 'Front' },
    timers: {
      after(ms, then) {
        waits.push(ms);
        setImmediate(then);
        return () => {};
      },
    },
    utcNow: () => '2026-11-25T20:00:00.000Z',
    shopDay: () => DAY,
    onChange: () => void (changes += 1),
    ...more,
  });
  return { ...reading, asked, waits: () => waits.filter((ms) => ms > 100), changes: () => changes };
}

describe('the day', () => {
  test('R-07, R-08: is the shop’s own, and begins when its first moment does, on days of 23 and 25 hours too', () => {
    expect(beginningOf('2026-11-25', DAY)).toBe('2026-11-25T09:00:00.000Z');
    expect(beginningOf('2026-03-08', { ...DAY, beginsAtHour: 2 })).toBe('2026-03-08T07:00:00.000Z');
    for (const [day, timeZone, beginsAtHour] of [['2026-03-08', 'America/New_York', 2], ['2026-11-01', 'America/New_York', 1], ['2026-11-01', 'America/St_Johns', 4], ['2026-04-05', 'Australia/Lord_Howe', 2]] as const) {
      const shopDay = { timeZone, beginsAtHour };
      const first = beginningOf(day, shopDay);
      expect(businessDayOf(first, shopDay)).toBe(day);
      expect(businessDayOf(new Date(Date.parse(first) - 1).toISOString(), shopDay) < day).toBe(true);
    }
  });

  test('is today where none is asked for, and never one that has not begun', async () => {
    const { read } = openReading();
    expect(await read(null)).toMatchObject({ kind: 'ok', value: { businessDay: '2026-11-25', from: '2026-11-25T09:00:00.000Z', to: '2026-11-26T09:00:00.000Z' } });
    expect(await read('2026-11-26')).toEqual(failed({ kind: 'day-not-begun' }));
  });

  test('has no payment of the day before or after, also where JustiFi ignores the filter', async () => {
    const { read } = openReading({ payments: async () => ok(page([payment(1), payment(2, { madeAtMs: Date.parse('2026-11-25T08:59:59.999Z') }), payment(3, { madeAtMs: Date.parse('2026-11-26T09:00:00.000Z') })])) });
    expect(await read('2026-11-25')).toMatchObject({ kind: 'ok', value: { total: { payments: { count: 1 } } } });
  });
});

test('100,000 payments: main answers others between all pages, and at the bound it says that there are more', async () => {
  const { read, asked, progress } = openReading({
    async payments(_between, cursor) {
      const first = Number(cursor ?? 0);
      return ok(page(Array.from({ length: 100 }, (_, place) => payment(first + place)), String(first + 100)));
    },
  });
  const reading = read(null);
  let turns = 0;
  let longestMs = 0;
  for (let before = performance.now(); progress() !== null; before = performance.now()) {
    // oxlint-disable-next-line no-await-in-loop -- main's other work meanwhile
    await nextTurn();
    longestMs = Math.max(longestMs, performance.now() - before);
    turns += 1;
  }
  expect(await reading).toMatchObject({ kind: 'ok', value: { total: { payments: { count: 50_000, amountInCents: 5_000_000 } }, missing: { morePayments: true } } });
  expect(asked.filter((name) => name === 'payments')).toHaveLength(500);
  expect(turns).toBeGreaterThan(500);
  expect(longestMs).toBeLessThan(2_000);
});

describe('which register', () => {
  test('a payment that does not name its register has it from its checkout: a few are asked about one by one', async () => {
    const { read, asked } = openReading({
      payments: async () => ok(page([payment(1, { register: null }), payment(2, { register: null }), payment(3, { register: null, checkoutId: null }), payment(4, { register: null, isTest: false })])),
      checkout: async (id) => (id === 'cho_1' ? ok({ ...noCheckout(id), register: BAR }) : failed({ kind: 'invalid', code: 'resource_not_found', status: 404, parameter: null })),
    });
    const answer = await read(null);
    expect(answer.kind === 'ok' && answer.value.rows.map(({ at }) => (at.kind === 'register' ? at.id : at.kind))).toEqual(['register-2', 'elsewhere', 'not-known']);
    expect(asked.filter((name) => name === 'checkout')).toHaveLength(2);
    expect(asked).not.toContain('checkouts');
  });

  test('many are looked for in the list, from a little before the day on, and the rest are read one by one up to a limit', async () => {
    const early = NOON_MS - 24 * 60 * 60_000;
    const { read, asked } = openReading({
      payments: async () => ok(page(Array.from({ length: 350 }, (_, number) => payment(number, { register: null })))),
      async checkouts(_to, cursor) {
        const first = Number(cursor ?? 0);
        return ok(page(Array.from({ length: 50 }, (_, place) => ({ id: `cho_${first + place}`, register: BAR, isKnown: true, madeAtMs: first < 150 ? NOON_MS : early })), String(first + 50)));
      },
      checkout: async (id) => ok({ ...noCheckout(id), register: BAR }),
    });
    const answer = await read(null);
    expect(asked.filter((name) => name === 'checkouts')).toHaveLength(4);
    expect(asked.filter((name) => name === 'checkout')).toHaveLength(100);
    expect(answer.kind === 'ok' && answer.value.rows.map(({ at, payments }) => [at.kind, payments.count])).toEqual([['register', 300], ['not-known', 50]]);
  });
});

test('R-01: a refund of the day is found after later ones; its payment of an earlier day is read', async () => {
  const refund = (number: number, madeAtMs: number): AccountRefund => ({ id: `re_${number}`, paymentId: `py_${number}`, status: 'succeeded', amountInCents: 40, madeAtMs });
  const { read, asked } = openReading({
    refunds: async (cursor) => ok(cursor === null ? page([refund(1, NOON_MS + 1), refund(2, NOON_MS)], 'a') : page([refund(3, NOON_MS - 24 * 60 * 60_000)], 'b')),
    payment: async (id) => ok(payment(9, { id, paidBy: 'reader' })),
  });
  expect(await read('2026-11-25')).toMatchObject({ kind: 'ok', value: { total: { refunds: { count: 2, amountInCents: -80 } }, byPaidBy: [{ paidBy: 'reader' }] } });
  expect(asked.filter((name) => name === 'refunds')).toHaveLength(2);
  expect(asked.filter((name) => name === 'payment')).toHaveLength(2);
});

test('a refund that is listed twice, because a newer one has moved the pages, is subtracted once; pages in a circle end, and the manager is told', async () => {
  const refund = (id: string): AccountRefund => ({ id, paymentId: 'py_1', status: 'succeeded', amountInCents: 40, madeAtMs: NOON_MS });
  const { read, asked } = openReading({
    payments: async () => ok(page([payment(1)])),
    refunds: async (cursor) => ok(cursor === 'a' ? page([refund('re_1'), refund('re_2')], 'b') : page([refund('re_2'), refund('re_3')], 'a')),
  });
  expect(await read('2026-11-25')).toMatchObject({ kind: 'ok', value: { total: { refunds: { count: 3, amountInCents: -120 } }, missing: { moreRefunds: true } } });
  expect(asked.filter((name) => name === 'refunds')).toHaveLength(200);
});

describe('when JustiFi has too many requests', () => {
  const busy = (retryAfterMs: number | null): JustifiFailure => ({ kind: 'rate-limited', code: 'http-429', status: 429, retryAfterMs });

  test('it waits as long as JustiFi says, and goes on', async () => {
    const answers = [failed(busy(7_000)), failed(busy(null)), ok(page([payment(1)]))];
    const { read, waits } = openReading({ payments: async () => answers.shift() ?? ok(page<AccountPayment>([])) });
    expect(await read(null)).toMatchObject({ kind: 'ok', value: { total: { payments: { count: 1 } } } });
    expect(waits()).toEqual([7_000, 4_000]);
  });

  test('it gives up after six answers, or at once when it should come back much later', async () => {
    const always = openReading({ payments: async () => failed(busy(null)) });
    expect(await always.read(null)).toEqual(failed({ kind: 'justifi-busy' }));
    expect(always.waits()).toEqual([2_000, 4_000, 8_000, 16_000, 32_000]);
    const later = openReading({ payments: async () => failed(busy(3_600_000)) });
    expect(await later.read(null)).toEqual(failed({ kind: 'justifi-busy' }));
    expect(later.waits()).toEqual([]);
  });
});

test.each<[failure: JustifiFailure, problem: string]>([
  [{ kind: 'network', code: 'ECONNREFUSED' }, 'no-connection'],
  [{ kind: 'unauthorised', code: 'not_authorized', status: 401 }, 'credentials-refused'],
  [{ kind: 'forbidden', code: 'not_authorized', status: 403, aboutOriginUrl: false }, 'not-permitted'],
  [{ kind: 'invalid', code: 'resource_not_found', status: 404, parameter: null }, 'not-permitted'],
  [{ kind: 'server', code: 'http-500', status: 500 }, 'justifi-trouble'],
  [{ kind: 'unexpected', code: 'shape:data', status: 200 }, 'answer-unreadable'],
])('$0.kind: nothing is shown, and one sentence says why', async (failure, problem) => {
  for (const list of ['payments', 'refunds'] as const) {
    const { read, last } = openReading({ [list]: async () => failed(failure) });
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    expect(await read(null)).toEqual(failed({ kind: problem }));
    expect(last()).toBeNull();
  }
});

describe('one at a time', () => {
  /** JustiFi answers when the test lets it. */
  function slow() {
    let answer = () => {};
    const reading = openReading({
      payments: () =>
        new Promise((resolve) => {
          answer = () => resolve(ok(page([payment(1)])));
        }),
    });
    return { ...reading, answer: () => answer() };
  }
  const asks = async ({ asked }: { readonly asked: readonly string[] }, times: number) => expect.poll(() => asked.filter((name) => name === 'payments').length).toBe(times);

  test('a second press reads nothing, and the first one ends', async () => {
    const till = slow();
    const first = till.read(null);
    expect(await till.read('2026-11-24')).toEqual(failed({ kind: 'being-read' }));
    await asks(till, 1);
    till.answer();
    expect((await first).kind).toBe('ok');
    expect(till.last()?.businessDay).toBe('2026-11-25');
  });

  test('stopped during a request, it ends at once; the late answer is dropped, and the next one begins', async () => {
    const till = slow();
    const first = till.read(null);
    await asks(till, 1);
    const { answer } = till;
    till.stop();
    expect(await first).toEqual(failed({ kind: 'stopped' }));
    expect(till.progress()).toBeNull();
    answer();
    await nextTurn();
    expect(till.last()).toBeNull();
    const second = till.read(null);
    await asks(till, 2);
    till.answer();
    expect((await second).kind).toBe('ok');
  });

  test('stopped while it waits, it asks no more', async () => {
    let waits = 0;
    const till = openReading({ payments: async () => failed({ kind: 'rate-limited', code: '', status: 429, retryAfterMs: 60_000 }) }, {
      timers: {
        after(ms, then) {
          if (ms === 60_000) waits += 1;
          else setImmediate(then);
          return () => {};
        },
      },
    });
    const reading = till.read(null);
    await expect.poll(() => waits).toBe(1);
    expect(till.progress()).toMatchObject({ isWaiting: true });
    till.stop();
    expect(await reading).toEqual(failed({ kind: 'stopped' }));
    await nextTurn();
    expect(till.asked).toEqual(['payments']);
  });
});
