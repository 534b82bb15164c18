import { expect, test } from 'vitest';
import type { ChargeProblem } from '../../contract/problem.ts';
import { ok } from '../../contract/result.ts';
import { tillCalls } from '../../main/manager/till-calls.ts';
import { createCurrentSale } from '../../main/sale/current-sale.ts';
import type { JournalRetry } from '../../main/sale/journal-retry.ts';
import { newDraft } from '../../main/sale/sale.ts';
import type { SaleLedger } from '../../main/sale/sale-ledger.ts';

/* Unusable input is one line in the log: the broken rule, and never the typed text. */

type Line = readonly [what: string, detail: unknown];

test.each<ChargeProblem>([
  { kind: 'amount-empty' },
  { kind: 'amount-too-small', smallestInCents: 51 },
  { kind: 'amount-too-large', largestInCents: 2_000 },
  { kind: 'description-empty' },
  { kind: 'description-too-long', longest: 200 },
  { kind: 'description-card-number' },
])('F-27, F-28: a sale that cannot be charged: $kind', (problem) => {
  const lines: Line[] = [];
  const ledger: Pick<SaleLedger, 'onChange' | 'putAtCounter'> = { onChange: () => {}, putAtCounter: () => {} };
  const current = createCurrentSale(
    { newId: () => 'sale-2', journalRetry: {} as JournalRetry, keepDraft: () => {}, log: (...line) => void lines.push(line) },
    ledger as SaleLedger,
    newDraft('sale-1', 1_250, 'Long story'),
  );
  expect(current.showProblem(problem)).toEqual({ kind: 'failed', failure: problem });
  expect(lines).toEqual([['sale.problem', { sale: 'sale-1', problem: problem.kind }]]);
  expect(current.get()).toMatchObject({ kind: 'draft', amountInCents: 1_250, description: 'Long story', problem });
});

test('F-28: what the page itself refused, and a page that broke', async () => {
  const lines: Line[] = [];
  const calls = tillCalls({ cashiers: {}, log: (...line: Line) => void lines.push(line) } as unknown as Parameters<typeof tillCalls>[0]);
  for (const what of ['not-an-amount', 'amount-too-large'] as const) expect(await calls.inputRefused({ saleId: 'sale-1', what })).toEqual(ok(null));
  expect(await calls.pageBroke({ detail: 'RangeError' })).toEqual(ok(null));
  expect(lines).toEqual([
    ['sale.input-refused', { sale: 'sale-1', what: 'not-an-amount' }],
    ['sale.input-refused', { sale: 'sale-1', what: 'amount-too-large' }],
    ['till-page.broke', { detail: 'RangeError' }],
  ]);
});
