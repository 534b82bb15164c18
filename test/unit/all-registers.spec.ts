import { describe, expect, test } from 'vitest';
import { PAID_BY } from '../../contract/all-registers.ts';
import { csvText } from '../../main/files/csv.ts';
import { registersPaper } from '../../main/receipt/registers-paper.ts';
import { receiptText } from '../../main/receipt/receipt-text.ts';
import { type DayOfAccount, allRegistersOf } from '../../main/report/all-registers.ts';
import { registersCsv } from '../../main/report/registers-csv.ts';
import type { AccountPayment, AccountRefund } from '../../main/sale/account-payments.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import fc from '../setup/properties.ts';

/* A day of all registers, from JustiFi's lists. */

const HERE = { id: 'register-1', name: 'Front counter' };
const ACCOUNT = { subAccountId: 'acc_1', isTest: true, currency: 'USD' } as const;
const NOTHING_MISSING = { unreadable: 0, morePayments: false, moreRefunds: false };
let made = 0;

function payment(more: Partial<AccountPayment> = {}): AccountPayment {
  made += 1;
  return { id: `py_${made}`, accountId: 'acc_1', isTest: true, currency: 'USD', checkoutId: `cho_${made}`, register: { id: 'register-1', name: 'Register 1' }, status: 'succeeded', amountInCents: 1_000, feesInCents: null, paidBy: 'card', madeAtMs: made, ...more };
}

const refundOf = (of: AccountPayment, more: Partial<AccountRefund> = {}) => ({ refund: { id: `re_${of.id}`, paymentId: of.id, status: 'succeeded', amountInCents: 300, madeAtMs: 1, ...more }, payment: of });
const dayOf = (more: Partial<DayOfAccount>) => allRegistersOf({ payments: [], refunds: [], registerOf: ({ register }) => register, here: HERE, account: ACCOUNT, missing: NOTHING_MISSING, ...more });
const sum = (count: number, amountInCents: number) => ({ count, amountInCents });

test('each register has its row: this one first and by its own name, then the others, then payments of no register', () => {
  const { rows, total } = dayOf({
    payments: [
      payment({ amountInCents: 2_500 }),
      payment({ register: { id: 'register-3', name: 'Bar' }, amountInCents: 700 }),
      payment({ register: { id: 'register-2', name: null }, amountInCents: 400 }),
      payment({ register: { id: 'register-3', name: 'Garden bar' }, amountInCents: 100 }),
      payment({ register: null, checkoutId: null, amountInCents: 9_900 }),
    ],
  });
  expect(rows.map(({ at, payments }) => [at.kind === 'register' ? [at.name, at.id, at.isThis] : at.kind, payments.amountInCents])).toEqual([
    [['Front counter', 'register-1', true], 2_500],
    [[null, 'register-2', false], 400],
    [['Garden bar', 'register-3', false], 800],
    ['elsewhere', 9_900],
  ]);
  expect(total).toMatchObject({ payments: sum(5, 13_600), netInCents: 13_600 });
});

test('R-01, R-03, R-04: refunds of the day are subtracted in the row of the register that took the payment, on any day; a void subtracts the whole payment', () => {
  const yesterday = payment({ register: { id: 'register-2', name: 'Bar' }, paidBy: 'reader' });
  const { rows, total, byPaidBy } = dayOf({ payments: [payment(), payment({ status: 'canceled', amountInCents: 500 })], refunds: [refundOf(yesterday)] });
  expect(rows.map(({ payments, voids, refunds, netInCents }) => [payments.amountInCents, voids.amountInCents, refunds.amountInCents, netInCents])).toEqual([
    [1_500, -500, 0, 1_000],
    [0, 0, -300, -300],
  ]);
  expect(total.netInCents).toBe(700);
  expect(byPaidBy.map(({ paidBy, netInCents }) => [paidBy, netInCents])).toEqual([['card', 1_000], ['reader', -300]]);
});

test('unsettled and failed payments are separate, in no sum; fees are shown, and not subtracted', () => {
  const ours = payment({ feesInCents: 59 });
  const { total } = dayOf({
    payments: [ours, payment({ status: 'pending', amountInCents: 4_000, paidBy: 'bank-account' }), payment({ status: 'authorized' }), payment({ status: 'failed', amountInCents: 77, feesInCents: 5 }), payment({ status: 'disputed' })],
    refunds: [refundOf(ours, { status: 'pending' }), refundOf(ours, { status: 'failed' })],
  });
  expect(total).toEqual({ payments: sum(2, 2_000), voids: sum(0, 0), refunds: sum(0, 0), netInCents: 2_000, pending: sum(2, 5_000), pendingRefunds: sum(1, -300), failed: sum(1, 77), feesInCents: 59 });
});

test.each<[what: string, more: Partial<AccountPayment>]>([
  ['another account', { accountId: 'acc_2' }],
  ['live beside test', { isTest: false }],
  ['another currency', { currency: 'CAD' }],
])('a payment of %s is in no sum, and neither is its refund; both are counted as left out', (_what, more) => {
  const other = payment(more);
  const { total, rows, missing } = dayOf({ payments: [payment(), other], refunds: [refundOf(other)] });
  expect(total.netInCents).toBe(1_000);
  expect(rows).toHaveLength(1);
  expect(missing.ofOthers).toBe(2);
});

test('a state that Counter does not know is in no sum, and is counted', () => {
  const ours = payment();
  const { total, missing } = dayOf({ payments: [ours, payment({ status: 'resting' })], refunds: [refundOf(ours, { status: 'resting' })], missing: { ...NOTHING_MISSING, unreadable: 1 } });
  expect(total.netInCents).toBe(1_000);
  expect(missing.unreadable).toBe(3);
});

test('rows and ways to pay add up to the total, to the cent', () => {
  const status = fc.constantFrom('succeeded', 'canceled', 'failed', 'pending', 'partially_refunded', 'disputed', 'resting');
  const payments = fc.array(fc.record({ status, amountInCents: fc.integer({ min: 51, max: 99_999_999 }), paidBy: fc.constantFrom(...PAID_BY), register: fc.constantFrom(null, { id: 'register-1', name: null }, { id: 'register-2', name: 'Bar' }), refunded: fc.integer({ min: 0, max: 500 }) }));
  fc.assert(
    fc.property(payments, (drawn) => {
      const all = drawn.map(({ refunded: _refunded, ...more }) => payment(more));
      const { total, rows, byPaidBy } = dayOf({ payments: all, refunds: all.map((one, place) => refundOf(one, { amountInCents: drawn[place]!.refunded })) });
      for (const groups of [rows, byPaidBy]) {
        expect(groups.reduce((net, { netInCents }) => net + netInCents, 0)).toBe(total.netInCents);
        expect(groups.reduce((count, { payments: { count: one } }) => count + one, 0)).toBe(total.payments.count);
      }
      expect(total.payments.amountInCents + total.voids.amountInCents + total.refunds.amountInCents).toBe(total.netInCents);
    }),
  );
});

describe('in a file and on paper', () => {
  const figures = dayOf({ payments: [payment({ amountInCents: 123_456, feesInCents: 100 }), payment({ register: { id: 'register-2', name: '=HYPERLINK("http://x")' } })], missing: { ...NOTHING_MISSING, morePayments: true } });
  const day = { businessDay: '2026-11-25', from: '2026-11-25T09:00:00.000Z', to: '2026-11-26T09:00:00.000Z', readAt: '2026-11-25T20:00:00.000Z', currency: 'USD', ...figures } as const;

  test('money stays a number, a name that looks like a formula is text, and missing parts are listed', () => {
    const csv = registersCsv(day, 'en', 'en-US');
    expect(csv).toContain('"Register","Front counter","register-1","1","1234.56","0","0.00","0","0.00","1234.56"');
    expect(csv).toContain(`"'=HYPERLINK(""http://x"")","register-2"`);
    expect(csv).toContain('JustiFi has more payments of this day than Counter reads.');
    expect(csv.startsWith(csvText([['All registers', '2026-11-25', 'USD']], 'en-US').trimEnd())).toBe(true);
  });

  test('the paper shows the day, the printing register, and every row', () => {
    const { receipt } = registerSettings.parse({});
    const text = receiptText(registersPaper(day, '2026-11-25T20:05:00.000Z', { shop: receipt, logo: null, mode: 'test', registerName: 'Front counter', language: 'en' }));
    for (const part of ['All registers', 'TEST', 'Nov 25, 2026', 'Front counter (this register)', '$1,234.56', 'Fees', 'The earliest ones are missing']) expect(text).toContain(part);
  });
});
