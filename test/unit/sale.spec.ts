import { describe, expect, test } from 'vitest';
import { TENDERS } from '../../contract/tender.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Outcome, type Sale, newDraft } from '../../main/sale/sale.ts';
import type { Fact, SaleEvent } from '../../main/sale/sale-event.ts';
import { after as transition, learned } from '../../main/sale/transition.ts';
import fc from '../setup/properties.ts';

const purchase = purchaseOf(1799, 'USD', 'One donut');
const header = { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier: null, tender: 'card-form', businessDay: '2026-11-23' } as const;
const FAILED = { ...NO_ATTEMPTS, submits: 1, failed: ['chc_1'], shown: true };
const OPEN = { ...NO_ATTEMPTS, submits: 1, open: 1, shown: true };
const LINK = { shownAt: '2026-11-23T15:00:00.000Z', payableUntil: '2026-11-30T15:00:00.000Z' } as const;
const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const paid: Outcome = { kind: 'paid', paymentId: 'py_1', paidWith, chargedInCents: 1799, takenAt: null };

function play(events: readonly SaleEvent[], from: Sale = newDraft('sale-1')): Sale {
  return events.reduce((sale, event) => {
    const next = transition(sale, event);
    return next.kind === 'ok' ? next.value : sale;
  }, from);
}

const toReady: readonly SaleEvent[] = [
  { kind: 'charge-asked', purchase, header },
  { kind: 'amount-confirmed', checkoutId: 'cho_1', amountInCents: 1799 },
  { kind: 'form-shown', checkoutId: 'cho_1' },
];
const toSubmitting: readonly SaleEvent[] = [...toReady, { kind: 'submit-allowed', checkoutId: 'cho_1', amountInCents: 1799, failed: [], authorisation: null }];
const known = (outcome: Outcome): SaleEvent => ({ kind: 'outcome-known', outcome, at: '2026-11-23T15:00:00.000Z', businessDay: '2026-11-23' });

describe('a sale', () => {
  test('goes from the first digit to PAID', () => {
    expect(play([...toSubmitting, known(paid)])).toMatchObject({ kind: 'paid', paymentId: 'py_1', checkoutId: 'cho_1', purchase });
  });

  test('is retried on the same checkout after a decline, and only a later attempt counts', () => {
    const declined = play([...toSubmitting, known({ kind: 'declined', reason: 'declined', code: 'card_declined', attempts: FAILED })]);
    expect(declined).toMatchObject({ kind: 'declined', attempts: FAILED });
    const other = play([{ kind: 'retry-asked' }, { kind: 'amount-confirmed', checkoutId: 'cho_2', amountInCents: 1799 }], declined);
    expect(other).toMatchObject({ kind: 'preparing', checkoutId: 'cho_1' });
    expect(play([{ kind: 'retry-asked' }, { kind: 'form-shown', checkoutId: 'cho_1' }], declined)).toMatchObject({ kind: 'ready', attempts: FAILED });
  });

  test('is never PAID when JustiFi charged another amount', () => {
    expect(play([...toSubmitting, known({ ...paid, chargedInCents: 51 })])).toMatchObject({ kind: 'wrong-amount', chargedInCents: 51 });
  });

  test('cannot be abandoned once it was submitted: it is asked about', () => {
    expect(play([...toSubmitting, { kind: 'abandoned' }]).kind).toBe('submitting');
    expect(play([...toSubmitting, { kind: 'marked-unresolved', at: '' }])).toMatchObject({ kind: 'unresolved', why: 'unknown' });
  });

  test('that loses its form is asked about, before Pay too', () => {
    expect(play([...toReady, { kind: 'form-lost', why: 'crashed' }]).kind).toBe('checking');
    expect(play([...toReady.slice(0, -1), { kind: 'form-lost', why: 'hung' }])).toMatchObject({ kind: 'not-charged', reason: 'form-lost' });
    expect(play([...toSubmitting, { kind: 'form-lost', why: 'crashed' }]).kind).toBe('checking');
  });

  test('whose checkout has expired gets neither another try nor another way to pay: JustiFi takes nothing on it any more', () => {
    const expired = play([...toSubmitting, known({ kind: 'not-charged', reason: 'expired', attempts: { ...NO_ATTEMPTS, submits: 1 } })]);
    expect(transition(expired, { kind: 'retry-asked' }).kind).toBe('failed');
    expect(transition(expired, { kind: 'tender-chosen', tender: 'reader' }).kind).toBe('failed');
  });

  test('keeps its one checkout when a retry fails before the form, also after JustiFi has said that nothing can arrive any more', () => {
    const notReceived = play([...toSubmitting, known({ kind: 'not-charged', reason: 'not-received', attempts: { ...NO_ATTEMPTS, submits: 1 } })]);
    const failed = play([{ kind: 'retry-asked' }, { kind: 'preparation-failed', problem: { kind: 'journal-unwritable' } }], notReceived);
    expect(failed).toMatchObject({ kind: 'checking', checkoutId: 'cho_1' });
  });

  test('is not ended by an answer of JustiFi’s that is older than the last Pay, and its attempts are not forgotten', () => {
    const second = play([...toSubmitting, known({ kind: 'not-charged', reason: 'not-received', attempts: OPEN }), { kind: 'retry-asked' }, { kind: 'form-shown', checkoutId: 'cho_1' }, { kind: 'submit-allowed', checkoutId: 'cho_1', amountInCents: 1799, failed: [], authorisation: null }]);
    expect(play([known({ kind: 'declined', reason: 'declined', code: 'x', attempts: FAILED })], second)).toMatchObject({ kind: 'submitting', attempts: { submits: 2, open: 1, failed: ['chc_1'] } });
  });

  test('allows no charge for another amount or another checkout (F-16)', () => {
    const ready = play(toReady);
    expect(transition(ready, { kind: 'submit-allowed', checkoutId: 'cho_1', amountInCents: 51, failed: [], authorisation: null }).kind).toBe('failed');
    expect(transition(ready, { kind: 'submit-allowed', checkoutId: 'cho_2', amountInCents: 1799, failed: [], authorisation: null }).kind).toBe('failed');
  });
});

describe('whatever happens in whatever order', () => {
  const ids = fc.constantFrom('cho_1', 'cho_2');
  const amounts = fc.constantFrom(51, 1799);
  const outcome: fc.Arbitrary<Outcome> = fc.oneof(
    fc.constant<Outcome>(paid),
    fc.constant<Outcome>({ kind: 'accepted', paymentId: null, paidWith, chargedInCents: 1799, takenAt: null }),
    fc.constant<Outcome>({ kind: 'declined', reason: 'declined', code: 'x', attempts: FAILED }),
    fc.constant<Outcome>({ kind: 'not-charged', reason: 'not-received', attempts: OPEN }),
    // No payment can arrive any more: JustiFi has ended everything that was shown and submitted.
    fc.constantFrom('expired' as const, 'not-received' as const).map((reason): Outcome => ({ kind: 'not-charged', reason, attempts: { ...NO_ATTEMPTS, submits: 1 } })),
  );
  const event: fc.Arbitrary<SaleEvent> = fc.oneof(
    fc.record({ kind: fc.constant('charge-asked' as const), purchase: fc.constant(purchase), header: fc.constant(header) }),
    fc.record({ kind: fc.constant('amount-confirmed' as const), checkoutId: ids, amountInCents: amounts }),
    fc.record({ kind: fc.constant('form-shown' as const), checkoutId: ids }),
    fc.record({ kind: fc.constant('submit-allowed' as const), checkoutId: ids, amountInCents: amounts, failed: fc.constant([]), authorisation: fc.constant(null) }),
    fc.record({ kind: fc.constant('outcome-known' as const), outcome, at: fc.constant('2026-11-23T15:00:00.000Z'), businessDay: fc.constant('2026-11-23') }),
    fc.record({ kind: fc.constantFrom('outcome-unclear' as const, 'form-lost' as const, 'submit-refused' as const, 'payment-suspected' as const), why: fc.constant('x') }),
    fc.record({ kind: fc.constantFrom('retry-asked' as const, 'abandoned' as const) }),
    fc.record({ kind: fc.constant('marked-unresolved' as const), at: fc.constant('') }),
    fc.record({ kind: fc.constant('link-shown' as const), checkoutId: ids, link: fc.constant(LINK) }),
    fc.record({ kind: fc.constant('form-renewed' as const), why: fc.constant('asked') }),
    fc.record({ kind: fc.constant('tender-chosen' as const), tender: fc.constantFrom(...TENDERS) }),
    fc.record({ kind: fc.constant('preparation-failed' as const), problem: fc.constant({ kind: 'journal-unwritable' as const }) }),
  );

  /** From the keypad, or from a form or a Pay, so that later states are reached often. */
  const fromThere = fc.constantFrom<readonly SaleEvent[]>([], toReady, toSubmitting, [...toSubmitting, { kind: 'form-lost', why: 'crashed' }]);

  /** The second Charge after a preparation that failed once its checkout was there. */
  const fromTheKeypadTwice = fc.constantFrom<readonly SaleEvent[]>([], [...toReady.slice(0, -1), { kind: 'preparation-failed', problem: { kind: 'journal-unwritable' } }, ...toReady.slice(0, 1)]);

  test('a sale keeps the checkout that its customer has seen, whatever fails after that', () => {
    fc.assert(
      fc.property(fromThere, fc.array(event, { maxLength: 30 }), (begun, more) => {
        let sale: Sale = newDraft('sale-1');
        let seen: string | null = null;
        for (const next of [...begun, ...more]) {
          const moved = transition(sale, next);
          if (moved.kind === 'failed') continue;
          sale = moved.value;
          if (sale.kind === 'ready' || sale.kind === 'submitting') seen = sale.checkoutId;
          if (seen !== null) expect(sale).toMatchObject({ checkoutId: seen });
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a request that may still arrive and a link are forgotten only by an answer of JustiFi’s', () => {
    fc.assert(
      fc.property(fromThere, fc.array(event, { maxLength: 30 }), (begun, more) => {
        let sale: Sale = newDraft('sale-1');
        for (const next of [...begun, ...more]) {
          const moved = transition(sale, next);
          if (moved.kind === 'failed') continue;
          const before = 'attempts' in sale ? sale.attempts : NO_ATTEMPTS;
          sale = moved.value;
          if (next.kind === 'outcome-known') continue;
          const after = 'attempts' in sale ? sale.attempts : NO_ATTEMPTS;
          expect(after.open).toBeGreaterThanOrEqual(before.open);
          expect(after.submits).toBeGreaterThanOrEqual(before.submits);
          if (before.link !== null) expect(after.link).toEqual(before.link);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('a sale has one checkout until it is a draft again, keeps its purchase, and is submitted only from its form', () => {
    fc.assert(
      fc.property(fromTheKeypadTwice, fc.array(event, { maxLength: 40 }), (begun, more) => {
        let sale: Sale = newDraft('sale-1');
        let checkoutId: string | null = null;
        let wasShown = false;
        for (const next of [...begun, ...more]) {
          const moved = transition(sale, next);
          if (moved.kind === 'failed') continue;
          sale = moved.value;
          // The checkout that was not shown is abandoned; the next Charge gets another one.
          if (sale.kind === 'draft') checkoutId = null;
          if (sale.kind === 'ready') wasShown = true;
          if (sale.kind === 'submitting') expect(wasShown).toBe(true);
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
    const over = [play([...toSubmitting, known(paid)]), play([...toSubmitting, known({ ...paid, chargedInCents: 51 })])];
    fc.assert(
      fc.property(fc.constantFrom(...over), event, (sale, next) => {
        const moved = transition(sale, next);
        expect(moved.kind === 'ok' ? moved.value : sale).toEqual(sale);
      }),
      { numRuns: 1_000 },
    );
  });

  test('a payment is a fact in every state that has a checkout: it is never dropped', () => {
    const states = fc.array(event, { maxLength: 40 }).map((events) => play(events));
    fc.assert(
      fc.property(states, fc.constantFrom(1799, 71_700), (sale, chargedInCents) => {
        const fact: Fact = { kind: 'outcome-known', outcome: { ...paid, chargedInCents }, at: '2026-11-23T15:00:00.000Z', businessDay: '2026-11-23' };
        const next = learned(sale, fact);
        if (sale.kind === 'draft' || sale.checkoutId === null || 'paymentId' in sale) expect(next).toBe(sale);
        else expect(next).toMatchObject({ kind: chargedInCents !== 1799 ? 'wrong-amount' : sale.kind === 'unresolved' || sale.kind === 'abandoned' ? 'late' : 'paid', paymentId: 'py_1', chargedInCents });
      }),
      { numRuns: 2_000 },
    );
  });
});
