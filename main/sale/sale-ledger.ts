import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { UNFINISHED_KINDS, type SaleJournal } from './journal.ts';
import type { Sale } from './sale.ts';
import type { Fact, Intent, SaleEvent } from './sale-event.ts';
import type { Timers } from './timers.ts';
import { intended, learned } from './transition.ts';

/**
 * The one owner of every sale of the register that has an open end: at the counter, left, being reversed. Two ways lead in.
 * An intent is ours: it is journaled first, and what cannot be written does not happen. A fact is JustiFi's, or the page's: it is true
 * at once, and is written again and again until the disk takes it; meanwhile no intent is allowed. Entries keep their order.
 */
export type SaleLedger = {
  /** Null for a sale that has no open end and is not at the counter. */
  sale(id: string): Sale | null;
  sales(): readonly Sale[];
  /** Takes up a sale of the last run, as the journal has it. */
  takeUp(sale: Sale): void;
  /** The sale at the counter: it is kept though its end is not open. Nothing is journaled by this. */
  hold(sale: Sale): void;
  /** Not done: not allowed in this state, or not written. */
  intend(saleId: string, intent: Intent): Result<Sale, ChargeProblem>;
  /** The same for a sale that the ledger does not have yet. */
  begin(sale: Sale, intent: Intent): Result<Sale, ChargeProblem>;
  learn(saleId: string, fact: Fact): void;
  /** Called after each change, with the event that made it; null: the sale was taken up or put at the counter. */
  onChange(listener: (sale: Sale, event: SaleEvent | null) => void): void;
  close(): void;
};

export type SaleLedgerParts = {
  readonly journal: SaleJournal;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

const WRITE_AGAIN_AFTER_MS = 1_000;

export function openSaleLedger({ journal, timers, log }: SaleLedgerParts): SaleLedger {
  const sales = new Map<string, Sale>();
  const listeners: ((sale: Sale, event: SaleEvent | null) => void)[] = [];
  const unwritten: { readonly sale: Sale; readonly event: Fact }[] = [];
  let atCounter: string | null = null;
  let callOff: (() => void) | null = null;

  /** Has the disk taken every fact? */
  function writeFacts(): boolean {
    callOff?.();
    callOff = null;
    for (let next = unwritten[0]; next !== undefined; next = unwritten[0]) {
      if (!write(next.sale, next.event)) {
        callOff = timers.after(WRITE_AGAIN_AFTER_MS, () => void writeFacts());
        return false;
      }
      unwritten.shift();
    }
    return true;
  }

  function write(sale: Sale, event: SaleEvent): boolean {
    const written = journal.record(sale, event);
    if (written.kind === 'ok') {
      log(`sale.${event.kind}`, { sale: sale.id, state: sale.kind, checkout: 'checkoutId' in sale ? sale.checkoutId : null });
      return true;
    }
    log('journal.unwritable', { sale: sale.id, event: event.kind, detail: written.failure.detail });
    return false;
  }

  function put(sale: Sale, event: SaleEvent | null): void {
    if (sale.id === atCounter || hasOpenEnd(sale)) sales.set(sale.id, sale);
    else sales.delete(sale.id);
    for (const listener of listeners) listener(sale, event);
  }

  function intendFor(sale: Sale, intent: Intent): Result<Sale, ChargeProblem> {
    const next = intended(sale, intent);
    if (next.kind === 'failed') {
      log('sale.not-allowed', { sale: sale.id, state: next.failure.sale, event: next.failure.event });
      return failed({ kind: 'sale-in-progress' });
    }
    if (!writeFacts() || !write(next.value, intent)) return failed({ kind: 'journal-unwritable' });
    put(next.value, intent);
    return ok(next.value);
  }

  return {
    sale: (id) => sales.get(id) ?? null,
    sales: () => [...sales.values()],
    takeUp: (sale) => put(sale, null),
    hold(sale) {
      const before = atCounter === null ? undefined : sales.get(atCounter);
      atCounter = sale.id;
      if (before !== undefined && before.id !== sale.id && !hasOpenEnd(before)) sales.delete(before.id);
      put(sale, null);
    },
    intend(saleId, intent) {
      const sale = sales.get(saleId);
      return sale === undefined ? failed({ kind: 'sale-in-progress' }) : intendFor(sale, intent);
    },
    begin: intendFor,
    learn(saleId, fact) {
      const sale = sales.get(saleId);
      if (sale === undefined) return log('ledger.sale-unknown', { sale: saleId, event: fact.kind });
      const next = learned(sale, fact);
      unwritten.push({ sale: next, event: fact });
      // True before it is written: the customer's money does not wait for our disk.
      writeFacts();
      put(next, fact);
    },
    onChange: (listener) => void listeners.push(listener),
    close() {
      callOff?.();
    },
  };
}

function hasOpenEnd({ kind }: Sale): boolean {
  return UNFINISHED_KINDS.includes(kind);
}
