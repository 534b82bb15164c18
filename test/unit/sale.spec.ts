import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Outcome, type Sale, type SaleEvent, newDraft, transition } from '../../main/sale/sale.ts';

const purchase = { amountInCents: 1799, currency: 'USD', description: 'One donut' } as const;
const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const paid: Outcome = { kind: 'paid', paymentId: 'py_1', paidWith, chargedInCents: 1799 };

function play(events: readonly SaleEvent[], from: Sale = newDraft('sale-1')): Sale {
  return events.reduce((sale, event) => {
    const next = transition(sale, event);
    return next.kind === 'ok' ? next.value : sale;
  }, from);
}

const toReady: readonly SaleEvent[] = [
  { kind: 'edited', amountInCents: 1799, description: 'One donut' },
  { kind: 'charge-asked', purchase },
  { kind: 'amount-confirmed', checkoutId: 'cho_1', amountInCents: 1799 },
  { kind: 'form-shown', checkoutId: 'cho_1' },
];
const toSubmitting: readonly SaleEvent[] = [...toReady, { kind: 'submit-allowed', checkoutId: 'cho_1', amountInCents: 1799 }];
const known = (outcome: Outcome): SaleEvent => ({ kind: 'outcome-known', outcome, at: '2026-11-23T15:00:00.000Z' });

describe('a sale', () => {
  test('goes from the first digit to PAID', () => {
    expect(play([...toSubmitting, known(paid)])).toMatchObject({ kind: 'paid', paymentId: 'py_1', checkoutId: 'cho_1', purchase });
  });

  test('is retried on the same checkout after a decline, and only a later attempt counts', () => {
    const declined = play([...toSubmitting, known({ kind: 'declined', reason: 'declined', code: 'card_declined', completions: 1 })]);
    expect(declined).toMatchObject({ kind: 'declined', completionsBefore: 1 });
    const other = play([{ kind: 'retry-asked' }, { kind: 'amount-confirmed', checkoutId: 'cho_2', amountInCents: 1799 }], declined);
    expect(other).toMatchObject({ kind: 'preparing', checkoutId: 'cho_1' });
    expect(play([{ kind: 'retry-asked' }, { kind: 'form-shown', checkoutId: 'cho_1' }], declined)).toMatchObject({ kind: 'ready', completionsBefore: 1 });
  });

  test('is never PAID when JustiFi charged another amount', () => {
    expect(play([...toSubmitting, known({ ...paid, chargedInCents: 51 })])).toMatchObject({ kind: 'wrong-amount', chargedInCents: 51 });
  });

  test('cannot be left once it was submitted', () => {
    expect(play([...toSubmitting, { kind: 'left' }]).kind).toBe('submitting');
  });

  test('loses its form before Pay without a charge, and after Pay without a verdict', () => {
    expect(play([...toReady, { kind: 'form-lost', why: 'crashed' }])).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(play([...toSubmitting, { kind: 'form-lost', why: 'crashed' }]).kind).toBe('checking');
  });

  test('lets no charge through for another amount or another checkout (F-16)', () => {
    const ready = play(toReady);
    expect(transition(ready, { kind: 'submit-allowed', checkoutId: 'cho_1', amountInCents: 51 }).kind).toBe('failed');
    expect(transition(ready, { kind: 'submit-allowed', checkoutId: 'cho_2', amountInCents: 1799 }).kind).toBe('failed');
  });
});

describe('whatever happens in whatever order', () => {
  const ids = fc.constantFrom('cho_1', 'cho_2');
  const amounts = fc.constantFrom(51, 1799);
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.constant<Outcome>(paid),
    fc.constant<Outcome>({ kind: 'accepted', paymentId: null, paidWith, chargedInCents: 1799 }),
    fc.constant<Outcome>({ kind: 'declined', reason: 'declined', code: 'x', completions: 1 }),
    fc.constant<Outcome>({ kind: 'not-charged', reason: 'not-received', completions: 0 }),
  );
  const event: fc.Arbitrary<SaleEvent> = fc.oneof(
    fc.record({ kind: fc.constant('edited' as const), amountInCents: amounts, description: fc.constant('x') }),
    fc.record({ kind: fc.constant('charge-asked' as const), purchase: fc.constant(purchase) }),
    fc.record({ kind: fc.constant('amount-confirmed' as const), checkoutId: ids, amountInCents: amounts }),
    fc.record({ kind: fc.constant('form-shown' as const), checkoutId: ids }),
    fc.record({ kind: fc.constant('submit-allowed' as const), checkoutId: ids, amountInCents: amounts }),
    fc.record({ kind: fc.constant('outcome-known' as const), outcome, at: fc.constant('2026-11-23T15:00:00.000Z') }),
    fc.record({ kind: fc.constantFrom('outcome-unclear' as const, 'form-lost' as const, 'submit-refused' as const), why: fc.constant('x') }),
    fc.record({ kind: fc.constantFrom('retry-asked' as const, 'left' as const) }),
  );

  test('a sale has one checkout, keeps its purchase, and is PAID only after it was submitted', () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        let sale = newDraft('sale-1');
        let checkoutId: string | null = null;
        let submitted = false;
        for (const next of events) {
          const moved = transition(sale, next);
          if (moved.kind === 'failed') continue;
          sale = moved.value;
          if (sale.kind === 'submitting') submitted = true;
          if (sale.kind === 'paid') expect(submitted).toBe(true);
          if ('checkoutId' in sale && sale.checkoutId !== null) {
            expect(checkoutId ?? sale.checkoutId).toBe(sale.checkoutId);
            ({ checkoutId } = sale);
          }
          if ('purchase' in sale) expect(sale.purchase).toEqual(purchase);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a sale that is over stays as it is', () => {
    const over = [play([...toSubmitting, known(paid)]), play([...toReady, { kind: 'left' }]), play([...toSubmitting, known({ ...paid, chargedInCents: 51 })])];
    fc.assert(
      fc.property(fc.constantFrom(...over), event, (sale, next) => {
        const moved = transition(sale, next);
        expect(moved.kind === 'ok' ? moved.value : sale).toEqual(sale);
      }),
      { numRuns: 1_000 },
    );
  });
});
