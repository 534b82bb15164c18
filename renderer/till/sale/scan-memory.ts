import { containsCardNumber } from '../../../contract/card-number.ts';
import type { Scan } from '../scan/scan.ts';
import type { AmountEntry } from './amount-entry.ts';

/** The amount and the description of the sale that is being typed. */
export type Typed = { readonly entry: AmountEntry; readonly description: string };

/** How far back a scan is undone: the keys that came before it was known to be one. */
const REMEMBERED_KEYS = 20;

/** The entry before each of the last keys. If they turn out to be a scan, they are undone, and its code becomes the description. */
export type ScanMemory = {
  /** Before a key of this moment, in ms of the page's clock. */
  remember(typed: Typed, atMs: number): void;
  /** The sale without the keys of the scan. `isDescribed`: the code is its description now. */
  take(scan: Pick<Scan, 'code' | 'sinceMs'>, now: Typed): { readonly typed: Typed; readonly isDescribed: boolean };
  /** The last code was typed by hand: the description without it. */
  withoutCode(description: string): string;
};

/** `arrived`: the first entry. A scan may have begun on the screen before. */
export function createScanMemory(arrived: Typed, arrivedAtMs: number): ScanMemory {
  const first = { ...arrived, atMs: arrivedAtMs };
  let before: readonly (Typed & { readonly atMs: number })[] = [];
  /** The description is a code, of which more may come. */
  let scannedCode: string | null = null;

  return {
    remember(typed, atMs) {
      before = [...before.slice(-REMEMBERED_KEYS), { ...typed, atMs }];
    },
    take({ code, sinceMs }, now) {
      const untouched = [first, ...before].find(({ atMs }) => atMs >= sinceMs) ?? now;
      before = [];
      const isMore = now.description === scannedCode && code.startsWith(now.description);
      const isFree = isMore || untouched.description.trim() === '';
      // A long code may look like a card number; that is no description.
      const isDescribed = isFree && !containsCardNumber(code);
      const description = isDescribed ? code : isMore ? '' : untouched.description;
      scannedCode = description === code ? code : null;
      return { typed: { entry: untouched.entry, description }, isDescribed };
    },
    withoutCode(description) {
      const rest = description === scannedCode ? '' : description;
      scannedCode = null;
      return rest;
    },
  };
}
