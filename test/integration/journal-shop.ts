import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, type Sale, newDraft } from '../../main/sale/sale.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';
import { after } from '../../main/sale/transition.ts';
import { openSqlite } from '../../main/storage/journal-database.ts';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { backUpJournal, checkJournal } from '../../main/storage/journal-maintenance.ts';
import { type JournalWork, doJournalTask } from '../../main/storage/journal-work.ts';
import { type Journal, type OpenedJournal, openSaleJournal } from '../../main/storage/journal.ts';
import type { JournalParts } from '../../main/storage/append-only-log.ts';

/** A small shop for the specs of the journal: sales as the till makes them, a clock that moves, and a look at the disk from outside. */

export type Step = { readonly sale: Sale; readonly event: SaleEvent };

const START_MS = Date.parse('2026-11-23T15:00:00.000Z');
const DAY_MS = 86_400_000;

/** A clock that goes on by one second whenever it is read. */
export function shopClock() {
  let ms = START_MS;
  return {
    utcNow() {
      ms += 1_000;
      return new Date(ms).toISOString();
    },
    utcOffsetInMinutes: () => -300,
    nextDay() {
      ms += DAY_MS;
    },
  };
}
export type ShopClock = ReturnType<typeof shopClock>;

const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;
const AT = '2026-11-23T15:00:00.000Z';

const FAILED = { ...NO_ATTEMPTS, submits: 1, failed: ['chc_1'] };

/** The outcomes of a sale after Pay, or before it. */
const ENDINGS: readonly (readonly SaleEvent[])[] = [
  [{ kind: 'outcome-known', at: AT, businessDay: '2026-11-23', outcome: { kind: 'paid', paymentId: 'py_1', paidWith, chargedInCents: 1799, takenAt: AT } }],
  [{ kind: 'outcome-unclear', why: 'no-sign' }],
  [{ kind: 'outcome-known', at: AT, businessDay: '2026-11-23', outcome: { kind: 'declined', reason: 'declined', code: 'card_declined', attempts: FAILED } }, { kind: 'marked-unresolved', at: AT }, { kind: 'outcome-known', at: AT, businessDay: '2026-11-23', outcome: { kind: 'not-charged', reason: 'form-lost', attempts: FAILED } }],
  [{ kind: 'outcome-known', at: AT, businessDay: '2026-11-23', outcome: { kind: 'declined', reason: 'insufficient-funds', code: 'insufficient_funds', attempts: FAILED } }],
  [{ kind: 'outcome-unclear', why: 'no-sign' }, { kind: 'outcome-known', at: AT, businessDay: '2026-11-23', outcome: { kind: 'accepted', paymentId: null, paidWith, chargedInCents: 1799, takenAt: null } }],
  [],
];

const header = { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier: null, tender: 'card-form', businessDay: '2026-11-23' } as const;

/** Every step of the sale with this number: the same number is always the same sale. */
export function stepsOfSale(number: number): readonly Step[] {
  const checkoutId = `cho_${number}`;
  // Words of many lengths and scripts, so that page boundaries fall anywhere.
  const purchase = purchaseOf(1799, 'USD', `Café №${number} ☕ ${'déjà vu '.repeat(number % 12)}`);
  const events: readonly SaleEvent[] = [
    { kind: 'checkout-asked', amountInCents: 51, idempotencyKey: `key-${number}` },
    { kind: 'checkout-created', checkoutId, amountInCents: 51 },
    { kind: 'charge-asked', purchase, header },
    { kind: 'amount-confirmed', checkoutId, amountInCents: 1799 },
    { kind: 'form-shown', checkoutId },
    { kind: 'submit-allowed', checkoutId, amountInCents: 1799, failed: [], authorisation: null },
    ...(ENDINGS[number % ENDINGS.length] ?? []),
  ];
  let sale: Sale = newDraft(`sale-${number}`, 1799, purchase.description);
  return events.map((event) => {
    const next = after(sale, event);
    if (next.kind === 'failed') throw new Error(`${next.failure.event} in ${next.failure.sale}`);
    sale = next.value;
    return { sale, event };
  });
}

/** The steps of the shop's day, sale after sale, without an end. */
export function* stepsFrom(firstSale: number): Generator<Step, never> {
  for (let number = firstSale; ; number += 1) yield* stepsOfSale(number);
}

/** The first `count` of them. */
export function stepsOfDay(count: number, firstSale = 0): readonly Step[] {
  return stepsFrom(firstSale).take(count).toArray();
}

export function tryToOpen(file: string, parts: Partial<JournalParts> = {}) {
  return openSaleJournal({ file, ...shopClock(), ...parts });
}

export function openOrFail(file: string, parts: Partial<JournalParts> = {}): OpenedJournal {
  const opened = tryToOpen(file, parts);
  if (opened.kind === 'failed') throw new Error(opened.failure.detail);
  return opened.value;
}

/** Records all of it, and fails when one step is not acknowledged. */
export function recordAll(journal: Journal, steps: readonly Step[]): void {
  for (const { sale, event } of steps) {
    const written = journal.record(sale, event);
    if (written.kind === 'failed') throw new Error(written.failure.detail);
  }
}

/** The work of a check or a backup, done by the spec itself. */
export function workHere(parts: Pick<JournalParts, 'files' | 'open'> = {}): JournalWork {
  return (task) => doJournalTask({ files: parts.files ?? nodeFiles, open: parts.open ?? openSqlite }, task);
}

const NEVER = new AbortController().signal;

export function backUp(journal: Journal, work = workHere()) {
  return backUpJournal(journal, work, NEVER);
}

export function verifyAll(journal: Journal, work = workHere()) {
  return checkJournal(journal, work, NEVER);
}

const entryRow = z.object({ sequence: z.int(), sale_id: z.string().nullable(), event: z.string(), state: z.string().nullable() });

/** The entries in the database, read by another program, without the journal's own. */
export function stepsIn(file: string): readonly Step[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = z.array(entryRow).parse(database.prepare('SELECT sequence, sale_id, event, state FROM entry WHERE sale_id IS NOT NULL ORDER BY sequence').all());
    return rows.map(({ event, state }) => ({ sale: JSON.parse(state ?? ''), event: JSON.parse(event) }));
  } finally {
    database.close();
  }
}

/** The sales that still need the cashier, by the steps, in the order of their last step. */
export function unfinishedIn(steps: readonly Step[]): readonly Sale[] {
  const last = new Map<string, Sale>();
  for (const { sale } of steps) {
    last.delete(sale.id);
    last.set(sale.id, sale);
  }
  return [...last.values()].filter(({ kind }) => !['draft', 'paid', 'wrong-amount-seen', 'reversed', 'transfer-failed-seen', 'abandoned'].includes(kind));
}

const MEMORY_DISK = '/dev/shm';

/** A folder for one spec, which removes it. In memory where that can be had: these specs open journals thousands of times. */
export function makeFolder(): string {
  return mkdtempSync(join(existsSync(MEMORY_DISK) ? MEMORY_DISK : tmpdir(), 'counter-journal-'));
}

/** Copies the files of a journal as a power cut leaves them, while it is still open. */
export function copyFolder(from: string, to: string): void {
  rmSync(to, { recursive: true, force: true });
  cpSync(from, to, { recursive: true });
}
