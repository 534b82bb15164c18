import { join } from 'node:path';
import { type Backup, hasRoomForBackup, listBackups, listParts, mirrorBegins, nameOfBackup, newPart, pruneBackups } from './journal-backup.ts';
import type { Head } from './journal-chain.ts';
import type { JournalFiles } from './journal-files.ts';
import { listSegments } from './journal-mirror.ts';
import type { JournalPaths } from './journal-paths.ts';
import { JournalDamaged } from './journal-trouble.ts';
import type { LogCopies } from './log-copies.ts';

export type PreparedBackup = { readonly kind: 'made'; readonly backup: Backup } | { readonly kind: 'due'; readonly part: string };

/** The backups of an open log. Each of these throws. */
type LogBackups = {
  /** `made`: there is one of the day (UTC) that holds all that matters. `part`: where the copy is to be made. */
  prepare(): Promise<PreparedBackup>;
  /** Makes the finished copy a backup, and deletes the backups that are not kept any more. */
  keep(part: string, reaches: Head): Promise<Backup>;
};

type LogBackupsParts = {
  readonly files: JournalFiles;
  readonly paths: JournalPaths;
  readonly copies: Pick<LogCopies, 'head' | 'headUpTo' | 'rotate'>;
  readonly utcNow: () => string;
  readonly isClosed: () => boolean;
};

/** Bytes. Without a backup the mirror still begins a new file now and then. */
const LARGEST_SEGMENT = 16 * 1024 * 1024;
/** More than a busy shop writes in a day. After so many, a clock that stands still does not delay the next backup. */
const ENTRIES_PER_BACKUP = 10_000;
/** Characters of the day in an ISO 8601 time. */
const DAY_LENGTH = 'yyyy-mm-dd'.length;

export function createLogBackups({ files, paths, copies, utcNow, isClosed }: LogBackupsParts): LogBackups {
  const today = () => utcNow().slice(0, DAY_LENGTH);

  function isDue({ sequence, day }: Backup): boolean {
    const newer = copies.head().sequence - sequence;
    return newer > 0 && (day !== today() || newer > ENTRIES_PER_BACKUP);
  }

  /** Deletes the mirror files that no kept backup needs: the oldest first, so that an interruption leaves no gap. */
  async function pruneMirror(): Promise<void> {
    const begins = mirrorBegins(files, paths.backups);
    const segments = listSegments(files, paths.mirror);
    for (const [index, { path }] of segments.entries()) {
      const next = segments[index + 1];
      if (isClosed() || next === undefined || next.first - 1 > begins) return;
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await files.removeBig(path);
    }
  }

  return {
    async prepare() {
      // One that cannot be removed yet is tried again tomorrow; it does not delay the next backup.
      await Promise.allSettled(listParts(files, paths.backups).map((part) => files.removeBig(part)));
      if ((listSegments(files, paths.mirror).at(-1)?.size ?? 0) > LARGEST_SEGMENT) copies.rotate();
      const newest = listBackups(files, paths.backups).at(-1);
      if (newest !== undefined && !isDue(newest)) return { kind: 'made', backup: newest };
      files.makeFolder(paths.backups);
      files.syncFolder(paths.folder);
      if (!hasRoomForBackup(files, paths)) await pruneBackups(files, paths.backups);
      return { kind: 'due', part: newPart(paths.backups) };
    },
    async keep(part, { sequence, link }) {
      if (copies.headUpTo(sequence).link !== link) throw new JournalDamaged('the copy is of another journal');
      const name = nameOfBackup(sequence, today());
      files.rename(part, join(paths.backups, name));
      files.syncFolder(paths.backups);
      copies.rotate();
      await pruneBackups(files, paths.backups);
      await pruneMirror();
      const made = listBackups(files, paths.backups).find((backup) => backup.name === name);
      if (made === undefined) throw new JournalDamaged('the backup is gone');
      return made;
    },
  };
}
