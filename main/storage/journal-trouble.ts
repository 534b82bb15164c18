import { z } from 'zod';
import type { JournalFailure, JournalTrouble } from '../sale/journal.ts';
import { JournalFromNewerCounter } from './migrations.ts';

/** The errors of node:sqlite and node:fs, as far as they are used here. */
const systemError = z.object({ message: z.string(), code: z.string(), errcode: z.number().optional() });

/** https://sqlite.org/rescode.html, primary codes. Any other means that the content is damaged. */
const SQLITE: Readonly<Record<number, JournalTrouble>> = {
  3: 'read-only', // PERM
  5: 'in-use', // BUSY
  6: 'in-use', // LOCKED
  7: 'unknown', // NOMEM
  8: 'read-only', // READONLY
  10: 'unknown', // IOERR
  13: 'disk-full', // FULL
  14: 'read-only', // CANTOPEN
  19: 'unknown', // CONSTRAINT: what was to be written was wrong, not what is there
};
/** SQLite reports "full" for ENOSPC only: a quota, or no space for its index, is a write that failed (IOERR_WRITE, IOERR_SHMSIZE). */
const SQLITE_TAKES_NO_MORE: ReadonlySet<number> = new Set([778, 4874]);
/** A sector that cannot be read (SQLITE_IOERR_READ, _SHORT_READ, _CORRUPTFS) is damage; other disk errors may be temporary. */
const SQLITE_DAMAGED_SECTOR: ReadonlySet<number> = new Set([266, 522, 8458]);

const SYSTEM: Readonly<Record<string, JournalTrouble>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
  EROFS: 'read-only',
  EACCES: 'read-only',
  EPERM: 'read-only',
  ENOENT: 'read-only',
  ENOTDIR: 'read-only',
  EBUSY: 'in-use',
};

const PLAIN_WORDS: Readonly<Record<JournalTrouble, string>> = {
  'disk-full': 'The disk of this PC is full or takes no more, so the sale cannot be written down.',
  'read-only': 'Counter may not write into its folder on this PC, so the sale cannot be written down.',
  'in-use': 'Another program on this PC is using the journal.',
  'newer-counter': 'The journal was written by a newer version of Counter.',
  damaged: 'The journal is damaged and has to be repaired before the next sale.',
  unknown: 'The journal could not be written.',
};

/** Every value, for parsing. */
export const JOURNAL_TROUBLES = ['disk-full', 'read-only', 'in-use', 'newer-counter', 'damaged', 'unknown'] as const satisfies readonly JournalTrouble[];

/** Why the journal could not be written or opened. An error that comes from neither disk nor database is a bug, and is rethrown. */
export function failureOf(error: unknown): JournalFailure {
  const reason = reasonOf(error);
  return { kind: 'journal-unwritable', reason, detail: `${PLAIN_WORDS[reason]} (${error instanceof Error ? error.message : 'unknown'})` };
}

function reasonOf(error: unknown): JournalTrouble {
  if (error instanceof JournalFromNewerCounter) return 'newer-counter';
  if (isDamage(error)) return 'damaged';
  const { data } = systemError.safeParse(error);
  if (data === undefined) throw error;
  if (data.errcode === undefined) return SYSTEM[data.code] ?? 'unknown';
  return SQLITE_TAKES_NO_MORE.has(data.errcode) ? 'disk-full' : (SQLITE[data.errcode & 0xff] ?? 'unknown');
}

/** Whether the content is at fault, and not the PC at this moment. Only then may a file be set aside. */
export function isDamage(error: unknown): boolean {
  if (error instanceof JournalDamaged || error instanceof z.ZodError) return true;
  const { success, data } = systemError.safeParse(error);
  if (!success) return false;
  // A number that is too large for JavaScript: no entry of Counter's has one.
  if (data.code === 'ERR_OUT_OF_RANGE') return true;
  if (data.errcode === undefined) return data.code === 'EIO';
  return SQLITE_DAMAGED_SECTOR.has(data.errcode) || SQLITE[data.errcode & 0xff] === undefined;
}

/** The content was not written by Counter. */
export class JournalDamaged extends Error {}
