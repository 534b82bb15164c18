import { type Result, ok } from '../../contract/result.ts';
import type { JournalFailure } from '../sale/journal.ts';
import type { Timers } from '../sale/timers.ts';
import type { AppendOnlyLog } from './append-only-log.ts';
import type { Backup } from './journal-backup.ts';
import type { JournalWork } from './journal-work.ts';

/** After the busy first minutes of a start. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 24 * 60 * 60_000;
/** Time limit of the check and of the backup. An old disk needs far less for years of sales; a longer one hangs. */
const LONGEST_MS = 60 * 60_000;

/** The log as maintenance uses it. */
export type MaintainedLog = Pick<AppendOnlyLog, 'paths' | 'completed' | 'checkSince' | 'prepareBackup' | 'keepBackup'>;

type MaintenanceParts = {
  readonly timers: Timers;
  readonly work: JournalWork;
  readonly onNoBackup: (failure: JournalFailure) => void;
  /** The check could not be made; the state of the journal is unknown. */
  readonly onNotChecked: (failure: JournalFailure) => void;
  /** An old entry has changed since it was written. */
  readonly onDamaged: (failure: JournalFailure) => void;
};

/**
 * Maintains an open journal: a check of every entry and the backup of the day, soon after the start and then once a day, for a till
 * that is never switched off. The returned function ends it at any moment.
 */
export function maintainJournal(log: MaintainedLog, { timers, work, onNoBackup, onNotChecked, onDamaged }: MaintenanceParts): () => void {
  const end = new AbortController();
  const hasEnded = () => end.signal.aborted;
  let callOff = timers.after(FIRST_AFTER_MS, () => void look());

  async function look(): Promise<void> {
    callOff = timers.after(EVERY_MS, () => void look());
    const checked = await inTime((signal) => checkJournal(log, work, signal));
    if (hasEnded()) return;
    // A damaged journal gets no backup: the good ones of the days before must stay.
    if (checked.kind === 'failed' && checked.failure.reason === 'damaged') return onDamaged(checked.failure);
    if (checked.kind === 'failed') onNotChecked(checked.failure);
    const backup = await inTime((signal) => backUpJournal(log, work, signal));
    if (backup.kind === 'failed' && !hasEnded()) onNoBackup(backup.failure);
  }

  async function inTime<Value>(action: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
    const late = new AbortController();
    const callOffLate = timers.after(LONGEST_MS, () => late.abort('It took longer than an hour.'));
    try {
      return await action(AbortSignal.any([end.signal, late.signal]));
    } finally {
      callOffLate();
    }
  }

  return () => {
    callOff();
    end.abort('The journal was closed.');
  };
}

/** Checks every entry of both copies. `damaged`: close, and open again with `check: 'whole'`. */
export async function checkJournal(log: MaintainedLog, work: JournalWork, signal: AbortSignal): Promise<Result<null, JournalFailure>> {
  const head = log.completed();
  if (head.kind === 'failed') return head;
  const checked = await work({ kind: 'check', file: log.paths.database, head: head.value }, signal);
  return checked.kind === 'failed' ? checked : log.checkSince(head.value);
}

/** Makes the backup of the day unless there is one, and deletes those that are not kept any more. */
export async function backUpJournal(log: MaintainedLog, work: JournalWork, signal: AbortSignal): Promise<Result<Backup, JournalFailure>> {
  const prepared = await log.prepareBackup();
  if (prepared.kind === 'failed') return prepared;
  if (prepared.value.kind === 'made') return ok(prepared.value.backup);
  const { part } = prepared.value;
  const copied = await work({ kind: 'copy', file: log.paths.database, part }, signal);
  return copied.kind === 'failed' ? copied : log.keepBackup(part, copied.value);
}
