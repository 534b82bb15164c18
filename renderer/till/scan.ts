/*
 * A barcode scanner types like a keyboard, only faster than any hand, and most end with Enter. What it types must never become an
 * amount, and its Enter must never charge, dismiss or try again.
 */

/** Shorter than any code on a package, longer than what a hand types in one go. */
export const SHORTEST_SCAN = 6;
/** Between two keys of a scanner; a hand needs more, again and again, than this. */
export const LONGEST_GAP_MS = 50;

/** `scanning`: this key belongs to a scan. `ended`: and it is the key that ended it. */
export type KeyVerdict = { readonly kind: 'hand' } | { readonly kind: 'scanning'; readonly scan: Scan } | { readonly kind: 'ended'; readonly scan: Scan };
/** `sinceMs`: when its first key came, on the clock of the events. */
export type Scan = { readonly code: string; readonly sinceMs: number };

export type TypedKey = { readonly key: string; readonly atMs: number; readonly repeat: boolean };

/** Tells a scanner from a hand, key by key. */
export function watchForScans(): (typed: TypedKey) => KeyVerdict {
  let code = '';
  let sinceMs = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  return ({ key, atMs, repeat }) => {
    const ends = key === 'Enter' || key === 'Tab';
    // Shift and the like come between the letters of a scan, and count as nothing.
    if (!ends && key.length !== 1) return { kind: 'hand' };
    const isQuick = !repeat && atMs - lastMs < LONGEST_GAP_MS;
    lastMs = repeat ? Number.NEGATIVE_INFINITY : atMs;
    const scan = { code, sinceMs };
    if (ends) {
      const wasScan = isQuick && code.length >= SHORTEST_SCAN;
      code = '';
      return wasScan ? { kind: 'ended', scan } : { kind: 'hand' };
    }
    if (!isQuick) {
      code = '';
      sinceMs = atMs;
    }
    code += key;
    return code.length >= SHORTEST_SCAN ? { kind: 'scanning', scan: { code, sinceMs } } : { kind: 'hand' };
  };
}
