import { type Result, failed, ok } from '../../contract/result.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { JournalNotice } from '../../contract/till-snapshot.ts';
import { type SaleMemory, isTampering } from './journal.ts';
import { tookMoney } from './sale.ts';
import type { Timers } from './timers.ts';

/** Repairs of the journal that nobody has been told of yet, and what JustiFi knows of the time that was lost with them. */
export type Repairs = {
  /** What the manager is to be told; null when there is nothing. */
  notice(): JournalNotice | null;
  /** The manager has seen it. Refused while the gap has not been looked into. */
  settle(): Result<null, ChargeProblem>;
  /** JustiFi can be reached again. */
  online(): void;
  close(): void;
};

export type RepairsParts = {
  readonly memory: Pick<SaleMemory, 'untoldRepairs' | 'settleRepair' | 'foundAfter'>;
  /** Asks JustiFi for what the journal lost since then; null where there is nobody to ask (training). */
  readonly fetchGap: ((sinceUtc: string) => Promise<Result<null, { readonly kind: string }>>) | null;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** JustiFi did not answer; `online` may come sooner. */
const ASK_AGAIN_AFTER_MS = 60_000;

export function openRepairs(parts: RepairsParts): Repairs {
  const untold = parts.memory.untoldRepairs();
  if (untold.kind === 'failed') parts.log('journal.repairs-unreadable', { detail: untold.failure.detail });
  let open = untold.kind === 'ok' ? untold.value : [];
  const gapSinceUtc = open.map((repair) => repair.gapSinceUtc).filter((since) => since !== null).toSorted()[0] ?? null;
  let isLookedInto = gapSinceUtc === null || parts.fetchGap === null;
  let isAsking = false;
  let isClosed = false;
  let callOff = () => {};

  async function look(): Promise<void> {
    if (isLookedInto || isAsking || isClosed || parts.fetchGap === null || gapSinceUtc === null) return;
    callOff();
    isAsking = true;
    const fetched = await parts.fetchGap(gapSinceUtc);
    isAsking = false;
    if (hasClosed()) return;
    if (fetched.kind === 'failed') {
      parts.log('journal.gap-unknown', { since: gapSinceUtc, failure: fetched.failure.kind });
      callOff = parts.timers.after(ASK_AGAIN_AFTER_MS, () => void look());
      return;
    }
    isLookedInto = true;
    parts.log('journal.gap-looked-into', { since: gapSinceUtc });
    parts.onChange();
  }

  const hasClosed = () => isClosed;
  void look();

  return {
    notice() {
      const [first] = open;
      if (first === undefined) return null;
      const found = parts.memory.foundAfter(first.sequence);
      const sales = found.kind === 'ok' ? found.value.filter(tookMoney) : [];
      return {
        kind: open.some(isTampering) ? 'tampered' : 'restored',
        gapSinceUtc,
        isLookedInto,
        found: { count: sales.length, amountInCents: sales.reduce((sum, { purchase }) => sum + purchase.totalInCents, 0) },
      };
    },
    settle() {
      if (!isLookedInto) return failed({ kind: 'no-connection' });
      for (const { sequence } of open) {
        if (parts.memory.settleRepair(sequence).kind === 'failed') return failed({ kind: 'journal-unwritable' });
      }
      open = [];
      parts.onChange();
      return ok(null);
    },
    online: () => void look(),
    close() {
      isClosed = true;
      callOff();
    },
  };
}
