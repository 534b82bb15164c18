import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { latePayment } from '../../main/sale/sale-view.ts';
import { type QuickCounter, openQuickCounter } from './quick-shop.ts';

/* Possible answers of JustiFi's that it does not document. JustiFi, its network, client and journal are real. */

let counter: QuickCounter;
beforeEach(async () => {
  counter = await openQuickCounter(8);
});
afterEach(() => counter.end());

const later = (check: () => void) => counter.later(2 * 60_000, check);

const DECLINED = { cardNumber: '4000000000000002' };

test('the order of attempts does not matter: a second decline is DECLINED, and the success after it PAID, newest first as well', async () => {
  counter.justifi.changeSettings({ completionsOrder: 'newest-first' });
  await counter.charge(2500, 'Repair');
  for (const _ of [1, 2]) {
    await counter.pay(DECLINED);
    await vi.waitFor(() => expect(counter.state()).toBe('declined'));
    counter.till.register.tryAgain(counter.till.register.sale().id);
    await vi.waitFor(() => expect(counter.state()).toBe('ready'));
  }
  await counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('paid'));
  expect(counter.justifi.charges()).toMatchObject([{ amount: 2500 }]);
});

test('a changed amount that JustiFi acknowledges but does not save: the form closes, and the sale is charged on a new checkout, once', async () => {
  counter.justifi.changeSettings({ checkoutChanges: 'acknowledged-only' });
  await counter.charge(2500, 'Repair');
  const [prepared] = counter.justifi.books.checkouts();
  expect(counter.justifi.requests('PATCH /v1/checkouts/*')).toMatchObject([{ status: 200 }]);
  await vi.waitFor(() => expect(counter.page()?.checkoutId).not.toBe(prepared!.id));
  await vi.waitFor(() => expect(counter.state()).toBe('ready'));
  await counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('paid'));
  expect(counter.justifi.charges()).toMatchObject([{ checkoutId: counter.justifi.books.checkouts().at(-1)!.id, amount: 2500 }]);
});

test('a bank transfer that is pending on a checkout that is not completed yet is ACCEPTED', async () => {
  counter.justifi.changeSettings({ transferCompletes: 'when-succeeded' });
  await counter.charge(2500, 'Repair');
  const { checkoutId } = counter.page()!;
  await counter.pay({ accountNumber: '000123456789' });
  await vi.waitFor(() => expect(counter.state()).toBe('accepted'));
  const read = await counter.shop.call(`GET /v1/checkouts/${checkoutId}`);
  expect(read.body.data).toMatchObject({ status: 'attempted', successful_payment_id: null, completions: [{ payment_status: 'pending' }] });
  counter.justifi.advanceClock(60_000);
  const settled = await counter.shop.call(`GET /v1/checkouts/${checkoutId}`);
  expect(settled.body.data).toMatchObject({ status: 'completed', successful_payment_id: read.body.data.completions[0].payment_id });
});

test('a refund is under way while JustiFi calls it pending, and refused when it fails then; only one that succeeded gives the money back (F-21)', async () => {
  await counter.charge(2500, 'Repair');
  counter.justifi.holdCharges();
  const paying = counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('checking'), { timeout: 15_000 });
  expect(counter.till.register.serveNext(counter.till.register.sale().id).kind).toBe('ok');
  counter.justifi.releaseCharges();
  await paying;
  const late = () => counter.till.register.late().map(latePayment);
  await later(() => expect(late()).toHaveLength(1));
  const { saleId } = late()[0]!;

  counter.justifi.changeSettings({ refunds: 'pending' });
  expect((await counter.till.register.reverse(saleId, 'refund')).kind).toBe('ok');
  expect(late()).toMatchObject([{ isReversing: true, amountInCents: 2500, refused: null }]);
  counter.justifi.endRefunds('failed');
  await later(() => expect(late()).toMatchObject([{ isReversing: false, amountInCents: 2500, refused: 'refund' }]));

  counter.justifi.changeSettings({ refunds: 'failed' });
  expect((await counter.till.register.reverse(saleId, 'refund')).kind).toBe('failed');
  expect(late()).toMatchObject([{ isReversing: false, amountInCents: 2500, refused: 'refund' }]);
  counter.justifi.changeSettings({ refunds: 'succeeded' });
  expect((await counter.till.register.reverse(saleId, 'refund')).kind).toBe('ok');
  expect(late()).toEqual([]);
  const [payment] = counter.justifi.books.payments();
  expect((await counter.shop.call(`GET /v1/payments/${payment!.id}`)).body.data).toMatchObject({ status: 'fully_refunded', amount_refunded: 2500 });
});
