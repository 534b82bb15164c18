import { beforeEach, describe, expect, test } from 'vitest';
import type { Sale } from '../../../main/sale/sale.ts';
import { earlierSale, setTheCounter } from '../counter.ts';

let counter: ReturnType<typeof setTheCounter>;
beforeEach(() => {
  counter = setTheCounter();
});

describe('after a crash (F-09)', () => {
  const onCheckout = { ...earlierSale(), attempts: { ...earlierSale().attempts, submits: 1, open: 1 } };
  const onForm = earlierSale();

  async function restartWith(sale: Sale, paymentStatus: 'succeeded' | 'failed' | null) {
    const paid = paymentStatus === 'succeeded';
    counter = setTheCounter([sale], [
      {
        id: 'cho_1',
        accountId: 'acc_1',
        amountInCents: 1799,
        totalInCents: 1799,
        currency: 'USD',
        description: 'One donut',
        status: paymentStatus === null ? 'created' : paid ? 'completed' : 'attempted',
        mode: 'test',
        successfulPaymentId: paid ? 'py_1' : null,
        saleId: 'sale-0',
        registerId: 'register-1',
        pc: 'pc-1',
        completions:
          paymentStatus === null
            ? []
            : [
                {
                  id: 'chc_1',
                  status: paymentStatus,
                  paymentStatus,
                  errorCode: paid ? null : 'card_declined',
                  paymentId: paid ? 'py_1' : null,
                  chargedInCents: paid ? 1799 : null,
                  paidWith: { kind: 'card', brand: 'visa', last4: '4242' },
                  madeAt: null,
                },
              ],
      },
    ]);
    await counter.settle();
  }

  test.each(['submitting', 'checking'] as const)('a sale that was %s comes back with its true end before the next can be charged', async (kind) => {
    await restartWith({ ...onCheckout, kind }, 'succeeded');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'paid', id: 'sale-0' });
    await restartWith({ ...onCheckout, kind }, 'failed');
    await counter.pass(1_100);
    expect(counter.register.sale()).toMatchObject({ kind: 'declined', id: 'sale-0' });
  });

  test('a submitted sale of which JustiFi shows nothing is "not charged" after 150 seconds, and blocks the next until then', async () => {
    await restartWith({ ...onCheckout, kind: 'submitting' }, null);
    expect(counter.register.sale().kind).toBe('checking');
    expect(counter.register.charge({ saleId: 'sale-1', amountInCents: 500, description: 'Next', confirmed: [] }).kind).toBe('failed');
    await counter.pass(149_000);
    expect(counter.register.sale().kind).toBe('checking');
    await counter.pass(17_000);
    expect(counter.register.sale()).toMatchObject({ kind: 'not-charged', reason: 'not-received' });
  });

  test('an unpaid form that was on the screen: its sale ends silently, or is reported as late if JustiFi shows a payment', async () => {
    await restartWith({ ...onForm, kind: 'ready' }, null);
    expect(counter.register.sale()).toMatchObject({ kind: 'draft', amountInCents: 1799, description: 'One donut' });
    expect(counter.toConfirm()).toEqual([]);
    await counter.pass(170_000);
    expect(counter.journal.findLast(({ sale }) => sale.id === 'sale-0')!.sale.kind).toBe('abandoned');
    await restartWith({ ...onForm, kind: 'ready' }, 'succeeded');
    await counter.pass(100);
    expect(counter.late()).toHaveLength(1);
  });

  test('the end of a sale that was not dismissed is on the screen again, so that it is not charged a second time', async () => {
    await counter.toReady();
    await counter.pay();
    counter.complete('cho_1', 'succeeded');
    await counter.pass(1_000);
    const paid = counter.register.sale();
    expect(paid.kind).toBe('paid');
    counter = setTheCounter([], [], { unseen: paid });
    await counter.settle();
    expect(counter.register.sale()).toBe(paid);
    expect(counter.register.newSale(paid.id).kind).toBe('ok');
    expect(counter.register.lastSale()).toBe(paid);
  });

  test('typed text is saved before it is on the screen: a crash in between loses no shown text', async () => {
    const drawn: unknown[] = [];
    counter.whenDrawn(() => {
      const sale = counter.register.sale();
      if (sale.kind === 'draft') drawn.push([sale.amountInCents, sale.description, counter.kept.at(-1)]);
    });
    await counter.type(1, '');
    await counter.type(1799, 'One donut');
    const { id: saleId } = counter.register.sale();
    expect(drawn).toContainEqual([1799, 'One donut', { saleId, amountInCents: 1799, description: 'One donut' }]);
    expect(drawn).not.toContainEqual([1799, 'One donut', { saleId, amountInCents: 1, description: '' }]);
  });

  test('the shown text is saved for the next start whenever a new draft begins', async () => {
    await counter.toReady();
    counter.register.goBack('sale-1');
    const again = counter.register.sale();
    expect(counter.kept.at(-1)).toEqual({ saleId: again.id, amountInCents: 1799, description: 'One donut' });
    const ready: Sale = { ...earlierSale(500, 'Tea'), kind: 'ready' };
    counter = setTheCounter([ready], [...counter.api.values()]);
    expect(counter.kept.at(-1)).toEqual({ saleId: counter.register.sale().id, amountInCents: 500, description: 'Tea' });
  });

  test('it is saved before its sale ends, so that a crash in between, and one right after the start, lose no typed text', async () => {
    await counter.toReady();
    counter.register.goBack('sale-1');
    expect(counter.journal.find(({ event }) => event.kind === 'marked-unresolved')?.kept).toEqual({ saleId: counter.register.sale().id, amountInCents: 1799, description: 'One donut' });
    const preparing: Sale = { ...earlierSale(500, 'Tea'), kind: 'preparing' };
    counter = setTheCounter([preparing], [...counter.api.values()]);
    expect(counter.journal.find(({ event }) => event.kind === 'marked-unresolved')?.kept).toEqual({ saleId: counter.register.sale().id, amountInCents: 500, description: 'Tea' });
  });

  test('a sale that cannot be left, because the disk is full, stays the saved one', async () => {
    await counter.toReady();
    counter.trouble.disk = true;
    expect(counter.register.goBack('sale-1')).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    expect(counter.register.sale()).toMatchObject({ id: 'sale-1', kind: 'ready' });
    expect(counter.kept.at(-1)?.saleId).toBe('sale-1');
  });

  test('an unanswered void is requested again automatically, with the same key, until there is an answer', async () => {
    const late = { paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1799, at: '', reversals: [] } as const;
    await restartWith({ ...onCheckout, ...late, kind: 'late' }, 'succeeded');
    counter.trouble.void = { kind: 'network', code: 'ECONNRESET' };
    const [{ id }] = counter.late() as [Sale];
    expect((await counter.reverse(id, 'void')).kind).toBe('failed');
    await counter.pass(45_000);
    expect(counter.late()).toMatchObject([{ kind: 'reversing' }]);
    expect(new Set(counter.returnKeys).size).toBe(1);
    expect(counter.returnKeys).toHaveLength(3);
    counter.trouble.void = null;
    await counter.pass(20_000);
    expect(counter.late()).toEqual([]);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
    await counter.pass(60_000);
    expect(counter.returnKeys).toHaveLength(4);
  });

  test('a void whose answer was lost is requested again with the same key', async () => {
    const asked = { id: 'rev-0', paymentId: 'py_1', kind: 'void', amountInCents: 1799, reason: null, fees: [], idempotencyKey: 'key-0', cashier: null, askedAt: '', state: 'asked', refundId: null, code: null } as const;
    const late = { paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1799, at: '', reversals: [] } as const;
    await restartWith({ ...onCheckout, ...late, kind: 'reversing', of: 'late', reversals: [asked] }, 'succeeded');
    expect(counter.requests).toContain('void py_1');
    expect(counter.returnKeys).toEqual(['key-0']);
    expect(counter.journal.at(-1)!.sale).toMatchObject({ kind: 'reversed' });
  });
});
