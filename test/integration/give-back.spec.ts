import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { GiveBackOrder } from '../../contract/history.ts';
import { lastSaleView } from '../../main/sale/sale-view.ts';
import { type QuickCounter, openQuickCounter } from './quick-shop.ts';

/* Voids and refunds of sales that are over, main against the training JustiFi. */

let counter: QuickCounter;
beforeEach(async () => {
  counter = await openQuickCounter(20);
});
afterEach(() => counter.end());

/** A sale that is paid, with its result on the screen. */
async function sell(amountInCents = 2500, description = 'Repair'): Promise<string> {
  if (counter.state() !== 'draft') counter.till.register.newSale(counter.till.register.sale().id);
  await counter.charge(amountInCents, description);
  const saleId = counter.till.register.sale().id;
  await counter.pay();
  await vi.waitFor(() => expect(counter.state()).toBe('paid'), { timeout: 15_000 });
  return saleId;
}

const give = (saleId: string, order: Partial<GiveBackOrder> & Pick<GiveBackOrder, 'kind' | 'amountInCents'>) =>
  counter.till.register.giveBack(saleId, { leftInCents: 2500, reason: 'customer_request', returnsFees: false, ...order });

function record(saleId: string) {
  const read = counter.history.readSale(saleId);
  if (read.kind === 'failed') throw new Error(read.failure.kind);
  return read.value;
}

/** JustiFi is asked again after twenty seconds to a minute. */
const later = (check: () => void) => counter.later(2 * 60_000, check);

const paymentOf = async (saleId: string) => (await counter.shop.call(`GET /v1/payments/${record(saleId).paymentId}`)).body.data;

describe('a void from the result screen', () => {
  test('gives all of it back, and the next sale begins', async () => {
    const saleId = await sell();
    expect(record(saleId).giveBack).toMatchObject({ kind: 'void' });
    expect(await give(saleId, { kind: 'void', amountInCents: 2500 })).toMatchObject({ kind: 'ok', value: { state: 'done' } });
    expect(counter.state()).toBe('draft');
    expect(record(saleId)).toMatchObject({ line: { state: 'voided', givenBackInCents: 2500 }, leftInCents: 0, giveBack: { kind: 'nothing' }, reversals: [{ kind: 'void', state: 'done', reason: 'customer_request' }] });
    expect(await paymentOf(saleId)).toMatchObject({ status: 'canceled' });
    expect(counter.till.register.lastSale()).toMatchObject({ kind: 'reversed' });
  });

  test('C-80: the last sale shows its reversals, also after a restart', async () => {
    const saleId = await sell();
    await give(saleId, { kind: 'refund', amountInCents: 500 });
    expect(lastSaleView(counter.till.register.lastSale())).toMatchObject({ kind: 'paid', saleId, amountInCents: 2500, givenBack: { kind: 'partly-refunded', amountInCents: 500 } });
    await give(saleId, { kind: 'refund', amountInCents: 2000, leftInCents: 2000 });
    const gone = { kind: 'paid', saleId, givenBack: { kind: 'refunded', amountInCents: 2500 } };
    expect(lastSaleView(counter.till.register.lastSale())).toMatchObject(gone);
    counter.reopen({ laterMs: 0 });
    expect(lastSaleView(counter.till.register.lastSale())).toMatchObject(gone);
    const next = await sell(1200, 'Coffee');
    counter.till.register.newSale(next);
    await give(next, { kind: 'void', amountInCents: 1200, leftInCents: 1200 });
    expect(lastSaleView(counter.till.register.lastSale())).toMatchObject({ saleId: next, givenBack: { kind: 'voided', amountInCents: 1200 } });
  });

  test('F-21: after 25 minutes it is a refund that is offered', async () => {
    const saleId = await sell();
    const { giveBack } = record(saleId);
    expect(giveBack.kind === 'void' && giveBack.secondsLeft <= 25 * 60 && giveBack.secondsLeft > 24 * 60).toBe(true);
    counter.reopen({ laterMs: 24 * 60_000 + 50_000 });
    expect(record(saleId).giveBack).toMatchObject({ kind: 'void', secondsLeft: expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 10) });
    counter.reopen({ laterMs: 11_000 });
    expect(record(saleId).giveBack).toEqual({ kind: 'refund' });
  });

  test('F-21: that JustiFi refuses is reported, and only a refund is possible, which has to be confirmed', async () => {
    const saleId = await sell();
    counter.justifi.advanceClock(25 * 60_000 + 1_000);
    expect(await give(saleId, { kind: 'void', amountInCents: 2500 })).toEqual({ kind: 'failed', failure: { kind: 'void-refused', code: 'payment_outside_void_window' } });
    expect(record(saleId)).toMatchObject({ line: { state: 'paid' }, leftInCents: 2500, giveBack: { kind: 'refund' } });
    expect(await paymentOf(saleId)).toMatchObject({ status: 'succeeded', amount_refunded: 0 });
    expect(await give(saleId, { kind: 'void', amountInCents: 2500 })).toMatchObject({ failure: { kind: 'void-over' } });
    expect(await give(saleId, { kind: 'refund', amountInCents: 2500 })).toMatchObject({ kind: 'ok', value: { state: 'done' } });
    expect(await paymentOf(saleId)).toMatchObject({ status: 'fully_refunded' });
  });
});

describe('a refund', () => {
  test('R-05: in three parts is used up to the cent, and more than is left is refused here', async () => {
    const saleId = await sell(999);
    for (const leftInCents of [999, 666, 333]) expect(await give(saleId, { kind: 'refund', amountInCents: 333, leftInCents })).toMatchObject({ kind: 'ok' });
    expect(await give(saleId, { kind: 'refund', amountInCents: 1, leftInCents: 0 })).toMatchObject({ failure: { kind: 'nothing-to-give-back' } });
    expect(record(saleId)).toMatchObject({ line: { state: 'refunded', givenBackInCents: 999 } });
    expect(await paymentOf(saleId)).toMatchObject({ status: 'fully_refunded', amount_refunded: 999, refunds: [{ reason: 'customer_request' }, {}, {}] });
    const other = await sell(999, 'Another repair');
    expect(await give(other, { kind: 'refund', amountInCents: 1000, leftInCents: 999 })).toEqual({ kind: 'failed', failure: { kind: 'refund-too-large', leftInCents: 999 } });
    expect(await give(other, { kind: 'refund', amountInCents: 0, leftInCents: 999 })).toMatchObject({ failure: { kind: 'amount-empty' } });
  });

  test('of more than JustiFi has left, because some was given back elsewhere, is refused there, and what was given back is taken over', async () => {
    const saleId = await sell();
    await counter.shop.call(`POST /v1/payments/${record(saleId).paymentId}/refunds`, { body: { amount: 2000 }, key: 'elsewhere' });
    expect(await give(saleId, { kind: 'refund', amountInCents: 2500 })).toMatchObject({ failure: { kind: 'refund-refused', code: 'refund_exceeds_amount_available' } });
    expect(record(saleId)).toMatchObject({ line: { state: 'partly-refunded', givenBackInCents: 2000 }, leftInCents: 500, reversals: [{ state: 'refused' }, { state: 'done', isElsewhere: true, amountInCents: 2000 }] });
  });

  test('F-20: asked twice at once gives the money back once', async () => {
    const saleId = await sell();
    const both = await Promise.all([give(saleId, { kind: 'refund', amountInCents: 1000 }), give(saleId, { kind: 'refund', amountInCents: 1000 })]);
    expect(both.map(({ kind }) => kind).toSorted()).toEqual(['failed', 'ok']);
    expect(await give(saleId, { kind: 'refund', amountInCents: 1000 })).toMatchObject({ failure: { kind: 'sale-changed' } });
    expect(await paymentOf(saleId)).toMatchObject({ amount_refunded: 1000 });
  });

  test('F-20: whose answer was lost is asked for again with its key, and was made once', async () => {
    const saleId = await sell();
    counter.justifi.addFault({ on: 'POST /v1/payments/*/refunds', kind: 'disconnect', moment: 'after' });
    expect(await give(saleId, { kind: 'refund', amountInCents: 1000 })).toMatchObject({ kind: 'ok', value: { state: 'asked' } });
    expect(record(saleId)).toMatchObject({ giveBack: { kind: 'under-way' }, reversals: [{ state: 'asked' }] });
    expect(await give(saleId, { kind: 'refund', amountInCents: 1500 })).toMatchObject({ failure: { kind: 'reversal-under-way' } });
    counter.justifi.clearFaults();
    await later(() => expect(record(saleId)).toMatchObject({ line: { state: 'partly-refunded' }, leftInCents: 1500 }));
    expect(await paymentOf(saleId)).toMatchObject({ amount_refunded: 1000, refunds: [{}] });
  });

  test('F-20: whose answer was lost over a weekend, after which JustiFi has forgotten its key, is made once', async () => {
    const saleId = await sell();
    counter.justifi.addFault({ on: 'POST /v1/payments/*/refunds', kind: 'disconnect', moment: 'after' });
    expect(await give(saleId, { kind: 'refund', amountInCents: 1000 })).toMatchObject({ kind: 'ok', value: { state: 'asked' } });
    counter.justifi.clearFaults();
    counter.justifi.forgetKeys();
    counter.reopen({ laterMs: 3 * 24 * 60 * 60_000, isStartedAnew: true });
    await later(() => expect(record(saleId)).toMatchObject({ line: { state: 'partly-refunded' }, leftInCents: 1500 }));
    expect(await paymentOf(saleId)).toMatchObject({ amount_refunded: 1000, refunds: [{}] });
  });

  test('that JustiFi calls pending is not done until JustiFi says so, also after a restart', async () => {
    const saleId = await sell();
    counter.justifi.changeSettings({ refunds: 'pending' });
    expect(await give(saleId, { kind: 'refund', amountInCents: 1000 })).toMatchObject({ kind: 'ok', value: { state: 'pending' } });
    counter.reopen();
    expect(record(saleId)).toMatchObject({ line: { givenBackInCents: 0 }, reversals: [{ state: 'pending' }] });
    counter.justifi.endRefunds('succeeded');
    await later(() => expect(record(saleId)).toMatchObject({ line: { state: 'partly-refunded', givenBackInCents: 1000 } }));
  });

  test('whose state cannot be read is shown as unread, and blocks no other sale', async () => {
    const saleId = await sell();
    counter.justifi.changeSettings({ refunds: 'pending' });
    await give(saleId, { kind: 'refund', amountInCents: 2500 });
    counter.justifi.addFault({ on: 'GET /v1/refunds/*', kind: 'status', status: 403, moment: 'before' });
    await later(() => expect(record(saleId).reversals).toMatchObject([{ state: 'unread' }]));
    expect(await give(await sell(700), { kind: 'void', amountInCents: 700, leftInCents: 700 })).toMatchObject({ kind: 'ok' });
  });
});

describe('R-06: a checkout with a failed and a successful payment', () => {
  test('counts once, and the successful one is refunded', async () => {
    await counter.charge(2500, 'Repair');
    const saleId = counter.till.register.sale().id;
    await counter.pay({ cardNumber: '4000000000000002' });
    await vi.waitFor(() => expect(counter.state()).toBe('declined'), { timeout: 15_000 });
    counter.till.register.tryAgain(saleId);
    await vi.waitFor(() => expect(counter.state()).toBe('ready'), { timeout: 15_000 });
    await counter.pay();
    await vi.waitFor(() => expect(counter.state()).toBe('paid'), { timeout: 15_000 });
    expect(counter.justifi.books.payments()).toHaveLength(2);
    expect(await give(saleId, { kind: 'refund', amountInCents: 2500 })).toMatchObject({ kind: 'ok' });
    expect(await paymentOf(saleId)).toMatchObject({ status: 'fully_refunded' });
    expect(record(saleId).line).toMatchObject({ amountInCents: 2500, givenBackInCents: 2500 });
    const refundedOf = await Promise.all(counter.justifi.books.payments().map(async ({ id }) => [id === record(saleId).paymentId, (await counter.shop.call(`GET /v1/payments/${id}`)).body.data['amount_refunded']]));
    expect(Object.fromEntries(refundedOf)).toEqual({ false: 0, true: 2500 });
  });
});

describe('F-23: a bank transfer that was accepted', () => {
  async function transfer(accountNumber: string): Promise<string> {
    counter.justifi.changeSettings({ transferEndsAfterMs: 10 * 60_000 });
    await counter.charge(2500, 'Repair');
    const saleId = counter.till.register.sale().id;
    await counter.pay({ accountNumber });
    await vi.waitFor(() => expect(counter.state()).toBe('accepted'), { timeout: 15_000 });
    counter.till.register.newSale(saleId);
    return saleId;
  }

  test('is not refunded before it has settled', async () => {
    const saleId = await transfer('000123456789');
    expect(await give(saleId, { kind: 'refund', amountInCents: 2500 })).toMatchObject({ failure: { kind: 'transfer-not-settled' } });
    counter.reopen({ laterMs: 30 * 60_000 });
    expect(record(saleId).giveBack).toEqual({ kind: 'not-settled' });
  });

  test('is paid when it settles', async () => {
    const saleId = await transfer('000123456789');
    counter.justifi.advanceClock(11 * 60_000);
    await later(() => expect(record(saleId).line.state).toBe('paid'));
    expect(record(saleId).steps.at(-1)).toMatchObject({ kind: 'transfer-settled' });
  });

  test('needs attention when its payment is disputed', async () => {
    const saleId = await transfer('000123456789');
    counter.justifi.advanceClock(11 * 60_000);
    counter.justifi.disputePayment(record(saleId).paymentId ?? '');
    await later(() => expect(counter.till.register.troubled()).toMatchObject([{ id: saleId, kind: 'disputed' }]));
    expect(counter.till.register.acknowledgePaymentTrouble(saleId).kind).toBe('ok');
    expect(counter.till.register.troubled()).toEqual([]);
  });

  test('needs attention when it fails, until the manager has seen it, also after a restart', async () => {
    const saleId = await transfer('000111111113');
    counter.reopen();
    counter.justifi.advanceClock(11 * 60_000);
    counter.till.register.online();
    await vi.waitFor(() => expect(counter.till.register.troubled()).toMatchObject([{ id: saleId, kind: 'transfer-failed' }]), { timeout: 15_000 });
    counter.reopen();
    expect(counter.till.register.troubled()).toMatchObject([{ id: saleId }]);
    expect(record(saleId)).toMatchObject({ line: { state: 'transfer-failed' }, leftInCents: 0, giveBack: { kind: 'nothing' } });
    expect(counter.till.register.acknowledgePaymentTrouble(saleId).kind).toBe('ok');
    expect(counter.till.register.troubled()).toEqual([]);
    expect(record(saleId).line.state).toBe('transfer-failed');
  });
});

describe('the fees of a payment', () => {
  test('go back to the shop by their share of the refund where it is chosen, and stay with JustiFi where it is not', async () => {
    counter.justifi.changeSettings({ fees: [{ type: 'processing_fee', amount: 104 }] });
    const saleId = await sell();
    expect(await counter.history.readFees(saleId)).toEqual({ kind: 'ok', value: 104 });
    await give(saleId, { kind: 'refund', amountInCents: 500 });
    expect(await counter.history.readFees(saleId)).toEqual({ kind: 'ok', value: 104 });
    await give(saleId, { kind: 'refund', amountInCents: 1000, leftInCents: 2000, returnsFees: true });
    expect(await counter.history.readFees(saleId)).toEqual({ kind: 'ok', value: 52 });
    await give(saleId, { kind: 'refund', amountInCents: 1000, leftInCents: 1000, returnsFees: true });
    expect(await counter.history.readFees(saleId)).toEqual({ kind: 'ok', value: 0 });
    expect(record(saleId).reversals.map(({ returnedFeesInCents }) => returnedFeesInCents)).toEqual([0, 52, 52]);
    expect(await paymentOf(saleId)).toMatchObject({ status: 'fully_refunded', fees: [{ amount: 104, remaining_amount: 0 }] });
  });
});

describe('was this customer charged twice?', () => {
  test('once, twice, and twice with one given back, each by JustiFi’s payments', async () => {
    const first = await sell(2500, 'Repair');
    expect(await counter.history.askChargedTwice(first)).toMatchObject({ value: { verdict: 'once', count: 1, evidence: [{ isThisSale: true }] } });
    const second = await sell(2500, 'The same again');
    expect(await counter.history.askChargedTwice(first)).toMatchObject({ value: { verdict: 'several', count: 2, evidence: [{ isThisSale: true }, { isThisSale: false, description: 'The same again' }] } });
    await give(second, { kind: 'void', amountInCents: 2500 });
    expect(await counter.history.askChargedTwice(first)).toMatchObject({ value: { verdict: 'given-back', count: 2 } });
  });

  test('without JustiFi’s answer there is no verdict, and the journal’s sales are shown', async () => {
    const first = await sell(2500, 'Repair');
    counter.justifi.addFault({ on: 'GET /v1/payments', kind: 'status', status: 500, moment: 'before' });
    expect(await counter.history.askChargedTwice(first)).toMatchObject({ value: { verdict: 'not-known', evidence: [{ isThisSale: true, paymentId: null }] } });
  });
});
