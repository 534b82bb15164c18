import type { DatabaseSync } from 'node:sqlite';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, JournalHealth, JournalUnreadable, UntoldRepair } from '../sale/journal.ts';
import type { Backup } from './journal-backup.ts';
import type { Entry, Head } from './journal-chain.ts';
import { type OpenDatabase, openForWriting, openSqlite, readNotes } from './journal-database.ts';
import { type JournalFiles, nodeFiles } from './journal-files.ts';
import { type OpeningParts, makeSound } from './journal-opening.ts';
import { type JournalPaths, journalPathsOf } from './journal-paths.ts';
import { journalEntry, repairsIn } from './journal-repair.ts';
import { NOTE } from './journal-rows.ts';
import { failureOf } from './journal-trouble.ts';
import { type PreparedBackup, createLogBackups } from './log-backups.ts';
import { openLogCopies } from './log-copies.ts';
import { migrate } from './migrations.ts';

/** The content of an entry; number, time and link are added by the log. */
export type NewEntry = { readonly saleId: string | null; readonly event: { readonly kind: string }; readonly state: unknown };

/** An append-only log in two copies that check each other. */
export type AppendOnlyLog = {
  readonly database: DatabaseSync;
  readonly files: JournalFiles;
  readonly paths: JournalPaths;
  /** Durable, in both copies, when it returns ok. */
  append(entry: NewEntry): Result<null, JournalFailure>;
  /** Repairs that are not acknowledged, oldest first. */
  untoldRepairs(): Result<readonly UntoldRepair[], JournalUnreadable>;
  acknowledgeRepair(sequence: number): Result<null, JournalFailure>;
  /** How far each of the two copies reaches. */
  completed(): Result<Head, JournalFailure>;
  /** Compares the end of both copies, from an entry on that was the last one. */
  checkSince(head: Head): Result<null, JournalFailure>;
  /** Makes ready for the backup of the day (UTC), unless there is one that holds all that matters. `part`: where its copy is to be made. */
  prepareBackup(): Promise<Result<PreparedBackup, JournalFailure>>;
  /** Makes the finished copy a backup, and deletes the backups that are not kept any more. */
  keepBackup(part: string, reaches: Head): Promise<Result<Backup, JournalFailure>>;
  close(): void;
};

export type JournalParts = {
  /** The database. Mirror, backups, draft and damaged files lie beside it, under its name. */
  readonly file: string;
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  /** The local time's offset to UTC. */
  readonly utcOffsetInMinutes: () => number;
  /** `whole` when the journal was found damaged while it was in use; takes seconds for years of sales. */
  readonly check?: 'tail' | 'whole';
  /** The journal existed before: a missing file is damage. */
  readonly mustExist?: boolean;
  readonly files?: JournalFiles;
  readonly open?: OpenDatabase;
  readonly tailLength?: number;
};

/**
 * More entries than the write-ahead log holds (SQLite empties it at 1,000 pages, and an entry takes at least three): any damage of
 * that log to the newest entries is within this tail. A smaller journal is checked wholly.
 */
const TAIL_LENGTH = 1_000;

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
  const copies = openLogCopies(files, paths, database);
  let isClosed = false;
  const backups = createLogBackups({ files, paths, copies, utcNow, isClosed: () => isClosed });

  /** A late call on a closed log must not touch its files: another may have been opened on them. */
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
    return isClosed ? CLOSED : attempt(() => copies.append(entry));
  }

  return {
    database,
    files,
    paths,
    append({ saleId, event, state }) {
      if (event.kind.startsWith(NOTE)) throw new Error(`${event.kind} is a word of the log's own`);
      const said = { saleId, event: JSON.stringify(event), state: state === null ? null : JSON.stringify(state) };
      return write({ sequence: copies.head().sequence + 1, at: utcNow(), utcOffsetInMinutes: parts.utcOffsetInMinutes(), ...said });
    },
    untoldRepairs: () => untoldRepairsIn(database),
    acknowledgeRepair: (sequence) => write(journalEntry(parts, copies.head().sequence + 1, { kind: 'log:seen', sequence })),
    completed() {
      if (isClosed) return CLOSED;
      const finished = attempt(copies.finish);
      const { sequence, link } = copies.head();
      return finished.kind === 'ok' ? ok({ sequence, link }) : finished;
    },
    checkSince: (since) => (isClosed ? CLOSED : attempt(() => copies.checkSince(since))),
    prepareBackup: () => whileOpen(backups.prepare),
    keepBackup: (part, reaches) => whileOpen(() => backups.keep(part, reaches)),
    close() {
      if (isClosed) return;
      isClosed = true;
      copies.close();
    },
  };
}

function untoldRepairsIn(database: DatabaseSync): Result<readonly UntoldRepair[], JournalUnreadable> {
  try {
    const seen = new Set(readNotes(database).flatMap(({ note }) => (note.kind === 'log:seen' ? [note.sequence] : [])));
    return ok(repairsIn(database).filter(({ sequence }) => !seen.has(sequence)));
  } catch (error) {
    return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
  }
}

const CLOSED: { readonly kind: 'failed'; readonly failure: JournalFailure } = { kind: 'failed', failure: { kind: 'journal-unwritable', reason: 'unknown', detail: 'The journal is closed.' } };

function attempt(action: () => void): Result<null, JournalFailure> {
  try {
    action();
    return ok(null);
  } catch (error) {
    return failed(failureOf(error));
  }
}
