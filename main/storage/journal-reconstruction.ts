import { z } from 'zod';
import { type ChainBreak, type Head, type LinkedEntry, isNext } from './journal-chain.ts';

type Reconstructed = {
  readonly entries: readonly LinkedEntry[];
  /** Where the chain has to start anew, beyond what is known already. */
  readonly breaks: readonly ChainBreak[];
  readonly missing: readonly { readonly from: number; readonly to: number }[];
};

type Candidate = { readonly entry: LinkedEntry; /** The entry right before it in its own source. */ readonly previous: LinkedEntry | undefined };

/* The constraints of the tables (migrations.ts). */
const writtenEvent = z.looseObject({ kind: z.string() });
const writtenState = z.union([z.looseObject({ kind: z.string(), amountInCents: z.int() }), z.looseObject({ kind: z.string(), purchase: z.looseObject({ totalInCents: z.int() }) })]);

/** False: no journal could have accepted this entry, so it was altered. After a gap the chain alone cannot show that. */
function wasWritten({ saleId, event, state }: LinkedEntry): boolean {
  try {
    return writtenEvent.safeParse(JSON.parse(event)).success && (saleId === null || writtenState.safeParse(JSON.parse(state ?? '')).success);
  } catch {
    return false;
  }
}

/**
 * Rebuilds the journal after `base` from the entries of several damaged copies, the most trusted first. The chain
 * decides: an entry that follows from the one before it is taken from any copy that has it. After a gap the chain starts anew with an entry
 * that its own source does not contradict; an entry that was altered is never taken.
 */
export function reconstruct(base: Head, sources: readonly (readonly LinkedEntry[])[], knownBreaks: readonly ChainBreak[]): Reconstructed {
  const candidates = bySequence(base, sources);
  const entries: LinkedEntry[] = [];
  const breaks: ChainBreak[] = [];
  const missing: { from: number; to: number }[] = [];
  let head = base;
  for (const sequence of [...candidates.keys()].toSorted((a, b) => a - b)) {
    const offered = candidates.get(sequence) ?? [];
    const next = offered.find(({ entry }) => isNext(head, entry));
    const taken = next ?? offered.find((candidate) => canStartAnew(head, candidate));
    if (taken === undefined) continue;
    const missingFrom = head.sequence + 1;
    if (next === undefined && !knownBreaks.some((known) => known.before === sequence && known.missingFrom === missingFrom)) {
      breaks.push({ missingFrom, before: sequence });
      if (missingFrom < sequence) missing.push({ from: missingFrom, to: sequence - 1 });
    }
    entries.push(taken.entry);
    head = taken.entry;
  }
  return { entries, breaks, missing };
}

function bySequence(base: Head, sources: readonly (readonly LinkedEntry[])[]): ReadonlyMap<number, readonly Candidate[]> {
  const candidates = new Map<number, Candidate[]>();
  for (const source of sources.map((entries) => entries.filter(wasWritten))) {
    const own = new Map(source.map((entry) => [entry.sequence, entry]));
    for (const entry of source) {
      if (entry.sequence <= base.sequence) continue;
      const others = candidates.get(entry.sequence) ?? [];
      candidates.set(entry.sequence, [...others, { entry, previous: own.get(entry.sequence - 1) }]);
    }
  }
  return candidates;
}

function canStartAnew(head: Head, { entry, previous }: Candidate): boolean {
  return previous === undefined ? head.sequence < entry.sequence - 1 : isNext(previous, entry);
}
