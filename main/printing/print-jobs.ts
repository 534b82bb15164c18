import { z } from 'zod';
import { COPIES_FOR, paperName } from '../../contract/printing.ts';
import { printedPaper } from '../../contract/paper.ts';
import { reportedText } from '../../contract/text.ts';

/** A receipt or report that waits to be printed. Kept over restarts: its id only, no text. */
const job = z.object({
  id: reportedText(60),
  paper: printedPaper,
  copyFor: z.enum(COPIES_FOR),
  /** UTC, ISO 8601. */
  askedAt: z.iso.datetime(),
  /** Bytes of it may be on their way. After a restart it is not known whether they arrived. */
  isSending: z.boolean(),
});
export type PrintJob = Readonly<z.infer<typeof job>>;

/** How often a receipt or report was sent, so that a reprint shows its copy number. `madeAt`: when the money moved, or the day was closed. */
const prints = z.object({ paper: printedPaper, copyFor: z.enum(COPIES_FOR), times: z.int().min(1), madeAt: z.iso.datetime() });

export const printJobs = z.object({
  waiting: z.array(job).default([]),
  /** The last ones, oldest first. */
  prints: z.array(prints).default([]),
  /** Nothing older is remembered: it is printed as a copy. Null: everything is remembered. */
  forgottenUntil: z.iso.datetime().nullable().default(null),
});
export type PrintJobs = Readonly<z.infer<typeof printJobs>>;

const REMEMBERED = 1_000;

export type PrintOrder = Pick<PrintJob, 'paper' | 'copyFor'>;

/** 0: the first print. */
export function copyNumber({ prints: known, forgottenUntil }: PrintJobs, order: PrintOrder, madeAt: string): number {
  const times = known.find((each) => isSame(each, order))?.times ?? 0;
  return times === 0 && forgottenUntil !== null && madeAt <= forgottenUntil ? 1 : times;
}

/** It is being sent once more. */
export function withPrint(jobs: PrintJobs, { paper, copyFor }: PrintOrder, madeAt: string): PrintJobs {
  const times = copyNumber(jobs, { paper, copyFor }, madeAt) + 1;
  const others = jobs.prints.filter((each) => !isSame(each, { paper, copyFor }));
  const forgotten = others.slice(0, Math.max(0, others.length + 1 - REMEMBERED)).map((each) => each.madeAt);
  return {
    ...jobs,
    prints: [...others, { paper, copyFor, times, madeAt }].slice(-REMEMBERED),
    forgottenUntil: [jobs.forgottenUntil, ...forgotten].reduce((latest, each) => (latest === null || (each !== null && each > latest) ? each : latest), null),
  };
}

/** It was not sent in the end. */
export function withoutPrint(jobs: PrintJobs, order: PrintOrder): PrintJobs {
  const less = jobs.prints.flatMap((each) => (!isSame(each, order) ? [each] : each.times === 1 ? [] : [{ ...each, times: each.times - 1 }]));
  return { ...jobs, prints: less };
}

/** The waiting job as it is now. */
export function withJob(jobs: PrintJobs, now: PrintJob): PrintJobs {
  return { ...jobs, waiting: jobs.waiting.map((each) => (each.id === now.id ? now : each)) };
}

export function withoutJob(jobs: PrintJobs, { id }: PrintJob): PrintJobs {
  return { ...jobs, waiting: jobs.waiting.filter((each) => each.id !== id) };
}

export function isSame(one: PrintOrder, other: PrintOrder): boolean {
  return one.copyFor === other.copyFor && paperName(one.paper) === paperName(other.paper);
}
