import { beforeEach, describe, expect, test } from 'vitest';
import { auditOfSale } from '../../../main/manager/sale-audit.ts';
import { failed } from '../../../contract/result.ts';
import { setTheCounter } from '../counter.ts';
import { toLate, toUnresolved } from './unresolved-sale.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

const sale = () => counter.register.sale();

describe('a late payment', () => {
  test('of another amount is a WRONG AMOUNT, and the audit log names what was charged', async () => {
    await toLate(counter, 71_700);
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ id: 'sale-1', kind: 'wrong-amount', chargedInCents: 71_700 });
    expect(counter.late()).toEqual([]);
    const told = counter.journal.findLast(({ event }) => event.kind === 'outcome-known')!;
    expect(auditOfSale(told.sale, told.event)).toMatchObject({ detail: { amountInCents: 1799, chargedInCents: 71_700 } });
  });

  test('of another amount waits until no form is before a customer', async () => {
    await toUnresolved(counter);
    await counter.type(500, 'Tea');
    counter.form().becomeReady();
    await counter.charge(500, 'Tea');
    expect(sale().kind).toBe('ready');
    const { id } = sale();
    counter.complete('cho_1', 'succeeded', 71_700);
    counter.register.online();
    await counter.pass(1_000);
    expect(sale()).toMatchObject({ id, kind: 'ready' });
    counter.register.goBack(id);
    expect(sale()).toMatchObject({ id: 'sale-1', kind: 'wrong-amount' });
    counter.register.acknowledgeWrongAmount('sale-1');
    expect(sale()).toMatchObject({ kind: 'draft', amountInCents: 500, description: 'Tea' });
  });

  test('is in the audit log with the charged amount', async () => {
    await toLate(counter);
    const told = counter.journal.findLast(({ event }) => event.kind === 'outcome-known')!;
    expect(auditOfSale(told.sale, told.event)).toMatchObject({ action: 'payment-late', detail: { chargedInCents: 1799 } });
  });

  test.each([
    ['succeeded', 'paid'],
    ['pending', 'accepted'],
  ] as const)('that JustiFi calls %s is journaled as %s when it is kept', async (paymentStatus, kind) => {
    await toLate(counter, 1799, paymentStatus);
    expect(counter.views()).toMatchObject([{ saleId: 'sale-1', isPending: paymentStatus === 'pending' }]);
    expect(counter.register.keepLate('sale-1').kind).toBe('ok');
    expect(counter.late()).toEqual([]);
    expect(counter.journal.at(-1)).toMatchObject({ sale: { id: 'sale-1', kind, paymentId: 'py_1' }, event: { kind: 'late-kept' } });
  });

  test('C-80: its outcome is shown until the next Charge', async () => {
    const end = () => counter.register.latePaymentEnd();
    await toLate(counter);
    expect(end()).toBeNull();
    counter.register.keepLate('sale-1');
    expect(end()).toMatchObject({ saleId: 'sale-1', kind: 'kept', amountInCents: 1799 });
    await counter.type(500, 'Tea');
    expect(end()).not.toBeNull();
    await counter.charge(500, 'Tea');
    expect(end()).toBeNull();
  });

  test('C-80: a void is shown when JustiFi has done it, and a refund after a refused void', async () => {
    await toLate(counter);
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    await counter.reverse('sale-1', 'void');
    expect(counter.register.latePaymentEnd()).toBeNull();
    counter.trouble.void = null;
    await counter.pass(60_000);
    expect(counter.register.latePaymentEnd()).toMatchObject({ saleId: 'sale-1', kind: 'voided', amountInCents: 1799 });
  });

  test('that is pending and kept after a refused void and a restart is ACCEPTED', async () => {
    await toLate(counter, 1799, 'pending');
    counter.trouble.void = { kind: 'invalid', code: 'payment_outside_void_window', status: 422, parameter: null };
    await counter.reverse('sale-1', 'void');
    counter = counter.restart();
    expect(counter.register.keepLate('sale-1').kind).toBe('ok');
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', kind: 'accepted' });
  });

  test.each([
    ['voided', { status: 'canceled' }, { kind: 'reversed' }, 'voided'],
    ['refunded', { status: 'fully_refunded', refundedInCents: 1799 }, { kind: 'reversed' }, 'refunded'],
    ['called failed', { status: 'failed' }, { kind: 'abandoned' }, 'not-paid'],
  ])('that was %s elsewhere is closed when JustiFi refuses to reverse it', async (_name, change, end, told) => {
    await toLate(counter);
    counter.payment('py_1', 'cho_1', change);
    counter.trouble.void = { kind: 'invalid', code: 'payment_not_voidable', status: 422, parameter: null };
    await counter.reverse('sale-1', 'void');
    await counter.settle();
    expect(counter.late()).toEqual([]);
    expect(counter.register.latePaymentEnd()).toMatchObject({ kind: told, amountInCents: 1799 });
    expect(counter.journal.at(-1)!.sale).toMatchObject({ id: 'sale-1', ...end });
  });
});

test('a press on the notice of a late payment gives back no sale that is not late: PAID stays at the counter', async () => {
  await counter.toReady();
  await counter.pay();
  counter.complete('cho_1', 'succeeded');
  await counter.pass(2_000);
  expect(await counter.register.reverse('sale-1', 'void')).toEqual(failed({ kind: 'sale-in-progress' }));
  expect(counter.requests).not.toContain('void py_1');
  expect(counter.register.sale().kind).toBe('paid');
});
