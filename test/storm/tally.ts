/** Counts what happened in a storm, by kind: a storm in which something never happened has shown nothing of it. */
export type Tally = {
  count(kind: string): void;
  counts(): ReadonlyMap<string, number>;
};

export function openTally(): Tally {
  const counts = new Map<string, number>();
  return {
    count: (kind) => void counts.set(kind, (counts.get(kind) ?? 0) + 1),
    counts: () => counts,
  };
}

/** All of several tallies. */
export function sumOf(tallies: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const [kind, count] of tallies.flatMap((tally) => [...tally])) sum.set(kind, (sum.get(kind) ?? 0) + count);
  return sum;
}
