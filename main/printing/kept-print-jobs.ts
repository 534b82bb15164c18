import type { Paper } from '../../contract/printing.ts';
import type { Result } from '../../contract/result.ts';
import { type PrintJobs, type PrintOrder, isSame } from './print-jobs.ts';
import { afterRestart, isPaper, lineOf } from './print-outcome.ts';

export type PrintJobsParts = {
  /** Kept over restarts. */
  readonly file: { read(): PrintJobs; write(next: PrintJobs): Result<null, unknown> };
  readonly utcNow: () => string;
  readonly newId: () => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
};

/** The waiting jobs, and how often each receipt was sent. */
type KeptPrintJobs = {
  now(): PrintJobs;
  /** False: it is in memory only. */
  keep(next: PrintJobs): boolean;
  /** It was sent before, or waits. */
  has(order: PrintOrder): boolean;
  /** Removes its waiting jobs; a job that is being sent goes on. */
  drop(paper: Paper): void;
  /** Adds a job, unless it waits already. False: it could not be saved, and does not wait. */
  add(order: PrintOrder): boolean;
};

export function openPrintJobs({ file, utcNow, newId, log }: PrintJobsParts): KeptPrintJobs {
  const { jobs: left, lost } = afterRestart(file.read(), utcNow());
  let jobs = left;
  for (const job of lost) log('receipt.not-sent', lineOf(job, { trouble: job.isSending ? 'cut-off' : 'too-old' }));

  function keep(next: PrintJobs): boolean {
    jobs = next;
    return file.write(next).kind === 'ok';
  }

  return {
    now: () => jobs,
    keep,
    has: (order) => [...jobs.waiting, ...jobs.prints].some((each) => isSame(each, order)),
    drop: (paper) => void keep({ ...jobs, waiting: jobs.waiting.filter((each) => !isPaper(each.paper, paper) || each.isSending) }),
    add({ paper, copyFor }) {
      if (jobs.waiting.some((each) => isSame(each, { paper, copyFor }) && !each.isSending)) return true;
      const before = jobs;
      const isKept = keep({ ...jobs, waiting: [...jobs.waiting, { id: newId(), paper, copyFor, askedAt: utcNow(), isSending: false }] });
      if (!isKept) jobs = before;
      return isKept;
    },
  };
}
