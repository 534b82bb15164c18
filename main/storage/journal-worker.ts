import { parentPort, workerData } from 'node:worker_threads';
import { openSqlite } from './journal-database.ts';
import { nodeFiles } from './journal-files.ts';
import { type JournalTask, doJournalTask } from './journal-work.ts';

/** The code of the thread beside main (journal-thread.ts), built as a file of its own (vite.config.ts): one task, one answer. */
async function work(task: JournalTask): Promise<void> {
  const done = await doJournalTask({ files: nodeFiles, open: openSqlite }, task);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(done);
}

void work(workerData);
