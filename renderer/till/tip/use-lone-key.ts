import { use, useEffect, useEffectEvent, useRef } from 'react';
import { LONGEST_GAP_MS } from '../scan/longest-gap.ts';
import { ScannerContext } from '../scan/use-scanner.ts';

/** By then the scanner watch has judged the run of keys. */
const JUDGED_WITHIN_MS = 50;

/**
 * Keys that choose at once: a key counts when no other comes as soon before or after it as a scanner's does, also one that the scanner's watch keeps back. So a code that is
 * scanned by mistake chooses nothing, neither with its digits nor with its Enter. Every key of the screen must be reported.
 */
export function useLoneKey(onKey: (key: string) => void): (key: string) => void {
  const scanner = use(ScannerContext);
  const take = useEffectEvent(onKey);
  const waiting = useRef<number | undefined>(undefined);
  const lastAtMs = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => () => window.clearTimeout(waiting.current), []);
  return (key) => {
    const nowMs = performance.now();
    const isAlone = nowMs - lastAtMs.current > LONGEST_GAP_MS;
    lastAtMs.current = nowMs;
    window.clearTimeout(waiting.current);
    const seenAtMs = scanner?.lastKeyMs();
    if (isAlone) waiting.current = window.setTimeout(() => scanner?.lastKeyMs() === seenAtMs && take(key), LONGEST_GAP_MS + JUDGED_WITHIN_MS);
  };
}
