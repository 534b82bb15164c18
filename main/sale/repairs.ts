import type { ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { JournalNotice } from '../../contract/till-snapshot.ts';
import { type GapSearchParts, openGapSearch } from './gap-search.ts';
import { type SaleQueries, type UntoldRepair, isTampering } from './journal.ts';
import { tookMoney } from './sale.ts';

/** Repairs of the journal that the manager has not acknowledged, and the search at JustiFi for the entries that were lost with them. */
export type Repairs = {
  /** The notice for the manager; null: none. */
  notice(): JournalNotice | null;
  /** The manager has seen it. Refused until JustiFi was asked about the gap. */
  acknowledge(): Result<null, ChargeProblem>;
  /** JustiFi can be reached again. */
  online(): void;
  close(): void;
};

type RepairsParts = GapSearchParts & {
  readonly journal: Pick<SaleQueries, 'untoldRepairs' | 'acknowledgeRepair' | 'foundAfter'>;
};

/** The journal was held by another program. */
const READ_AGAIN_AFTER_MS = 15_000;

export function openRepairs(parts: RepairsParts): Repairs {
  let repairs: readonly UntoldRepair[] = [];
  let gapSinceUtc: string | null = null;
  let gap = openGapSearch(parts, null);
  let callOff = () => {};

  function read(): void {
    const untold = parts.journal.untoldRepairs();
    if (untold.kind === 'failed') {
      parts.log('journal.repairs-unreadable', { detail: untold.failure.detail });
      callOff = parts.timers.after(READ_AGAIN_AFTER_MS, () => {
        read();
        parts.onChange();
      });
      return;
    }
    repairs = untold.value;
    gapSinceUtc = repairs.map((repair) => repair.gapSinceUtc).filter((since) => since !== null).toSorted()[0] ?? null;
    gap = openGapSearch(parts, gapSinceUtc);
  }

  read();
  return {
    notice() {
      const [first] = repairs;
      if (first === undefined) return null;
      const found = parts.journal.foundAfter(first.sequence);
      const sales = found.kind === 'ok' ? found.value.filter(tookMoney) : [];
      const { onOtherPc, unreadable, isComplete } = gap.remainder();
      return {
        kind: repairs.some(isTampering) ? 'tampered' : 'restored',
        gapSinceUtc,
        isLookedInto: gap.isDone(),
        found: { count: sales.length, amountInCents: sales.reduce((sum, { purchase }) => sum + purchase.totalInCents, 0) },
        onOtherPc: onOtherPc.filter(({ isPaid }) => isPaid).length,
        unreadable,
        isComplete: isComplete && found.kind === 'ok',
      };
    },
    acknowledge() {
      if (!gap.isDone()) return failed({ kind: 'no-connection', trouble: 'no-answer', code: 'not-looked-into' });
      for (const { sequence } of repairs) {
        if (parts.journal.acknowledgeRepair(sequence).kind === 'failed') return failed({ kind: 'journal-unwritable' });
      }
      repairs = [];
      parts.onChange();
      return ok(null);
    },
    online: () => gap.online(),
    close() {
      callOff();
      gap.close();
    },
  };
}
