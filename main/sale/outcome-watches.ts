import type { SaleLedger } from './sale-ledger.ts';
import type { Sale } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';
import { type OutcomeWatch, type OutcomeWatchParts, watchOutcome, watching } from './outcome-watch.ts';

/** Asks JustiFi about every sale of the ledger whose outcome is open, wherever it is: at the counter, in another try, left. */
export type OutcomeWatches = {
  /** A hint says that there may be an answer. */
  askNow(saleId: string): void;
  /** The page saw this HTTP status on the component's own request. */
  saw(saleId: string, status: number): void;
  /** The network is back: do not wait for the timers. */
  askAll(): void;
  close(): void;
};

export type OutcomeWatchesParts = OutcomeWatchParts & {
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function openOutcomeWatches(parts: OutcomeWatchesParts, ledger: SaleLedger): OutcomeWatches {
  const watches = new Map<string, OutcomeWatch>();

  ledger.onChange((sale, event) => {
    const isWatched = watching(sale) !== null;
    if (isWatched && !watches.has(sale.id)) start(sale, event);
    else if (!isWatched) stop(sale.id);
    else if (event !== null && beginsAnew(sale, event)) watches.get(sale.id)?.submitted();
    if (isWatched && event !== null && ASK_AT_ONCE.has(event.kind)) watches.get(sale.id)?.askNow();
  });

  function start({ id }: Sale, event: SaleEvent | null): void {
    const now = () => {
      const sale = ledger.sale(id);
      return sale === null ? null : watching(sale);
    };
    const watch = watchOutcome(
      parts,
      now,
      (outcome) => ledger.learn(id, { kind: 'outcome-known', outcome, at: parts.utcNow() }),
      (why) => parts.log('outcome.unclear', { sale: id, checkout: now()?.checkoutId ?? null, why }),
    );
    watches.set(id, watch);
    if (event === null) watch.askNow();
  }

  function stop(id: string): void {
    watches.get(id)?.stop();
    watches.delete(id);
  }

  return {
    askNow: (saleId) => watches.get(saleId)?.askNow(),
    saw: (saleId, status) => watches.get(saleId)?.saw(status),
    askAll: () => watches.forEach((watch) => watch.askNow()),
    close: () => watches.forEach((watch) => watch.stop()),
  };
}

const ASK_AT_ONCE: ReadonlySet<SaleEvent['kind']> = new Set(['form-lost', 'preparation-failed', 'payment-suspected', 'left-unresolved', 'found']);

/** From when on a request may be under way that JustiFi has not shown. */
function beginsAnew(sale: Sale, { kind }: SaleEvent): boolean {
  if (kind === 'submit-allowed' || kind === 'payment-suspected') return true;
  return (kind === 'form-lost' || kind === 'left-unresolved') && 'attempts' in sale && sale.attempts.open === 0;
}
