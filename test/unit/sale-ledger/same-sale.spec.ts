import { beforeEach, expect, test } from 'vitest';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();

test('the same sale as a moment ago is asked about after a restart too (C-20)', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'pending');
  await counter.pass(1_100);
  expect(sale().kind).toBe('accepted');
  counter.register.newSale('sale-1');
  counter = counter.restart();
  await counter.type();
  await counter.charge();
  expect(sale()).toMatchObject({ kind: 'draft', problem: { kind: 'paid-just-now', last4: '4242' } });
  await counter.charge(1799, 'Another donut');
  expect(sale().kind).not.toBe('draft');
});
