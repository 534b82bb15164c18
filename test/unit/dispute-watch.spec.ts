import { expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import { type DisputeWatchParts, openDisputeWatch } from '../../main/sale/dispute-watch.ts';
import type { Payment } from '../../main/sale/payments.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';
import { learned } from '../../main/sale/transition.ts';

const HOUR_MS = 60 * 60_000;
const CARD = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const PAID: Sale = { kind: 'paid', id: 'sale-1', purchase: purchaseOf(2500, 'USD', 'Repair'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: CARD, chargedInCents: 2500, at: '2026-11-23T15:00:00.000Z', reversals: [] };
const DISPUTED: Payment = { id: 'py_1', checkoutId: 'cho_1', status: 'disputed', amountInCents: 2500, refundedInCents: 0, paidWith: CARD, madeAt: '2026-11-23T15:00:00.000Z', isDisputed: true, fees: [] };
const FACT = { kind: 'transfer-ended', how: 'disputed', at: '2026-12-20T15:00:00.000Z', businessDay: '2026-12-20' } as const;

function watch(sale: Sale | null, listed: Awaited<ReturnType<DisputeWatchParts['payments']['listDisputed']>>, known: readonly string[] = []) {
  const due: (() => void)[] = [];
  const disputed: string[] = [];
  let asked = 0;
  const open = openDisputeWatch({
    payments: {
      async listDisputed() {
        asked += 1;
        return listed;
      },
    },
    journal: { saleOn: () => ok(sale) },
    register: { disputed: (saleId) => void disputed.push(saleId) },
    isKnown: (saleId) => known.includes(saleId),
    timers: {
      after(ms, then) {
        expect(ms).toBeLessThanOrEqual(HOUR_MS);
        due.push(then);
        return () => void due.splice(due.indexOf(then), 1);
      },
    },
    log: () => {},
  });
  const look = async () => {
    due.shift()?.();
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { ...open, look, disputed, due, asked: () => asked };
}

test('a card payment of this register that is disputed weeks later is told once, by one request an hour', async () => {
  const till = watch(PAID, ok([DISPUTED]));
  for (let hours = 0; hours < 3; hours += 1) await till.look();
  expect([till.disputed, till.asked()]).toEqual([['sale-1'], 3]);
  till.close();
  expect(till.due).toEqual([]);
});

test.each([
  ['the manager has seen', PAID, ['sale-1']],
  ['another payment of its checkout was for', { ...PAID, paymentId: 'py_2' }, []],
  ['is of no sale here', null, []],
  ['is of a sale that was given back', { ...PAID, kind: 'reversed' as const }, []],
])('a dispute that %s is not told', async (_why, sale, known) => {
  const till = watch(sale, ok([DISPUTED]), known);
  await till.look();
  expect(till.disputed).toEqual([]);
});

test('without an answer it is asked again', async () => {
  const till = watch(PAID, failed({ kind: 'network', code: 'ETIMEDOUT' }));
  await till.look();
  expect([till.disputed, till.due.length]).toEqual([[], 1]);
});

test('a paid sale becomes disputed, and is paid again when the manager has seen it; nothing else of a transfer’s end changes it', () => {
  const disputed = learned(PAID, FACT);
  expect(disputed).toEqual({ ...PAID, kind: 'disputed' });
  expect(learned(disputed, FACT)).toBe(disputed);
  for (const how of ['settled', 'failed', 'canceled'] as const) expect(learned(PAID, { ...FACT, how })).toBe(PAID);
});
