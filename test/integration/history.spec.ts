import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type HistoryFile, openHistoryFile } from '../../main/history/history-file.ts';
import { type History, historyThread } from '../../main/history/history-thread.ts';
import { receiptCode, shownReceiptCode } from '../../contract/receipt-code.ts';
import { readSearch } from '../../main/history/search-text.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { type Outcome, type Sale, newDraft } from '../../main/sale/sale.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';
import { after } from '../../main/sale/transition.ts';
import { type Step, makeFolder, openOrFail, recordAll, stepsOfDay } from './journal-shop.ts';

/* The history is a projection of the journal: whatever happens to its file, it shows the journal's sales. */

const TODAY = { today: '2026-11-25', language: 'en' } as const;

let folder: string;
let file: string;
const opened: { close(): void }[] = [];
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'test-acc_1.db');
});
afterEach(() => {
  for (const one of opened.splice(0)) one.close();
  rmSync(folder, { recursive: true, force: true });
});

type Sold = { readonly id: string; readonly cents: number; readonly description: string; readonly last4?: string; readonly cashier?: string | null; readonly day?: string; readonly later?: readonly SaleEvent[] };

/** A paid sale, and its later events. */
function soldSteps({ id, cents, description, last4 = '4242', cashier = null, day = '2026-11-25', later = [] }: Sold): readonly Step[] {
  const at = `${day}T15:00:00.000Z`;
  const paid: Outcome = { kind: 'paid', paymentId: `py_${id}`, paidWith: { kind: 'card', brand: 'visa', last4 }, chargedInCents: cents, takenAt: at };
  const events: readonly SaleEvent[] = [
    { kind: 'charge-asked', purchase: purchaseOf(cents, 'USD', description), header: { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier, tender: 'card-form', businessDay: day } },
    { kind: 'amount-confirmed', checkoutId: `cho_${id}`, amountInCents: cents },
    { kind: 'form-shown', checkoutId: `cho_${id}` },
    { kind: 'submit-allowed', checkoutId: `cho_${id}`, amountInCents: cents, failed: [], authorisation: null },
    { kind: 'outcome-known', outcome: paid, at, businessDay: day },
    ...later,
  ];
  let sale: Sale = newDraft(id, cents, description);
  return events.map((event) => {
    const next = after(sale, event);
    if (next.kind === 'failed') throw new Error(`${next.failure.event} in ${next.failure.sale}`);
    sale = next.value;
    return { sale, event };
  });
}

function write(steps: readonly Step[]): void {
  const { journal } = openOrFail(file);
  recordAll(journal, steps);
  journal.close();
}

function open(): HistoryFile {
  const history = openHistoryFile({ history: join(folder, 'test-acc_1.history.db'), journal: file });
  opened.push(history);
  return history;
}

function upToDate(history: HistoryFile): HistoryFile {
  for (let progress = history.step(); progress.done < progress.of; progress = history.step());
  return history;
}

const search = (history: HistoryFile, text: string) => history.page({ search: readSearch(text, TODAY), before: null, length: 50 }).lines.map(({ saleId }) => saleId);

const refund = (id: string, amountInCents: number, saleId: string): readonly SaleEvent[] => [
  { kind: 'reversal-asked', reversal: { id, paymentId: `py_${saleId}`, kind: 'refund', amountInCents, reason: 'customer_request', fees: [], idempotencyKey: `key-${id}`, cashier: 'Ana', askedAt: '2026-11-26T15:00:00.000Z', state: 'asked', refundId: null, code: null } },
  { kind: 'reversal-answered', reversalId: id, answer: { state: 'done', refundId: `re_${id}` }, books: null, at: '2026-11-26T15:00:01.000Z', businessDay: '2026-11-26' },
];

describe('the search field of the history', () => {
  test.each([
    ['an amount', '35.75', ['s4', 's1']],
    ['an amount as it is written in French', '35,75', ['s4', 's1']],
    ['an amount with its sign', '$1,250.00', ['s3']],
    ['the last four digits', '4242', ['s4', 's1']],
    ['a word of the description', 'donut', ['s2', 's1']],
    ['the beginning of a word, without its accent', 'caf', ['s3']],
    ['yesterday', 'yesterday', ['s2']],
    ['today, in Spanish', 'hoy', ['s4', 's3', 's1']],
    ['a date', '11/24/2026', ['s2']],
    ['the date of a file', '2026-11-24', ['s2']],
    ['a date without its year', '11/24', ['s2']],
    ['a cashier', 'ana', ['s4', 's2']],
    ['a cashier with an accent, typed without', 'zoe', ['s1']],
    ['two words that are both true', 'donut yesterday', ['s2']],
    ['a payment of JustiFi', 'py_s3', ['s3']],
    ['a checkout of JustiFi', 'cho_s2', ['s2']],
    ['the code of a receipt', receiptCode('s2'), ['s2']],
    ['the code of a receipt, in groups', shownReceiptCode(receiptCode('s3')), ['s3']],
    ['nothing that there is', 'bicycle', []],
    ['signs of the search language', '"donut" OR * NEAR(', []],
    ['nothing', '   ', ['s4', 's3', 's2', 's1']],
  ])('finds by %s: %s', (_what, text, found) => {
    write([
      ...soldSteps({ id: 's1', cents: 3575, description: 'One donut', cashier: 'Zoë' }),
      ...soldSteps({ id: 's2', cents: 500, description: 'Donut and tea', last4: '1881', cashier: 'Ana', day: '2026-11-24' }),
      ...soldSteps({ id: 's3', cents: 125_000, description: 'Café catering', last4: '0005' }),
      ...soldSteps({ id: 's4', cents: 3575, description: 'Repair', cashier: 'Ana María' }),
    ]);
    expect(search(upToDate(open()), text)).toEqual(found);
  });
});

describe('the list', () => {
  test('comes in pages without a gap or a double, also while sales are added', () => {
    write(Array.from({ length: 25 }, (_, number) => soldSteps({ id: `s${number}`, cents: 1000 + number, description: 'Tea' })).flat());
    const history = upToDate(open());
    const seen: string[] = [];
    let before: number | null = null;
    for (let page = 0; page < 10; page += 1) {
      const read = history.page({ search: readSearch(page === 0 ? '' : 'tea', TODAY), before, length: 10 });
      seen.push(...read.lines.map(({ saleId }) => saleId));
      write(soldSteps({ id: `new${page}`, cents: 100, description: 'Tea' }));
      upToDate(history);
      if (read.next === null) break;
      before = read.next;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, number) => `s${24 - number}`));
  });

  test('R-05: three parts of 9.99 are partly refunded, and with the last cent refunded', () => {
    write(soldSteps({ id: 's1', cents: 999, description: 'Tea', later: [...refund('r1', 333, 's1'), ...refund('r2', 333, 's1')] }));
    const history = upToDate(open());
    expect(history.page({ search: [], before: null, length: 5 }).lines).toMatchObject([{ state: 'partly-refunded', givenBackInCents: 666, amountInCents: 999 }]);
    write(soldSteps({ id: 's2', cents: 999, description: 'Tea', later: [...refund('r3', 333, 's2'), ...refund('r4', 333, 's2'), ...refund('r5', 333, 's2')] }));
    expect(upToDate(history).page({ search: [], before: null, length: 1 }).lines).toMatchObject([{ state: 'refunded', givenBackInCents: 999 }]);
  });

  test('a sale without an attempt to pay is in no list', () => {
    write(stepsOfDay(4));
    expect(search(upToDate(open()), '')).toEqual(['sale-0']);
  });
});

describe('the file of the history is only a copy', () => {
  const all = (history: HistoryFile) => JSON.stringify(history.page({ search: [], before: null, length: 1_000 }));

  test('a rebuilt one equals one that followed entry by entry', () => {
    const steps = stepsOfDay(300);
    write([]);
    const history = open();
    for (let from = 0; from < steps.length; from += 7) {
      write(steps.slice(from, from + 7));
      upToDate(history);
    }
    const followed = all(history);
    for (const one of opened.splice(0)) one.close();
    rmSync(join(folder, 'test-acc_1.history.db'));
    expect(all(upToDate(open()))).toBe(followed);
  });

  test.each([
    ['damaged', (path: string) => writeFileSync(path, 'not a database at all')],
    ['of another version', (path: string) => sql(path, 'PRAGMA user_version = 99')],
    ['of another journal', (path: string) => sql(path, "UPDATE head SET link = 'f00'")],
    ['without a table', (path: string) => sql(path, 'DROP TABLE movement')],
  ])('one that is %s is made anew', (_how, spoil) => {
    write(stepsOfDay(100));
    const whole = all(upToDate(open()));
    for (const one of opened.splice(0)) one.close();
    spoil(join(folder, 'test-acc_1.history.db'));
    expect(all(upToDate(open()))).toBe(whole);
  });

  function sql(path: string, statement: string): void {
    const database = new DatabaseSync(path);
    database.exec(statement);
    database.close();
  }
});

describe('the history beside the till', () => {
  const openThread = (log: (detail: string) => void = () => {}): History => {
    const history = historyThread(join(import.meta.dirname, '../../main/history/history-worker.ts'))({ history: join(folder, 'test-acc_1.history.db'), journal: file }, log);
    opened.push(history);
    return history;
  };
  const firstPage = (history: History) => history.ask({ kind: 'page', order: { search: [], before: null, length: 3 } });

  test('a sale is in the list as soon as it is in the journal', async () => {
    write(stepsOfDay(40));
    const history = openThread();
    expect(await firstPage(history)).toMatchObject({ kind: 'ok', value: { building: null } });
    write(soldSteps({ id: 'newest', cents: 3575, description: 'Repair' }));
    expect(await firstPage(history)).toMatchObject({ value: { lines: [{ saleId: 'newest', state: 'paid' }, {}, {}] } });
  });

  test('years of sales are read while the list is already shown', { timeout: 60_000 }, async () => {
    write(stepsOfDay(9_000));
    const history = openThread();
    const first = await firstPage(history);
    expect(first).toMatchObject({ kind: 'ok', value: { building: { of: 9_000 } } });
    await expect.poll(async () => firstPage(history), { timeout: 30_000 }).toMatchObject({ value: { building: null } });
  });

  test('a journal that cannot be read is one sentence, and the next question tries again', async () => {
    const lines: string[] = [];
    const history = openThread((detail) => void lines.push(detail));
    expect(await firstPage(history)).toEqual({ kind: 'failed', failure: { kind: 'history-unreadable' } });
    expect(lines).toHaveLength(1);
    write(soldSteps({ id: 's1', cents: 3575, description: 'Repair' }));
    expect(await firstPage(history)).toMatchObject({ value: { lines: [{ saleId: 's1' }] } });
  });

  test('a question at the moment of closing gets an answer', async () => {
    write(stepsOfDay(10));
    const history = openThread();
    const asked = firstPage(history);
    history.close();
    expect(await asked).toMatchObject({ kind: 'failed' });
    expect(await firstPage(history)).toEqual({ kind: 'failed', failure: { kind: 'still-starting' } });
  });
});
