import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { hasReceipt } from '../../main/receipt/receipt.ts';
import { lastSaleView, troubledPayment } from '../../main/sale/sale-view.ts';
import { type QuickCounter, openQuickCounter } from './quick-shop.ts';

/* A customer's bank asks for a payment's money back, weeks after it was made: main against the training JustiFi, by its list of disputed payments. */

/** Without a customer, an hour of the shop passes in 0.15 seconds. */
const IDLE = { faster: 24_000 };
const LIST = 'GET /v1/payments';

let counter: QuickCounter;
beforeEach(async () => {
  counter = await openQuickCounter(20);
});
afterEach(() => counter.end());

/** A card payment whose result was dismissed. */
async function sell(): Promise<string> {
  await counter.charge(2500, 'Repair');
  const saleId = counter.till.register.sale().id;
  await counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('paid'), { timeout: 15_000 });
  counter.till.register.newSale(saleId);
  return saleId;
}

function record(saleId: string) {
  const read = counter.history.readSale(saleId);
  if (read.kind === 'failed') throw new Error(read.failure.kind);
  return read.value;
}

const troubled = () => counter.till.register.troubled().map(troubledPayment);
const dispute = (saleId: string) => counter.justifi.disputePayment(record(saleId).paymentId ?? '');
const timesTold = (saleId: string) => record(saleId).steps.filter(({ kind }) => kind === 'transfer-disputed').length;

const isTold = (saleId: string) => vi.waitFor(() => expect(troubled()).toMatchObject([{ saleId, kind: 'disputed' }]), { timeout: 15_000 });

/** The hourly comparison lists payments too, so two more hours bring at least four lists. */
async function twoHoursPass(): Promise<void> {
  const before = counter.justifi.requests(LIST).length;
  await vi.waitFor(() => expect(counter.justifi.requests(LIST).length).toBeGreaterThanOrEqual(before + 4), { timeout: 15_000 });
}

test('a card payment that is disputed later needs attention, over restarts, until the manager has seen it, and is reported once', async () => {
  const saleId = await sell();
  counter.reopen(IDLE);
  await twoHoursPass();
  expect(troubled()).toEqual([]);
  expect(dispute(saleId)).toBe(true);
  await isTold(saleId);
  expect(troubled()).toMatchObject([{ amountInCents: 2500, givenBackInCents: 0, description: 'Repair', paidWith: { kind: 'card', last4: '4242' } }]);
  expect(record(saleId)).toMatchObject({ line: { state: 'paid' }, giveBack: { kind: 'nothing' } });
  // Its receipt is the evidence for the bank.
  expect(hasReceipt(counter.till.sold(saleId)!.sale)).toBe(true);

  counter.reopen();
  await twoHoursPass();
  expect(troubled()).toHaveLength(1);
  expect(counter.till.register.acknowledgePaymentTrouble(saleId).kind).toBe('ok');
  await twoHoursPass();
  counter.reopen();
  await twoHoursPass();
  expect([troubled(), timesTold(saleId)]).toEqual([[], 1]);
});

test('the last sale stays the last sale when it is disputed, on its result and after a restart, not the sale before it; seen by the manager it is shown as before', async () => {
  const before = await sell();
  await counter.charge(1200, 'Repair');
  const saleId = counter.till.register.sale().id;
  await counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('paid'), { timeout: 15_000 });
  const last = () => lastSaleView(counter.till.register.lastSale());
  expect(last()).toMatchObject({ saleId: before });
  // While its result is on the screen.
  counter.till.register.disputed(saleId);
  expect(counter.state()).toBe('draft');
  const disputed = { kind: 'paid', saleId, amountInCents: 1200, isDisputed: true, givenBack: null };
  expect(last()).toMatchObject(disputed);
  counter.reopen();
  expect(last()).toMatchObject(disputed);
  expect(counter.till.register.acknowledgePaymentTrouble(saleId).kind).toBe('ok');
  expect(last()).toMatchObject({ ...disputed, isDisputed: false });
});

test('it is found behind a hundred newer ones, which belong to no sale here', async () => {
  const saleId = await sell();
  const { body: card } = await counter.shop.card('4242424242424242');
  for (let number = 0; number < 100; number += 1) {
    // oxlint-disable-next-line no-await-in-loop -- JustiFi lists them in their order
    const completed = await counter.shop.complete(await counter.shop.newCheckout(), card.id);
    expect(counter.justifi.disputePayment(completed.body.data.payment_response.data.id)).toBe(true);
  }
  expect(dispute(saleId)).toBe(true);
  counter.reopen(IDLE);
  await isTold(saleId);
});

test('while JustiFi does not answer, or its answer cannot be read, no dispute is reported; it is later', async () => {
  const saleId = await sell();
  expect(dispute(saleId)).toBe(true);
  counter.justifi.addFault({ on: LIST, kind: 'status', status: 500, moment: 'before' });
  counter.reopen(IDLE);
  await twoHoursPass();
  expect(troubled()).toEqual([]);
  for (const body of ['half-json', 'html', 'empty'] as const) {
    counter.justifi.clearFaults();
    counter.justifi.addFault({ on: LIST, kind: 'body', body, moment: 'after' });
    // oxlint-disable-next-line no-await-in-loop -- one kind after the other
    await twoHoursPass();
    expect(troubled()).toEqual([]);
  }
  counter.justifi.clearFaults();
  await isTold(saleId);
});

test('a refunded payment that is disputed is reported with the refunded amount, and has its earlier state when the manager has seen it', async () => {
  const saleId = await sell();
  await counter.till.register.giveBack(saleId, { kind: 'refund', amountInCents: 2500, leftInCents: 2500, reason: 'customer_request', returnsFees: false });
  expect(record(saleId).line.state).toBe('refunded');
  expect(dispute(saleId)).toBe(true);
  counter.reopen(IDLE);
  await isTold(saleId);
  expect(troubled()).toMatchObject([{ amountInCents: 2500, givenBackInCents: 2500 }]);
  expect(record(saleId)).toMatchObject({ line: { state: 'refunded', givenBackInCents: 2500 }, giveBack: { kind: 'nothing' } });
  expect(counter.till.register.acknowledgePaymentTrouble(saleId).kind).toBe('ok');
  expect(record(saleId)).toMatchObject({ line: { state: 'refunded', givenBackInCents: 2500 }, leftInCents: 0, giveBack: { kind: 'nothing' } });
});
