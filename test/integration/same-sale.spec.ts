import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type QuickCounter, openQuickCounter } from './quick-shop.ts';

/* The same sale as a moment ago, after the register was opened again: only the journal on the disk knows of it (C-20). */

let counter: QuickCounter;
beforeEach(async () => {
  counter = await openQuickCounter(1);
});
afterEach(() => counter.end());

const SOON = { timeout: 15_000 };
const CARD = { cardNumber: '4242424242424242' };
const BANK = { accountNumber: '000123456789' };
const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

async function sell(way: typeof CARD | typeof BANK): Promise<void> {
  await counter.charge(4350, 'Repair');
  await counter.pay(way);
  await vi.waitFor(() => expect(['paid', 'accepted']).toContain(counter.state()), SOON);
  const { register } = counter.till;
  expect(register.newSale(register.sale().id).kind).toBe('ok');
}

/** The first press of Charge. */
function press(amountInCents = 4350, description = 'Repair') {
  const { register } = counter.till;
  const { id: saleId } = register.sale();
  register.edit({ saleId, amountInCents, description });
  return register.charge({ saleId, amountInCents, description, confirmed: [] });
}

describe('C-20: the same amount and description again is asked about', () => {
  test.each([
    ['PAID by card', CARD, '4242'],
    ['ACCEPTED by bank transfer', BANK, '6789'],
  ])('%s, and Counter was started again', async (_name, way, last4) => {
    await sell(way);
    counter.reopen();
    expect(press()).toMatchObject({ kind: 'failed', failure: { kind: 'paid-just-now', last4 } });
    expect(counter.state()).toBe('draft');
    expect(counter.justifi.charges()).toHaveLength(1);
  });

  test('PAID, and the name of the register was saved in between', async () => {
    await sell(CARD);
    counter.reopen({ registerName: 'Front desk' });
    expect(press()).toMatchObject({ kind: 'failed', failure: { kind: 'paid-just-now' } });
  });

  test.each([
    ['a day forward', DAY_MS],
    ['a day back', -DAY_MS],
  ])('PAID, and the clock was set %s before Counter was started again', async (_name, clockAheadMs) => {
    await sell(CARD);
    counter.reopen({ clockAheadMs });
    expect(press()).toMatchObject({ kind: 'failed', failure: { kind: 'paid-just-now', secondsAgo: expect.toSatisfy((seconds: number) => seconds < 60) } });
  });

  test('PAID, and the PC is started on the next day: nothing is asked', async () => {
    await sell(CARD);
    counter.reopen({ laterMs: DAY_MS, isStartedAnew: true });
    expect(press().kind).toBe('ok');
  });

  test('another description, or the same after the time of the setting, is charged', async () => {
    await sell(CARD);
    counter.reopen();
    expect(press(4350, 'Another repair').kind).toBe('ok');
    counter.reopen({ laterMs: 4 * MINUTE_MS });
    expect(press().kind).toBe('ok');
  });
});
