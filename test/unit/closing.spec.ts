import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../contract/language.ts';
import { assertNever } from '../../contract/result.ts';
import type { Closing } from '../../contract/closing.ts';
import { closingOf, isClosingWanted } from '../../main/sale/closing.ts';
import type { Purchase } from '../../main/sale/purchase.ts';
import type { Reversal, ReversalState } from '../../main/sale/reversal.ts';
import { NO_ATTEMPTS, type OnCheckout, type Sale, type Taken, newDraft } from '../../main/sale/sale.ts';
import { CLOSING_WORDS } from '../../words/closing.ts';

const purchase: Purchase = { lines: [], totalInCents: 3575, currency: 'USD', description: 'Repair' };
const sold: OnCheckout = { id: 'sale-1', purchase, checkoutId: 'cho_1', attempts: NO_ATTEMPTS, tender: 'card-form' };
const takenWith = (reversals: readonly Reversal[]): Taken => ({ ...sold, paymentId: 'py_1', isPending: false, paidWith: { kind: 'card', brand: null, last4: null }, chargedInCents: 3575, at: '2026-11-25T12:00:00.000Z', reversals });
const taken = takenWith([]);

function reversing(state: ReversalState): Sale {
  const reversal: Reversal = { id: 'rev-1', paymentId: 'py_1', kind: 'void', amountInCents: 3575, reason: null, fees: [], idempotencyKey: 'key-1', cashier: null, askedAt: '2026-11-25T12:01:00.000Z', state, refundId: null, code: null };
  return { ...takenWith([reversal]), kind: 'reversing', of: 'late' };
}

function saleOf(kind: Sale['kind']): Sale {
  switch (kind) {
    case 'draft':
      return newDraft('sale-1', 3575, 'Repair');
    case 'preparing':
    case 'ready':
    case 'submitting':
    case 'checking':
    case 'abandoned':
      return { ...sold, kind };
    case 'declined':
      return { ...sold, kind, reason: 'declined', code: 'card_declined' };
    case 'not-charged':
      return { ...sold, kind, reason: 'expired' };
    case 'unresolved':
      return { ...sold, kind, why: 'unknown', since: '2026-11-25T12:00:00.000Z' };
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'late':
    case 'reversed':
    case 'transfer-failed':
    case 'transfer-failed-seen':
    case 'disputed':
      return { ...taken, kind };
    case 'reversing':
      return reversing('asked');
    default:
      return assertNever(kind);
  }
}

const TABLE: Readonly<Record<Sale['kind'], Closing>> = {
  draft: 'nothing',
  preparing: 'form',
  ready: 'form',
  submitting: 'payment',
  checking: 'payment',
  declined: 'nothing',
  'not-charged': 'nothing',
  paid: 'nothing',
  accepted: 'nothing',
  'wrong-amount': 'nothing',
  'wrong-amount-seen': 'nothing',
  unresolved: 'nothing',
  late: 'nothing',
  reversing: 'reversal',
  reversed: 'nothing',
  'transfer-failed': 'nothing',
  'transfer-failed-seen': 'nothing',
  disputed: 'nothing',
  abandoned: 'nothing',
};

describe('C-29: what closing Counter would interrupt', () => {
  test.each(Object.entries(TABLE) as [Sale['kind'], Closing][])('while the sale is %s: %s', (kind, closing) => {
    expect(closingOf([saleOf(kind)])).toBe(closing);
  });

  test('a refund that JustiFi has accepted may take days, and does not delay closing', () => {
    expect(closingOf([reversing('pending')])).toBe('nothing');
  });

  test('of several sales the most serious is shown', () => {
    expect(closingOf([])).toBe('nothing');
    expect(closingOf([saleOf('draft'), saleOf('reversing')])).toBe('reversal');
    expect(closingOf([saleOf('ready'), saleOf('reversing'), saleOf('unresolved')])).toBe('reversal');
    expect(closingOf([saleOf('submitting'), saleOf('reversing')])).toBe('payment');
  });
});

describe('C-29: whether closing is wanted', () => {
  /** Asks with the interrupted payments of each check, and answers from the list. */
  async function decide(looks: readonly Closing[], answers: readonly boolean[]) {
    const [left, given, asked] = [[...looks], [...answers], [] as Closing[]];
    const wanted = await isClosingWanted(() => left.shift()!, async (about) => {
      asked.push(about);
      return given.shift()!;
    });
    return { wanted, asked };
  }

  test('where nothing is interrupted there is no question', async () => {
    expect(await decide(['nothing'], [])).toEqual({ wanted: true, asked: [] });
  });

  test('one question, and its answer counts', async () => {
    expect(await decide(['payment'], [false])).toEqual({ wanted: false, asked: ['payment'] });
    expect(await decide(['payment', 'payment'], [true])).toEqual({ wanted: true, asked: ['payment'] });
  });

  test('a customer who pays while the question is shown changes the question', async () => {
    expect(await decide(['form', 'payment'], [true, false])).toEqual({ wanted: false, asked: ['form', 'payment'] });
    expect(await decide(['form', 'payment', 'payment'], [true, true])).toEqual({ wanted: true, asked: ['form', 'payment'] });
  });

  test('a payment that has ended while the question was shown needs no other question', async () => {
    expect(await decide(['payment', 'nothing'], [true])).toEqual({ wanted: true, asked: ['payment'] });
  });
});

test('C-29: the question differs in each language, and for each kind of interruption', () => {
  const sentences = LANGUAGES.flatMap((language) => Object.values(CLOSING_WORDS[language].about).flatMap(({ message, detail }) => [message, detail]));
  expect(sentences).toHaveLength(18);
  expect(new Set(sentences).size).toBe(18);
});
