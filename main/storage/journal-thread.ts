import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalFailure } from '../sale/journal.ts';
import type { DatedHead } from './journal-chain.ts';
import type { JournalTask, JournalWork } from './journal-work.ts';
import { JOURNAL_TROUBLES } from './journal-trouble.ts';

/** MB. A check holds some hundred entries at a time; a fault in it must not take the memory of the PC. V8 ends the thread, or, where one value is too large for what is left, the whole process. */
const MEMORY_OF_WORKER_MB = 256;

const failure = z.object({ kind: z.literal('journal-unwritable'), reason: z.enum(JOURNAL_TROUBLES), detail: z.string() });
const answer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ok'), value: z.object({ sequence: z.int(), link: z.string(), at: z.string().nullable() }) }),
  z.object({ kind: z.literal('failed'), failure }),
]);

/**
 * Does each task in a thread of its own, which runs `workerFile` and ends with it. A thread that crashes, or is stopped while it is under way, is a
 * failure; at most it leaves the file of an unfinished copy on the disk.
 */
export function journalThread(workerFile: string): JournalWork {
  return (task, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve(broken(String(signal.reason)));
      const started = startWorker(workerFile, task);
      if (started.kind === 'failed') return resolve(broken(started.failure));
      const worker = started.value;
      const calledOff = () => end(broken(String(signal.reason)));

      function end(result: Result<DatedHead, JournalFailure>): void {
        signal.removeEventListener('abort', calledOff);
        resolve(result);
        // Ends as soon as SQLite returns from its present call.
        void worker.terminate();
      }

      worker.once('message', (said: unknown) => end(read(said)));
      worker.on('error', (error) => end(broken(messageOf(error))));
      worker.once('exit', (code) => end(broken(`it ended with code ${code}`)));
      signal.addEventListener('abort', calledOff, { once: true });
    });
}

function startWorker(workerFile: string, task: JournalTask): Result<Worker, string> {
  try {
    // SECURITY: nothing of main's environment, and none of the flags that it was started with.
    return ok(new Worker(workerFile, { workerData: task, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MEMORY_OF_WORKER_MB } }));
  } catch (error) {
    return failed(messageOf(error));
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function read(said: unknown): Result<DatedHead, JournalFailure> {
  const parsed = answer.safeParse(said);
  if (!parsed.success) return broken('it said something else');
  return parsed.data.kind === 'ok' ? ok(parsed.data.value) : failed(parsed.data.failure);
}

function broken(detail: string): Result<never, JournalFailure> {
  return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: `The thread that looks after the journal broke off. (${detail})` });
}
