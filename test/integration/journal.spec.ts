import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Sale, SaleEvent } from '../../main/sale/sale.ts';
import { openJournal } from '../../main/storage/journal.ts';

const utcNow = () => '2026-11-23T15:00:00.000Z';
const purchase = { amountInCents: 1799, currency: 'USD', description: 'One donut' } as const;
const preparing: Sale = { kind: 'preparing', id: 'sale-1', purchase, checkoutId: 'cho_1', completionsBefore: 0 };
const asked: SaleEvent = { kind: 'charge-asked', purchase };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-journal-'));
  file = join(folder, 'live.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

function openForTest() {
  const opened = openJournal(file, utcNow);
  if (opened.kind === 'failed') throw new Error(opened.failure.detail);
  return opened.value;
}

describe('the journal', () => {
  test('holds every event and the state it led to, and another process sees them at once', () => {
    const journal = openForTest();
    expect(journal.record(preparing, asked)).toEqual({ kind: 'ok', value: null });
    const other = new DatabaseSync(file, { readOnly: true });
    expect(other.prepare('SELECT kind, amount_in_cents, currency, checkout_id FROM sale').all()).toEqual([
      { kind: 'preparing', amount_in_cents: 1799, currency: 'USD', checkout_id: 'cho_1' },
    ]);
    expect(other.prepare('SELECT sale_id, kind, at FROM sale_event').all()).toEqual([{ sale_id: 'sale-1', kind: 'charge-asked', at: utcNow() }]);
    other.close();
    journal.close();
  });

  test('is written through to the disk at every commit', () => {
    const journal = openForTest();
    const database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
    database.close();
    journal.close();
  });

  test('cannot be changed or thinned out afterwards, not even by hand', () => {
    const journal = openForTest();
    journal.record(preparing, asked);
    journal.close();
    const database = new DatabaseSync(file);
    expect(() => database.exec("UPDATE sale_event SET kind = 'left'")).toThrow(/append-only/u);
    expect(() => database.exec('DELETE FROM sale_event')).toThrow(/append-only/u);
    database.close();
  });

  test('says so when it cannot be written, and writes neither half', () => {
    const journal = openForTest();
    const blocker = new DatabaseSync(file);
    blocker.exec('BEGIN EXCLUSIVE');
    expect(journal.record(preparing, asked)).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    blocker.exec('ROLLBACK');
    expect(blocker.prepare('SELECT count(*) AS n FROM sale').get()).toEqual({ n: 0 });
    blocker.close();
    expect(journal.record(preparing, asked).kind).toBe('ok');
    journal.close();
  });

  test.skipIf(process.platform === 'win32')('says so when the disk takes no more, and keeps what it acknowledged (F-10)', () => {
    // The operating system refuses every byte past 256 KiB, as a full disk does.
    const script = `
      const { openJournal } = await import('./main/storage/journal.ts');
      const journal = openJournal(process.argv[1], () => '2026-11-23T15:00:00.000Z').value;
      const sale = (n) => ({ kind: 'draft', id: 'sale-' + n, amountInCents: n, description: 'x'.repeat(2000), problem: null });
      let acknowledged = 0, refused;
      for (let n = 1; n <= 1000 && !refused; n++) {
        const written = journal.record(sale(n), { kind: 'retry-asked' });
        if (written.kind === 'ok') acknowledged = n; else refused = written.failure.kind;
      }
      process.stdout.write(JSON.stringify({ acknowledged, refused }));`;
    const limited = 'trap "" XFSZ; ulimit -f 256; exec "$@"';
    const out = execFileSync('bash', ['-c', limited, '_', process.execPath, '--input-type=module', '-e', script, file], { encoding: 'utf8' });
    const { acknowledged, refused }: { acknowledged: number; refused: string } = JSON.parse(out);
    expect(refused).toBe('journal-unwritable');
    expect(acknowledged).toBeGreaterThan(5);
    const database = new DatabaseSync(file);
    expect(database.prepare('SELECT max(amount_in_cents) AS last, count(*) AS n FROM sale').get()).toEqual({ last: acknowledged, n: acknowledged });
    expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
    database.close();
  });

  test('of a newer Counter, or something that is no journal, is not written into', () => {
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 999');
    database.close();
    expect(openJournal(file, utcNow)).toMatchObject({ kind: 'failed', failure: { kind: 'journal-unwritable' } });
    writeFileSync(join(folder, 'test.db'), 'this is no database, this is no database, this is no database'.repeat(200));
    expect(openJournal(join(folder, 'test.db'), utcNow).kind).toBe('failed');
  });

  test('in a folder that is not there is refused, not thrown', () => {
    expect(openJournal(join(folder, 'nowhere', 'live.db'), utcNow).kind).toBe('failed');
  });
});
