import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure } from '../sale/journal.ts';
import { checkCopy, copyDatabase, hasRoomForBackup } from './journal-backup.ts';
import type { DatedHead, Head } from './journal-chain.ts';
import { type Finding, checkMirror, checkWhole } from './journal-check.ts';
import { type OpenDatabase, readEntries } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { listSegments } from './journal-mirror.ts';
import { journalPathsOf } from './journal-paths.ts';
import { failureOf } from './journal-trouble.ts';

/** A task that takes seconds with years of sales, done outside the main thread while sales go on. Plain data; `file` is the database. */
export type JournalTask =
  /** Reads every entry of both copies up to `head`, which both hold. */
  | { readonly kind: 'check'; readonly file: string; readonly head: Head }
  /** Makes a copy under the name `part`, durable and checked. The caller renames it. */
  | { readonly kind: 'copy'; readonly file: string; readonly part: string };

/** How far the database or the copy reaches. Never throws; `damaged` is the journal in a check, and the copy in a copy. */
export type JournalWork = (task: JournalTask, signal: AbortSignal) => Promise<Result<DatedHead, JournalFailure>>;

type WorkParts = { readonly files: JournalFiles; readonly open: OpenDatabase };

/** Does the task in this thread. It only reads the journal, and writes only the file of the copy. */
export async function doJournalTask(parts: WorkParts, task: JournalTask): Promise<Result<DatedHead, JournalFailure>> {
  try {
    return task.kind === 'check' ? check(parts, task.file, task.head) : await copy(parts, task.file, task.part);
  } catch (error) {
    return failed(failureOf(error));
  }
}

function check({ files, open }: WorkParts, file: string, head: Head): Result<DatedHead, JournalFailure> {
  const database = open(file, { readOnly: true });
  try {
    // In one transaction: newer sales are not checked.
    database.exec('BEGIN');
    const checked = checkWhole(database);
    if (checked.kind === 'failed') return damaged(checked.failure);
    const reader = readEntries(database);
    if (reader.headUpTo(head.sequence).link !== head.link) return damaged({ flaw: 'altered', detail: `entry ${head.sequence} was another one` });
    const finding = checkMirror(reader, files, listSegments(files, journalPathsOf(file).mirror), head.sequence);
    return finding === null ? checked : damaged(finding);
  } finally {
    database.close();
  }
}

async function copy({ files, open }: WorkParts, file: string, part: string): Promise<Result<DatedHead, JournalFailure>> {
  if (!hasRoomForBackup(files, journalPathsOf(file))) return failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: 'There is too little room on the disk for a backup of the journal.' });
  let isKept = false;
  try {
    await copyDatabase(files, open, file, part);
    const checked = checkCopy(files, open, part);
    if (checked.kind === 'failed') return damaged(checked.failure);
    isKept = true;
    return ok(checked.value);
  } finally {
    if (!isKept) files.remove(part);
  }
}

function damaged({ detail }: Finding): Result<never, JournalFailure> {
  return failed({ kind: 'journal-unwritable', reason: 'damaged', detail });
}
