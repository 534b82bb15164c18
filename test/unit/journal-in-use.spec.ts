import { beforeEach, describe, expect, test } from 'vitest';
import { setTheCounter } from './counter.ts';

/* Another program holds the journal for a while. */

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();
const charges = () => counter.kinds().filter((kind) => kind === 'charge-asked');

describe('C-27: another program is using the journal', () => {
  test('Charge is answered at once, pressed four times begins one charge, and that as soon as the journal is free', async () => {
    await counter.type();
    counter.trouble.inUse = true;
    const order = { saleId: 'sale-1', amountInCents: 1799, description: 'One donut', confirmed: [] };
    for (let press = 0; press < 4; press += 1) expect(counter.register.charge(order)).toEqual({ kind: 'failed', failure: { kind: 'journal-in-use' } });
    expect(counter.register.isHeldUp()).toBe(true);
    await counter.pass(5_000);
    expect(counter.register.isHeldUp()).toBe(true);
    expect(sale()).toMatchObject({ kind: 'draft', problem: null });
    counter.trouble.inUse = false;
    await counter.pass(300);
    expect(counter.register.isHeldUp()).toBe(false);
    expect(sale()).toMatchObject({ id: 'sale-1', kind: 'preparing' });
    await counter.pass(60_000);
    expect(charges()).toHaveLength(1);
  });

  test('a newly typed amount is not charged by the press before it', async () => {
    await counter.type();
    counter.trouble.inUse = true;
    await counter.charge();
    await counter.type(500, 'Tea');
    expect(counter.register.isHeldUp()).toBe(false);
    counter.trouble.inUse = false;
    await counter.pass(5_000);
    expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 500 });
    expect(charges()).toEqual([]);
  });

  test('Try again, Back and Serve next wait in the same way', async () => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'failed');
    await counter.pass(1_100);
    expect(sale().kind).toBe('declined');
    counter.trouble.inUse = true;
    counter.register.tryAgain('sale-1');
    await counter.pass(3_000);
    expect(sale().kind).toBe('declined');
    // Another press replaces the one before it.
    counter.register.goBack('sale-1');
    counter.trouble.inUse = false;
    await counter.pass(300);
    expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 1799 });
    expect(counter.kinds()).not.toContain('retry-asked');
    expect(counter.kinds()).toContain('marked-unresolved');
  });

  test('a form that is about to be shown waits for it, and is not closed', async () => {
    await counter.type();
    counter.form().becomeReady();
    await counter.settle();
    counter.register.charge({ saleId: 'sale-1', amountInCents: 1799, description: 'One donut', confirmed: [] });
    counter.trouble.inUse = true;
    await counter.pass(2_000);
    expect(sale().kind).toBe('preparing');
    expect(counter.register.isHeldUp()).toBe(true);
    counter.trouble.inUse = false;
    await counter.pass(1_100);
    expect(sale().kind).toBe('ready');
    expect(counter.register.isHeldUp()).toBe(false);
  });

  test('Pay waits for it, and sends nothing before it is written', async () => {
    await counter.toReady();
    counter.trouble.inUse = true;
    const paying = counter.pay();
    await counter.pass(2_000);
    expect(sale().kind).toBe('ready');
    counter.trouble.inUse = false;
    await counter.pass(300);
    expect(await paying).toEqual({ kind: 'ok', value: null });
    expect(sale().kind).toBe('submitting');
  });

  test('Pay that waited too long is refused, and so is one that Back overtook', async () => {
    await counter.toReady();
    counter.trouble.inUse = true;
    const paying = counter.pay();
    await counter.pass(20_000);
    expect(await paying).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    counter.trouble.inUse = false;
    await counter.pass(20_000);
    expect(sale().kind).toBe('ready');
    counter.trouble.inUse = true;
    const again = counter.pay();
    await counter.pass(200);
    counter.trouble.inUse = false;
    counter.register.goBack('sale-1');
    await counter.pass(300);
    expect(await again).toMatchObject({ kind: 'failed' });
    expect(counter.kinds()).not.toContain('submit-allowed');
  });
});
