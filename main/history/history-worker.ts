import { setImmediate } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { type HistoryPaths } from './history-file.ts';
import { type HistoryTask, createHistoryTasks } from './history-tasks.ts';

/** The code of the history's thread (history-thread.ts), built as a file of its own (vite.config.ts). It runs as long as its register. */
const port = parentPort;
const tasks = createHistoryTasks(workerData as HistoryPaths, () => setImmediate());

async function answer(id: number, task: HistoryTask | { readonly kind: 'catch-up' }): Promise<void> {
  try {
    const value = task.kind === 'catch-up' ? (await tasks.catchUp(), null) : await tasks.do(task);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    port?.postMessage({ id, kind: 'ok', value });
  } catch (error) {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    port?.postMessage({ id, kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
  }
}

port?.on('message', ({ id, task }: { readonly id: number; readonly task: HistoryTask }) => void answer(id, task));
