import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import type { JournalFailure, SaleJournal, SaleQueries } from './journal.ts';
import { journalProblem } from './journal-problem.ts';
import type { Sale } from './sale.ts';
import type { Fact, SaleEvent } from './sale-event.ts';
import type { Timers } from './timers.ts';

/** Facts that are not in the journal yet, in their order. They are written again every second until the disk takes them. */
type FactQueue = {
  /** `sale`: as it is after the fact. */
  add(sale: Sale, fact: Fact): void;
  /** About a sale that the ledger does not hold. `onPlaced` is called as soon as the sale can be read in the journal. */
  addUnplaced(saleId: string, fact: Fact): void;
  /** A fact about this sale is not written yet. */
  has(saleId: string): boolean;
  /** Writes what is not written yet. Ok: the journal has every fact. */
  write(): Result<null, ChargeProblem>;
  /** Writes once more what is not written yet. Nothing is tried after that: JustiFi is asked again when the journal is open again. */
  close(): void;
};

type FactQueueParts = JournalWriter & {
  readonly journal: Pick<SaleQueries, 'sale'>;
  readonly timers: Timers;
  /** The sale, if the ledger holds it by now. */
  readonly held: (saleId: string) => Sale | null;
  readonly onWritten: (saleId: string) => void;
  /** The sale as it was, for a fact that had none. Adds the fact. */
  readonly onPlaced: (sale: Sale, fact: Fact) => void;
};

const WRITE_AGAIN_AFTER_MS = 1_000;

export function openFactQueue(parts: FactQueueParts): FactQueue {
  const { journal, timers, log } = parts;
  const unwritten: { readonly sale: Sale; readonly fact: Fact }[] = [];
  const unplaced: { readonly saleId: string; readonly fact: Fact }[] = [];
  let callOff = () => {};
  let isClosed = false;

  function write(): Result<null, ChargeProblem> {
    callOff();
    const placed = place();
    if (placed.kind === 'failed') return later(placed.failure);
    for (let next = unwritten[0]; next !== undefined; next = unwritten[0]) {
      const written = writeEvent(parts, next.sale, next.fact);
      if (written.kind === 'failed') return later(journalProblem(written.failure.reason));
      unwritten.shift();
      parts.onWritten(next.sale.id);
    }
    return ok(null);
  }

  function later(problem: ChargeProblem): Result<never, ChargeProblem> {
    if (!isClosed) callOff = timers.after(WRITE_AGAIN_AFTER_MS, () => disregard(write(), 'it is tried again'));
    return failed(problem);
  }

  /** Ok when every fact has its sale. */
  function place(): Result<null, ChargeProblem> {
    for (let next = unplaced[0]; next !== undefined; next = unplaced[0]) {
      const { saleId, fact } = next;
      const held = parts.held(saleId);
      const found = held === null ? journal.sale(saleId) : ok(held);
      if (found.kind === 'failed') {
        log('ledger.fact-waits', { sale: saleId, event: fact.kind, detail: found.failure.detail });
        return failed({ kind: 'journal-unwritable' });
      }
      unplaced.shift();
      if (found.value === null) log('ledger.sale-unknown', { sale: saleId, event: fact.kind, fact: JSON.stringify(fact) });
      else parts.onPlaced(found.value, fact);
    }
    return ok(null);
  }

  return {
    add: (sale, fact) => void unwritten.push({ sale, fact }),
    addUnplaced: (saleId, fact) => void unplaced.push({ saleId, fact }),
    has: (saleId) => unwritten.some(({ sale }) => sale.id === saleId),
    write,
    close() {
      callOff();
      isClosed = true;
      disregard(write(), 'JustiFi is asked again by the next register');
    },
  };
}

type JournalWriter = {
  readonly journal: SaleJournal;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

/** One entry of the journal, and the line of the log that goes with it. */
export function writeEvent({ journal, log }: JournalWriter, sale: Sale, event: SaleEvent): Result<null, JournalFailure> {
  const written = journal.record(sale, event);
  if (written.kind === 'ok') log(`sale.${event.kind}`, { sale: sale.id, state: sale.kind, checkout: 'checkoutId' in sale ? sale.checkoutId : null });
  else log('journal.unwritable', { sale: sale.id, event: event.kind, detail: written.failure.detail });
  return written;
}
