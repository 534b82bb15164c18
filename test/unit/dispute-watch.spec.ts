import { expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type DisputeWatchParts, openDisputeWatch } from '../../main/sale/dispute-watch.ts';
import type { DisputedPayment } from '../../main/sale/payments.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';
import { madeElsewhere } from '../../main/sale/reversal.ts';
import { intended, learned } from '../../main/sale/transition.ts';

const HOUR_MS = 60 * 60_000;
const CARD = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const PAID: Sale = { kind: 'paid', id: 'sale-1', purchase: purchaseOf(2500, 'USD', 'Repair'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: CARD, chargedInCents: 2500, at: '2026-11-23T15:00:00.000Z', reversals: [] };
const REFUNDED: Sale = { ...PAID, kind: 'reversed', reversals: [madeElsewhere({ id: 're-1', paymentId: 'py_1', kind: 'refund', amountInCents: 2500, askedAt: '2026-11-24T15:00:00.000Z', refundId: 're_1' })] };
const WRONG: Sale = { ...PAID, kind: 'wrong-amount-seen', chargedInCents: 9500 };
const DISPUTED: DisputedPayment = { id: 'py_1', checkoutId: 'cho_1' };
type Listed = Awaited<ReturnType<DisputeWatchParts['payments']['listDisputed']>>;
const page = (items: readonly DisputedPayment[], next: string | null = null) => ok({ items, unreadable: 0, next, isCut: false });
const listing = (...items: readonly DisputedPayment[]) => page(items);
const FACT = { kind: 'transfer-ended', how: 'disputed', at: '2026-12-20T15:00:00.000Z', businessDay: '2026-12-20' } as const;

function watch(sale: Sale | null, listed: Listed | ((cursor: string | null) => Listed), known: readonly string[] = []) {
  const due: (() => void)[] = [];
  const disputed: string[] = [];
  const lines: string[] = [];
  const pauses: number[] = [];
  const unread: unknown[] = [];
  const cursors: (string | null)[] = [];
  const open = openDisputeWatch({
    payments: {
      async listDisputed(cursor) {
        cursors.push(cursor);
        return typeof listed === 'function' ? listed(cursor) : listed;
      },
    },
    journal: { saleOn: () => ok(sale) },
    register: { disputed: (saleId) => void disputed.push(saleId) },
    isKnown: (saleId) => known.includes(saleId),
    timers: {
      after(ms, then) {
        expect(ms).toBeLessThanOrEqual(HOUR_MS);
        pauses.push(ms);
        due.push(then);
        return () => void due.splice(due.indexOf(then), 1);
      },
    },
    log: (what) => void lines.push(what),
    onRead: (read) => void unread.push(read),
  });
  const look = async () => {
    due.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ...open, look, disputed, lines, pauses, due, unread, cursors, asked: () => cursors.length };
}

test('a card payment of this register that is disputed weeks later is reported once, by one request an hour', async () => {
  const till = watch(PAID, listing(DISPUTED));
  for (let hours = 0; hours < 3; hours += 1) await till.look();
  expect([till.disputed, till.asked()]).toEqual([['sale-1'], 3]);
  till.close();
  expect(till.due).toEqual([]);
});

test.each([
  ['the manager has seen', PAID, ['sale-1']],
  ['another payment of its checkout was for', { ...PAID, paymentId: 'py_2' }, []],
  ['is of no sale here', null, []],
  ['is of a late payment that is not decided on yet', { ...PAID, kind: 'late' as const }, []],
  ['is of a sale whose refund is under way', { ...PAID, kind: 'reversing' as const, of: 'paid' as const }, []],
])('a dispute that %s is not told', async (_why, sale, known) => {
  const till = watch(sale, listing(DISPUTED), known);
  await till.look();
  expect(till.disputed).toEqual([]);
});

test.each([
  ['was given back in full', REFUNDED],
  ['was charged another amount', WRONG],
])('a dispute of a sale that %s is told as well: without an answer the shop loses that money, perhaps twice', async (_how, sale) => {
  const till = watch(sale, listing(DISPUTED));
  await till.look();
  expect(till.disputed).toEqual(['sale-1']);
});

test('in a list with unreadable lines, or without an end, the other disputes are still reported, and the manager is told', async () => {
  const till = watch(PAID, ok({ items: [DISPUTED], unreadable: 1, next: null, isCut: true }));
  await till.look();
  expect([till.disputed, till.lines, till.unread]).toEqual([['sale-1'], ['payment.disputed', 'disputes.not-all-read'], [{ unreadable: 1, isComplete: false }]]);
});

test('without an answer the request is repeated sooner', async () => {
  const till = watch(PAID, failed({ kind: 'network', code: 'ETIMEDOUT' }));
  await till.look();
  expect([till.disputed, till.due.length]).toEqual([[], 1]);
  expect(till.pauses.at(-1)).toBeLessThan(HOUR_MS);
});

const OTHERS = Array.from({ length: 100 }, (_, place): DisputedPayment => ({ id: `py_other-${place}`, checkoutId: null }));

test('more than 500 disputed payments are read to their end, page by page with a pause after each', async () => {
  const till = watch(PAID, (cursor) => (cursor === '12' ? page([DISPUTED]) : page(OTHERS, String(Number(cursor) + 1))));
  for (let pages = 0; pages < 13; pages += 1) {
    expect(till.disputed).toEqual([]);
    // oxlint-disable-next-line no-await-in-loop -- each page names the next
    await till.look();
  }
  expect([till.disputed, till.asked(), till.unread]).toEqual([['sale-1'], 13, [{ unreadable: 0, isComplete: true }]]);
  expect(till.pauses.slice(1, 13).every((ms) => ms >= 500 && ms < 60_000)).toBe(true);
  expect(till.pauses.at(-1)).toBe(HOUR_MS);
  await till.look();
  expect(till.cursors.at(-1)).toBeNull();
});

test('a list without an end is read to a bound, and the manager is told that there are more', async () => {
  const till = watch(PAID, (cursor) => page(OTHERS, String(Number(cursor) + 1)));
  for (let pages = 0; pages < 100 && till.unread.length === 0; pages += 1) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    await till.look();
  }
  expect([till.asked(), till.unread]).toEqual([50, [{ unreadable: 0, isComplete: false }]]);
});

test('closed in the middle of a long list, it asks no more', async () => {
  const till = watch(PAID, (cursor) => page(OTHERS, String(Number(cursor) + 1)));
  await till.look();
  till.close();
  expect([till.due, till.asked()]).toEqual([[], 1]);
});

test('a page that does not come leaves what was read, and the list is asked for again from its beginning', async () => {
  const till = watch(PAID, (cursor) => (cursor === null ? page([DISPUTED], '1') : failed({ kind: 'network', code: 'ETIMEDOUT' })));
  await till.look();
  await till.look();
  await till.look();
  expect([till.disputed, till.cursors, till.unread]).toEqual([['sale-1'], [null, '1', null], []]);
});

test('a paid sale becomes disputed, once; no other end of a transfer changes it', () => {
  const disputed = learned(PAID, FACT);
  expect(disputed).toEqual({ ...PAID, kind: 'disputed' });
  expect(learned(disputed, FACT)).toBe(disputed);
  for (const how of ['settled', 'failed', 'canceled'] as const) expect(learned(PAID, { ...FACT, how })).toBe(PAID);
});

test.each([PAID, REFUNDED, WRONG])('seen by the manager, a disputed sale has its earlier state again: $kind', (sale) => {
  expect(intended(learned(sale, FACT), { kind: 'payment-trouble-seen' })).toEqual(ok(sale));
});
