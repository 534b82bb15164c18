import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, JournalHealth } from '../sale/journal.ts';
import type { Timers } from '../sale/timers.ts';
import { type AppendOnlyLog, type JournalParts, type NewEntry, openAppendOnlyLog } from './append-only-log.ts';
import { maintainJournal } from './journal-maintenance.ts';
import type { JournalWork } from './journal-work.ts';

/** An append-only log that is repaired when it breaks in use, and tried again until it can be opened and written. */
export type RecoveringLog = {
  /** Null: it is not open now. */
  current(): AppendOnlyLog | null;
  /** Why no entry can be written now; null: it can, as far as is known. */
  failure(): JournalFailure | null;
  /** Durable when it returns ok. */
  write(entry: NewEntry): Result<null, JournalFailure>;
  close(): void;
};

export type RecoveringLogParts = Omit<JournalParts, 'check'> & {
  readonly timers: Timers;
  readonly work: JournalWork;
  /** The entry to write first when the log can be written again; null: none. */
  readonly missedEntry: () => NewEntry | null;
  /** Called with damage found at the start or during use. */
  readonly onHealth: (health: JournalHealth) => void;
  /** `isChange`: it cannot be written any more, or the reason has changed. */
  readonly onTrouble: (failure: JournalFailure, isChange: boolean) => void;
  readonly onWritable: () => void;
};

/** A full disk may have room again; the till should not need a restart for that. */
const AGAIN_AFTER_MS = 15_000;
/** Another program seldom holds it for long. */
const IN_USE_AGAIN_AFTER_MS = 1_000;

const CLOSED: JournalFailure = { kind: 'journal-unwritable', reason: 'unknown', detail: 'The log is closed.' };

export function openRecoveringLog(parts: RecoveringLogParts): RecoveringLog {
  let opened: MaintainedLog | null = null;
  let failure: JournalFailure | null = null;
  let callOffAgain = () => {};

  function open(check: 'tail' | 'whole'): void {
    const found = openMaintained(parts, check, repair);
    if (found.kind === 'failed') return cannot(found.failure);
    opened = found.value;
    if (failure !== null) catchUp();
  }

  function repair(): void {
    letGo();
    open('whole');
  }

  function letGo(): void {
    opened?.close();
    opened = null;
  }

  function cannot(found: JournalFailure): void {
    const isChange = failure?.reason !== found.reason;
    failure = found;
    callOffAgain();
    callOffAgain = parts.timers.after(found.reason === 'in-use' ? IN_USE_AGAIN_AFTER_MS : AGAIN_AFTER_MS, () => (found.reason === 'damaged' ? repair() : opened === null ? open('tail') : catchUp()));
    if (isChange) parts.onTrouble(found, true);
  }

  function catchUp(): void {
    const missed = parts.missedEntry();
    if (missed !== null && append(missed).kind === 'failed') return;
    failure = null;
    callOffAgain();
    parts.onWritable();
  }

  function append(entry: NewEntry): Result<null, JournalFailure> {
    if (opened === null) return failed(failure ?? CLOSED);
    const written = opened.log.append(entry);
    if (written.kind === 'failed') cannot(written.failure);
    return written;
  }

  open('tail');

  return {
    current: () => opened?.log ?? null,
    failure: () => failure,
    write(entry) {
      if (failure !== null && opened !== null) catchUp();
      const written = failure === null ? append(entry) : failed(failure);
      if (written.kind === 'ok' || written.failure.reason !== 'damaged' || opened === null) return written;
      repair();
      return failure === null ? append(entry) : written;
    },
    close() {
      callOffAgain();
      letGo();
    },
  };
}

type MaintainedLog = { readonly log: AppendOnlyLog; close(): void };

/** With a check of every entry and a backup each day. */
function openMaintained(parts: RecoveringLogParts, check: 'tail' | 'whole', onDamaged: () => void): Result<MaintainedLog, JournalFailure> {
  const opened = openAppendOnlyLog({ ...parts, check });
  if (opened.kind === 'failed') return opened;
  const { log, health } = opened.value;
  const noteTrouble = (failure: JournalFailure) => parts.onTrouble(failure, false);
  const endMaintenance = maintainJournal(log, {
    timers: parts.timers,
    work: parts.work,
    onNoBackup: noteTrouble,
    onNotChecked: noteTrouble,
    onDamaged(failure) {
      noteTrouble(failure);
      onDamaged();
    },
  });
  if (health.kind !== 'sound') parts.onHealth(health);
  return ok({
    log,
    close() {
      endMaintenance();
      log.close();
    },
  });
}
