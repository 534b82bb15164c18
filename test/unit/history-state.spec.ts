import { expect, test } from 'vitest';
import { historyStateOf, isListed } from '../../main/history/history-state.ts';
import type { Attempts, Sale } from '../../main/sale/sale.ts';

const ATTEMPTS: Attempts = { submits: 1, open: 0, failed: [], shown: false, authorisation: null, completionKey: null, link: null };

function left(kind: 'unresolved' | 'abandoned', attempts: Partial<Attempts>, why: 'unsubmitted' | 'unknown' = 'unsubmitted'): Sale {
  const sale = { id: 'sale-1', purchase: { lines: [], totalInCents: 25_00, currency: 'USD', description: 'Repair' }, checkoutId: 'cho_1', attempts: { ...ATTEMPTS, ...attempts }, tender: 'card-form' } as const;
  return kind === 'abandoned' ? { ...sale, kind } : { ...sale, kind, why, since: '2026-11-02T15:04:05.000Z' };
}

test.each(['unresolved', 'abandoned'] as const)('a sale that was declined and cancelled is Declined in the list, also while JustiFi is asked once more (%s)', (kind) => {
  expect(historyStateOf(left(kind, { failed: ['cmp_1'] }))).toBe('declined');
  expect(isListed(left(kind, { failed: ['cmp_1'] }))).toBe(true);
});

test('one of which a request is open is not confirmed', () => {
  expect(historyStateOf(left('unresolved', { open: 1 }, 'unknown'))).toBe('unresolved');
});

test.each(['unresolved', 'abandoned'] as const)('one that was left before Pay is in no list (%s)', (kind) => {
  expect(isListed(left(kind, { submits: 0, shown: true }))).toBe(false);
});
