import { beforeEach, describe, expect, test } from 'vitest';
import type { JustifiFailure } from '../../../main/sale/justifi-failure.ts';
import { setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

describe('an outcome that is not known', () => {
  const network: JustifiFailure = { kind: 'network', code: 'ECONNREFUSED' };

  async function toChecking() {
    await counter.toReady();
    await counter.pay();
    counter.trouble.read = network;
    counter.form().listener.hinted({ kind: 'failed', word: 'complete-checkout-error' });
    await counter.pass(800);
  }

  test('N-07: is said within a second; JustiFi is asked within the first one, then at longer and longer pauses, and at once when the network is back', async () => {
    await counter.toReady();
    await counter.pay();
    counter.trouble.read = network;
    const reads = () => counter.requests.filter((request) => request === 'read cho_1').length;
    const before = reads();
    counter.form().listener.hinted({ kind: 'failed', word: 'complete-checkout-error' });
    await counter.pass(1_000);
    expect(counter.register.sale().kind).toBe('checking');
    expect(reads() - before).toBeGreaterThanOrEqual(1);
    const askedAtS: number[] = [];
    for (let second = 1, seen = reads(); second <= 60; second += 1, seen = reads()) {
      await counter.pass(1_000);
      if (reads() > seen) askedAtS.push(second);
    }
    const pauses = askedAtS.slice(1).map((second, place) => second - askedAtS[place]!);
    expect(pauses).toEqual(pauses.toSorted((one, other) => one - other));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(17);
    counter.trouble.read = null;
    counter.complete('cho_1', 'succeeded');
    counter.register.online();
    await counter.settle();
    expect(counter.register.sale().kind).toBe('paid');
  });

  test('is asked about at once when the hidden form reports late', async () => {
    await toChecking();
    counter.trouble.read = null;
    counter.complete('cho_1', 'succeeded');
    counter.form().listener.hinted({ kind: 'submitted', word: 'succeeded' });
    await counter.settle();
    expect(counter.register.sale().kind).toBe('paid');
  });

  test('is asked about no faster by a form that floods main with reports', async () => {
    await toChecking();
    const reads = () => counter.requests.filter((request) => request === 'read cho_1').length;
    const before = reads();
    for (let report = 0; report < 100; report += 1) {
      counter.form().listener.hinted({ kind: 'submitted', word: 'succeeded' });
      await counter.settle();
    }
    expect(reads() - before).toBeLessThanOrEqual(6);
  });

  test('can be left to the background: the next customer is served, the badge stays, and JustiFi is asked on (F-18)', async () => {
    await toChecking();
    expect(counter.register.serveNext('sale-1').kind).toBe('ok');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 0 });
    expect(counter.toConfirm()).toHaveLength(1);
    await counter.type(500, 'Next');
    await counter.charge(500, 'Next');
    expect(counter.register.sale().kind).toBe('preparing');
    await counter.pass(3_600_000);
    expect(counter.toConfirm()).toHaveLength(1);
  });

  test('that is paid late is shown on every screen, and can be voided once (F-19)', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'succeeded');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    expect(counter.toConfirm()).toEqual([]);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', kind: 'late', chargedInCents: 1799 }]);
    const answers = await Promise.all([counter.reverse('sale-1', 'void'), counter.reverse('sale-1', 'void')]);
    expect(answers[0].kind).toBe('ok');
    expect(counter.late()).toEqual([]);
    expect(counter.journal.filter(({ event }) => event.kind === 'reversal-asked')).toHaveLength(1);
    expect(counter.journal.filter(({ event }) => event.kind === 'reversal-answered')).toHaveLength(1);
  });

  test('past its 25 minutes is refunded, after JustiFi refused the void (F-21)', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'succeeded');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    counter.trouble.void = { kind: 'invalid', code: 'payment_outside_void_window', status: 422, parameter: null };
    expect((await counter.reverse('sale-1', 'void')).kind).toBe('failed');
    expect(counter.late()).toMatchObject([{ kind: 'late' }]);
    expect((await counter.reverse('sale-1', 'void')).kind).toBe('failed');
    expect(counter.requests.filter((request) => request.startsWith('void'))).toHaveLength(1);
    expect((await counter.reverse('sale-1', 'refund')).kind).toBe('ok');
    expect(counter.requests.filter((request) => request.startsWith('refund'))).toEqual(['refund py_1 1799']);
  });

  test('that turns out declined just ends', async () => {
    await toChecking();
    counter.register.serveNext('sale-1');
    counter.complete('cho_1', 'failed');
    counter.trouble.read = null;
    counter.register.online();
    await counter.settle();
    expect(counter.toConfirm()).toEqual([]);
    expect(counter.late()).toEqual([]);
  });
});

describe('a payment that seemed never to have reached JustiFi', () => {
  test('is still watched when its sale is left, and reported as late when it arrives after all', async () => {
    await counter.toReady();
    await counter.pay();
    await counter.pass(170_000);
    expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
    counter.register.goBack('sale-1');
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799 });
    // The cashier need not do anything about it yet.
    expect(counter.toConfirm()).toEqual([]);
    await counter.pass(10 * 60_000);
    counter.complete('cho_1', 'succeeded');
    await counter.pass(20_000);
    expect(counter.late()).toMatchObject([{ id: 'sale-1', kind: 'late' }]);
  });

  test('ends for good after an hour in which JustiFi showed nothing', async () => {
    await counter.toReady();
    await counter.pay();
    await counter.pass(170_000);
    counter.register.goBack('sale-1');
    await counter.pass(66 * 60_000);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-1')!.sale.kind).toBe('abandoned');
  });
});
