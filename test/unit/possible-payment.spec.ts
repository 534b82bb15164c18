import { beforeEach, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

let counter: ReturnType<typeof setTheCounter>;
const state = () => counter.register.sale();

beforeEach(() => {
  counter = setTheCounter();
});

test('a payment whose outcome is not known is left, and the same is charged again: the cashier is asked first, and may confirm it', async () => {
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

test('NOT CHARGED, and canceled: what was sent may still arrive, so the same is asked about', async () => {
  await counter.toNotCharged();
  expect(state().kind).toBe('not-charged');
  counter.register.cancelSale('sale-1');
  await counter.settle();
  await counter.charge();
  expect(state()).toMatchObject({ kind: 'draft', problem: { kind: 'may-still-be-paid' } });
});

test('a form that was left without Pay asks nothing, and neither does a payment that JustiFi has declined', async () => {
  await counter.toReady();
  counter.register.goBack('sale-1');
  await counter.settle();
  await counter.charge();
  expect(state().kind).toBe('preparing');
});

test('a late payment of the same that is neither kept nor given back is asked about, too', async () => {
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
  expect(state()).not.toMatchObject({ problem: { kind: 'may-still-be-paid' } });
});

test('after an hour the same is another customer’s', async () => {
  await counter.toReady();
  await counter.pay();
  await counter.pass(15_000);
  counter.register.serveNext('sale-1');
  await counter.settle();
  await counter.pass(60 * 60_000);
  await counter.charge();
  expect(state().kind).toBe('preparing');
});
