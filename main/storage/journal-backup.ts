import type { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure } from '../sale/journal.ts';
import type { DatedHead } from './journal-chain.ts';
import { type Finding, type Steps, checkWhole, findingOf, runToEnd } from './journal-check.ts';
import { type OpenDatabase, hasJournalHeader } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import type { JournalPlace } from './journal-place.ts';
import { failureOf } from './journal-trouble.ts';

/** A shop that opens every day has thirty days of them; a clock that runs wild cannot make it fewer. */
const BACKUPS_KEPT = 30;
/** A backup never takes the last room on the disk: the next sales need it more. Bytes. */
const ROOM_LEFT_FOR_SALES = 200 * 1024 * 1024;

/** `name` says how far the backup reaches and the day (UTC) on which it was made. */
export type Backup = { readonly name: string; readonly path: string; readonly sequence: number; readonly day: string };

/** Oldest first. */
export function listBackups(files: JournalFiles, folder: string): readonly Backup[] {
  return files.names(folder).flatMap((name) => {
    const [, digits, day] = /^(\d{12})_(\d{4}-\d\d-\d\d)\.db$/u.exec(name) ?? [];
    return digits === undefined || day === undefined ? [] : [{ name, path: join(folder, name), sequence: Number(digits), day }];
  });
}

/** Opens a copy of the journal that nobody writes to, and checks all of it. */
export function* checkCopy(files: JournalFiles, open: OpenDatabase, path: string): Steps<Result<DatedHead, Finding>> {
  let database: DatabaseSync | null = null;
  try {
    if (!hasJournalHeader(files, path)) return failed({ flaw: 'unreadable', detail: 'this is no journal' });
    database = open(path, { readOnly: true });
    return yield* checkWhole(database);
  } catch (error) {
    return failed(findingOf(error));
  } finally {
    database?.close();
  }
}

/** Writes a backup under a temporary name, opens and checks it, and only then gives it its name. */
export function* writeBackup(
  { files, open, place }: { readonly files: JournalFiles; readonly open: OpenDatabase; readonly place: JournalPlace },
  database: DatabaseSync,
  day: string,
): Steps<Result<Backup, JournalFailure>> {
  const part = join(place.backups, 'next.part');
  try {
    files.makeFolder(place.backups);
    files.syncFolder(place.folder);
    files.remove(part);
    const room = files.freeBytes(place.backups) - ROOM_LEFT_FOR_SALES;
    if (room < (files.size(place.database) ?? 0)) return failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: 'There is too little room on the disk for a backup of the journal.' });
    yield;
    // Empty, so that it is made as all our files are: for its owner only.
    files.open(part).close();
    database.prepare('VACUUM INTO ?').run(part);
    yield;
    const checked = yield* checkCopy(files, open, part);
    if (checked.kind === 'failed') return failed({ kind: 'journal-unwritable', reason: 'damaged', detail: checked.failure.detail });
    // VACUUM INTO does not wait for the disk (https://sqlite.org/lang_vacuum.html).
    syncFile(files, part);
    const { sequence } = checked.value;
    const name = `${String(sequence).padStart(12, '0')}_${day}.db`;
    const path = join(place.backups, name);
    files.rename(part, path);
    files.syncFolder(place.backups);
    return ok({ name, path, sequence, day });
  } catch (error) {
    return failed(failureOf(error));
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

export function pruneBackups(files: JournalFiles, folder: string): void {
  for (const { path } of listBackups(files, folder).slice(0, -BACKUPS_KEPT)) files.remove(path);
}

/** Behind which entry the mirror must hold everything: behind the oldest backup, once there are as many as are kept; until then, from the first on. */
export function mirrorBegins(files: JournalFiles, folder: string): number {
  const backups = listBackups(files, folder);
  return backups.length < BACKUPS_KEPT ? 0 : (backups.at(0)?.sequence ?? 0);
}

export type GoodBackup = Backup & { readonly head: DatedHead };

/** The newest backup that is whole. One that is not is renamed, so that nobody relies on it again. */
export function newestGoodBackup(files: JournalFiles, open: OpenDatabase, folder: string): GoodBackup | null {
  for (const backup of listBackups(files, folder).toReversed()) {
    const checked = runToEnd(checkCopy(files, open, backup.path));
    if (checked.kind === 'ok' && checked.value.sequence === backup.sequence) return { ...backup, head: checked.value };
    files.rename(backup.path, `${backup.path}.damaged`);
  }
  return null;
}
