import type { Paper, PrintState, PrintTrouble, PrintingView } from '../../contract/printing.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import { type PrintJobsParts, openPrintJobs } from './kept-print-jobs.ts';
import { type PrintJob, type PrintOrder, copyNumber } from './print-jobs.ts';
import { type Settled, isPaper, lineOf, sending, settle, settleWithoutReceipt } from './print-outcome.ts';
import { type SendOutcome, notSent } from './raw-printer.ts';

/** A printer that was out of paper may have some again. */
const RETRY_AFTER_MS = 10_000;

export type PrintQueueParts = PrintJobsParts & {
  /** Whether a journal is open. Without one, no sale can be read. */
  readonly isOpen: () => boolean;
  /** When the money moved, or the day was closed (UTC, ISO 8601); null: there is no such receipt in this journal, or no money moved. */
  readonly madeAt: (paper: Paper) => string | null;
  /** Makes the receipt and sends it. Never rejects. */
  readonly print: (job: PrintOrder & { readonly copyNumber: number }) => Promise<SendOutcome>;
  readonly timers: Timers;
  readonly onChange: () => void;
};

/** Receipts and reports on their way to the printer, one after the other. Nothing of a sale waits for it, or is changed by it (F-22). */
type PrintQueue = {
  /** Sent as soon as the printer takes it. */
  add(order: PrintOrder): Result<null, { readonly kind: PrintTrouble }>;
  /** It was sent before, or waits. */
  has(order: PrintOrder): boolean;
  /** Its waiting jobs are not printed. */
  skip(paper: Paper): void;
  /** The printer was changed, or a journal was opened: the waiting jobs are tried now. */
  tryNow(): void;
  /** Sends another job between two receipts, once; resolves when it was sent. */
  between(send: () => Promise<SendOutcome>): Promise<SendOutcome>;
  /** The last request. */
  last(): PrintingView['last'];
  close(): void;
};

export function openPrintQueue(parts: PrintQueueParts): PrintQueue {
  const { timers, utcNow, log, onChange } = parts;
  const jobs = openPrintJobs(parts);
  let last: PrintingView['last'] = null;
  let isBusy = false;
  let isClosed = false;
  let callOff = () => {};
  /** A printer takes one job at a time. */
  const inTurn = createSerialQueue();

  function tell(paper: Paper, state: PrintState): void {
    last = { paper, state };
    onChange();
  }

  function sendNextAfter(ms: number): void {
    callOff();
    callOff = timers.after(ms, () => void sendNext());
  }

  async function sendNext(): Promise<void> {
    const [job] = jobs.now().waiting;
    if (isBusy || isClosed || job === undefined || !parts.isOpen()) return;
    const madeAt = parts.madeAt(job.paper);
    if (madeAt === null) {
      finish(job, 0, settleWithoutReceipt(jobs.now(), job));
      return sendNext();
    }
    isBusy = true;
    const number = copyNumber(jobs.now(), job, madeAt);
    const outcome = jobs.keep(sending(jobs.now(), job, madeAt)) ? await inTurn(() => parts.print({ paper: job.paper, copyFor: job.copyFor, copyNumber: number })) : notSent('not-kept');
    isBusy = false;
    // The next job is sent at once, or when the printer may be ready again.
    sendNextAfter(outcome.kind === 'sent' ? 0 : RETRY_AFTER_MS);
    finish(job, number, settle(jobs.now(), job, outcome, utcNow()));
  }

  function finish(job: PrintJob, number: number, { jobs: next, state }: Settled): void {
    jobs.keep(next);
    if (state.kind === 'sent') log('receipt.sent', lineOf(job, { copy: number }));
    else log('receipt.not-sent', lineOf(job, { trouble: state.trouble }));
    tell(job.paper, state);
  }

  return {
    add(order) {
      if (parts.madeAt(order.paper) === null) return failed({ kind: 'no-receipt' });
      if (!jobs.add(order)) return failed({ kind: 'not-kept' });
      tell(order.paper, { kind: 'waiting' });
      sendNextAfter(0);
      return ok(null);
    },
    has: jobs.has,
    skip(paper) {
      jobs.drop(paper);
      if (last !== null && isPaper(last.paper, paper)) last = null;
      onChange();
    },
    tryNow: () => sendNextAfter(0),
    between: inTurn,
    last: () => last,
    close() {
      isClosed = true;
      callOff();
    },
  };
}
