import type { KeptDraft } from '../sale/journal.ts';
import type { JournalFiles } from './journal-files.ts';
import { parseDraft } from './journal-rows.ts';

/** What is being typed, in a small file of its own. Whole or old, never half; but nobody waits for the disk. */
export function keepDraft(files: JournalFiles, path: string, draft: KeptDraft): void {
  try {
    files.replaceAtOnce(path, Buffer.from(JSON.stringify({ saleId: draft.saleId, amountInCents: draft.amountInCents, description: draft.description })));
  } catch {
    // The cashier types on; what cannot be kept is only typed again after a crash.
  }
}

/** Bytes: far more than the longest description. */
const LONGEST = 256_000;

/** Null when there is none, or none that can be read. */
export function readDraft(files: JournalFiles, path: string): KeptDraft | null {
  try {
    const size = files.size(path);
    return size === null || size > LONGEST ? null : parseDraft(files.read(path, 0, size).toString('utf8'));
  } catch {
    return null;
  }
}
