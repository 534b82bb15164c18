import { Worker } from 'node:worker_threads';
import type { HistoryProblem } from '../../contract/history.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { HistoryPaths } from './history-file.ts';
import type { HistoryAnswers, HistoryTask } from './history-tasks.ts';

/** The history of one register, asked from main's own thread without blocking it. */
export type History = {
  ask<Kind extends HistoryTask['kind']>(task: Extract<HistoryTask, { kind: Kind }>): Promise<Result<HistoryAnswers[Kind], HistoryProblem>>;
  /** Reads what the journal holds before the history is needed. */
  warm(): void;
  close(): void;
};

/** Opens the history of a journal. */
export type OpenHistory = (paths: HistoryPaths, log: (detail: string) => void) => History;

/** MB. A page is small; a fault must not take the memory of the PC. */
const MEMORY_OF_WORKER_MB = 256;
/** A disk that takes longer hangs. */
const LONGEST_MS = 60_000;

/** An answer of the thread. Its file is part of this program, and its answers were parsed there. */
type Said = { readonly id: number } & ({ readonly kind: 'ok'; readonly value: unknown } | { readonly kind: 'failed'; readonly detail: string });

/** In a thread of its own, which runs `workerFile`. One that breaks is started again at the next question. */
export function historyThread(workerFile: string): OpenHistory {
  return (paths, log) => {
    const waiting = new Map<number, (said: Said) => void>();
    let worker: Worker | null = null;
    let isClosed = false;
    let count = 0;

    function start(): Worker {
      // SECURITY: nothing of main's environment, and none of the flags that it was started with.
      const started = new Worker(workerFile, { workerData: paths, env: {}, execArgv: [], resourceLimits: { maxOldGenerationSizeMb: MEMORY_OF_WORKER_MB } });
      started.on('message', (said: Said) => waiting.get(said.id)?.(said));
      started.on('error', (error) => end(started, error.message));
      started.on('exit', (code) => end(started, `it ended with code ${code}`));
      // Counter does not wait for it when it closes.
      started.unref();
      return started;
    }

    function end(ended: Worker, detail: string): void {
      if (worker !== ended) return;
      worker = null;
      for (const [id, tell] of waiting) tell({ id, kind: 'failed', detail });
    }

    function send(task: HistoryTask | { readonly kind: 'catch-up' }): Promise<Said> {
      const id = (count += 1);
      return new Promise((resolve) => {
        const late = setTimeout(() => tell({ id, kind: 'failed', detail: 'It took longer than a minute.' }), LONGEST_MS);
        function tell(said: Said): void {
          clearTimeout(late);
          waiting.delete(id);
          resolve(said);
        }
        waiting.set(id, tell);
        try {
          worker ??= start();
          // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
          worker.postMessage({ id, task });
        } catch (error) {
          tell({ id, kind: 'failed', detail: error instanceof Error ? error.message : String(error) });
        }
      });
    }

    return {
      async ask<Kind extends HistoryTask['kind']>(task: Extract<HistoryTask, { kind: Kind }>): Promise<Result<HistoryAnswers[Kind], HistoryProblem>> {
        if (isClosed) return failed({ kind: 'still-starting' });
        const said = await send(task);
        if (said.kind === 'ok') return ok(said.value as HistoryAnswers[Kind]);
        log(said.detail);
        return failed({ kind: 'history-unreadable' });
      },
      warm() {
        if (!isClosed) void send({ kind: 'catch-up' }).then((said) => said.kind === 'failed' && log(said.detail));
      },
      close() {
        isClosed = true;
        const ended = worker;
        worker = null;
        for (const [id, tell] of waiting) tell({ id, kind: 'failed', detail: 'The register was closed.' });
        void ended?.terminate();
      },
    };
  };
}
