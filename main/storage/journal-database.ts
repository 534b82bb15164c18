import { closeSync, constants, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BEGINNING, type ChainBreak, type DatedHead, type LinkedEntry } from './journal-chain.ts';
import type { JournalFiles } from './journal-files.ts';
import { type JournalNote, NOTE, parseEntryRow, parseNote } from './journal-rows.ts';
import { JournalDamaged } from './journal-trouble.ts';

/** How long SQLite waits for another program to release the journal. It blocks the till; longer waits are in journal-retry.ts. */
const LOCK_WAIT_MS = 20;

export type OpenDatabase = (file: string, options: { readonly readOnly: boolean }) => DatabaseSync;

/** SQLite's name of a database that has no file. */
const IN_MEMORY = ':memory:';

export const openSqlite: OpenDatabase = (file, { readOnly }) => {
  if (!readOnly && file !== IN_MEMORY) makeForOwnerOnly(file);
  return new DatabaseSync(file, { readOnly, timeout: LOCK_WAIT_MS });
};

/**
 * SQLite makes its files readable by every user of the PC, and those beside the database as the database is. One that exists is not opened
 * here: closing it again would end SQLite's locks on it (https://sqlite.org/howtocorrupt.html#posix_close_bug).
 */
function makeForOwnerOnly(file: string): void {
  try {
    closeSync(openSync(file, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600));
  } catch {
    // It is there already; where SQLite cannot open it either, SQLite reports the error.
  }
}

/**
 * Opens for writing. WAL with synchronous=FULL: a committed entry is on the disk, and survives a power cut
 * (https://sqlite.org/pragma.html#pragma_synchronous). fullfsync is for macOS, where a plain fsync stops at the disk's cache.
 */
export function openForWriting(open: OpenDatabase, file: string): DatabaseSync {
  const database = open(file, { readOnly: false });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; PRAGMA trusted_schema = OFF;');
  return database;
}

/** The suffixes of the files that belong to a database, the database itself last. */
export const DATABASE_FILES = ['-journal', '-wal', '-shm', ''] as const;

const COLUMNS = 'sequence, at, utc_offset_in_minutes, sale_id, event, state, link';

/** Reading entries. Throws on damage, as SQLite does. */
export type EntryReader = {
  head(): DatedHead;
  entry(sequence: number): LinkedEntry | null;
  /** The last entry with this number or a smaller one. */
  headUpTo(sequence: number): DatedHead;
  /** In order; at most `limit`. */
  after(sequence: number, limit: number): readonly LinkedEntry[];
  /** Where repairs let the chain start anew. */
  breaks(): readonly ChainBreak[];
};

export function readEntries(database: DatabaseSync): EntryReader {
  const upTo = database.prepare(`SELECT ${COLUMNS} FROM entry WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1`);
  const one = database.prepare(`SELECT ${COLUMNS} FROM entry WHERE sequence = ?`);
  const after = database.prepare(`SELECT ${COLUMNS} FROM entry WHERE sequence > ? ORDER BY sequence LIMIT ?`);
  const headUpTo = (sequence: number): DatedHead => {
    const row = upTo.get(sequence);
    return row === undefined ? BEGINNING : parseEntryRow(row);
  };
  return {
    head: () => headUpTo(Number.MAX_SAFE_INTEGER),
    entry(sequence) {
      const row = one.get(sequence);
      return row === undefined ? null : parseEntryRow(row);
    },
    headUpTo,
    after: (sequence, limit) => after.all(sequence, limit).map(parseEntryRow),
    breaks: () => readNotes(database).flatMap(({ note }) => (note.kind === 'log:repaired' ? note.breaks : [])),
  };
}

/** The first text after all that begin like a note, so that the index can be used. */
const BEHIND_NOTES = NOTE.replace(':', ';');

/** The journal's entries about itself, oldest first. */
export function readNotes(database: DatabaseSync): readonly { readonly sequence: number; readonly note: JournalNote }[] {
  const rows = database.prepare(`SELECT ${COLUMNS} FROM entry WHERE kind >= ? AND kind < ? AND sale_id IS NULL ORDER BY sequence`).all(NOTE, BEHIND_NOTES);
  return rows.map((row) => {
    const { sequence, event } = parseEntryRow(row);
    const note = parseNote(event);
    if (note.kind === 'failed') throw new JournalDamaged(note.failure.detail);
    return { sequence, note: note.value };
  });
}

/** Writes an entry and the state that it led to. The caller holds the transaction. */
export function prepareWriting(database: DatabaseSync): (entry: LinkedEntry) => void {
  const append = database.prepare(`INSERT INTO entry (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const keepState = database.prepare(`
    INSERT INTO sale (id, state, sequence) VALUES (?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, sequence = excluded.sequence`);
  return ({ sequence, at, utcOffsetInMinutes, saleId, event, state, link }) => {
    append.run(sequence, at, utcOffsetInMinutes, saleId, event, state, link);
    if (saleId !== null) keepState.run(saleId, state, sequence);
  };
}

export function commit(database: DatabaseSync, write: () => void): void {
  rollBack(database);
  database.exec('BEGIN IMMEDIATE');
  try {
    write();
    database.exec('COMMIT');
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

/** A full disk may have ended the transaction by itself; then there is nothing to roll back. */
function rollBack(database: DatabaseSync): void {
  try {
    if (database.isTransaction) database.exec('ROLLBACK');
  } catch {
    // The first failure is the one to report; the next BEGIN fails if this transaction stays open.
  }
}

/** Offsets and values of the header that are the same in every journal (https://sqlite.org/fileformat.html#the_database_header). */
const HEADER_LENGTH = 100;
const PAGE_SIZE = 4096;

/**
 * Whether the header is one of Counter's. SQLite takes some damage in it for a setting: one flipped bit makes the file "read-only".
 * SQLite takes an empty file for a database; here it is damage.
 */
export function hasJournalHeader(files: JournalFiles, file: string): boolean {
  const header = files.read(file, 0, HEADER_LENGTH);
  if (header.length < HEADER_LENGTH) return false;
  const versions = [header[18], header[19]];
  return (
    header.subarray(0, 16).equals(Buffer.from('SQLite format 3\0')) &&
    header.readUInt16BE(16) === PAGE_SIZE &&
    versions.every((version) => version === 1 || version === 2) &&
    header.subarray(20, 24).equals(Buffer.from([0, 64, 32, 32])) &&
    header.readUInt32BE(44) === 4 &&
    header.readUInt32BE(56) === 1
  );
}
