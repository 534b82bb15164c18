import { beforeEach, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

let counter: ReturnType<typeof setTheCounter>;
const state = () => counter.register.sale();

beforeEach(() => {
  counter = setTheCounter();
});

test('a payment with an unknown outcome is left, and the same is charged again: the cashier has to confirm it first', async () => {
  await counter.toReady();
  await counter.pay();
  await counter.pass(15_000);
  expect(state().kind).toBe('checking');
  counter.register.serveNext('sale-1');
  await counter.settle();
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
  await counter.charge(2500, 'Repair');
  expect(state()).toMatchObject({ kind: 'preparing', purchase: { totalInCents: 2500 } });
  counter.register.goBack(state().id);
  await counter.charge(1799, 'One donut', ['may-still-be-paid']);
  expect(state()).toMatchObject({ kind: 'preparing', purchase: { totalInCents: 1799 } });
});

test('NOT CHARGED, and cancelled: the request may still arrive, so the same has to be confirmed', async () => {
  await counter.toNotCharged();
  expect(state().kind).toBe('not-charged');
  counter.register.cancelSale('sale-1');
  await counter.settle();
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
});

test('a form that was left without Pay needs no confirmation, and neither does a declined payment', async () => {
  await counter.toReady();
  counter.register.goBack('sale-1');
  await counter.settle();
  await counter.charge();
  expect(state().kind).toBe('preparing');
});

test('a late payment of the same that is neither kept nor given back needs confirmation, too', async () => {
  await counter.toNotCharged();
  counter.register.cancelSale('sale-1');
  await counter.settle();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(60_000);
  expect(counter.register.late()).toHaveLength(1);
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
  counter.register.keepLate('sale-1');
  await counter.settle();
  await counter.charge();
  // It was paid a moment ago, as any other.
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242', secondsAgo: expect.toSatisfy((seconds: number) => seconds > 0 && seconds <= 60) } });
  await counter.pass(180_000);
  await counter.charge();
  expect(state().kind).toBe('preparing');
});

test('a late payment that was given back causes no question', async () => {
  await counter.toNotCharged();
  counter.register.cancelSale('sale-1');
  await counter.settle();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(60_000);
  await counter.reverse('sale-1', 'void');
  await counter.charge();
  expect(state().kind).toBe('preparing');
});

test.each([
  ['forward', 7_200_000],
  ['back', -7_200_000],
])('the clock is set two hours %s while what was sent may still arrive: the same is asked about all the same', async (_how, clockAheadMs) => {
  await counter.toNotCharged();
  counter.register.cancelSale('sale-1');
  counter.trouble.clockAheadMs = clockAheadMs;
  await counter.settle();
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
});

test('a sale that was left in the last run causes the question, too', async () => {
  await counter.toNotCharged();
  counter.register.cancelSale('sale-1');
  const left = counter.journal.findLast(({ sale }) => sale.kind === 'unresolved')!.sale;
  counter = setTheCounter([{ ...left, id: 'sale-0' }], [...counter.api.values()]);
  await counter.type();
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
});

test('after an hour the same counts as another customer’s', async () => {
  await counter.toReady();
  await counter.pay();
  await counter.pass(15_000);
  counter.register.serveNext('sale-1');
  await counter.settle();
  await counter.pass(60 * 60_000);
  await counter.charge();
  expect(state().kind).toBe('preparing');
});
