import type { Sale } from './sale.ts';
import type { SaleLedger } from './sale-ledger.ts';

/** Whether the checkout of an unresolved sale must have expired, so that the manager may end the sale. A PC's clock that was set decides nothing. */
export type WeekOver = (sale: Extract<Sale, { kind: 'unresolved' }>) => boolean;

type WeekOverParts = {
  /** By the PC's clock. UTC, ISO 8601. */
  readonly utcNow: () => string;
  /** How long the PC has been up, sleep included. */
  readonly upMs: () => number;
  /** By JustiFi's clock, milliseconds since 1970, UTC; null: no answer of this run had its date. */
  readonly justifiNowMs: () => number | null;
};

/** A checkout expires after a week; nothing can be paid on it then. */
const CHECKOUT_LIVES_MS = 7 * 24 * 60 * 60_000;

/**
 * A sale that was left in this run counts by the PC's uptime. One of the last run is old when both clocks say so: the PC's, which wrote when it was left, and
 * JustiFi's.
 */
export function createWeekOver({ utcNow, upMs, justifiNowMs }: WeekOverParts, ledger: Pick<SaleLedger, 'onChange'>): WeekOver {
  const leftAtUpMs = new Map<string, number>();
  ledger.onChange((sale, event) => {
    if (sale.kind !== 'unresolved') leftAtUpMs.delete(sale.id);
    else if (event !== null && !leftAtUpMs.has(sale.id) && (event.kind === 'marked-unresolved' || event.kind === 'found')) leftAtUpMs.set(sale.id, upMs());
  });
  return ({ id, since }) => {
    const leftAt = leftAtUpMs.get(id);
    if (leftAt !== undefined) return upMs() - leftAt >= CHECKOUT_LIVES_MS;
    const now = justifiNowMs();
    return now !== null && Math.min(now, Date.parse(utcNow())) - Date.parse(since) >= CHECKOUT_LIVES_MS;
  };
}
