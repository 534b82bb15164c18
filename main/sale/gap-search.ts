import { type Result, failed } from '../../contract/result.ts';
import type { Comparison } from './comparison.ts';
import { NEVER_ARRIVED_AFTER_MS } from './reconcile.ts';
import type { Register } from './register.ts';
import type { Timers } from './timers.ts';

/** The number of checkouts of the gap that could not be restored into the journal. */
type GapRemainder = Pick<Comparison, 'onOtherPc' | 'unreadable' | 'isComplete'>;

/** Asks JustiFi for what was lost with a gap in the journal, until JustiFi has answered. */
type GapSearch = {
  isDone(): boolean;
  remainder(): GapRemainder;
  /** JustiFi can be reached again. */
  online(): void;
  close(): void;
};

export type GapSearchParts = {
  /** Compares JustiFi with the journal since then (UTC, ISO 8601); null in training, where nothing is kept. `isWanted`: asked before each page. */
  readonly compare: ((sinceUtc: string, isWanted: () => boolean) => Promise<Compared>) | null;
  readonly register: Pick<Register, 'found' | 'recheck'>;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

type Compared = Result<Comparison, { readonly kind: string }>;

/** JustiFi did not answer; `online` may come sooner. */
const ASK_AGAIN_AFTER_MS = 60_000;

/** `gapSinceUtc`: since when entries may be missing; null: none are. */
export function openGapSearch(parts: GapSearchParts, gapSinceUtc: string | null): GapSearch {
  let isDone = gapSinceUtc === null || parts.compare === null;
  let remainder: GapRemainder = { onOtherPc: [], unreadable: 0, isComplete: true };
  let isAsking = false;
  let isClosed = false;
  let callOff = () => {};
  const hasClosed = () => isClosed;

  async function search(): Promise<void> {
    if (isDone || isAsking || isClosed || gapSinceUtc === null) return;
    callOff();
    isAsking = true;
    const fetched = await fetchTwice(gapSinceUtc);
    isAsking = false;
    if (hasClosed()) return;
    if (fetched.kind === 'failed') {
      parts.log('journal.gap-unknown', { since: gapSinceUtc, failure: fetched.failure.kind });
      callOff = parts.timers.after(ASK_AGAIN_AFTER_MS, () => void search());
      return;
    }
    isDone = true;
    remainder = fetched.value;
    parts.log('journal.gap-looked-into', { since: gapSinceUtc, unreadable: remainder.unreadable, other_pc: remainder.onOtherPc.length, complete: String(remainder.isComplete) });
    parts.onChange();
  }

  /** A payment may have been under way when the journal broke: asked again when it must have arrived. */
  async function fetchTwice(sinceUtc: string): Promise<Compared> {
    const first = await fetchMissing(sinceUtc);
    if (first.kind === 'failed' || hasClosed()) return first;
    await new Promise<void>((resolve) => {
      callOff = parts.timers.after(NEVER_ARRIVED_AFTER_MS, resolve);
    });
    return fetchMissing(sinceUtc);
  }

  /** Each checkout that the journal lost becomes a sale in the background, which asks JustiFi how it ended. */
  async function fetchMissing(sinceUtc: string): Promise<Compared> {
    const compared = await (parts.compare?.(sinceUtc, () => !hasClosed()) ?? failed({ kind: 'no-comparison' }));
    if (compared.kind === 'failed' || hasClosed()) return compared;
    for (const { checkoutId, purchase } of compared.value.unknown) {
      const found = parts.register.found(checkoutId, purchase);
      if (found.kind === 'failed') return failed(found.failure);
      if (found.value === 'begun') parts.log('journal.gap-found', { checkout: checkoutId });
    }
    for (const saleId of compared.value.paidAtJustifi) void parts.register.recheck(saleId);
    return compared;
  }

  void search();
  return {
    isDone: () => isDone,
    remainder: () => remainder,
    online: () => void search(),
    close() {
      isClosed = true;
      callOff();
    },
  };
}
