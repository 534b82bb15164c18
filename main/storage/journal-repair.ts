import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type JournalFlaw, type JournalHealth, type JournalRepair, isTampering } from '../sale/journal.ts';
import { reconstruct } from './journal-reconstruction.ts';
import { type GoodBackup, mirrorBegins, newestGoodBackup, syncFile } from './journal-backup.ts';
import { BEGINNING, type ChainBreak, type DatedHead, type Entry, type LinkedEntry, follow } from './journal-chain.ts';
import { checkMirror } from './journal-check.ts';
import { DATABASE_FILES, type EntryReader, type OpenDatabase, commit, openForWriting, prepareWriting, readEntries, readNotes } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { listSegments, openMirror, writeSegment } from './journal-mirror.ts';
import type { JournalPaths } from './journal-paths.ts';
import { type DatabaseInspection, type MirrorInspection, inspectDatabase, inspectMirror } from './journal-inspection.ts';
import type { JournalNote } from './journal-rows.ts';
import { openHighWaterMark, readHighWaterMark } from './high-water-mark.ts';
import { migrate } from './migrations.ts';

export type RepairParts = {
  readonly files: JournalFiles;
  readonly open: OpenDatabase;
  readonly paths: JournalPaths;
  /** UTC, ISO 8601. */
  readonly utcNow: () => string;
  readonly utcOffsetInMinutes: () => number;
};

/** Where the time is unknown: since the beginning. */
const SINCE_EVER = '1970-01-01T00:00:00.000Z';

/**
 * Repairs a damaged journal, and records the repair in it. It can be interrupted anywhere: the database is replaced
 * only by a complete one, replaced files are kept under other names, and the next opening continues.
 */
export function repair(parts: RepairParts): void {
  const { files, open, paths } = parts;
  const backup = newestGoodBackup(files, open, paths.backups);
  const mirror = inspectMirror(files, listSegments(files, paths.mirror));
  const database = inspectDatabase(files, open, paths.database, mirror, backup?.head ?? null);
  const more = reconstruct(database.head, [mirror.entries], mirror.breaks).entries.length > 0;
  const stands = database.flaw === null && !database.isContradicted && !more && database.head.sequence >= (backup?.sequence ?? 0);
  if (stands) mendMirror(parts, backup, database.head, mirror);
  else replaceDatabase(parts, backup, database, mirror);
}

/** The database is good; the mirror is set aside and written anew from it. */
function mendMirror(parts: RepairParts, backup: GoodBackup | null, head: DatedHead, mirror: MirrorInspection): void {
  const { files, open, paths } = parts;
  const database = openForWriting(open, paths.database);
  try {
    migrate(database);
    const flaw = mirror.flaw ?? mirrorFlaw(parts, database, head, mirror);
    const beyond = highWaterFlaw(files, paths, readEntries(database));
    const proven = beyond === null && mirror.endsWhole && lastLink(mirror) === head.link;
    const since = beyond === 'altered' ? (backup?.head.at ?? SINCE_EVER) : (head.at ?? SINCE_EVER);
    const setAside = flaw !== null && files.names(paths.mirror).length > 0 ? paths.setAsideNames(files, parts.utcNow()).mirror : null;
    const note = noteBehind(parts, head, {
      database: beyond,
      mirror: flaw ?? beyond,
      backup: null,
      missing: [],
      breaks: [],
      gapSinceUtc: proven ? null : since,
      setAside: setAside === null ? [] : [setAside],
    });
    const write = prepareWriting(database);
    commit(database, () => write(note));
    bringMirrorUp(parts, database, flaw !== null, setAside);
  } finally {
    database.close();
  }
}

/** The entries that a whole mirror lacks compared with a good database. */
function mirrorFlaw(parts: RepairParts, database: DatabaseSync, head: DatedHead, mirror: MirrorInspection): JournalFlaw | null {
  if (isEqual(parts, database)) return null;
  if (!coversBackups(parts, mirror)) return 'missing';
  const last = mirror.entries.at(-1) ?? mirror.first ?? BEGINNING;
  const isPrefix = last.sequence < head.sequence && readEntries(database).headUpTo(last.sequence).link === last.link;
  return isPrefix ? 'behind' : 'altered';
}

/** Both copies agree, but the high-water mark names an entry that neither has. */
function highWaterFlaw(files: JournalFiles, paths: JournalPaths, reader: EntryReader): JournalFlaw | null {
  const highWaterMark = readHighWaterMark(files, paths.highWaterMark);
  if (highWaterMark.sequence > reader.head().sequence) return 'behind';
  return highWaterMark.link === reader.headUpTo(highWaterMark.sequence).link ? null : 'altered';
}

/** The database is damaged: a new one is made from the newest good backup and the readable entries of the copies. */
function replaceDatabase(parts: RepairParts, backup: GoodBackup | null, database: DatabaseInspection, mirror: MirrorInspection): void {
  const { files, paths } = parts;
  const base: DatedHead = backup?.head ?? BEGINNING;
  const { entries, breaks, missing } = reconstruct(base, [mirror.entries, database.entries], [...mirror.breaks, ...database.breaks]);
  const last: DatedHead = entries.at(-1) ?? base;
  const keepsMirror = mirror.flaw === null && isPartOf(mirror, base, entries) && lastLink(mirror) === last.link && coversBackups(parts, mirror);
  const endIsProven = mirror.endsWhole && lastLink(mirror) === last.link && readHighWaterMark(files, paths.highWaterMark).sequence <= last.sequence;
  const names = paths.setAsideNames(files, parts.utcNow());
  const hasDatabase = DATABASE_FILES.some((suffix) => files.size(paths.database + suffix) !== null);
  const hasMirror = files.names(paths.mirror).length > 0;
  const note = noteBehind(parts, last, {
    database: database.flaw ?? (database.isContradicted ? 'altered' : 'behind'),
    mirror: mirror.flaw ?? (keepsMirror ? null : isPartOf(mirror, base, entries) ? 'behind' : 'altered'),
    backup: backup?.name ?? null,
    missing,
    breaks,
    gapSinceUtc: gapSince(base, entries, breaks, endIsProven),
    setAside: [...(hasDatabase ? [names.database] : []), ...(hasMirror && !keepsMirror ? [names.mirror] : [])],
  });
  writeDatabase(parts, backup, [...entries, note]);
  putInPlace(parts);
  const restored = openForWriting(parts.open, paths.database);
  try {
    bringMirrorUp(parts, restored, !keepsMirror, names.mirror);
  } finally {
    restored.close();
  }
}

/** From the entry before the first gap on; or from the last one, unless a copy shows that none came after it. */
function gapSince(base: DatedHead, entries: readonly LinkedEntry[], breaks: readonly ChainBreak[], endIsProven: boolean): string | null {
  const hole = breaks.at(0);
  if (hole === undefined && endIsProven) return null;
  const before = entries.findLast(({ sequence }) => hole === undefined || sequence < hole.before) ?? base;
  return before.at ?? SINCE_EVER;
}

function noteBehind(parts: RepairParts, head: DatedHead, repairNote: JournalRepair & { readonly breaks: readonly ChainBreak[] }): LinkedEntry {
  return follow(head, journalEntry(parts, head.sequence + 1, { kind: 'log:repaired', ...repairNote }));
}

export function journalEntry({ utcNow, utcOffsetInMinutes }: RepairParts, sequence: number, note: JournalNote): Entry {
  return { sequence, at: utcNow(), utcOffsetInMinutes: utcOffsetInMinutes(), saleId: null, event: JSON.stringify(note), state: null };
}

/** Writes a complete database beside the real one. Once it has its final name, it counts. */
export function writeDatabase({ files, open, paths }: RepairParts, backup: GoodBackup | null, entries: readonly LinkedEntry[]): void {
  for (const suffix of DATABASE_FILES) files.remove(paths.databasePart + suffix);
  if (backup !== null) files.copy(backup.path, paths.databasePart);
  const database = openForWriting(open, paths.databasePart);
  try {
    migrate(database);
    const write = prepareWriting(database);
    commit(database, () => entries.forEach(write));
  } finally {
    database.close();
  }
  syncFile(files, paths.databasePart);
  files.rename(paths.databasePart, paths.databaseNext);
  files.syncFolder(paths.folder);
}

/**
 * Sets the damaged database aside and puts the complete one into its place. The write-ahead log first: an old one beside the new
 * database would be played into it.
 */
export function putInPlace({ files, open, paths, utcNow }: RepairParts): void {
  const aside = join(paths.folder, namedInNote(open, paths.databaseNext) ?? paths.setAsideNames(files, utcNow()).database);
  for (const suffix of DATABASE_FILES) {
    if (files.size(paths.database + suffix) !== null) files.rename(paths.database + suffix, aside + suffix);
  }
  files.syncFolder(paths.folder);
  files.rename(paths.databaseNext, paths.database);
  files.syncFolder(paths.folder);
}

/** The name that the damaged database gets. The new one records it, so that an interrupted repair keeps the files together. */
function namedInNote(open: OpenDatabase, path: string): string | null {
  // For writing, so that SQLite deletes its two companion files before this one is renamed.
  const database = openForWriting(open, path);
  try {
    return repairsIn(database).at(-1)?.setAside.find((name) => name.endsWith('.db')) ?? null;
  } finally {
    database.close();
  }
}

/** Brings the mirror, and then the high-water mark, up to the database: the last entry only, or all of it anew. */
function bringMirrorUp(parts: RepairParts, database: DatabaseSync, anew: boolean, setAside: string | null): void {
  const { files, paths } = parts;
  const reader = readEntries(database);
  const head = reader.head();
  const last = listSegments(files, paths.mirror).at(-1);
  const entry = reader.entry(head.sequence);
  if (anew || last === undefined || entry === null) {
    rewriteMirror(parts, reader, setAside);
  } else {
    const mirror = openMirror(files, paths.mirror, last);
    mirror.reserve(entry);
    mirror.seal();
    mirror.close();
  }
  const highWaterMark = openHighWaterMark(files, paths.highWaterMark);
  highWaterMark.note(head);
  highWaterMark.close();
}

/** Replaces the mirror by one file with every entry that the backups may need. */
function rewriteMirror({ files, paths, utcNow }: RepairParts, reader: EntryReader, setAside: string | null): void {
  files.remove(paths.mirrorPart);
  files.makeFolder(paths.mirrorPart);
  const after = reader.headUpTo(mirrorBegins(files, paths.backups));
  writeSegment(files, paths.mirrorPart, after, entriesBehind(reader, after.sequence));
  if (files.names(paths.mirror).length > 0) files.rename(paths.mirror, join(paths.folder, setAside ?? paths.setAsideNames(files, utcNow()).mirror));
  else files.remove(paths.mirror);
  files.rename(paths.mirrorPart, paths.mirror);
  files.syncFolder(paths.folder);
}

const ENTRIES_AT_ONCE = 1_000;

function* entriesBehind(reader: EntryReader, sequence: number): Generator<LinkedEntry> {
  for (let from = sequence; ; ) {
    const entries = reader.after(from, ENTRIES_AT_ONCE);
    yield* entries;
    const last = entries.at(-1);
    if (last === undefined) return;
    from = last.sequence;
  }
}

function isEqual({ files, paths }: RepairParts, database: DatabaseSync): boolean {
  const segments = listSegments(files, paths.mirror);
  const first = segments.at(0)?.first;
  return first !== undefined && first - 1 <= mirrorBegins(files, paths.backups) && checkMirror(readEntries(database), files, segments) === null;
}

function lastLink({ entries, first }: MirrorInspection): string | null {
  return entries.at(-1)?.link ?? first?.link ?? null;
}

function coversBackups({ files, paths }: RepairParts, { first }: MirrorInspection): boolean {
  return first !== null && first.sequence <= mirrorBegins(files, paths.backups);
}

function isPartOf({ entries, first }: MirrorInspection, base: DatedHead, restored: readonly LinkedEntry[]): boolean {
  const links = new Map([base, ...restored].map(({ sequence, link }) => [sequence, link]));
  return [...(first === null ? [] : [first]), ...entries].every(({ sequence, link }) => sequence < base.sequence || links.get(sequence) === link);
}

/** Every repair that is written in a journal, oldest first. */
export function repairsIn(database: DatabaseSync): readonly (JournalRepair & { readonly sequence: number })[] {
  return readNotes(database).flatMap(({ sequence, note }) => {
    if (note.kind !== 'log:repaired') return [];
    const { database: flawOfDatabase, mirror, backup, missing, gapSinceUtc, setAside } = note;
    return [{ sequence, database: flawOfDatabase, mirror, backup, missing, gapSinceUtc, setAside }];
  });
}

/** The findings of the last repair, for the manager's notice. */
export function lastRepair({ open, paths }: RepairParts): JournalHealth {
  const database = open(paths.database, { readOnly: true });
  try {
    const last = repairsIn(database).at(-1);
    if (last === undefined) return { kind: 'sound' };
    const { sequence: _, ...found } = last;
    return { ...found, kind: isTampering(found) ? 'tampered' : 'restored' };
  } finally {
    database.close();
  }
}
