import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../contract/result.ts';
import type { TakenSale } from '../../main/history/taken-sales.ts';
import { type DayComparisonParts, compareDay } from '../../main/report/day-comparison.ts';
import type { Payment } from '../../main/sale/payments.ts';
import type { Sale } from '../../main/sale/sale.ts';

/* the report and JustiFi, payment by payment. */

const FROM = '2026-11-24T04:00:00.000Z';
const TO = '2026-11-24T23:00:00.000Z';
const AT = '2026-11-24T12:00:00.000Z';

function sale(number: number, other: Partial<TakenSale> = {}): TakenSale {
  return { saleId: `s${number}`, at: AT, paymentId: `py_${number}`, checkoutId: `cho_${number}`, chargedInCents: 1000, givenBackInCents: 0, isPending: false, hasFailed: false, description: 'Tea', ...other };
}

function payment(number: number, other: Partial<Payment> = {}): Payment {
  return { id: `py_${number}`, checkoutId: `cho_${number}`, status: 'succeeded', amountInCents: 1000, refundedInCents: 0, paidWith: { kind: 'card', brand: null, last4: '4242' }, madeAt: AT, isDisputed: false, fees: [], ...other };
}

type World = { readonly listed?: readonly Payment[]; readonly isCut?: boolean; readonly single?: readonly Payment[]; readonly registers?: Readonly<Record<string, string>>; readonly known?: Readonly<Record<string, Sale['kind']>>; readonly silent?: 'list' | 'checkouts' };

function partsOf({ listed = [], isCut = false, single = [], registers = {}, known = {}, silent }: World): DayComparisonParts {
  const none = { kind: 'network', code: 'ENOTFOUND' } as const;
  return {
    registerId: 'register-1',
    payments: {
      listMade: async () => (silent === 'list' ? failed(none) : ok({ items: listed, unreadable: 0, isCut })),
      async read(paymentId) {
        const found = single.find(({ id }) => id === paymentId);
        return found === undefined ? failed({ kind: 'invalid', code: 'not_found', status: 404, parameter: null }) : ok(found);
      },
    },
    checkouts: { read: async (id) => (silent === 'checkouts' ? failed(none) : registers[id] === undefined ? failed({ kind: 'invalid', code: 'not_found', status: 404, parameter: null }) : ok({ registerId: registers[id] } as never)) },
    journal: {
      saleOn(checkoutId) {
        const kind = known[checkoutId];
        return ok(kind === undefined ? null : ({ id: `s-${checkoutId}`, kind, ...(kind === 'paid' ? { paymentId: checkoutId.replace('cho', 'py') } : {}) } as unknown as Sale));
      },
    },
  };
}

async function compared(sales: readonly TakenSale[], world: World) {
  const answer = await compareDay(partsOf(world), { sales, isCut: false, from: FROM, to: TO });
  if (answer.kind === 'failed') throw new Error(answer.failure.kind);
  const { differences, compared: count, elsewhere, isComplete } = answer.value;
  return { found: differences.map(({ kind, saleId, paymentId, hereInCents, thereInCents }) => [kind, saleId ?? paymentId, hereInCents, thereInCents]), count, elsewhere, isComplete };
}

const NOTHING = { count: 0, amountInCents: 0 };

describe('R-12: the report and JustiFi', () => {
  test('agree about paid, refunded, voided and failed payments', async () => {
    const sales = [sale(1), sale(2, { givenBackInCents: 400 }), sale(3, { givenBackInCents: 1000 }), sale(4, { hasFailed: true })];
    const listed = [payment(1), payment(2, { status: 'partially_refunded', refundedInCents: 400 }), payment(3, { status: 'canceled' }), payment(4, { status: 'failed' })];
    expect(await compared(sales, { listed })).toEqual({ found: [], count: 4, elsewhere: NOTHING, isComplete: true });
  });

  test('differences are listed one by one', async () => {
    const sales = [sale(1), sale(2), sale(3, { givenBackInCents: 400 }), sale(4), sale(5, { isPending: true, paymentId: null }), sale(6)];
    const listed = [payment(1, { amountInCents: 1100 }), payment(3, { refundedInCents: 500, status: 'partially_refunded' }), payment(4, { isDisputed: true }), payment(5, { status: 'pending' }), payment(6, { status: 'failed' })];
    expect((await compared(sales, { listed })).found).toEqual([
      ['other-amount', 's1', 1000, 1100],
      ['other-state', 's3', 600, 500],
      ['other-state', 's4', 1000, 1000],
      ['pending', 's5', 1000, 1000],
      ['other-state', 's6', 1000, 0],
      ['missing-there', 's2', 1000, null],
    ]);
  });

  test('a payment that is only absent from the list is not missing', async () => {
    expect(await compared([sale(1)], { single: [payment(1)] })).toMatchObject({ found: [], isComplete: true });
  });

  test('payments without a sale here: of this register, of others on the account, of another report', async () => {
    const listed = [payment(7), payment(8), payment(9, { checkoutId: null }), payment(10), payment(11), payment(12, { status: 'failed' }), payment(13, { madeAt: '2026-11-24T03:59:00.000Z' })];
    const answer = await compared([], { listed, registers: { cho_7: 'register-1', cho_8: 'register-2' }, known: { cho_10: 'paid', cho_11: 'unresolved' } });
    expect(answer).toEqual({ found: [['missing-here', 'py_7', null, 1000], ['missing-here', 's-cho_11', null, 1000]], count: 0, elsewhere: { count: 2, amountInCents: 2000 }, isComplete: true });
  });

  test('a second payment on the checkout of a sale is a second charge, and named', async () => {
    const twice = [payment(1), payment(2, { checkoutId: 'cho_1' })];
    expect(await compared([sale(1)], { listed: twice, known: { cho_1: 'paid' } })).toMatchObject({ found: [['missing-here', 's-cho_1', null, 1000]], count: 1 });
  });

  test('an incomplete reading is no agreement', async () => {
    expect(await compared([sale(1)], { listed: [payment(1)], isCut: true })).toMatchObject({ found: [], isComplete: false });
    const many = Array.from({ length: 60 }, (_, number) => payment(number));
    expect(await compared([], { listed: many, registers: Object.fromEntries(many.map(({ checkoutId }) => [checkoutId!, 'register-2'])) })).toMatchObject({ isComplete: false, elsewhere: { count: 50 } });
    expect(await compared([], { listed: [payment(1)] })).toMatchObject({ isComplete: false });
  });

  test('without an answer there is no result', async () => {
    for (const silent of ['list', 'checkouts'] as const) {
      expect(await compareDay(partsOf({ silent, listed: [payment(1)] }), { sales: [], isCut: false, from: FROM, to: TO })).toEqual({ kind: 'failed', failure: { kind: 'not-compared' } });
    }
  });
});
