import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DECLINE_REASONS, NOT_CHARGED_REASONS } from '../../contract/till-snapshot.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { NO_ATTEMPTS, REVERSIBLE_KINDS, type Sale, UNRESOLVED_WHY } from '../../main/sale/sale.ts';
import { type JournalFiles, nodeFiles } from '../../main/storage/journal-files.ts';
import { openJournal } from '../../main/storage/journal.ts';
import { type Step, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, stepsOfSale, tryToOpen, unfinishedIn, verifyAll } from './journal-shop.ts';

/** When something was typed. */
const CLOCK = { utc: '2026-11-23T15:00:00.000Z', upMs: 3_600_000 };

let folder: string;
let file: string;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'live.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

function look<Value>(query: (database: DatabaseSync) => Value): Value {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return query(database);
  } finally {
    database.close();
  }
}

describe('the journal', () => {
  test('of a new shop is sound, and stays so', () => {
    const first = openOrFail(file);
    expect(first.health).toEqual({ kind: 'sound' });
    first.journal.close();
    const second = openOrFail(file);
    expect(second.health).toEqual({ kind: 'sound' });
    recordAll(second.journal, stepsOfDay(50));
    second.journal.close();
    const third = openOrFail(file);
    expect(third.health).toEqual({ kind: 'sound' });
    third.journal.close();
    expect(readdirSync(folder).toSorted()).toEqual(['live.db', 'live.head', 'live.mirror']);
  });

  test('holds every event and the state it led to, with the time in UTC and on the wall, and another program sees them at once', () => {
    const AT = '2026-11-23T15:30:00.000Z';
    const { journal } = openOrFail(file, { utcNow: () => AT });
    const [step] = stepsOfSale(1).slice(2);
    expect(journal.record(step!.sale, step!.event)).toEqual({ kind: 'ok', value: null });
    look((database) => {
      expect(database.prepare('SELECT id, kind, amount_in_cents, checkout_id FROM sale').all()).toMatchObject([{ id: 'sale-1', kind: 'preparing', amount_in_cents: 1799, checkout_id: null }]);
      expect(database.prepare('SELECT sale_id, kind, at, utc_offset_in_minutes FROM entry').all()).toMatchObject([
        { sale_id: 'sale-1', kind: 'charge-asked', at: AT, utc_offset_in_minutes: -300 },
      ]);
    });
    expect(stepsIn(file)).toEqual([step]);
    const mirror = readFileSync(join(folder, 'live.mirror', '000000000001.jsonl'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(mirror[1]!)).toMatchObject({ entry: [1, AT, -300, 'sale-1', JSON.stringify(step!.event), JSON.stringify(step!.sale)], sealed: '!' });
    journal.close();
  });

  test('is written through to the disk at every commit', () => {
    const pragmas: string[] = [];
    const { journal } = openOrFail(file, {
      open(path, { readOnly }) {
        const database = new DatabaseSync(path, { readOnly });
        if (!readOnly && path === file) opened.push(database);
        return database;
      },
    });
    for (const pragma of ['journal_mode', 'synchronous', 'fullfsync']) pragmas.push(String(Object.values(opened.at(-1)!.prepare(`PRAGMA ${pragma}`).get()!)[0]));
    expect(pragmas).toEqual(['wal', '2', '1']);
    journal.close();
  });
  const opened: DatabaseSync[] = [];

  test('is acknowledged only when the second copy is on the disk as well', () => {
    const unsynced = new Set<string>();
    const files: JournalFiles = {
      ...nodeFiles,
      open(path) {
        const open = nodeFiles.open(path);
        return {
          ...open,
          write(bytes, position) {
            unsynced.add(path);
            open.write(bytes, position);
          },
          sync() {
            open.sync();
            unsynced.delete(path);
          },
        };
      },
    };
    const { journal } = openOrFail(file, { files });
    for (const step of stepsOfDay(5)) {
      recordAll(journal, [step]);
      expect([...unsynced].filter((path) => path.endsWith('.jsonl'))).toEqual([]);
    }
    journal.close();
  });

  test('cannot be changed or shortened by hand, and refuses amounts that are not whole cents', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(10));
    journal.close();
    const database = new DatabaseSync(file);
    expect(() => database.exec("UPDATE entry SET at = 'now'")).toThrow(/append-only/u);
    expect(() => database.exec('DELETE FROM entry')).toThrow(/append-only/u);
    expect(() => database.exec('DELETE FROM sale')).toThrow(/never deleted/u);
    expect(() => database.exec(`UPDATE sale SET state = json_set(state, '$.purchase.totalInCents', 17.99) WHERE kind <> 'draft'`)).toThrow(/cannot store REAL/u);
    expect(() => database.exec("UPDATE sale SET sequence = 'one'")).toThrow(/cannot store TEXT/u);
    database.close();
  });

  test('of a newer Counter is not written into', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(3));
    journal.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const segment = join(folder, 'live.mirror', '000000000001.jsonl');
    rmSync(join(folder, 'live.mirror'), { recursive: true });
    expect(tryToOpen(file)).toMatchObject({ kind: 'failed', failure: { reason: 'newer-counter' } });
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
    expect(() => readFileSync(segment)).toThrow();
  });

  test('with a version number that only damage can have made is repaired', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(3));
    journal.close();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    const again = openOrFail(file);
    expect(again.health).toMatchObject({ kind: 'restored', database: 'unreadable', gapSinceUtc: null });
    again.journal.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(3));
  });

  test('in a missing folder is refused, not thrown', () => {
    expect(tryToOpen(join(folder, 'nowhere', 'live.db'))).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
  });

  test('opens as before for a caller that does not ask for its health', () => {
    const plain = openJournal(file, shopClock().utcNow);
    expect(plain.kind).toBe('ok');
    if (plain.kind === 'ok') plain.value.close();
  });
});

describe('after a restart the journal returns', () => {
  test('every sale that is not over, the longest waiting first, and no other', () => {
    const steps = stepsOfDay(61);
    const { journal } = openOrFail(file);
    recordAll(journal, steps);
    journal.close();
    const again = openOrFail(file).journal;
    const unfinished = unfinishedIn(steps);
    expect(new Set(unfinished.map(({ kind }) => kind))).toEqual(new Set(['accepted', 'checking', 'declined', 'submitting', 'preparing']));
    expect(again.unfinished()).toEqual({ kind: 'ok', value: unfinished });
    again.close();
  });

  test('each sale in its last state, and none that never existed', () => {
    const { journal } = openOrFail(file);
    const steps = stepsOfDay(40);
    recordAll(journal, steps);
    const last = new Map(steps.map(({ sale }) => [sale.id, sale]));
    for (const [id, sale] of last) expect(journal.sale(id)).toEqual({ kind: 'ok', value: sale });
    expect(journal.sale('sale-never')).toEqual({ kind: 'ok', value: null });
    journal.close();
  });

  test('every state that a sale can have', () => {
    const base = { id: 'sale-x', purchase: purchaseOf(1799, 'USD', 'One donut'), checkoutId: 'cho_1', attempts: { submits: 3, open: 1, failed: ['chc_1', 'chc_2'], shown: true, authorisation: 'I authorize', completionKey: 'key-1', link: { shownAt: '2026-11-25T14:00:00.000Z', payableUntil: '2026-12-02T14:00:00.000Z' } }, tender: 'reader' } as const;
    const paidWith = { kind: 'card', brand: 'visa', last4: '4242' } as const;
    const at = '2026-11-23T15:00:00.000Z';
    const reversal = { id: 'rev-1', paymentId: 'py_1', kind: 'refund', amountInCents: 500, reason: 'customer_request', fees: [{ type: 'processing_fee', amountInCents: 55 }], idempotencyKey: 'key-1', cashier: 'Ana', askedAt: at, state: 'asked', refundId: null, code: null } as const;
    const taken = { ...base, paymentId: null, isPending: true, paidWith, chargedInCents: 1799, at, reversals: [] } as const;
    const reversed = { ...taken, paymentId: 'py_1', reversals: [{ ...reversal, state: 'done', refundId: 're_1' }, reversal] } as const;
    const states: readonly Sale[] = [
      { kind: 'draft', id: 'sale-x', amountInCents: 0, description: '', problem: null },
      { ...base, kind: 'preparing', checkoutId: null },
      { ...base, kind: 'preparing' },
      { ...base, kind: 'ready' },
      { ...base, kind: 'submitting' },
      { ...base, kind: 'checking' },
      { ...taken, kind: 'paid', paymentId: 'py_1', isPending: false },
      { ...taken, kind: 'accepted', paidWith: { kind: 'unknown', brand: null, last4: null } },
      ...DECLINE_REASONS.map((reason) => ({ ...base, kind: 'declined', reason, code: 'incorrect_cvc' }) as const),
      ...NOT_CHARGED_REASONS.map((reason) => ({ ...base, kind: 'not-charged', reason }) as const),
      { ...taken, kind: 'wrong-amount', chargedInCents: 51 },
      { ...taken, kind: 'wrong-amount-seen', chargedInCents: 51 },
      ...UNRESOLVED_WHY.map((why) => ({ ...base, kind: 'unresolved', why, since: at }) as const),
      { ...taken, kind: 'late' },
      ...REVERSIBLE_KINDS.map((of) => ({ ...reversed, kind: 'reversing', of }) as const),
      { ...reversed, kind: 'reversed' },
      { ...taken, kind: 'transfer-failed' },
      { ...taken, kind: 'transfer-failed-seen' },
      { ...taken, kind: 'disputed' },
      { kind: 'abandoned', id: 'sale-x', purchase: base.purchase, checkoutId: null, attempts: NO_ATTEMPTS, tender: null },
    ];
    const { journal } = openOrFail(file);
    for (const sale of states) {
      expect(journal.record(sale, { kind: 'retry-asked' }).kind).toBe('ok');
      expect(journal.sale('sale-x')).toEqual({ kind: 'ok', value: sale });
    }
    journal.close();
  });

  test('which sale holds a checkout, one that was abandoned too', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfSale(0)); // paid on cho_0
    recordAll(journal, stepsOfSale(2)); // declined on cho_2, then abandoned
    expect(journal.saleOn('cho_0')).toMatchObject({ kind: 'ok', value: { id: 'sale-0', kind: 'paid' } });
    expect(journal.saleOn('cho_2')).toMatchObject({ kind: 'ok', value: { id: 'sale-2', kind: 'abandoned' } });
    expect(journal.saleOn('cho_never')).toEqual({ kind: 'ok', value: null });
    journal.close();
  });

  test('the last sales that took money, the newest last', () => {
    const { journal } = openOrFail(file);
    expect(journal.lastPaid()).toEqual({ kind: 'ok', value: [] });
    recordAll(journal, [...stepsOfSale(0), ...stepsOfSale(4), ...stepsOfSale(2)]);
    expect(journal.lastPaid()).toMatchObject({ kind: 'ok', value: [{ id: 'sale-0', kind: 'paid' }, { id: 'sale-4', kind: 'accepted' }] });
    journal.close();
  });

  test('the draft, until it became a sale', () => {
    const { journal } = openOrFail(file);
    expect(journal.draft()).toBeNull();
    journal.keepDraft({ saleId: 'sale-7', amountInCents: 1, description: 'a long description that gets shorter' }, CLOCK);
    journal.keepDraft({ saleId: 'sale-7', amountInCents: 1799, description: 'One donut' }, CLOCK);
    const entries = () => look((database) => database.prepare('SELECT count(*) AS n FROM entry').get());
    expect(entries()).toMatchObject({ n: 0 });
    journal.close();

    const again = openOrFail(file).journal;
    expect(again.draft()).toEqual({ saleId: 'sale-7', amountInCents: 1799, description: 'One donut' });
    expect(again.draftClock()).toEqual(CLOCK);
    // A checkout is prepared while the cashier still types: that is no sale yet.
    recordAll(again, stepsOfSale(7).slice(0, 2));
    expect(again.draft()).not.toBeNull();
    recordAll(again, stepsOfSale(7).slice(2));
    expect(again.draft()).toBeNull();
    writeFileSync(join(folder, 'live.draft.json'), '{"saleId":"sal');
    expect(again.draft()).toBeNull();
    again.close();
  });

  test('the result of the last sale, until another begins at the counter', () => {
    const { journal } = openOrFail(file);
    expect(journal.unseen()).toEqual({ kind: 'ok', value: null });
    journal.keepDraft({ saleId: 'sale-6', amountInCents: 1799, description: 'One donut' }, CLOCK);
    recordAll(journal, stepsOfSale(6).slice(0, -1));
    expect(journal.unseen()).toEqual({ kind: 'ok', value: null });
    recordAll(journal, stepsOfSale(6).slice(-1));
    journal.close();
    const again = openOrFail(file).journal;
    expect(again.unseen()).toMatchObject({ kind: 'ok', value: { id: 'sale-6', kind: 'paid' } });
    again.keepDraft({ saleId: 'sale-7', amountInCents: 0, description: '' }, CLOCK);
    expect(again.unseen()).toEqual({ kind: 'ok', value: null });
    again.close();
  });

  test('the result of the last sale ends when the next is charged, even when its draft could not be saved (F-10)', () => {
    const { journal } = openOrFail(file);
    journal.keepDraft({ saleId: 'sale-6', amountInCents: 1799, description: 'One donut' }, CLOCK);
    recordAll(journal, stepsOfSale(6));
    expect(journal.unseen()).toMatchObject({ kind: 'ok', value: { id: 'sale-6', kind: 'paid' } });
    recordAll(journal, stepsOfSale(7).slice(0, 3));
    expect(journal.unseen()).toEqual({ kind: 'ok', value: null });
    // The next one is PAID, and the draft could still not be saved: now the cashier may not have seen this result.
    recordAll(journal, stepsOfSale(12));
    expect(journal.unseen()).toMatchObject({ kind: 'ok', value: { id: 'sale-12', kind: 'paid' } });
    journal.close();
  });

  test('its repairs until they were reported, and each only once', async () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(5));
    journal.close();
    rmSync(file);
    // The till is switched off again before the message is read.
    openOrFail(file).journal.close();
    const again = openOrFail(file);
    expect(again.health).toEqual({ kind: 'sound' });
    const untold = again.journal.untoldRepairs();
    expect(untold).toMatchObject({ kind: 'ok', value: [{ sequence: 6, database: 'missing', mirror: null, gapSinceUtc: null }] });
    expect(again.journal.acknowledgeRepair(6).kind).toBe('ok');
    expect(again.journal.untoldRepairs()).toEqual({ kind: 'ok', value: [] });
    again.journal.close();
    const later = openOrFail(file);
    expect(later.journal.untoldRepairs()).toEqual({ kind: 'ok', value: [] });
    expect(await verifyAll(later.journal)).toEqual({ kind: 'ok', value: null });
    later.journal.close();
  });

  test('a failure for a state which no Counter writes, instead of guessing', () => {
    const { journal } = openOrFail(file);
    const strange: Step = { sale: { ...stepsOfSale(0)[5]!.sale, attempts: 'two' } as unknown as Sale, event: { kind: 'retry-asked' } };
    recordAll(journal, [strange]);
    expect(journal.sale('sale-0')).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unreadable' } });
    expect(journal.unfinished()).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unreadable' } });
    journal.close();
    // The entry is as written, so it is no damage that could be repaired.
    const again = openOrFail(file);
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });
});
