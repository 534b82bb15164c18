import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { JournalFlaw } from '../sale/journal.ts';
import { UNFINISHED_KINDS } from '../sale/journal.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { BEGINNING, type DatedHead, firstWrong } from './journal-chain.ts';
import { type EntryReader, readEntries } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { renderHeader, renderLine } from './journal-mirror-line.ts';
import type { Segment } from './journal-mirror.ts';
import { isDamage } from './journal-trouble.ts';
import { hasShapeOfVersion, isKnownVersion, versionOf } from './migrations.ts';

export type Finding = { readonly flaw: JournalFlaw; readonly detail: string };

/** Entries in memory at one time. */
const ENTRIES_AT_ONCE = 500;
const ROWS_AT_ONCE = 500;

/** Checks everything in a database: shape, chain, states, indexes, and SQLite's own structure. Takes seconds for years of sales. A database that is written to meanwhile is read in one transaction. */
export function checkWhole(database: DatabaseSync): Result<DatedHead, Finding> {
  try {
    const foreign = checkShape(database);
    if (foreign !== null) return foreign;
    // First, because wrong content in a broken structure is no sign of tampering.
    const broken = checkStructure(database);
    if (broken !== null) return broken;
    const reader = readEntries(database);
    const breaks = reader.breaks();
    let head = BEGINNING;
    for (;;) {
      const entries = reader.after(head.sequence, ENTRIES_AT_ONCE);
      const wrong = firstWrong(head, entries, breaks);
      if (wrong !== null) return altered(`entry ${wrong.sequence} is not what was written after entry ${head.sequence}`);
      const last = entries.at(-1);
      if (last === undefined) break;
      head = last;
    }
    return checkSales(database) ?? checkIndexes(database) ?? ok(head);
  } catch (error) {
    return failed(findingOf(error));
  }
}

/** Checks the newest `length` entries, the sales they touched, and every unfinished sale: as much as an opening has time for. */
export function checkTail(database: DatabaseSync, length: number): Result<DatedHead, Finding> {
  try {
    const foreign = checkShape(database);
    if (foreign !== null) return foreign;
    const reader = readEntries(database);
    const start = reader.headUpTo(reader.head().sequence - length);
    const entries = reader.after(start.sequence, length + 1);
    const wrong = firstWrong(start, entries, reader.breaks());
    if (wrong !== null) return altered(`entry ${wrong.sequence} is not what was written`);
    // NOT INDEXED still goes by the number; otherwise SQLite walks through all of entry_by_sale for the DISTINCT.
    const touched = 'SELECT DISTINCT sale_id FROM entry NOT INDEXED WHERE sequence > ? AND sale_id IS NOT NULL';
    const unfinished = `SELECT rowid FROM sale WHERE kind IN (${UNFINISHED_KINDS.map(() => '?').join(', ')})`;
    const looked = `SELECT rowid FROM sale WHERE id IN (${touched}) UNION ${unfinished}`;
    const stale = count(database, `${STALE_SALES} AND s.rowid IN (${looked})`, start.sequence, ...UNFINISHED_KINDS);
    const lost = count(database, `SELECT count(*) AS n FROM (${touched}) AS t WHERE NOT EXISTS (SELECT 1 FROM sale WHERE id = t.sale_id)`, start.sequence);
    return stale + lost > 0 ? altered('the state of a sale is not what its last entry says') : ok(entries.at(-1) ?? start);
  } catch (error) {
    return failed(findingOf(error));
  }
}

/**
 * Compares each file of the mirror with the text that follows from the database, to the last byte; or, with `upTo`, to the entry with that number,
 * because more is written meanwhile.
 */
export function checkMirror(reader: EntryReader, files: JournalFiles, segments: readonly Segment[], upTo: number | null = null): Finding | null {
  if (segments.length === 0) return { flaw: 'missing', detail: 'the mirror is gone' };
  for (const [index, segment] of segments.entries()) {
    const next = segments[index + 1];
    const last = next === undefined ? upTo : next.first - 1;
    const finding = checkSegment(reader, files, segment, { last, mayGoOn: next === undefined && upTo !== null });
    if (finding !== null) return finding;
  }
  return null;
}

/** `last`: the last of the entries in this file, or null for all of them. */
function checkSegment(reader: EntryReader, files: JournalFiles, { path, first, size }: Segment, { last, mayGoOn }: { readonly last: number | null; readonly mayGoOn: boolean }): Finding | null {
  let head = reader.headUpTo(first - 1);
  let position = 0;
  let expected = renderHeader(head);
  for (;;) {
    if (!files.read(path, position, expected.length).equals(expected)) return { flaw: 'altered', detail: `the mirror differs after entry ${head.sequence}` };
    position += expected.length;
    const entries = reader.after(head.sequence, ENTRIES_AT_ONCE).filter(({ sequence }) => last === null || sequence <= last);
    if (entries.length === 0) return mayGoOn || size === position ? null : { flaw: 'altered', detail: `the mirror holds more after entry ${head.sequence}` };
    head = entries.at(-1) ?? head;
    expected = Buffer.concat(entries.map(renderLine));
  }
}

const STALE_SALES = `
  SELECT count(*) AS n FROM sale AS s LEFT JOIN entry AS e ON e.sequence = s.sequence
  WHERE (e.state IS NOT s.state OR e.sale_id IS NOT s.id OR s.sequence <> (SELECT max(sequence) FROM entry WHERE sale_id = s.id))`;

function checkSales(database: DatabaseSync): Result<DatedHead, Finding> | null {
  for (const [from, to] of rowidRanges(database, 'sale')) {
    if (count(database, `${STALE_SALES} AND s.rowid BETWEEN ? AND ?`, from, to) > 0) return altered('the state of a sale is not what its last entry says');
  }
  const known = count(database, 'SELECT count(*) AS n FROM sale');
  const written = count(database, 'SELECT count(DISTINCT sale_id) AS n FROM entry');
  return known === written ? null : altered(`${written} sales were written, ${known} are there`);
}

/** Row numbers, some hundred at a time: a statement over all of them could not be ended when Counter is closed. Never counted up one by one: a damaged row number may be astronomical. */
function* rowidRanges(database: DatabaseSync, table: 'entry' | 'sale'): Generator<readonly [number, number]> {
  for (let from = 1; ; ) {
    const to = count(database, `SELECT coalesce(max(r), 0) AS n FROM (SELECT rowid AS r FROM ${table} WHERE rowid >= ? ORDER BY rowid LIMIT ${ROWS_AT_ONCE})`, from);
    if (to === 0) return;
    yield [from, to];
    from = to + 1;
  }
}

/** With every column: a probe by part of them would look through all rows that share it. */
const INDEXES = {
  entry: [
    { index: 'entry_by_sale', columns: ['sale_id'] },
    { index: 'entry_by_kind', columns: ['kind', 'at'] },
  ],
  sale: [
    { index: 'sale_by_id', columns: ['id'] },
    { index: 'sale_by_kind', columns: ['kind'] },
    { index: 'sale_by_checkout', columns: ['checkout_id'] },
  ],
} as const;

/** An index that forgot a row would hide an unfinished sale. As SQLite's integrity_check does, in many statements. */
function checkIndexes(database: DatabaseSync): Result<DatedHead, Finding> | null {
  for (const table of ['entry', 'sale'] as const) {
    const ranges = [...rowidRanges(database, table)];
    const rows = count(database, `SELECT count(*) AS n FROM ${table} NOT INDEXED`);
    for (const { index, columns } of INDEXES[table]) {
      const same = columns.map((column) => `i.${column} IS r.${column}`).join(' AND ');
      const forgotten = `
        SELECT count(*) AS n FROM ${table} AS r WHERE r.rowid BETWEEN ? AND ?
        AND NOT EXISTS (SELECT 1 FROM ${table} AS i INDEXED BY ${index} WHERE ${same} AND i.rowid = r.rowid)`;
      for (const [from, to] of ranges) {
        if (count(database, forgotten, from, to) > 0) return unreadable(`index ${index} does not know every row`);
      }
      if (count(database, `SELECT count(*) AS n FROM ${table} INDEXED BY ${index}`) !== rows) return unreadable(`index ${index} knows rows that are not there`);
    }
  }
  return null;
}

function checkStructure(database: DatabaseSync): Result<DatedHead, Finding> | null {
  const said = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
  return said === 'ok' ? null : unreadable(String(said));
}

const counted = z.object({ n: z.int() });

function count(database: DatabaseSync, sql: string, ...parameters: (string | number)[]): number {
  return counted.parse(database.prepare(sql).get(...parameters)).n;
}

function altered(detail: string): Result<never, Finding> {
  return failed({ flaw: 'altered', detail });
}

function unreadable(detail: string): Result<never, Finding> {
  return failed({ flaw: 'unreadable', detail });
}

function checkShape(database: DatabaseSync): Result<DatedHead, Finding> | null {
  const version = versionOf(database);
  if (!isKnownVersion(version)) return unreadable(`version ${version} of the journal never was`);
  return hasShapeOfVersion(database, version) ? null : altered('tables, indexes or triggers are not those of a journal');
}

/** Damage is a finding. Any other error (in use, disk full) says nothing about the content, and is rethrown. */
export function findingOf(error: unknown): Finding {
  if (!isDamage(error)) throw error;
  return { flaw: 'unreadable', detail: error instanceof Error ? error.message : 'unknown' };
}
