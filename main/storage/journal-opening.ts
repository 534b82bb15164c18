import type { DatabaseSync } from 'node:sqlite';
import { assertNever } from '../../contract/result.ts';
import type { JournalHealth } from '../sale/journal.ts';
import { type Backup, listBackups, mirrorBegins } from './journal-backup.ts';
import { BEGINNING, type DatedHead, type Head, isNext } from './journal-chain.ts';
import { type Finding, checkMirror, checkTail, checkWhole, findingOf } from './journal-check.ts';
import { DATABASE_FILES, type OpenDatabase, commit, hasJournalHeader, openForWriting, prepareWriting, readEntries } from './journal-database.ts';
import { parseRest, renderLine, unsealed } from './journal-mirror-line.ts';
import { type MirrorTail, compareTail } from './journal-mirror-tail.ts';
import { type Segment, isMirrorOfNewerCounter, listSegments, writeSegment } from './journal-mirror.ts';
import { type RepairParts, lastRepair, putInPlace, repair, writeDatabase } from './journal-repair.ts';
import { readHighWaterMark } from './high-water-mark.ts';
import { JournalDamaged, isDamage } from './journal-trouble.ts';
import { JournalFromNewerCounter, hasShapeOfVersion, isOfNewerCounter, versionOf } from './migrations.ts';

export type OpeningParts = RepairParts & {
  readonly check: 'tail' | 'whole';
  readonly mustExist: boolean;
  /** How many of the newest entries are checked at every opening. */
  readonly tailLength: number;
};

/**
 * Checks the files on the disk before a sale is written, and repairs them. Afterwards there is a database, a mirror
 * with the same content, and no unfinished step.
 */
export function makeSound(parts: OpeningParts): JournalHealth {
  const { files, paths } = parts;
  for (const suffix of DATABASE_FILES) files.remove(paths.databasePart + suffix);
  files.remove(paths.mirrorPart);
  let isRepaired = false;
  if (files.size(paths.databaseNext) !== null) {
    putInPlace(parts);
    isRepaired = true;
  }
  if (!parts.mustExist && isNew(parts)) {
    writeDatabase(parts, null, []);
    putInPlace(parts);
  }
  const health = lookAndMend(parts);
  return isRepaired || health === null ? lastRepair(parts) : health;
}

function isNew({ files, paths }: OpeningParts): boolean {
  const hasDatabase = DATABASE_FILES.some((suffix) => files.size(paths.database + suffix) !== null);
  return !hasDatabase && listSegments(files, paths.mirror).length === 0 && listBackups(files, paths.backups).length === 0 && files.size(paths.highWaterMark) === null;
}

type CutShort = Exclude<MirrorTail, { readonly kind: 'equal' } | { readonly kind: 'different' }>;

type Look =
  | { readonly kind: 'sound' }
  /** A journal without entries whose mirror was not begun yet. */
  | { readonly kind: 'unmirrored' }
  | { readonly kind: 'interrupted'; readonly end: CutShort }
  | { readonly kind: 'damaged'; readonly finding: Finding };

/** Null: it was damaged, and has been repaired. */
function lookAndMend(parts: OpeningParts): JournalHealth | null {
  const { files, paths } = parts;
  const look = lookAt(parts);
  switch (look.kind) {
    case 'sound':
      return { kind: 'sound' };
    case 'unmirrored':
      files.makeFolder(paths.mirror);
      files.syncFolder(paths.folder);
      writeSegment(files, paths.mirror, BEGINNING, []);
      return { kind: 'sound' };
    case 'interrupted':
      completeWrite(parts, look.end);
      return { kind: 'interrupted' };
    case 'damaged': {
      repair(parts);
      const after = lookAt(parts);
      if (after.kind !== 'sound') throw new JournalDamaged(`could not be repaired: ${look.finding.detail}`);
      return null;
    }
    default:
      return assertNever(look);
  }
}

function lookAt(parts: OpeningParts): Look {
  const { files, open, paths, check, tailLength } = parts;
  if (files.size(paths.database) === null) return damaged({ flaw: 'missing', detail: 'the database is not there' });
  if (!hasJournalHeader(files, paths.database)) return damaged({ flaw: 'unreadable', detail: 'the database begins like something else' });
  const segments = listSegments(files, paths.mirror);
  let database: DatabaseSync | null = null;
  try {
    database = open(paths.database, { readOnly: true });
    const version = versionOf(database);
    if (isOfNewerCounter(version)) return refuseNewer(parts, segments, version);
    const isSmall = hasShapeOfVersion(database, version) && readEntries(database).head().sequence <= tailLength;
    const checked = check === 'whole' || isSmall ? checkWhole(database) : checkTail(database, tailLength);
    return checked.kind === 'ok' ? compareCopies(parts, database, checked.value, segments) : damaged(checked.failure);
  } catch (error) {
    return damaged(findingOf(error));
  } finally {
    database?.close();
  }
}

function damaged(finding: Finding): Look {
  return { kind: 'damaged', finding };
}

/** A damaged version number looks like a newer one; a newer Counter would have left its mark in the mirror too. */
function refuseNewer({ files }: OpeningParts, segments: readonly Segment[], version: number): Look {
  if (segments.length > 0 && !isMirrorOfNewerCounter(files, segments)) return damaged({ flaw: 'unreadable', detail: `version ${version}` });
  throw new JournalFromNewerCounter(`journal version ${version}`);
}

function compareCopies({ files, open, paths, check, tailLength }: OpeningParts, database: DatabaseSync, head: DatedHead, segments: readonly Segment[]): Look {
  const reader = readEntries(database);
  const backup = listBackups(files, paths.backups).at(-1);
  const highWaterMark = readHighWaterMark(files, paths.highWaterMark);
  const first = segments.at(0);
  if (first === undefined && head.sequence === 0 && backup === undefined && highWaterMark.sequence === 0) return { kind: 'unmirrored' };
  if (first === undefined || first.first - 1 > mirrorBegins(files, paths.backups)) return damaged({ flaw: 'missing', detail: 'the mirror does not reach back far enough' });
  for (const known of [highWaterMark, ...(backup === undefined ? [] : [headOfBackup(open, backup)])]) {
    if (known.sequence > head.sequence) return damaged({ flaw: 'behind', detail: `entry ${known.sequence} was written once` });
    if (known.link !== reader.headUpTo(known.sequence).link) return damaged({ flaw: 'altered', detail: `entry ${known.sequence} was another one` });
  }
  const end = compareTail(files, segments, reader, tailLength);
  if (end.kind === 'different') return damaged({ flaw: 'altered', detail: 'the mirror differs' });
  if (end.kind === 'more' && !isOneWriteCutShort(head, end.rest)) return damaged({ flaw: 'behind', detail: `the mirror goes on after entry ${head.sequence}` });
  if (end.kind !== 'equal') return { kind: 'interrupted', end };
  const finding = check === 'whole' ? checkMirror(reader, files, segments) : null;
  return finding === null ? { kind: 'sound' } : damaged(finding);
}

/** A backup that cannot be read is skipped here; a repair that needs it reports it. */
function headOfBackup(open: OpenDatabase, { path }: Backup): Head {
  let database: DatabaseSync | null = null;
  try {
    database = open(path, { readOnly: true });
    return readEntries(database).head();
  } catch (error) {
    if (!isDamage(error)) throw error;
    return BEGINNING;
  } finally {
    database?.close();
  }
}

/** After the database's last entry: an entry that was reserved and perhaps not committed, or a part of one. */
function isOneWriteCutShort(head: Head, rest: Buffer): boolean {
  const { lines, isTorn } = parseRest(rest);
  const line = lines.at(0);
  return isTorn || (line !== undefined && isNext(head, line.entry) && rest.equals(unsealed(renderLine(line.entry))));
}

/** An entry that only one copy has, and that could be written to both, is written to both: it was not acknowledged yet, and does no harm. */
function completeWrite({ files, open, paths }: OpeningParts, end: CutShort): void {
  const entry = end.kind === 'last-cut-short' ? end.entry : parseRest(end.rest).lines.at(0)?.entry;
  if (end.kind === 'more' && entry !== undefined) {
    const database = openForWriting(open, paths.database);
    try {
      const write = prepareWriting(database);
      commit(database, () => write(entry));
    } finally {
      database.close();
    }
  }
  const last = listSegments(files, paths.mirror).at(-1);
  if (last === undefined) return;
  const file = files.open(last.path);
  try {
    file.truncate(end.at);
    if (entry !== undefined) file.write(renderLine(entry), end.at);
    file.sync();
  } finally {
    file.close();
  }
}
