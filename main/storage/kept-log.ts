import type { DatabaseSync } from 'node:sqlite';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, JournalHealth, JournalUnreadable, UntoldRepair } from '../sale/journal.ts';
import { type Backup, listBackups, mirrorBegins, pruneBackups, writeBackup } from './journal-backup.ts';
import { type Entry, type Head, follow } from './journal-chain.ts';
import { type Steps, checkMirror, checkWhole } from './journal-check.ts';
import { type OpenDatabase, commit, openForWriting, openSqlite, prepareWriting, readEntries, readNotes } from './journal-database.ts';
import { type JournalFiles, nodeFiles } from './journal-files.ts';
import { type Mirror, listSegments, openMirror } from './journal-mirror.ts';
import { type OpeningParts, makeSound } from './journal-opening.ts';
import { type JournalPlace, placeOf } from './journal-place.ts';
import { journalEntry, repairsIn } from './journal-repair.ts';
import { NOTE } from './journal-rows.ts';
import { JournalDamaged, failureOf } from './journal-trouble.ts';
import { openWitness } from './journal-witness.ts';
import { migrate } from './migrations.ts';

/** What an entry says; number, time and link are the keeper's. */
export type NewEntry = { readonly saleId: string | null; readonly event: { readonly kind: string }; readonly state: unknown };

/** An append-only log in two copies that check each other, whatever it is about. */
export type KeptLog = {
  readonly database: DatabaseSync;
  readonly files: JournalFiles;
  readonly place: JournalPlace;
  /** Durable, in both copies, when it returns ok. */
  append(entry: NewEntry): Result<null, JournalFailure>;
  /** Repairs that nobody has been told of yet, oldest first. */
  untoldRepairs(): Result<readonly UntoldRepair[], JournalUnreadable>;
  settleRepair(sequence: number): Result<null, JournalFailure>;
  /** Checks every entry of both copies. For an idle till; `damaged` means: close, and open again with `check: 'whole'`. */
  verifyAll(): Steps<Result<null, JournalFailure>>;
  /** Makes the backup of the day (UTC) unless there is one, and lets go of what is older than thirty. */
  backUp(): Steps<Result<Backup, JournalFailure>>;
  close(): void;
};

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

/** Opens a log, or begins one (docs/journal.md). Opening it repairs what can be repaired, and says so. */
export function openKeptLog({ file, check = 'tail', mustExist = false, files = nodeFiles, open = openSqlite, tailLength = TAIL_LENGTH, ...clock }: JournalParts): Result<{ readonly log: KeptLog; readonly health: JournalHealth }, JournalFailure> {
  const parts: OpeningParts = { ...clock, files, open, check, mustExist, tailLength, place: placeOf(file) };
  try {
    const health = makeSound(parts);
    return ok({ health, log: openSoundLog(parts) });
  } catch (error) {
    return failed(failureOf(error));
  }
}

function openSoundLog(parts: OpeningParts): KeptLog {
  const { files, open, place, utcNow } = parts;
  const database = openForWriting(open, place.database);
  migrate(database);
  const mirror = openLastSegment(files, place.mirror);
  const witness = openWitness(files, place.witness);
  const reader = readEntries(database);
  const write = prepareWriting(database);
  let head: Head = reader.head();
  witness.note(head);

  /** The one way in. Throws; then nothing of it is in the journal, or the next call completes it first. */
  function append(entry: Entry): void {
    mirror.finish();
    const linked = follow(head, entry);
    try {
      commit(database, () => {
        if (reader.head().link !== head.link) throw new JournalDamaged('another program wrote into it');
        write(linked);
        mirror.reserve(linked);
      });
    } catch (error) {
      mirror.withdraw();
      throw error;
    }
    head = linked;
    mirror.seal();
    witness.note(head);
  }

  function rotate(): void {
    if (listSegments(files, place.mirror).at(-1)?.first === head.sequence + 1) return;
    mirror.finish();
    mirror.rotate(head);
  }

  return {
    database,
    files,
    place,
    append({ saleId, event, state }) {
      if (event.kind.startsWith(NOTE)) throw new Error(`${event.kind} is a word of the log's own`);
      const said = { saleId, event: JSON.stringify(event), state: state === null ? null : JSON.stringify(state) };
      return attempt(() => append({ sequence: head.sequence + 1, at: utcNow(), utcOffsetInMinutes: parts.utcOffsetInMinutes(), ...said }));
    },
    untoldRepairs() {
      try {
        const settled = new Set(readNotes(database).flatMap(({ note }) => (note.kind === 'log:seen' ? [note.sequence] : [])));
        return ok(repairsIn(database).filter(({ sequence }) => !settled.has(sequence)));
      } catch (error) {
        return failed({ kind: 'journal-unreadable', detail: failureOf(error).detail });
      }
    },
    settleRepair: (sequence) => attempt(() => append(journalEntry(parts, head.sequence + 1, { kind: 'log:seen', sequence }))),
    *verifyAll() {
      try {
        mirror.finish();
        const checked = yield* checkWhole(database);
        const finding = checked.kind === 'failed' ? checked.failure : yield* checkMirror(database, files, () => listSegments(files, place.mirror));
        if (finding !== null) throw new JournalDamaged(finding.detail);
        return ok(null);
      } catch (error) {
        return failed(failureOf(error));
      }
    },
    *backUp() {
      const day = utcNow().slice(0, 'yyyy-mm-dd'.length);
      const existing = listBackups(files, place.backups).find((backup) => backup.day === day);
      if (existing !== undefined) return ok(existing);
      const written = yield* writeBackup(parts, database, day);
      const tidied = attempt(() => {
        const isLarge = (listSegments(files, place.mirror).at(-1)?.size ?? 0) > LARGEST_SEGMENT;
        if (written.kind === 'ok' || isLarge) rotate();
        if (written.kind === 'ok') prune(parts);
      });
      return written.kind === 'ok' && tidied.kind === 'failed' ? tidied : written;
    },
    close() {
      mirror.close();
      witness.close();
      database.close();
    },
  };
}

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

/** Old backups go, and then the files of the mirror that no kept backup needs. */
function prune({ files, place }: OpeningParts): void {
  pruneBackups(files, place.backups);
  const begins = mirrorBegins(files, place.backups);
  const segments = listSegments(files, place.mirror);
  for (const [index, { path }] of segments.entries()) {
    const next = segments[index + 1];
    if (next !== undefined && next.first - 1 <= begins) files.remove(path);
  }
}
