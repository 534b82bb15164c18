import { type Paper, type PrintState, type PrintTrouble, paperName } from '../../contract/printing.ts';
import { type PrintJob, type PrintJobs, type PrintOrder, withJob, withPrint, withoutJob, withoutPrint } from './print-jobs.ts';
import type { SendOutcome } from './raw-printer.ts';

/** An older receipt is of no use by itself: the customer has left. It can still be printed by hand. */
const GIVEN_UP_AFTER_MS = 30 * 60_000;

/** Another try would end the same way. */
const IN_VAIN: ReadonlySet<PrintTrouble> = new Set<PrintTrouble>(['no-printer', 'no-way', 'no-receipt', 'unknown-printer', 'not-kept']);

export type Settled = { readonly jobs: PrintJobs; readonly state: Extract<PrintState, { kind: 'sent' | 'not-sent' }> };

/** The next step after the outcome of this job, and its message. */
export function settle(jobs: PrintJobs, job: PrintJob, outcome: SendOutcome, now: string): Settled {
  if (outcome.kind === 'sent') return { jobs: withoutJob(jobs, job), state: { kind: 'sent' } };
  const { trouble, mayHavePrinted } = outcome;
  const isRetried = !mayHavePrinted && !IN_VAIN.has(trouble) && !isTooOld(job, now);
  const counted = mayHavePrinted ? jobs : withoutPrint(jobs, job);
  return { jobs: isRetried ? withJob(counted, { ...job, isSending: false }) : withoutJob(counted, job), state: { kind: 'not-sent', trouble, isRetried } };
}

/** It is being sent. Kept before the first byte: a power cut must not make an original of what may be on the paper. */
export function sending(jobs: PrintJobs, job: PrintJob, madeAt: string): PrintJobs {
  return withJob(withPrint(jobs, job, madeAt), { ...job, isSending: true });
}

/** A sale of another account, whose journal is not open; or a pending refund that failed. */
export function settleWithoutReceipt(jobs: PrintJobs, job: PrintJob): Settled {
  return { jobs: withoutJob(jobs, job), state: { kind: 'not-sent', trouble: 'no-receipt', isRetried: false } };
}

/** A job that was being sent may be on the paper, and is not sent again; nor is one that is too old. */
export function afterRestart(jobs: PrintJobs, now: string): { readonly jobs: PrintJobs; readonly lost: readonly PrintJob[] } {
  const isLost = (job: PrintJob) => job.isSending || isTooOld(job, now);
  return { jobs: { ...jobs, waiting: jobs.waiting.filter((job) => !isLost(job)) }, lost: jobs.waiting.filter(isLost) };
}

/** A line of the log. */
export function lineOf({ paper, copyFor }: PrintOrder, rest: { readonly trouble: string } | { readonly copy: number }): Readonly<Record<string, string | number>> {
  return { paper: paperName(paper), for: copyFor, ...rest };
}

export function isPaper(one: Paper, other: Paper): boolean {
  return paperName(one) === paperName(other);
}

function isTooOld({ askedAt }: PrintJob, now: string): boolean {
  const ageMs = Date.parse(now) - Date.parse(askedAt);
  // A clock that was set back makes it older than it is, never younger.
  return ageMs > GIVEN_UP_AFTER_MS || ageMs < 0;
}
