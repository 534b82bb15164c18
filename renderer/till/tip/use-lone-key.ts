import { useEffect, useEffectEvent, useRef } from 'react';
import { LONGEST_GAP_MS } from '../scan/longest-gap.ts';

/**
 * Keys that choose at once: a key counts when no other comes as soon after it as a scanner's does. So a code that is scanned by mistake chooses nothing, neither with its
 * digits nor with its Enter. Every key of the screen is told.
 */
export function useLoneKey(onKey: (key: string) => void): (key: string) => void {
  const take = useEffectEvent(onKey);
  const waiting = useRef<number | undefined>(undefined);
  const lastAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => window.clearTimeout(waiting.current), []);
  return (key) => {
    const nowMs = performance.now();
    const isAlone = nowMs - lastAtMs.current > LONGEST_GAP_MS;
    lastAtMs.current = nowMs;
    window.clearTimeout(waiting.current);
    if (isAlone) waiting.current = window.setTimeout(() => take(key), LONGEST_GAP_MS + 1);
  };
}
