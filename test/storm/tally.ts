/** Counts the events of a storm, by kind: a kind that never happened was not tested. */
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

/** The sum of several tallies. */
export function sumOf(tallies: readonly ReadonlyMap<string, number>[]): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const [kind, count] of tallies.flatMap((tally) => [...tally])) sum.set(kind, (sum.get(kind) ?? 0) + count);
  return sum;
}
