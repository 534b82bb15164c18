import { type TokenBucket, createTokenBucket } from '../sale/token-bucket.ts';
import type { LogLevel, LogLine } from './log-line.ts';

/** A line that was not seen for this long is written again. */
const FORGOTTEN_AFTER_MS = 10 * 60_000;
const MOST_REMEMBERED = 300;
/** Lines of one `what`: enough for each refused call of every page, once. Facts come with every sale; a flood of warnings must not push out others. */
const BUDGETS = { info: { burst: 300, perSecond: 1 }, warn: { burst: 250, perSecond: 1 / 60 }, error: { burst: 150, perSecond: 1 / 60 } };

/**
 * Keeps a flood out of the log: the same warning again is written at its 10th, 100th, … time, with the count (`times`); of one
 * `what` only so many lines are written, and the next one says how many were not (`heldBack`). Null: this line is not written.
 */
export function createFloodGuard(monotonicMs: () => number): (level: LogLevel, line: LogLine) => LogLine | null {
  const buckets = new Map<string, TokenBucket>();
  const heldBack = new Map<string, number>();
  /** By their text, the one that came last at the end. */
  const seen = new Map<string, { readonly times: number; readonly atMs: number }>();

  function timesSeen(text: string): number {
    const nowMs = monotonicMs();
    const before = seen.get(text);
    const times = before === undefined || nowMs - before.atMs > FORGOTTEN_AFTER_MS ? 1 : before.times + 1;
    seen.delete(text);
    seen.set(text, { times, atMs: nowMs });
    const [oldest] = seen.keys();
    if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
    return times;
  }

  return (level, { what, detail }) => {
    const times = level === 'info' ? 1 : timesSeen(`${level} ${what} ${JSON.stringify(detail)}`);
    if (!isPowerOfTen(times)) return null;
    const key = `${level} ${what}`;
    const bucket = buckets.get(key) ?? createTokenBucket(BUDGETS[level], monotonicMs);
    buckets.set(key, bucket);
    const held = heldBack.get(key) ?? 0;
    if (!bucket.take()) {
      heldBack.set(key, held + 1);
      return null;
    }
    heldBack.delete(key);
    const counts = { ...(times > 1 ? { times } : {}), ...(held > 0 ? { heldBack: held } : {}) };
    return Object.keys(counts).length === 0 ? { what, detail } : { what, detail: { ...detail, ...counts } };
  };
}

function isPowerOfTen(count: number): boolean {
  return Number.isInteger(Math.log10(count));
}
