import type { Result } from '../../contract/result.ts';
import type { JournalFailure } from '../sale/journal.ts';
import type { Timers } from '../sale/timers.ts';
import { inPieces } from './in-pieces.ts';
import type { Journal } from './journal.ts';

/** When the morning's rush of starting is over. */
const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 24 * 60 * 60_000;

export type JournalCare = {
  readonly timers: Timers;
  readonly onNoBackup: (failure: JournalFailure) => void;
  /** An entry that was written long ago does not read as it did. */
  readonly onDamaged: (failure: JournalFailure) => void;
};

/**
 * Looks after a journal that is in use, a few milliseconds at a time: the backup of the day and a check of every entry, soon
 * after the start and then once a day, for a till that is never switched off. The returned function ends it.
 */
export function careFor(journal: Pick<Journal, 'backUp' | 'verifyAll'>, { timers, onNoBackup, onDamaged }: JournalCare): () => void {
  let isOver = false;
  const hasEnded = () => isOver;
  let callOff = timers.after(FIRST_AFTER_MS, () => void look());

  async function look(): Promise<void> {
    callOff = timers.after(EVERY_MS, () => void look());
    const verified: Result<null, JournalFailure> = await inPieces(journal.verifyAll());
    if (hasEnded()) return;
    // A damaged journal is not worth a backup; the good ones of the days before are.
    if (verified.kind === 'failed') return onDamaged(verified.failure);
    const backup = await inPieces(journal.backUp());
    if (backup.kind === 'failed' && !hasEnded()) onNoBackup(backup.failure);
  }

  return () => {
    isOver = true;
    callOff();
  };
}
