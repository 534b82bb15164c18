import { join } from 'node:path';
import { type OpenHistory, historyThread } from '../history/history-thread.ts';
import { journalThread } from '../storage/journal-thread.ts';
import type { JournalWork } from '../storage/journal-work.ts';

/** The work outside main's own thread, so that a sale never waits for a read of years of sales. */
type Threads = { readonly journalWork: JournalWork; readonly openHistory: OpenHistory };

/** `folder`: of the bundles that they run. */
export function threadsIn(folder: string): Threads {
  return { journalWork: journalThread(join(folder, 'journal-worker.cjs')), openHistory: historyThread(join(folder, 'history-worker.cjs')) };
}
