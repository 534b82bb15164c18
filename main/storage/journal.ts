import { DatabaseSync } from 'node:sqlite';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, SaleJournal } from '../sale/journal.ts';
import type { Sale, SaleEvent } from '../sale/sale.ts';
import { migrate } from './migrations.ts';

export type Journal = SaleJournal & { close(): void };

/**
 * The till's memory: every event of every sale, and the state it led to, in one transaction each.
 *
 * WAL with synchronous=FULL: when `record` returns ok the event is on the disk, and a power cut does not take it back
 * (https://sqlite.org/pragma.html#pragma_synchronous). Times are UTC.
 */
export function openJournal(file: string, utcNow: () => string): Result<Journal, JournalFailure> {
  try {
    const database = new DatabaseSync(file, { timeout: 2_000 });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF;');
    migrate(database);
    return ok(journalOn(database, utcNow));
  } catch (error) {
    return failed(unwritable(error));
  }
}

function journalOn(database: DatabaseSync, utcNow: () => string): Journal {
  const appendEvent = database.prepare('INSERT INTO sale_event (sale_id, kind, event, at) VALUES (?, ?, ?, ?)');
  const keepState = database.prepare(`
    INSERT INTO sale (id, kind, amount_in_cents, currency, description, checkout_id, state, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET kind = excluded.kind, amount_in_cents = excluded.amount_in_cents, currency = excluded.currency,
      description = excluded.description, checkout_id = excluded.checkout_id, state = excluded.state, changed_at = excluded.changed_at`);

  function write(sale: Sale, event: SaleEvent): void {
    const at = utcNow();
    const bought = sale.kind === 'draft' ? { ...sale, currency: null } : sale.purchase;
    const checkoutId = 'checkoutId' in sale ? sale.checkoutId : null;
    appendEvent.run(sale.id, event.kind, JSON.stringify(event), at);
    keepState.run(sale.id, sale.kind, bought.amountInCents, bought.currency, bought.description, checkoutId, JSON.stringify(sale), at);
  }

  return {
    record(sale, event) {
      try {
        database.exec('BEGIN IMMEDIATE');
        write(sale, event);
        database.exec('COMMIT');
        return ok(null);
      } catch (error) {
        rollBack(database);
        return failed(unwritable(error));
      }
    },
    close: () => database.close(),
  };
}

/** A full disk may have ended the transaction by itself; then there is nothing to roll back. */
function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // The failure that brought us here is the one to tell.
  }
}

function unwritable(error: unknown): JournalFailure {
  return { kind: 'journal-unwritable', detail: error instanceof Error ? error.message : 'unknown' };
}
