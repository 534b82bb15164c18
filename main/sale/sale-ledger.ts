import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, disregard, failed, ok } from '../../contract/result.ts';
import { openFactQueue, writeEvent } from './fact-queue.ts';
import { type JournalUnreadable, type SaleJournal, type SaleQueries, UNFINISHED_KINDS } from './journal.ts';
import { journalProblem } from './journal-problem.ts';
import type { Draft, Sale } from './sale.ts';
import type { Fact, Intent, SaleEvent } from './sale-event.ts';
import type { Timers } from './timers.ts';
import { intended, learned } from './transition.ts';

/**
 * Owns every sale of the register that may still change: the sale at the counter, unresolved ones, and those with an open reversal.
 * An intent is ours: it is journaled first, and what cannot be written does not happen. A fact comes from JustiFi or the page: it is true
 * at once, and is written again and again until the disk takes it; until then no intent is allowed. Entries keep their order.
 */
export type SaleLedger = {
  /** Null for a sale that is over, journaled, and not at the counter. */
  sale(id: string): Sale | null;
  /** As it is now, also one that is over. */
  read(id: string): Result<Sale | null, JournalUnreadable>;
  sales(): readonly Sale[];
  /** Adds a sale of the last run, as the journal has it. */
  resume(sale: Sale): void;
  /** Puts a sale at the counter; the ledger keeps it while it is there. Nothing is journaled. */
  putAtCounter(sale: Sale): void;
  /** About the sale as it is now, also one that is over: it is held again if the intent reopens it. Failed: not allowed in this state, or not written. */
  intend(saleId: string, intent: Intent): Result<Sale, ChargeProblem>;
  /** The same for a new sale. */
  begin(draft: Draft, intent: Intent): Result<Sale, ChargeProblem>;
  /** Also about a sale that the ledger no longer holds: it is read from the journal, and held again if the fact reopens it. */
  learn(saleId: string, fact: Fact): void;
  /** Called after each change, with the event that made it; null: the sale was resumed or put at the counter. */
  onChange(listener: (sale: Sale, event: SaleEvent | null) => void): void;
  /** No event is taken after that: the journal is being closed, and the next register asks JustiFi again. */
  close(): void;
};

type SaleLedgerParts = {
  readonly journal: SaleJournal & Pick<SaleQueries, 'sale'>;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function openSaleLedger({ journal, timers, log }: SaleLedgerParts): SaleLedger {
  const held = createHeldSales(journal, (saleId) => facts.has(saleId));
  const listeners: ((sale: Sale, event: SaleEvent | null) => void)[] = [];
  const facts = openFactQueue({
    journal,
    timers,
    log,
    held: held.sale,
    onWritten: held.letGo,
    onPlaced(before, fact) {
      const sale = learned(before, fact);
      facts.add(sale, fact);
      put(sale, fact);
    },
  });

  function put(sale: Sale, event: SaleEvent | null): void {
    held.put(sale);
    for (const listener of listeners) listener(sale, event);
  }

  /** Facts first: a waiting one may be about this sale. */
  function intend(find: () => Result<Sale, ChargeProblem>, intent: Intent): Result<Sale, ChargeProblem> {
    const factsWritten = facts.write();
    if (factsWritten.kind === 'failed') return factsWritten;
    const sale = find();
    if (sale.kind === 'failed') return sale;
    const next = intended(sale.value, intent);
    if (next.kind === 'failed') {
      log('sale.not-allowed', { sale: sale.value.id, state: next.failure.sale, event: next.failure.event });
      return failed({ kind: 'sale-in-progress' });
    }
    const written = writeEvent({ journal, log }, next.value, intent);
    if (written.kind === 'failed') return failed(journalProblem(written.failure.reason));
    put(next.value, intent);
    return ok(next.value);
  }

  return untilClosed(log, {
    sale: held.sale,
    read: held.read,
    sales: held.sales,
    resume: (sale) => put(sale, null),
    putAtCounter(sale) {
      held.moveToCounter(sale.id);
      put(sale, null);
    },
    intend: (saleId, intent) => intend(() => known(held.read(saleId)), intent),
    begin: (draft, intent) => intend(() => ok(draft), intent),
    learn(saleId, fact) {
      const sale = held.sale(saleId);
      const next = sale === null ? null : learned(sale, fact);
      if (next === null) facts.addUnplaced(saleId, fact);
      else facts.add(next, fact);
      // True whether it could be written or not: the customer's money does not wait for our disk.
      disregard(facts.write(), 'it is written again later');
      if (next !== null) put(next, fact);
    },
    onChange: (listener) => void listeners.push(listener),
    close: facts.close,
  });
}

/** One that is over is held while it is at the counter, and for as long as the journal has it as it was before. */
function createHeldSales(journal: Pick<SaleQueries, 'sale'>, isUnwritten: (saleId: string) => boolean) {
  const sales = new Map<string, Sale>();
  let atCounter: string | null = null;

  function letGo(saleId: string): void {
    const sale = sales.get(saleId);
    if (sale !== undefined && saleId !== atCounter && !mayChange(sale) && !isUnwritten(saleId)) sales.delete(saleId);
  }

  return {
    sale: (saleId: string) => sales.get(saleId) ?? null,
    read(saleId: string): Result<Sale | null, JournalUnreadable> {
      const sale = sales.get(saleId);
      return sale === undefined ? journal.sale(saleId) : ok(sale);
    },
    sales: () => [...sales.values()],
    letGo,
    put(sale: Sale) {
      sales.set(sale.id, sale);
      letGo(sale.id);
    },
    moveToCounter(saleId: string) {
      const before = atCounter;
      atCounter = saleId;
      if (before !== null) letGo(before);
    },
  };
}

/** A sale that an intent can be about. */
function known(read: Result<Sale | null, JournalUnreadable>): Result<Sale, ChargeProblem> {
  if (read.kind === 'failed') return failed({ kind: 'journal-unwritable' });
  return read.value === null ? failed({ kind: 'sale-in-progress' }) : ok(read.value);
}

/** An answer that was on its way, or a step that waited for the journal, may come after that. */
function untilClosed(log: SaleLedgerParts['log'], ledger: SaleLedger): SaleLedger {
  let isClosed = false;
  const closed = failed({ kind: 'still-starting' } as const);
  return {
    ...ledger,
    intend: (saleId, intent) => (isClosed ? closed : ledger.intend(saleId, intent)),
    begin: (draft, intent) => (isClosed ? closed : ledger.begin(draft, intent)),
    learn(saleId, fact) {
      if (isClosed) return log('ledger.fact-after-close', { sale: saleId, event: fact.kind });
      ledger.learn(saleId, fact);
    },
    close() {
      ledger.close();
      isClosed = true;
    },
  };
}

function mayChange({ kind }: Sale): boolean {
  return UNFINISHED_KINDS.includes(kind);
}
