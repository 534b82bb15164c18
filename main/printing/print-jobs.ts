import { z } from 'zod';
import { COPIES_FOR } from '../../contract/printing.ts';
import { reportedText } from '../../contract/text.ts';

/** A receipt that waits to be printed. Kept over restarts: no text of it, only which one. */
const job = z.object({
  id: reportedText(60),
  saleId: reportedText(60),
  copyFor: z.enum(COPIES_FOR),
  /** UTC, ISO 8601. */
  askedAt: z.iso.datetime(),
  /** Bytes of it may be on their way. After a restart it is not known whether they arrived. */
  isSending: z.boolean(),
});
export type PrintJob = Readonly<z.infer<typeof job>>;

/** How often a receipt was sent, so that a reprint says which copy it is. */
const prints = z.object({ saleId: reportedText(60), copyFor: z.enum(COPIES_FOR), times: z.int().min(1), soldAt: z.iso.datetime() });

export const printJobs = z.object({
  waiting: z.array(job).default([]),
  /** The last ones, oldest first. */
  prints: z.array(prints).default([]),
  /** Of sales from before this nothing is remembered: what is printed of them says that it is a copy. Null: everything is remembered. */
  forgottenUntil: z.iso.datetime().nullable().default(null),
});
export type PrintJobs = Readonly<z.infer<typeof printJobs>>;

const REMEMBERED = 1_000;

/** 0: the first print of this receipt. */
export function copyNumber({ prints: known, forgottenUntil }: PrintJobs, { saleId, copyFor }: Pick<PrintJob, 'saleId' | 'copyFor'>, soldAt: string): number {
  const times = known.find((each) => each.saleId === saleId && each.copyFor === copyFor)?.times ?? 0;
  return times === 0 && forgottenUntil !== null && soldAt <= forgottenUntil ? 1 : times;
}

/** This receipt is being sent once more. */
export function withPrint(jobs: PrintJobs, { saleId, copyFor }: Pick<PrintJob, 'saleId' | 'copyFor'>, soldAt: string): PrintJobs {
  const times = copyNumber(jobs, { saleId, copyFor }, soldAt) + 1;
  const others = jobs.prints.filter((each) => each.saleId !== saleId || each.copyFor !== copyFor);
  const forgotten = others.slice(0, Math.max(0, others.length + 1 - REMEMBERED)).map((each) => each.soldAt);
  return {
    ...jobs,
    prints: [...others, { saleId, copyFor, times, soldAt }].slice(-REMEMBERED),
    forgottenUntil: [jobs.forgottenUntil, ...forgotten].reduce((latest, each) => (latest === null || (each !== null && each > latest) ? each : latest), null),
  };
}

/** It was not sent after all. */
export function withoutPrint(jobs: PrintJobs, { saleId, copyFor }: Pick<PrintJob, 'saleId' | 'copyFor'>): PrintJobs {
  const less = jobs.prints.flatMap((each) => (each.saleId !== saleId || each.copyFor !== copyFor ? [each] : each.times === 1 ? [] : [{ ...each, times: each.times - 1 }]));
  return { ...jobs, prints: less };
}
