import type { Result } from '../../contract/result.ts';
import type { StorageTrouble } from '../../contract/till-snapshot.ts';
import type { PcClock } from './pc-clock.ts';
import type { Sale } from './sale.ts';
import type { SaleEvent } from './sale-event.ts';

/** Every step of a sale is written here before it is taken. */
export type SaleJournal = {
  /** Durable, in two copies, when it returns ok. On failure the caller must not go on; the entry may still be there at the next start. */
  record(sale: Sale, event: SaleEvent): Result<null, JournalFailure>;
};

/** The journal's entries of earlier runs. */
export type SaleQueries = {
  /** Every sale that is not final, oldest first, without drafts. */
  unfinished(): Result<readonly Sale[], JournalUnreadable>;
  sale(id: string): Result<Sale | null, JournalUnreadable>;
  /** Sales that took money and were fetched back from JustiFi after the entry with this number. */
  foundAfter(sequence: number): Result<readonly Sale[], JournalUnreadable>;
  /** Sales that were paid or accepted since then (UTC, ISO 8601), oldest first. */
  paidSince(utc: string): Result<readonly Sale[], JournalUnreadable>;
  /** The newest sales that took money, oldest first. */
  lastPaid(): Result<readonly Sale[], JournalUnreadable>;
  /** Where a sale was charged, and by whom; null: the journal does not say. */
  soldBy(saleId: string): Result<SoldBy | null, JournalUnreadable>;
  /** The sale with this checkout; of several, one that was not abandoned. */
  saleOn(checkoutId: string): Result<Sale | null, JournalUnreadable>;
  /** The sale that was at the counter last, if it was paid or accepted and no other has begun there since. */
  unseen(): Result<Sale | null, JournalUnreadable>;
  /** Remembers what is being typed. Cheap: a power cut may take the last of it. */
  keepDraft(draft: KeptDraft, clock: PcClock): void;
  /** The last typed input, unless it became a sale. */
  draft(): KeptDraft | null;
  /** The clock when something was typed last; null: not known. */
  draftClock(): PcClock | null;
  /** Repairs of this journal that the manager has not acknowledged, oldest first. */
  untoldRepairs(): Result<readonly UntoldRepair[], JournalUnreadable>;
  /** The manager has seen it, and a gap, if there was one, has been looked into. */
  acknowledgeRepair(sequence: number): Result<null, JournalFailure>;
};

/** `cashier`: by name; null where there are no names. */
export type SoldBy = { readonly registerName: string; readonly cashier: string | null };

/** `sequence`: the entry about the repair. */
export type UntoldRepair = JournalRepair & { readonly sequence: number };

export type KeptDraft = { readonly saleId: string; readonly amountInCents: number; readonly description: string };

/** `detail`: one sentence and the system's error, for the log. */
export type JournalFailure = { readonly kind: 'journal-unwritable'; readonly reason: JournalTrouble; readonly detail: string };
export type JournalUnreadable = { readonly kind: 'journal-unreadable'; readonly detail: string };

/** `damaged`: close the journal and open it again with `check: 'whole'`; that repairs it. */
export type JournalTrouble = StorageTrouble;

/** The result of opening the journal. `interrupted`: a write was cut short and has been completed; a line in the log is enough. */
export type JournalHealth =
  | { readonly kind: 'sound' }
  | { readonly kind: 'interrupted' }
  | (JournalRepair & { readonly kind: 'restored' })
  /** The content was changed from outside Counter: damage does not look like this. */
  | (JournalRepair & { readonly kind: 'tampered' });

/** The damage of each copy of the journal (null: none), and how it was repaired. */
export type JournalRepair = {
  readonly database: JournalFlaw | null;
  readonly mirror: JournalFlaw | null;
  /** The backup that the restored database began with. */
  readonly backup: string | null;
  /** Entries, by number, that no copy holds any more. */
  readonly missing: readonly { readonly from: number; readonly to: number }[];
  /** Since when (UTC, ISO 8601) something may be missing; null when the copies prove that nothing is. */
  readonly gapSinceUtc: string | null;
  /** The damaged files, by the names under which they were kept. */
  readonly setAside: readonly string[];
};

/** Damage does not turn an entry into another valid entry. */
export function isTampering({ database, mirror }: JournalRepair): boolean {
  return database === 'altered' || mirror === 'altered';
}

/** `behind`: whole, but older than it must be. `altered`: readable, but not what was written. */
export type JournalFlaw = 'missing' | 'unreadable' | 'behind' | 'altered';

const HAS_OPEN_END: Readonly<Record<Sale['kind'], boolean>> = {
  draft: false,
  preparing: true,
  ready: true,
  submitting: true,
  checking: true,
  declined: true,
  'not-charged': true,
  unresolved: true,
  late: true,
  reversing: true,
  reversed: false,
  paid: false,
  // JustiFi is asked until the transfer has settled.
  accepted: true,
  'transfer-failed': true,
  'transfer-failed-seen': false,
  disputed: true,
  'wrong-amount': true,
  'wrong-amount-seen': false,
  abandoned: false,
};

/** The states in which a sale is not final. A new state does not compile until it is listed above. */
export const UNFINISHED_KINDS: readonly string[] = Object.entries(HAS_OPEN_END).flatMap(([kind, isOpen]) => (isOpen ? [kind] : []));

/** The states of `foundAfter`. */
export const PAID_KINDS: readonly Sale['kind'][] = ['paid', 'accepted', 'wrong-amount', 'wrong-amount-seen'];
