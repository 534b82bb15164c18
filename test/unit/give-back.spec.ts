import { expect, test } from 'vitest';
import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createGiveBack } from '../../main/sale/give-back.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';

const SALE: Sale = { kind: 'paid', id: 'sale-1', purchase: purchaseOf(2500, 'USD', 'Repair'), checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form', paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 2500, at: '2026-11-23T15:00:00.000Z', reversals: [] };

/** A refund of a sale that cannot be read any more when JustiFi has answered. */
async function refundUnread(asked: Result<null, ChargeProblem>) {
  const reads = [ok(SALE), ok(SALE)];
  const giveBack = createGiveBack({
    payments: { read: async () => failed({ kind: 'network', code: 'timeout' }) },
    reversals: { reverse: async () => asked },
    find: () => reads.shift() ?? failed({ kind: 'journal-unreadable', detail: 'held' }),
    leaveCounter: () => ok(null),
    newId: () => 'reversal-1',
  });
  return giveBack('sale-1', { kind: 'refund', amountInCents: 500, leftInCents: 2500, reason: null, returnsFees: false });
}

test('a requested refund is not reported as missing because the journal cannot be read afterwards', async () => {
  expect(await refundUnread(ok(null))).toEqual(ok({ reversalId: 'reversal-1', state: 'asked' }));
});

test('a refund that could not be written, of a sale that cannot be read, was not made', async () => {
  expect(await refundUnread(failed({ kind: 'journal-unwritable' }))).toEqual(failed({ kind: 'journal-unwritable' }));
});
