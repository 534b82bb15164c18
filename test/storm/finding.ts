import type { TestJustifi } from '../justifi/justifi.ts';
import type { JournalHolds } from './journal-hold.ts';
import type { ShopClock } from './shop-time.ts';
import type { Tally } from './tally.ts';

export type Finding = { readonly kind: 'lost' | 'double' | 'wrong' | 'unresolved'; readonly customer: number | null; readonly what: string };

/** The data that the judges use. */
export type JudgeParts = {
  readonly justifi: TestJustifi;
  readonly seed: number;
  readonly clock: ShopClock;
  readonly tally: Tally;
  /** The hold that kept the journal from being written at that time (real); null: none. */
  readonly holds: Pick<JournalHolds, 'at' | 'explains'>;
  /** By id. Main itself charges these, each time with a key that is in the journal. */
  readonly savedMethods: ReadonlySet<string>;
};
