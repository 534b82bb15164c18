import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { type DatabaseSync, backup } from 'node:sqlite';
import { type Result, failed } from '../../contract/result.ts';
import { BACKUPS_THAT_STAY, backupBudget, keptBackups } from './backup-rotation.ts';
import type { DatedHead } from './journal-chain.ts';
import { type Finding, checkWhole, findingOf } from './journal-check.ts';
import { type OpenDatabase, hasJournalHeader, readEntries } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import type { JournalPaths } from './journal-paths.ts';

/** A backup never takes the last free space of the disk: the next sales need it more. Bytes. */
const ROOM_LEFT_FOR_SALES = 200 * 1024 * 1024;
/**
 * Copied at one time, 4 MiB, and then on the disk before the next: with more of them in the system's cache, a sale would wait behind them for
 * the disk.
 */
const PAGES_AT_ONCE = 1_000;

/** `name` contains how far the backup reaches and the day (UTC) on which it was made. */
export type Backup = { readonly name: string; readonly path: string; readonly sequence: number; readonly day: string; /** Bytes. */ readonly size: number };

/** Oldest first. */
export function listBackups(files: JournalFiles, folder: string): readonly Backup[] {
  return files.names(folder).flatMap((name) => {
    const [, digits, day] = /^(\d{12})_(\d{4}-\d\d-\d\d)\.db$/u.exec(name) ?? [];
    const path = join(folder, name);
    return digits === undefined || day === undefined ? [] : [{ name, path, sequence: Number(digits), day, size: files.size(path) ?? 0 }];
  });
}

export function nameOfBackup(sequence: number, day: string): string {
  return `${String(sequence).padStart(12, '0')}_${day}.db`;
}

const PART = '.part';

/** A name that no backup has, and no other run of Counter: an abandoned run may still be writing into its own. */
export function newPart(folder: string): string {
  return join(folder, `${randomUUID()}${PART}`);
}

/** The files of unfinished backups. */
export function listParts(files: JournalFiles, folder: string): readonly string[] {
  return files.names(folder).flatMap((name) => (name.includes(PART) ? [join(folder, name)] : []));
}

export function hasRoomForBackup(files: JournalFiles, { backups, database }: JournalPaths): boolean {
  return files.freeBytes(backups) - ROOM_LEFT_FOR_SALES >= (files.size(database) ?? 0);
}

/** Opens a copy of the journal that is not written to, and checks all of it. */
export function checkCopy(files: JournalFiles, open: OpenDatabase, path: string): Result<DatedHead, Finding> {
  let database: DatabaseSync | null = null;
  try {
    if (!hasJournalHeader(files, path)) return failed({ flaw: 'unreadable', detail: 'this is no journal' });
    database = open(path, { readOnly: true });
    return checkWhole(database);
  } catch (error) {
    return failed(findingOf(error));
  } finally {
    database?.close();
  }
}

/** Copies the database into the file `part`, page by page as it is, while sales go on. Durable when it is done. Throws the system's errors. */
export async function copyDatabase(files: JournalFiles, open: OpenDatabase, from: string, part: string): Promise<void> {
  const target = files.open(part);
  let source: DatabaseSync | null = null;
  try {
    source = open(from, { readOnly: true });
    // One state of it, held to the end: otherwise the copy begins anew with every sale (https://sqlite.org/backup.html).
    source.exec('BEGIN');
    readEntries(source).head();
    await backup(source, part, { rate: PAGES_AT_ONCE, progress: () => target.sync() });
    source.exec('COMMIT');
  } finally {
    source?.close();
    target.close();
  }
  endWriteAheadLog(open, part);
  syncFile(files, part);
}

/** The copy of a database with a write-ahead log expects one as well; a backup is one file. */
function endWriteAheadLog(open: OpenDatabase, path: string): void {
  const database = open(path, { readOnly: false });
  try {
    database.exec('PRAGMA journal_mode = DELETE');
  } finally {
    database.close();
  }
}

export function syncFile(files: JournalFiles, path: string): void {
  const file = files.open(path);
  try {
    file.sync();
  } finally {
    file.close();
  }
}

/** Deletes the backups that are not kept any more (backup-rotation.ts). */
export async function pruneBackups(files: JournalFiles, folder: string): Promise<void> {
  const backups = listBackups(files, folder);
  const kept = new Set(keptBackups(backups, backupBudget(backups, files.freeBytes(folder))));
  await Promise.all(backups.filter((one) => !kept.has(one)).map(({ path }) => files.removeBig(path)));
}

/** The entry after which the mirror must be complete: that of the oldest backup, once the minimum number of backups exists; until then the first one. */
export function mirrorBegins(files: JournalFiles, folder: string): number {
  const backups = listBackups(files, folder);
  return backups.length < BACKUPS_THAT_STAY ? 0 : (backups.at(0)?.sequence ?? 0);
}

export type GoodBackup = Backup & { readonly head: DatedHead };

/** The newest backup that is whole. A damaged one is renamed, so that it is not used again. */
export function newestGoodBackup(files: JournalFiles, open: OpenDatabase, folder: string): GoodBackup | null {
  for (const one of listBackups(files, folder).toReversed()) {
    const checked = checkCopy(files, open, one.path);
    if (checked.kind === 'ok' && checked.value.sequence === one.sequence) return { ...one, head: checked.value };
    files.rename(one.path, `${one.path}.damaged`);
  }
  return null;
}
