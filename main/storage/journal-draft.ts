import type { KeptDraft } from '../sale/journal.ts';
import type { JournalFiles } from './journal-files.ts';
import type { PcClock } from '../sale/pc-clock.ts';
import { type ClockedDraft, parseDraft } from './journal-rows.ts';

/** The typed text, in a small file of its own. Never half written, but not synced to the disk. */
export function keepDraft(files: JournalFiles, path: string, { saleId, amountInCents, description }: KeptDraft, { utc, upMs }: PcClock): void {
  try {
    files.replaceAtOnce(path, Buffer.from(JSON.stringify({ saleId, amountInCents, description, clock: { utc, upMs } })));
  } catch {
    // The cashier goes on typing; an unsaved text only has to be typed again after a crash.
  }
}

/** Bytes, far more than the longest description. */
const LONGEST = 256_000;

/** Null when there is none, or none that can be read. */
export function readDraft(files: JournalFiles, path: string): ClockedDraft | null {
  try {
    const size = files.size(path);
    return size === null || size > LONGEST ? null : parseDraft(files.read(path, 0, size).toString('utf8'));
  } catch {
    return null;
  }
}
