import { expect, test } from 'vitest';
import { customerView } from '../../contract/customer-display.ts';
import { appearance } from '../../contract/appearance.ts';
import type { Mode, SaleLink, SaleView } from '../../contract/till-snapshot.ts';

const sold = { saleId: 'sale-1', amountInCents: 1799, tipInCents: 0, description: 'Donut' };
const paid = { ...sold, kind: 'paid', paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, at: '2026-11-26T12:00:00.000Z' } as const;
const view = (sale: SaleView, isOfThisRun = true, mode: Mode = 'live', saleLink: SaleLink | null = null) =>
  customerView({ sale, saleLink, account: { kind: 'connected', subAccountId: 'acc_1', name: 'Shop', credentialsKind: 'client' }, mode, currency: 'USD', appearance: appearance.parse({}) }, isOfThisRun);

test('the customer sees amount, description and outcome, and nothing of the card or the account', () => {
  expect(view(paid)).toEqual({ sale: { kind: 'paid', amountInCents: 1799, description: 'Donut' }, shop: 'Shop', isTest: false, currency: 'USD', language: 'auto', theme: 'auto' });
  expect(JSON.stringify(view(paid))).not.toMatch(/4242|acc_1|sale-1/u);
});

test('the customer is told that no money moves only when it does not', () => {
  expect((['training', 'test', 'live'] as const).map((mode) => view(paid, true, mode).isTest)).toEqual([true, true, false]);
});

test('before an amount is typed there is only a welcome', () => {
  expect(view({ kind: 'entering', saleId: 'sale-2', amountInCents: 0, description: 'Repair', problem: null }).sale).toEqual({ kind: 'welcome' });
});

test.each<SaleView>([{ ...sold, kind: 'checking', tender: 'card-form' }, { ...sold, kind: 'wrong-amount', chargedInCents: 99_999 }])('what is not known, or wrong, is not shown to the customer: $kind', (sale) => {
  expect(view(sale).sale).toEqual({ kind: 'one-moment' });
});

test('the customer is told to use the card reader while it waits, and asked for no card by hand before that', () => {
  expect(view({ ...sold, kind: 'submitting', tender: 'reader' }).sale).toEqual({ kind: 'reader', amountInCents: 1799, description: 'Donut' });
  expect(view({ ...sold, kind: 'ready', tender: 'reader' }).sale.kind).toBe('sale');
  expect(view({ ...sold, kind: 'submitting', tender: 'card-form' }).sale.kind).toBe('processing');
});

test('the customer sees what is offered as a tip, and then the total', () => {
  const choices = [{ percent: 15, amountInCents: 270 }];
  expect(view({ kind: 'tip', saleId: 'sale-1', amountInCents: 1799, description: 'Donut', offer: { choices, anotherUpToInCents: null }, chosenInCents: null, isDoubtful: false, problem: null }).sale).toEqual({ kind: 'tip', amountInCents: 1799, description: 'Donut', choices });
  expect(view({ ...sold, amountInCents: 2069, tipInCents: 270, kind: 'ready', tender: 'card-form' }).sale).toMatchObject({ kind: 'ready', amountInCents: 2069 });
});

test('a sale that came back from the last run is not shown to the customer who stands there now', () => {
  expect(view(paid, false).sale).toEqual({ kind: 'one-moment' });
  expect(view({ ...sold, kind: 'declined', tender: 'card-form', reason: 'declined' }, false).sale).toEqual({ kind: 'one-moment' });
});

test('the customer sees the code of the link while they may scan it, and is never told that nothing was charged while they may still pay by it', () => {
  const code = { size: 33, path: 'M4 4h7v1h-7z' };
  const payableUntil = '2026-12-03T12:00:00.000Z';
  expect(view({ ...sold, kind: 'ready', tender: 'phone' }, true, 'live', { payableUntil, wasDeclined: false, code }).sale).toEqual({ kind: 'phone', amountInCents: 1799, description: 'Donut', code });
  expect(view({ ...sold, kind: 'not-charged', tender: 'reader', reason: 'timed-out' }, true, 'live', { payableUntil, wasDeclined: false, code: null }).sale.kind).toBe('sale');
  expect(view({ ...sold, kind: 'not-charged', tender: 'reader', reason: 'timed-out' }).sale.kind).toBe('not-charged');
});
