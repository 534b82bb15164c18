import { z } from 'zod';
import { openJsonFile } from './json-file.ts';

/** More restarts than this within this time do not help. */
const MOST_RESTARTS = 3;
const WITHIN_MS = 10 * 60_000;

const restarts = z.object({ atUtcMs: z.array(z.number()).max(MOST_RESTARTS).catch([]).default([]) });

/**
 * May Counter start itself again after a failure? Counts it, on the disk, if it may: three times in ten minutes. No where that cannot be
 * written, or a Counter that fails at each start would start for ever.
 */
export function mayRestart(file: string, nowUtcMs: number): boolean {
  const store = openJsonFile(file, restarts, () => {});
  const recent = store.read().atUtcMs.filter((atUtcMs) => Math.abs(nowUtcMs - atUtcMs) < WITHIN_MS);
  return recent.length < MOST_RESTARTS && store.write({ atUtcMs: [...recent, nowUtcMs] }).kind === 'ok';
}
