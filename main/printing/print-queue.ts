import { type Paper, type PrintState, type PrintTrouble, type PrintingView, paperName } from '../../contract/printing.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { createSerialQueue } from '../sale/serial-queue.ts';
import type { Timers } from '../sale/timers.ts';
import { type PrintJob, type PrintJobs, type PrintOrder, copyNumber, isSame, withPrint, withoutPrint } from './print-jobs.ts';
import { type SendOutcome, notSent } from './raw-printer.ts';

/** A printer that is out of paper has some again. */
const RETRY_AFTER_MS = 10_000;
/** An older receipt is of no use by itself: the customer has left. It can still be printed by hand. */
const GIVEN_UP_AFTER_MS = 30 * 60_000;

/** Another try would end the same way. */
const IN_VAIN: ReadonlySet<PrintTrouble> = new Set<PrintTrouble>(['no-printer', 'no-way', 'no-receipt', 'unknown-printer', 'not-kept']);

export type PrintQueueParts = {
  /** Kept over restarts. */
  readonly file: { read(): PrintJobs; write(next: PrintJobs): Result<null, unknown> };
  /** Is a journal open? Without one, no sale can be read. */
  readonly isOpen: () => boolean;
  /** When the money moved, or the day was closed (UTC, ISO 8601); null: there is no such receipt here, or no money moved. */
  readonly madeAt: (paper: Paper) => string | null;
  /** Makes the receipt and sends it. Answers always. */
  readonly print: (job: PrintOrder & { readonly copyNumber: number }) => Promise<SendOutcome>;
  readonly timers: Timers;
  readonly utcNow: () => string;
  readonly newId: () => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
  readonly onChange: () => void;
};

/** Receipts and reports on their way to the printer, one after the other. Nothing of a sale waits for it, or is changed by it (F-22). */
type PrintQueue = {
  /** Sent as soon as the printer takes it. */
  add(order: PrintOrder): Result<null, { readonly kind: PrintTrouble }>;
  /** It was sent before, or waits. */
  has(order: PrintOrder): boolean;
  /** What of it still waits is not printed. */
  skip(paper: Paper): void;
  /** The printer was changed, or a journal was opened: what waits is tried now. */
  tryNow(): void;
  /** Sends something else between two receipts, once; the answer comes when it was sent. */
  between(send: () => Promise<SendOutcome>): Promise<SendOutcome>;
  /** What was asked for last. */
  last(): PrintingView['last'];
  close(): void;
};

export function openPrintQueue(parts: PrintQueueParts): PrintQueue {
  const { file, timers, log, onChange } = parts;
  let jobs = afterRestart(file.read(), parts);
  let last: PrintingView['last'] = null;
  let isBusy = false;
  let isClosed = false;
  let callOff = () => {};
  /** A printer takes one thing at a time. */
  const inTurn = createSerialQueue();

  function keep(next: PrintJobs): boolean {
    jobs = next;
    return file.write(next).kind === 'ok';
  }

  function tell(paper: Paper, state: PrintState): void {
    last = { paper, state };
    onChange();
  }

  function waitingWith(job: PrintJob): PrintJob[] {
    return jobs.waiting.map((each) => (each.id === job.id ? job : each));
  }

  function sendNextAfter(ms: number): void {
    callOff();
    callOff = timers.after(ms, () => void sendNext());
  }

  async function sendNext(): Promise<void> {
    const [job] = jobs.waiting;
    if (isBusy || isClosed || job === undefined || !parts.isOpen()) return;
    const { paper, copyFor } = job;
    const madeAt = parts.madeAt(paper);
    if (madeAt === null) {
      // A sale of another account, whose journal is not open now; or a refund that was pending, and failed.
      keep({ ...jobs, waiting: jobs.waiting.filter(({ id }) => id !== job.id) });
      log('receipt.not-sent', { paper: paperName(paper), for: copyFor, trouble: 'no-receipt' });
      tell(paper, { kind: 'not-sent', trouble: 'no-receipt', isRetried: false });
      return sendNext();
    }
    isBusy = true;
    const number = copyNumber(jobs, job, madeAt);
    // Before the first byte: a power cut must not make an original of what may be on the paper.
    const isKept = keep({ ...withPrint(jobs, job, madeAt), waiting: waitingWith({ ...job, isSending: true }) });
    const outcome = isKept ? await inTurn(() => parts.print({ paper, copyFor, copyNumber: number })) : notSent('not-kept');
    isBusy = false;
    finish(job, number, outcome);
  }

  /** What follows is sent at once, or when the printer may be ready again. */
  function finish(job: PrintJob, number: number, outcome: SendOutcome): void {
    const { paper, copyFor } = job;
    const others = jobs.waiting.filter(({ id }) => id !== job.id);
    sendNextAfter(outcome.kind === 'sent' ? 0 : RETRY_AFTER_MS);
    if (outcome.kind === 'sent') {
      keep({ ...jobs, waiting: others });
      log('receipt.sent', { paper: paperName(paper), for: copyFor, copy: number });
      return tell(paper, { kind: 'sent' });
    }
    const { trouble, mayHavePrinted } = outcome;
    log('receipt.not-sent', { paper: paperName(paper), for: copyFor, trouble });
    const isRetried = !mayHavePrinted && !IN_VAIN.has(trouble) && !isTooOld(job, parts.utcNow());
    const counted = mayHavePrinted ? jobs : withoutPrint(jobs, job);
    keep({ ...counted, waiting: isRetried ? waitingWith({ ...job, isSending: false }) : others });
    tell(paper, { kind: 'not-sent', trouble, isRetried });
  }

  return {
    add({ paper, copyFor }) {
      if (parts.madeAt(paper) === null) return failed({ kind: 'no-receipt' });
      const isWaiting = jobs.waiting.some((each) => isSame(each, { paper, copyFor }) && !each.isSending);
      const before = jobs;
      if (!isWaiting && !keep({ ...jobs, waiting: [...jobs.waiting, { id: parts.newId(), paper, copyFor, askedAt: parts.utcNow(), isSending: false }] })) {
        jobs = before;
        return failed({ kind: 'not-kept' });
      }
      tell(paper, { kind: 'waiting' });
      sendNextAfter(0);
      return ok(null);
    },
    has: (order) => [...jobs.waiting, ...jobs.prints].some((each) => isSame(each, order)),
    skip(paper) {
      const isMeant = (other: Paper) => paperName(other) === paperName(paper);
      keep({ ...jobs, waiting: jobs.waiting.filter((each) => !isMeant(each.paper) || each.isSending) });
      if (last !== null && isMeant(last.paper)) last = null;
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

/** What was being sent may be on the paper, and is not sent again; what is too old isn't either. */
function afterRestart(jobs: PrintJobs, { utcNow, log }: Pick<PrintQueueParts, 'utcNow' | 'log'>): PrintJobs {
  const now = utcNow();
  const isLost = (job: PrintJob) => job.isSending || isTooOld(job, now);
  for (const { paper, copyFor, isSending } of jobs.waiting.filter(isLost)) log('receipt.not-sent', { paper: paperName(paper), for: copyFor, trouble: isSending ? 'cut-off' : 'too-old' });
  return { ...jobs, waiting: jobs.waiting.filter((job) => !isLost(job)) };
}

function isTooOld({ askedAt }: PrintJob, now: string): boolean {
  const ageMs = Date.parse(now) - Date.parse(askedAt);
  // A clock that was set back makes it older than it is, never younger.
  return ageMs > GIVEN_UP_AFTER_MS || ageMs < 0;
}
