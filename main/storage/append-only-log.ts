import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, JournalHealth, JournalUnreadable, UntoldRepair } from '../sale/journal.ts';
import { type Backup, hasRoomForBackup, listBackups, listParts, mirrorBegins, nameOfBackup, newPart, pruneBackups } from './journal-backup.ts';
import { type Entry, type Head, follow } from './journal-chain.ts';
import { type OpenDatabase, commit, openForWriting, openSqlite, prepareWriting, readEntries, readNotes } from './journal-database.ts';
import { type JournalFiles, nodeFiles } from './journal-files.ts';
import { compareTail } from './journal-mirror-tail.ts';
import { type Mirror, listSegments, openMirror } from './journal-mirror.ts';
import { type OpeningParts, makeSound } from './journal-opening.ts';
import { type JournalPaths, journalPathsOf } from './journal-paths.ts';
import { journalEntry, repairsIn } from './journal-repair.ts';
import { NOTE } from './journal-rows.ts';
import { JournalDamaged, failureOf } from './journal-trouble.ts';
import { openHighWaterMark } from './high-water-mark.ts';
import { migrate } from './migrations.ts';

/** The content of an entry; number, time and link are added by the log. */
type NewEntry = { readonly saleId: string | null; readonly event: { readonly kind: string }; readonly state: unknown };

/** An append-only log in two copies that check each other. */
export type AppendOnlyLog = {
  readonly database: DatabaseSync;
  readonly files: JournalFiles;
  readonly paths: JournalPaths;
  /** Durable, in both copies, when it returns ok. */
  append(entry: NewEntry): Result<null, JournalFailure>;
  /** Repairs that were not acknowledged yet, oldest first. */
  untoldRepairs(): Result<readonly UntoldRepair[], JournalUnreadable>;
  acknowledgeRepair(sequence: number): Result<null, JournalFailure>;
  /** How far both copies reach, each for itself. */
  completed(): Result<Head, JournalFailure>;
  /** Compares the end of both copies, from an entry on that was the last one. */
  checkSince(head: Head): Result<null, JournalFailure>;
  /** Makes ready for the backup of the day (UTC), unless there is one that holds all that matters. `part`: where its copy is to be made. */
  prepareBackup(): Promise<Result<PreparedBackup, JournalFailure>>;
  /** Makes the finished copy a backup, and lets go of what is not kept any more. */
  keepBackup(part: string, reaches: Head): Promise<Result<Backup, JournalFailure>>;
  close(): void;
};

type PreparedBackup = { readonly kind: 'made'; readonly backup: Backup } | { readonly kind: 'due'; readonly part: string };

export type JournalParts = {
  /** The database. Mirror, backups, draft and damaged files lie beside it, under its name. */
  readonly file: string;
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  /** What the clock on the wall shows beyond UTC. */
  readonly utcOffsetInMinutes: () => number;
  /** `whole` when the journal was found damaged while it was in use; takes seconds for years of sales. */
  readonly check?: 'tail' | 'whole';
  /** There was a journal here before: finding none is damage, not a beginning. */
  readonly mustExist?: boolean;
  readonly files?: JournalFiles;
  readonly open?: OpenDatabase;
  readonly tailLength?: number;
};

/**
 * More entries than the write-ahead log holds (SQLite empties it at 1,000 pages, and an entry takes at least three): whatever a
 * damaged log does to the newest entries is within this tail. A smaller journal is checked wholly.
 */
const TAIL_LENGTH = 1_000;
/** Bytes. Without a backup the mirror still begins a new file now and then. */
const LARGEST_SEGMENT = 16 * 1024 * 1024;
/** More than a busy shop writes in a day. With so many, a clock that stands still does not keep the next backup waiting. */
const ENTRIES_PER_BACKUP = 10_000;

/** Opens a log, or begins one (docs/journal.md). Opening it repairs what can be repaired, and reports it. */
export function openAppendOnlyLog({ file, check = 'tail', mustExist = false, files = nodeFiles, open = openSqlite, tailLength = TAIL_LENGTH, ...clock }: JournalParts): Result<{ readonly log: AppendOnlyLog; readonly health: JournalHealth }, JournalFailure> {
  const parts: OpeningParts = { ...clock, files, open, check, mustExist, tailLength, paths: journalPathsOf(file) };
  try {
    const health = makeSound(parts);
    return ok({ health, log: openSoundLog(parts) });
  } catch (error) {
    return failed(failureOf(error));
  }
}

function openSoundLog(parts: OpeningParts): AppendOnlyLog {
  const { files, open, paths, utcNow } = parts;
  const database = openForWriting(open, paths.database);
  migrate(database);
  const mirror = openLastSegment(files, paths.mirror);
  const highWaterMark = openHighWaterMark(files, paths.highWaterMark);
  const reader = readEntries(database);
  const insert = prepareWriting(database);
  let head: Head = reader.head();
  let isClosed = false;
  highWaterMark.note(head);

  /** The one way in. Throws; then nothing of it is in the journal, or the next call completes it first. */
  function append(entry: Entry): void {
    mirror.finish();
    const linked = follow(head, entry);
    try {
      commit(database, () => {
        if (reader.head().link !== head.link) throw new JournalDamaged('another program wrote into it');
        insert(linked);
        mirror.reserve(linked);
      });
    } catch (error) {
      mirror.withdraw();
      throw error;
    }
    head = linked;
    mirror.seal();
    highWaterMark.note(head);
  }

  /** What comes after the log was closed must not touch its files: another may have been opened on them. */
  async function whileOpen<Value>(action: () => Promise<Value>): Promise<Result<Value, JournalFailure>> {
    if (isClosed) return CLOSED;
    try {
      return ok(await action());
    } catch (error) {
      return failed(failureOf(error));
    }
  }

  function write(entry: Entry): Result<null, JournalFailure> {
    // A write that was under way when the journal was closed is too late.
    return isClosed ? CLOSED : attempt(() => append(entry));
  }

  function rotate(): void {
    if (listSegments(files, paths.mirror).at(-1)?.first === head.sequence + 1) return;
    mirror.finish();
    mirror.rotate(head);
  }

  async function prepareBackup(): Promise<PreparedBackup> {
    // One that cannot be removed yet is tried again tomorrow; it does not keep the next backup waiting.
    await Promise.allSettled(listParts(files, paths.backups).map((part) => files.removeBig(part)));
    if ((listSegments(files, paths.mirror).at(-1)?.size ?? 0) > LARGEST_SEGMENT) rotate();
    const newest = listBackups(files, paths.backups).at(-1);
    if (newest !== undefined && !isDue(newest)) return { kind: 'made', backup: newest };
    files.makeFolder(paths.backups);
    files.syncFolder(paths.folder);
    if (!hasRoomForBackup(files, paths)) await pruneBackups(files, paths.backups);
    return { kind: 'due', part: newPart(paths.backups) };
  }

  function isDue({ sequence, day }: Backup): boolean {
    const newer = head.sequence - sequence;
    return newer > 0 && (day !== utcNow().slice(0, DAY_LENGTH) || newer > ENTRIES_PER_BACKUP);
  }

  /** The files of the mirror go that no kept backup needs: the oldest first, so that no hole is left when this is cut short. */
  async function pruneMirror(): Promise<void> {
    const begins = mirrorBegins(files, paths.backups);
    const segments = listSegments(files, paths.mirror);
    for (const [index, { path }] of segments.entries()) {
      const next = segments[index + 1];
      if (isClosed || next === undefined || next.first - 1 > begins) return;
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await files.removeBig(path);
    }
  }

  async function keepBackup(part: string, { sequence, link }: Head): Promise<Backup> {
    if (reader.headUpTo(sequence).link !== link) throw new JournalDamaged('the copy is of another journal');
    const name = nameOfBackup(sequence, utcNow().slice(0, DAY_LENGTH));
    files.rename(part, join(paths.backups, name));
    files.syncFolder(paths.backups);
    rotate();
    await pruneBackups(files, paths.backups);
    await pruneMirror();
    const made = listBackups(files, paths.backups).find((backup) => backup.name === name);
    if (made === undefined) throw new JournalDamaged('the backup is gone');
    return made;
  }

  return {
    database,
    files,
    paths,
    append({ saleId, event, state }) {
      if (event.kind.startsWith(NOTE)) throw new Error(`${event.kind} is a word of the log's own`);
      const said = { saleId, event: JSON.stringify(event), state: state === null ? null : JSON.stringify(state) };
      return write({ sequence: head.sequence + 1, at: utcNow(), utcOffsetInMinutes: parts.utcOffsetInMinutes(), ...said });
    },
    untoldRepairs() {
      try {
        const settled = new Set(readNotes(database).flatMap(({ note }) => (note.kind === 'log:seen' ? [note.sequence] : [])));
        return ok(repairsIn(database).filter(({ sequence }) => !settled.has(sequence)));
      } catch (error) {
        return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
      }
    },
    acknowledgeRepair: (sequence) => write(journalEntry(parts, head.sequence + 1, { kind: 'log:seen', sequence })),
    completed() {
      if (isClosed) return CLOSED;
      const finished = attempt(() => mirror.finish());
      return finished.kind === 'ok' ? ok({ sequence: head.sequence, link: head.link }) : finished;
    },
    checkSince(since) {
      return isClosed ? CLOSED : attempt(() => {
        mirror.finish();
        const tail = compareTail(files, listSegments(files, paths.mirror), reader, head.sequence - since.sequence + 1);
        if (tail.kind !== 'equal') throw new JournalDamaged('the mirror does not end as the database does');
      });
    },
    prepareBackup: () => whileOpen(prepareBackup),
    keepBackup: (part, reaches) => whileOpen(() => keepBackup(part, reaches)),
    close() {
      if (isClosed) return;
      isClosed = true;
      mirror.close();
      highWaterMark.close();
      database.close();
    },
  };
}

/** Of the day in a time of ISO 8601. */
const DAY_LENGTH = 'yyyy-mm-dd'.length;

const CLOSED: { readonly kind: 'failed'; readonly failure: JournalFailure } = { kind: 'failed', failure: { kind: 'journal-unwritable', reason: 'unknown', detail: 'The journal is closed.' } };

function attempt(action: () => void): Result<null, JournalFailure> {
  try {
    action();
    return ok(null);
  } catch (error) {
    return failed(failureOf(error));
  }
}

function openLastSegment(files: JournalFiles, folder: string): Mirror {
  const last = listSegments(files, folder).at(-1);
  if (last === undefined) throw new JournalDamaged('the mirror is gone');
  return openMirror(files, folder, last);
}
