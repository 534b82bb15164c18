import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type QuickCounter, openQuickCounter } from './quick-shop.ts';

/* the report of a register against the payments that the training JustiFi has. */

let counter: QuickCounter;
beforeEach(async () => {
  counter = await openQuickCounter(20);
});
afterEach(() => counter.end());

async function sell(amountInCents: number, way?: Parameters<QuickCounter['pay']>[0]): Promise<string> {
  if (counter.state() !== 'draft') counter.till.register.newSale(counter.till.register.sale().id);
  await counter.charge(amountInCents, 'Repair');
  const saleId = counter.till.register.sale().id;
  await counter.pay(way);
  await vi.waitFor(() => expect(['paid', 'accepted']).toContain(counter.state()), { timeout: 15_000 });
  return saleId;
}

async function compared() {
  const answer = await counter.dayClose.compare(null);
  if (answer.kind === 'failed') throw new Error(answer.failure.kind);
  const { differences, ...rest } = answer.value;
  return { ...rest, found: differences.map(({ kind, saleId, hereInCents, thereInCents }) => [kind, saleId, hereInCents, thereInCents]) };
}

test('R-12: differences from JustiFi are listed, payment by payment; payments of others on the account are only counted', async () => {
  const same = await sell(2500);
  const refunded = await sell(1200);
  expect(await compared()).toEqual({ compared: 2, differenceCount: 0, elsewhere: { count: 0, amountInCents: 0 }, isComplete: true, found: [] });

  const record = counter.history.readSale(refunded);
  const paymentId = record.kind === 'ok' ? record.value.paymentId : null;
  await counter.shop.call(`POST /v1/payments/${paymentId}/refunds`, { body: { amount: 500 }, key: randomUUID() });
  const transfer = await sell(4000, { accountNumber: '000123456789' });
  await counter.shop.sell(999);
  const lost = await counter.shop.newCheckout({ amount: 777, metadata: { register_id: 'register-1', pc: 'pc-1' } });
  await counter.shop.complete(lost, (await counter.shop.card('4242424242424242')).body.id);

  const { found, ...rest } = await compared();
  expect(rest).toEqual({ compared: 3, differenceCount: 3, elsewhere: { count: 1, amountInCents: 999 }, isComplete: true });
  expect(found).toEqual([['other-state', refunded, 1200, 700], ['pending', transfer, 4000, 4000], ['missing-here', null, null, 777]]);
  expect(found.flat()).not.toContain(same);
});

test('R-12: a closed day is compared by its own payments, and closing waits for no JustiFi', async () => {
  await sell(2500);
  counter.justifi.addFault({ on: 'GET /v1/payments', kind: 'disconnect', moment: 'before' });
  const closed = await counter.dayClose.close(1);
  expect(closed).toMatchObject({ kind: 'ok', value: { number: 1, report: { totals: { netInCents: 2500 } } } });
  expect(await counter.dayClose.compare(null)).toEqual({ kind: 'failed', failure: { kind: 'not-compared' } });
  counter.justifi.clearFaults();
  await sell(700);
  const sequence = closed.kind === 'ok' ? closed.value.sequence : 0;
  expect(await counter.dayClose.compare(sequence)).toMatchObject({ kind: 'ok', value: { compared: 1, differenceCount: 0, isComplete: true } });
});

test('the day of all registers is JustiFi’s: a PC whose clock is days ahead reads the same one', async () => {
  await sell(2500);
  counter.reopen({ clockAheadMs: 3 * 24 * 60 * 60_000 });
  expect(await counter.allRegisters.read(null)).toMatchObject({ kind: 'ok', value: { total: { payments: { count: 1, amountInCents: 2500 } } } });
});
