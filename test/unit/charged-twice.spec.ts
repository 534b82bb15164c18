import { expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import { chargedTwiceOf } from '../../main/history/charged-twice.ts';
import type { Payment } from '../../main/sale/payments.ts';
import { purchaseOf, withTip } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Taken } from '../../main/sale/sale.ts';

const CARD = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const SALE: Taken = { id: 'sale-1', purchase: purchaseOf(2500, 'USD', 'Repair'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: CARD, chargedInCents: 2500, at: '2026-11-23T15:00:00.000Z', reversals: [] };
const payment = (id: string, checkoutId: string): Payment => ({ id, checkoutId, status: 'succeeded', amountInCents: 2500, refundedInCents: 0, paidWith: CARD, madeAt: '2026-11-23T15:00:00.000Z', isDisputed: false, fees: [] });
const asked = (items: readonly Payment[], unreadable: number) => chargedTwiceOf({ sale: SALE, ours: [], theirs: ok({ items, unreadable, isCut: false }), saleOn: () => null });

test('with an unreadable payment of that day, the verdict is not "once"', () => {
  expect(asked([payment('py_1', 'cho_1')], 0)).toMatchObject({ verdict: 'once' });
  expect(asked([payment('py_1', 'cho_1')], 1)).toMatchObject({ verdict: 'not-known', count: 1 });
  expect(asked([], 1)).toMatchObject({ verdict: 'not-known' });
});

test('the same sold twice with different tips is the same; another purchase of this register with another total is not', () => {
  const items = [payment('py_1', 'cho_1'), { ...payment('py_2', 'cho_2'), amountInCents: 2900 }, { ...payment('py_3', 'cho_3'), amountInCents: 3100 }, { ...payment('py_4', 'cho_elsewhere'), amountInCents: 2900 }];
  const purchases = new Map([['cho_1', SALE.purchase], ['cho_2', withTip(purchaseOf(2500, 'USD', 'Repair'), 400)], ['cho_3', withTip(purchaseOf(2900, 'USD', 'Repair'), 200)]]);
  const saleOn = (checkoutId: string) => {
    const purchase = purchases.get(checkoutId);
    return purchase === undefined ? null : { id: checkoutId === 'cho_1' ? 'sale-1' : checkoutId, purchase };
  };
  const answer = chargedTwiceOf({ sale: SALE, ours: [], theirs: ok({ items, unreadable: 0, isCut: false }), saleOn });
  expect(answer).toMatchObject({ verdict: 'several', evidence: [{ paymentId: 'py_1', amountInCents: 2500, isThisSale: true }, { paymentId: 'py_2', amountInCents: 2900, isThisSale: false }] });
});

test('two that can be read are two, whatever else there is', () => {
  expect(asked([payment('py_1', 'cho_1'), payment('py_2', 'cho_2')], 1)).toMatchObject({ verdict: 'several', count: 2 });
});
