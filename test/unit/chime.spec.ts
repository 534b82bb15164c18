import { expect, test } from 'vitest';
import { CHIMES } from '../../renderer/till/sale/chime.ts';
import { chimeBetween } from '../../renderer/till/sale/chime-between.ts';

const sale = (kind: Parameters<typeof chimeBetween>[1]['kind'], saleId = 'sale-1') => ({ saleId, kind });

test.each([
  ['ready', 'paid', 'paid'],
  ['submitting', 'paid', 'paid'],
  ['checking', 'paid', 'paid'],
  ['submitting', 'accepted', 'paid'],
  ['submitting', 'declined', 'declined'],
  ['submitting', 'not-charged', null],
  ['submitting', 'checking', null],
  ['submitting', 'wrong-amount', null],
  ['paid', 'paid', null],
  ['entering', 'paid', null],
] as const)('from %s to %s sounds as %s', (before, now, chime) => {
  expect(chimeBetween(sale(before), sale(now))).toBe(chime);
});

test('a result at the start, and one of another sale, is silent', () => {
  expect(chimeBetween(null, sale('paid'))).toBeNull();
  expect(chimeBetween(sale('submitting', 'sale-2'), sale('paid'))).toBeNull();
});

test('the two differ in rhythm alone', () => {
  expect(CHIMES.paid.length).not.toBe(CHIMES.declined.length);
});
