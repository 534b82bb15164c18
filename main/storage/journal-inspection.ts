import type { DatabaseSync } from 'node:sqlite';
import type { JournalFlaw } from '../sale/journal.ts';
import { BEGINNING, type ChainBreak, type DatedHead, type Head, type LinkedEntry, firstWrong } from './journal-chain.ts';
import { checkWhole } from './journal-check.ts';
import { type EntryReader, type OpenDatabase, hasJournalHeader, readEntries } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { type Segment, readMirror } from './journal-mirror.ts';
import { parseEntryRow, parseNote } from './journal-rows.ts';
import { isDamage } from './journal-trouble.ts';

/** Reads everything that remains of a damaged journal, slowly and wholly, without changing anything. */
type CopyInspection = {
  /** Null: whole by itself. */
  readonly flaw: JournalFlaw | null;
  /** Every readable entry, in order, valid or not. */
  readonly entries: readonly LinkedEntry[];
  /** Where entries of this copy record that an earlier repair broke the chain. */
  readonly breaks: readonly ChainBreak[];
};

export type DatabaseInspection = CopyInspection & {
  readonly head: DatedHead;
  /** The newest backup, or a mirror that is whole by itself, has other entries than this database, which is whole by itself. */
  readonly isContradicted: boolean;
};

const NO_DATABASE: Omit<DatabaseInspection, 'flaw'> = { entries: [], breaks: [], head: BEGINNING, isContradicted: false };

/** `entries` begin after the backup, which holds the earlier ones. */
export function inspectDatabase(files: JournalFiles, open: OpenDatabase, path: string, mirror: MirrorInspection, backup: Head | null): DatabaseInspection {
  if (files.size(path) === null) return { ...NO_DATABASE, flaw: 'missing' };
  let database: DatabaseSync | null = null;
  try {
    database = open(path, { readOnly: true });
    const checked = hasJournalHeader(files, path) ? checkWhole(database) : null;
    const entries = salvage(database, backup?.sequence ?? 0);
    if (checked?.kind !== 'ok') return { ...NO_DATABASE, flaw: checked?.failure.flaw ?? 'unreadable', entries, breaks: breaksIn(entries) };
    const reader = readEntries(database);
    const isForeignToBackup = backup !== null && backup.sequence <= checked.value.sequence && reader.entry(backup.sequence)?.link !== backup.link;
    const isContradicted = isForeignToBackup || (mirror.flaw === null && disagree(reader, mirror) && !sidesWithDatabase(reader, mirror, backup));
    return { flaw: null, entries, breaks: reader.breaks(), head: checked.value, isContradicted };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { ...NO_DATABASE, flaw: 'unreadable' };
  } finally {
    database?.close();
  }
}

function disagree(reader: EntryReader, mirror: MirrorInspection): boolean {
  const head = reader.head().sequence;
  return mirror.entries.some(({ sequence, link }) => sequence <= head && reader.entry(sequence)?.link !== link);
}

/** Both are whole and differ: a backup that contains the beginning of one of them, and not of the other, decides. */
function sidesWithDatabase(reader: EntryReader, mirror: MirrorInspection, backup: Head | null): boolean {
  if (backup === null || reader.entry(backup.sequence)?.link !== backup.link) return false;
  const atBackup = [...(mirror.first === null ? [] : [mirror.first]), ...mirror.entries].find(({ sequence }) => sequence === backup.sequence);
  return atBackup !== undefined && atBackup.link !== backup.link;
}

/** Reads from both ends: the damaged page is usually somewhere in the middle. */
function salvage(database: DatabaseSync, from: number): readonly LinkedEntry[] {
  const found = new Map<number, LinkedEntry>();
  for (const order of ['ASC', 'DESC']) {
    try {
      const rows = database.prepare(`SELECT sequence, at, utc_offset_in_minutes, sale_id, event, state, link FROM entry WHERE sequence > ? ORDER BY sequence ${order}`);
      for (const row of rows.iterate(from)) keep(row);
      break;
    } catch (error) {
      if (!isDamage(error)) throw error;
    }
  }
  return [...found.values()].toSorted((a, b) => a.sequence - b.sequence);

  function keep(row: unknown): void {
    try {
      const entry = parseEntryRow(row);
      found.set(entry.sequence, entry);
    } catch (error) {
      // One damaged row does not hide the others.
      if (!isDamage(error)) throw error;
    }
  }
}

export type MirrorInspection = CopyInspection & {
  /** The entry after which the mirror begins. Null when it is missing or empty. */
  readonly first: Head | null;
  /** Its last line is whole: every acknowledged entry is in the mirror. */
  readonly endsWhole: boolean;
};

export function inspectMirror(files: JournalFiles, segments: readonly Segment[]): MirrorInspection {
  if (segments.length === 0) return { flaw: 'missing', entries: [], breaks: [], first: null, endsWhole: false };
  const { first, lines, flawed, joins, endsWhole } = readMirror(files, segments);
  const entries = lines.map(({ entry }) => entry);
  const breaks = breaksIn(entries);
  const holds = joins && first !== null && firstWrong(first, entries, breaks) === null;
  return { flaw: flawed ? 'unreadable' : holds ? null : 'altered', entries, breaks, first, endsWhole };
}

function breaksIn(entries: readonly LinkedEntry[]): readonly ChainBreak[] {
  return entries.flatMap(({ saleId, event }) => {
    if (saleId !== null) return [];
    const note = parseNote(event);
    return note.kind === 'ok' && note.value.kind === 'log:repaired' ? note.value.breaks : [];
  });
}
