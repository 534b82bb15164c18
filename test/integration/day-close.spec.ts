import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReportTotals } from '../../contract/report.ts';
import { failed, ok } from '../../contract/result.ts';
import { createDayClose } from '../../main/report/day-close.ts';
import { type DayShop, NO_JUSTIFI, addsUp, openDayShop } from './day-shop.ts';
import { verifyAll } from './journal-shop.ts';

/* The day's report, before and after the day is closed. The journal, its history and the closed days are the real ones. */

let shop: DayShop;
beforeEach(() => {
  shop = openDayShop();
});
afterEach(() => shop.end());

const MONDAY = '2026-11-23T17:00:00.000Z';
const MONDAY_EVENING = '2026-11-24T02:30:00.000Z';
const TUESDAY = '2026-11-24T17:00:00.000Z';
const WEDNESDAY = '2026-11-25T17:00:00.000Z';

const nothing = { count: 0, amountInCents: 0 };
const sums = ({ payments, voids, refunds, netInCents }: ReportTotals) => ({ payments: payments.amountInCents, voids: voids.amountInCents, refunds: refunds.amountInCents, net: netInCents });

describe('the report', () => {
  test('R-01: a refund is in the report of its own day, and the closed day of the sale does not change', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 3575 });
    const monday = await shop.z();
    shop.setClock(TUESDAY);
    shop.giveBack('s1', { id: 'r1', cents: 3575 });
    const { report, closed } = await shop.x();
    expect(sums(report.totals)).toEqual({ payments: 0, voids: 0, refunds: -3575, net: -3575 });
    expect(report.byDay.map(({ businessDay }) => businessDay)).toEqual(['2026-11-24']);
    expect(closed.days).toEqual([monday]);
    expect(sums(monday.report.totals)).toEqual({ payments: 3575, voids: 0, refunds: 0, net: 3575 });
  });

  test('R-02: one part on Tuesday and the rest on Wednesday: each is in the report of its day', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 1000 });
    await shop.z();
    shop.setClock(TUESDAY);
    shop.giveBack('s1', { id: 'r1', cents: 400 });
    const tuesday = await shop.z();
    shop.setClock(WEDNESDAY);
    shop.giveBack('s1', { id: 'r2', cents: 600 });
    const wednesday = await shop.z();
    expect([tuesday, wednesday].map(({ report }) => report.totals.refunds)).toEqual([{ count: 1, amountInCents: -400 }, { count: 1, amountInCents: -600 }]);
  });

  test('R-03: a sale and its whole refund add up to zero', async () => {
    shop.sell({ id: 's1', cents: 999 });
    shop.giveBack('s1', { id: 'r1', cents: 999 });
    const { totals } = (await shop.x()).report;
    expect(totals).toEqual({ payments: { count: 1, amountInCents: 999 }, voids: nothing, refunds: { count: 1, amountInCents: -999 }, failedTransfers: nothing, tips: nothing, tipsBack: nothing, premiums: nothing, premiumsBack: nothing, netInCents: 0 });
  });

  test('R-04: a refund is counted under the sale’s tender, and under the cashier who gave it back', async () => {
    shop.sell({ id: 's1', cents: 1000, tender: 'reader', cashier: 'Ana' });
    shop.sell({ id: 's2', cents: 2000, cashier: 'Bert' });
    shop.sell({ id: 's3', cents: 4000, cashier: 'Bert', isTransfer: true });
    shop.giveBack('s1', { id: 'r1', kind: 'void', cents: 1000, cashier: 'Bert' });
    const { byTender, byCashier } = (await shop.x()).report;
    expect(byTender.map(({ tender, ...totals }) => [tender, sums(totals)])).toEqual([
      ['reader', { payments: 1000, voids: -1000, refunds: 0, net: 0 }],
      ['card-form', { payments: 2000, voids: 0, refunds: 0, net: 2000 }],
      ['bank-account', { payments: 4000, voids: 0, refunds: 0, net: 4000 }],
    ]);
    expect(byCashier.map(({ cashier, ...totals }) => [cashier, sums(totals)])).toEqual([
      ['Ana', { payments: 1000, voids: 0, refunds: 0, net: 1000 }],
      ['Bert', { payments: 6000, voids: -1000, refunds: 0, net: 5000 }],
    ]);
  });

  test('a tip is part of the payment and a number of its own, by tender and by cashier; it goes back with the last of its sale', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 2300, tip: 300, cashier: 'Ana' });
    shop.sell({ id: 's2', cents: 1150, tip: 150, tender: 'reader', cashier: 'Bert' });
    shop.sell({ id: 's3', cents: 500, cashier: 'Bert' });
    shop.giveBack('s1', { id: 'r1', cents: 1300, cashier: 'Bert' });
    // Found by the total and by the purchase.
    for (const amountInCents of [2300, 2000]) expect(await shop.history.ask({ kind: 'page', order: { search: [{ amountInCents }], before: null, length: 10 } })).toMatchObject({ value: { lines: [{ saleId: 's1', amountInCents: 2300 }] } });
    const { report } = await shop.z();
    expect(report.totals).toMatchObject({ payments: { count: 3, amountInCents: 3950 }, refunds: { count: 1, amountInCents: -1300 }, tips: { count: 2, amountInCents: 450 }, tipsBack: nothing, netInCents: 2650 });
    expect(report.byTender.map(({ tender, tips }) => [tender, tips.amountInCents])).toEqual([['reader', 150], ['card-form', 300]]);
    expect(report.byCashier.map(({ cashier, tips }) => [cashier, tips.amountInCents])).toEqual([['Ana', 300], ['Bert', 150]]);
    shop.setClock(TUESDAY);
    shop.giveBack('s1', { id: 'r2', cents: 1000 });
    shop.giveBack('s2', { id: 'v1', kind: 'void', cents: 1150 });
    expect((await shop.x()).report.totals).toMatchObject({ tips: nothing, tipsBack: { count: 2, amountInCents: -450 }, netInCents: -2150 });
  });

  test('the premium of an insurance is part of the payment and a number of its own, and the sale is found by its total; it goes back with the last of its sale', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 1799, premium: 500, tender: 'insured' });
    shop.sell({ id: 's2', cents: 900 });
    for (const amountInCents of [2299, 1799]) expect(await shop.history.ask({ kind: 'page', order: { search: [{ amountInCents }], before: null, length: 10 } })).toMatchObject({ value: { lines: [{ saleId: 's1', amountInCents: 2299 }] } });
    expect((await shop.x()).report.totals).toMatchObject({ payments: { count: 2, amountInCents: 3199 }, premiums: { count: 1, amountInCents: 500 }, tips: nothing });
    shop.giveBack('s1', { id: 'v1', kind: 'void', cents: 2299 });
    expect((await shop.x()).report.totals).toMatchObject({ premiumsBack: { count: 1, amountInCents: -500 }, netInCents: 900 });
  });

  test('R-05: 9.99 refunded in three parts adds up to zero, to the cent', async () => {
    shop.sell({ id: 's1', cents: 999 });
    for (const id of ['r1', 'r2', 'r3']) shop.giveBack('s1', { id, cents: 333 });
    expect(sums((await shop.x()).report.totals)).toEqual({ payments: 999, voids: 0, refunds: -999, net: 0 });
  });

  test('R-07: the evening of the shop is in the report of its own day, though it is tomorrow in UTC', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 100 });
    shop.setClock(MONDAY_EVENING);
    shop.sell({ id: 's2', cents: 200 });
    const { report, businessDay } = await shop.z();
    expect(report.byDay.map((day) => [day.businessDay, day.netInCents])).toEqual([['2026-11-23', 300]]);
    expect(businessDay).toBe('2026-11-23');
  });

  test.each([
    ['America/New_York', '2026-03-07', 23],
    ['America/New_York', '2026-10-31', 25],
    ['Australia/Adelaide', '2026-10-03', 23],
    ['Australia/Adelaide', '2026-04-04', 25],
  ])('R-08: with a sale every hour in %s, the day of %s has %i of them, and its neighbours 24', async (timeZone, date, hours) => {
    const place = openDayShop(NO_JUSTIFI, timeZone);
    try {
      const noonMs = Date.parse(`${date}T12:00:00.000Z`);
      for (let hour = -60; hour < 84; hour += 1) {
        place.setClock(new Date(noonMs + hour * 3_600_000).toISOString());
        place.sell({ id: `s${hour}`, cents: 100 });
      }
      // The first and the last day were not seen whole.
      const { report, businessDay } = await place.z();
      const whole = report.byDay.slice(1, -1).map((day) => [day.businessDay, day.payments.count]);
      expect(whole.filter(([, count]) => count !== 24)).toEqual([[date, hours]]);
      expect(whole).toHaveLength(5);
      expect(businessDay).toBe(report.byDay.at(-1)?.businessDay);
    } finally {
      place.end();
    }
  });

  test('R-09: a payment that JustiFi took before the day was closed, and that became known later, is in the next report, with its own day', async () => {
    shop.setClock(MONDAY);
    shop.pay({ id: 's1', cents: 1250 });
    shop.leave('s1');
    const monday = await shop.z();
    shop.setClock(TUESDAY);
    shop.succeed('s1', { takenAt: '2026-11-23T16:59:00.000Z' });
    shop.sell({ id: 's2', cents: 500 });
    const { report } = await shop.z();
    expect(monday.report.totals.netInCents).toBe(0);
    expect(report.totals.netInCents).toBe(1750);
    expect(report.latePayments).toEqual({ count: 1, amountInCents: 1250, lines: [{ saleId: 's1', at: '2026-11-23T16:59:00.000Z', businessDay: '2026-11-23', amountInCents: 1250, description: 'Sale s1' }] });
    expect(report.byDay.map(({ businessDay, netInCents }) => [businessDay, netInCents])).toEqual([['2026-11-23', 1250], ['2026-11-24', 500]]);
    // It is reported once.
    shop.setClock(WEDNESDAY);
    expect((await shop.x()).report.latePayments.count).toBe(0);
  });

  test('R-09: a PC whose clock is ahead does not turn the next day’s sales into late ones', async () => {
    shop.setClock('2026-11-23T23:00:00.000Z');
    await shop.z();
    shop.setClock(MONDAY_EVENING);
    shop.sell({ id: 's1', cents: 500, takenAt: '2026-11-23T22:55:00.000Z' });
    expect((await shop.x()).report.latePayments).toMatchObject(nothing);
  });

  test('R-13: a payment and a refund without an end are listed, in no total, and carried over until they have one', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 2000 });
    shop.askBack('s1', { id: 'r1', cents: 300 });
    shop.pay({ id: 's2', cents: 1250 });
    shop.leave('s2');
    const monday = await shop.z();
    expect(monday.report.totals.netInCents).toBe(2000);
    expect(monday.report.openPayments).toMatchObject({ count: 1, amountInCents: 1250, lines: [{ saleId: 's2' }] });
    expect(monday.report.openReversals).toMatchObject({ count: 1, amountInCents: -300, lines: [{ saleId: 's1' }] });
    expect(await shop.x()).toMatchObject({ report: { openPayments: { count: 1 }, openReversals: { count: 1 }, totals: { netInCents: 0 } } });
    shop.setClock(TUESDAY);
    shop.answerBack('s1', 'r1');
    shop.succeed('s2');
    expect(await shop.x()).toMatchObject({ report: { openPayments: nothing, openReversals: nothing, totals: { netInCents: 950 } } });
  });

  test('F-23: a bank transfer is listed until it settles; when it fails, its money goes out of the report of that day', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 4000, isTransfer: true });
    shop.sell({ id: 's2', cents: 1000, isTransfer: true });
    const monday = await shop.z();
    expect(monday.report.pendingTransfers).toMatchObject({ count: 2, amountInCents: 5000, lines: [{ saleId: 's1', businessDay: '2026-11-23' }, { saleId: 's2' }] });
    shop.setClock(WEDNESDAY);
    shop.endTransfer('s1', 'failed');
    shop.endTransfer('s2', 'settled');
    const { report } = await shop.x();
    expect(report.pendingTransfers).toMatchObject(nothing);
    expect(report.totals).toMatchObject({ payments: nothing, failedTransfers: { count: 1, amountInCents: -4000 }, netInCents: -4000 });
    expect(report.byTender).toMatchObject([{ tender: 'bank-account', netInCents: -4000 }]);
  });
});

describe('the chart', () => {
  test('adds up to the report, by hour and by day, and closing a day does not change it', async () => {
    shop.setClock(MONDAY);
    shop.sell({ id: 's1', cents: 1000 });
    shop.setClock(MONDAY_EVENING);
    shop.sell({ id: 's2', cents: 250, isTransfer: true });
    const monday = await shop.z();
    shop.setClock(TUESDAY);
    shop.sell({ id: 's3', cents: 500 });
    shop.giveBack('s1', { id: 'r1', cents: 400 });
    shop.endTransfer('s2', 'settled');
    const read = await shop.days.chart();
    if (read.kind === 'failed') throw new Error(read.failure.kind);
    const { businessDay, hours, days } = read.value;
    expect({ businessDay, hours }).toEqual({ businessDay: '2026-11-24', hours: [{ hour: 12, payments: { count: 1, amountInCents: 500 }, netInCents: 100 }] });
    expect(days.slice(-2)).toEqual([
      { businessDay: '2026-11-23', payments: monday.report.totals.payments, netInCents: 1250 },
      { businessDay: '2026-11-24', payments: { count: 1, amountInCents: 500 }, netInCents: (await shop.x()).report.totals.netInCents },
    ]);
  });
});

describe('a closed day', () => {
  test('R-11: numbers have no gap, each begins where the one before ended, also over a restart', async () => {
    const days = [];
    for (let number = 1; number <= 4; number += 1) {
      shop.sell({ id: `s${number}`, cents: 100 * number });
      days.push(await shop.z());
      if (number % 2 === 0) shop.reopen();
    }
    expect(days.map(({ number }) => number)).toEqual([1, 2, 3, 4]);
    expect(days.map(({ report }) => report.after)).toEqual([0, ...days.slice(0, -1).map(({ report }) => report.upTo)]);
    expect(days.map(({ report }) => report.since)).toEqual([null, ...days.slice(0, -1).map(({ closedAt }) => closedAt)]);
    expect((await shop.x()).closed.days).toEqual(days.toReversed());
    expect(await verifyAll(shop.journal)).toMatchObject({ kind: 'ok' });
  });

  test('R-11: a press that comes twice closes one day', async () => {
    shop.sell({ id: 's1', cents: 100 });
    const answers = await Promise.all([shop.days.close(1), shop.days.close(1)]);
    expect(answers).toMatchObject([{ kind: 'ok', value: { number: 1 } }, { kind: 'failed', failure: { kind: 'day-closed' } }]);
    expect((await shop.x()).closed.days).toHaveLength(1);
  });

  test('R-11: the numbers of a register are its own, though a copied one goes on in the same journal', async () => {
    shop.sell({ id: 's1', cents: 100 });
    await shop.z();
    await shop.z();
    shop.reopen('register-2');
    shop.sell({ id: 's2', cents: 200 });
    const copied = await shop.z();
    expect(copied).toMatchObject({ number: 1, registerId: 'register-2', report: { totals: { netInCents: 200 } } });
    expect(await shop.x()).toMatchObject({ number: 2 });
  });

  test('R-11: a full disk closes no day, and the report goes on', async () => {
    shop.sell({ id: 's1', cents: 100 });
    const full = createDayClose({
      ...NO_JUSTIFI,
      journal: { ...shop.journal, closeDay: () => failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: '' }) },
      history: shop.history,
      register: { id: 'register-1', name: 'Register 1' },
      currency: 'USD',
      cashier: () => null,
      utcNow: () => WEDNESDAY,
      shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }),
    });
    expect(await full.close(1)).toEqual({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(await shop.x()).toMatchObject({ number: 1, closed: { days: [] }, report: { totals: { netInCents: 100 } } });
  });

  test('R-11: one that was written, though the answer was lost, is not closed a second time', async () => {
    shop.sell({ id: 's1', cents: 100 });
    const trembling = createDayClose({
      ...NO_JUSTIFI,
      journal: {
        ...shop.journal,
        closeDay(day) {
          expect(shop.journal.closeDay(day).kind).toBe('ok');
          return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: '' });
        },
      },
      history: shop.history,
      register: { id: 'register-1', name: 'Register 1' },
      currency: 'USD',
      cashier: () => null,
      utcNow: () => WEDNESDAY,
      shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }),
    });
    expect(await trembling.close(1)).toMatchObject({ kind: 'failed' });
    shop.reopen();
    expect(await shop.days.close(1)).toEqual({ kind: 'failed', failure: { kind: 'day-closed' } });
    expect(await shop.x()).toMatchObject({ number: 2, closed: { days: [{ number: 1, report: { totals: { netInCents: 100 } } }] }, report: { totals: { netInCents: 0 } } });
  });

  test('R-14: a day without sales can be closed', async () => {
    const day = await shop.z();
    expect(day).toMatchObject({ number: 1, cashier: 'Ana', registerName: 'Register 1', report: { totals: { payments: nothing, netInCents: 0 }, byTender: [] } });
    expect(await shop.z()).toMatchObject({ number: 2 });
  });

  test('years of them come in pages', async () => {
    for (let number = 0; number < 65; number += 1) await shop.z();
    const first = await shop.x();
    const second = await shop.x(first.closed.next);
    const third = await shop.x(second.closed.next);
    const all = [first, second, third].flatMap(({ closed }) => closed.days.map(({ number }) => number));
    expect(all).toEqual(Array.from({ length: 65 }, (_, index) => 65 - index));
    expect(third.closed.next).toBeNull();
  });

  test('is one entry of the journal, however many sales, cashiers and days it has', async () => {
    for (let number = 0; number < 60; number += 1) {
      shop.setClock(new Date(Date.parse(MONDAY) + number * 86_400_000).toISOString());
      const cashier = '王'.repeat(38) + String(number);
      shop.sell({ id: `s${number}`, cents: 99_999_999, cashier, isTransfer: true });
      shop.pay({ id: `o${number}`, cents: 99_999_999, cashier });
      shop.leave(`o${number}`);
    }
    const { report } = await shop.z();
    expect([report.byDay.length, report.byCashier.length, report.pendingTransfers.lines.length, report.openPayments.count]).toEqual([32, 51, 25, 60]);
    expect(addsUp(report)).toBe(true);
    // The longest line in the mirror of the journal.
    expect(Buffer.byteLength(JSON.stringify(report))).toBeLessThan(60 * 1024);
  });

  test('a journal that cannot be read does not give an empty report', async () => {
    const broken = createDayClose({
      ...NO_JUSTIFI,
      journal: shop.journal,
      history: { ask: () => Promise.resolve(failed({ kind: 'history-unreadable' })) },
      register: { id: 'register-1', name: 'Register 1' },
      currency: 'USD',
      cashier: () => null,
      utcNow: () => WEDNESDAY,
      shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }),
    });
    expect(await broken.read(null)).toEqual({ kind: 'failed', failure: { kind: 'report-unreadable' } });
    expect(await broken.close(1)).toEqual({ kind: 'failed', failure: { kind: 'report-unreadable' } });
    expect(shop.journal.lastDayNumber('register-1')).toEqual(ok(0));
  });
});
