import type { SaleLedger } from './sale-ledger.ts';
import type { Sale } from './sale.ts';
import type { RequestRefusal } from './tender.ts';
import { type OutcomeWatch, type OutcomeWatchParts, openOutcomeWatch } from './outcome-watch.ts';
import { type SaleEvent, outcomeKnown } from './sale-event.ts';
import { watchPlan } from './watch-plan.ts';

/** Asks JustiFi about every sale of the ledger whose outcome is open: at the counter, during a retry, or unresolved. */
export type OutcomeWatches = {
  /** There may be an answer. */
  askNow(saleId: string): void;
  /** The page saw this HTTP status on the component's own request. */
  saw(saleId: string, status: number): void;
  /** Main itself sends a request to pay: the time to wait begins anew. */
  submitted(saleId: string): void;
  /** JustiFi's own answer to main's request to pay: it was not taken. */
  refused(saleId: string, refusal: RequestRefusal): void;
  /** The network is back: do not wait for the timers. */
  askAll(): void;
  close(): void;
};

type OutcomeWatchesParts = OutcomeWatchParts & {
  /** UTC, ISO 8601. Written down, never decided by. */
  readonly utcNow: () => string;
  readonly businessDay: (utc: string) => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

export function openOutcomeWatches(parts: OutcomeWatchesParts, ledger: SaleLedger): OutcomeWatches {
  const watches = new Map<string, OutcomeWatch>();

  ledger.onChange((sale, event) => {
    const isWatched = watchPlan(sale) !== null;
    if (isWatched && !watches.has(sale.id)) start(sale, event);
    else if (!isWatched) stop(sale.id);
    else if (event !== null && restartsWait(sale, event)) watches.get(sale.id)?.submitted();
    if (isWatched && event !== null && ASK_AT_ONCE.has(event.kind)) watches.get(sale.id)?.askNow();
  });

  function start({ id }: Sale, event: SaleEvent | null): void {
    const plan = () => {
      const sale = ledger.sale(id);
      return sale === null ? null : watchPlan(sale);
    };
    let lastWhy = '';
    const watch = openOutcomeWatch(
      parts,
      plan,
      (outcome) => ledger.learn(id, outcomeKnown(outcome, parts)),
      (why) => {
        // Once for each answer: at a reader JustiFi is asked sixty times, about a link for a week.
        if (why !== lastWhy) parts.log('outcome.unclear', { sale: id, checkout: plan()?.checkoutId ?? null, why });
        lastWhy = why;
      },
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
    submitted: (saleId) => watches.get(saleId)?.submitted(),
    refused(saleId, refusal) {
      watches.get(saleId)?.refused(refusal);
      watches.get(saleId)?.askNow();
    },
    askAll: () => watches.forEach((watch) => watch.askNow()),
    close: () => watches.forEach((watch) => watch.close()),
  };
}

const ASK_AT_ONCE: ReadonlySet<SaleEvent['kind']> = new Set(['form-lost', 'preparation-failed', 'payment-suspected', 'marked-unresolved', 'found', 'link-shown']);

/** After these events a request may be under way that JustiFi has not shown. */
function restartsWait(sale: Sale, { kind }: SaleEvent): boolean {
  if (kind === 'submit-allowed' || kind === 'payment-suspected') return true;
  return (kind === 'form-lost' || kind === 'marked-unresolved') && 'attempts' in sale && sale.attempts.open === 0;
}
