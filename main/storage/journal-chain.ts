import { hash } from 'node:crypto';

/** One entry of the journal, as it was written. `event` and `state` are exactly the stored and hashed texts. */
export type Entry = {
  /** From 1, without holes. */
  readonly sequence: number;
  /** UTC, ISO 8601. */
  readonly at: string;
  /** The PC's offset from UTC, so that the local time can be shown later. */
  readonly utcOffsetInMinutes: number;
  /** Null for an entry of the journal about itself. */
  readonly saleId: string | null;
  /** What happened; JSON. */
  readonly event: string;
  /** The sale that it led to; JSON. */
  readonly state: string | null;
};

/** `link` sums up this entry and, through the link before it, every earlier one. Hexadecimal SHA-256. */
export type LinkedEntry = Entry & { readonly link: string };

/** How far a copy of the journal reaches. */
export type Head = { readonly sequence: number; readonly link: string };

/** A head, and when (UTC) its entry was written; null at the beginning. */
export type DatedHead = Head & { readonly at: string | null };

export const BEGINNING: DatedHead = { sequence: 0, link: '0'.repeat(64), at: null };

/** Where the chain may start anew: a repair could not find the entries from `missingFrom` to the one before `before`. */
export type ChainBreak = { readonly missingFrom: number; readonly before: number };

/** The one text of an entry that is summed and mirrored: JSON without names, so that there is one way to write it. */
export function contentOf({ sequence, at, utcOffsetInMinutes, saleId, event, state }: Entry): string {
  return JSON.stringify([sequence, at, utcOffsetInMinutes, saleId, event, state]);
}

export function follow(head: Head, entry: Entry): LinkedEntry {
  return { ...entry, link: hash('sha256', head.link + contentOf(entry)) };
}

/** Whether this entry was written right after `head`, to the last character. */
export function isNext(head: Head, entry: LinkedEntry): boolean {
  return entry.sequence === head.sequence + 1 && entry.link === hash('sha256', head.link + contentOf(entry));
}

/** The first entry that does not follow from the one before it, unless a break is known there; null when all do. */
export function firstWrong(after: Head, entries: readonly LinkedEntry[], breaks: readonly ChainBreak[]): LinkedEntry | null {
  let head = after;
  for (const entry of entries) {
    if (!isNext(head, entry) && !isKnownBreak(head, entry, breaks)) return entry;
    head = entry;
  }
  return null;
}

function isKnownBreak(head: Head, entry: Entry, breaks: readonly ChainBreak[]): boolean {
  return breaks.some(({ missingFrom, before }) => before === entry.sequence && missingFrom === head.sequence + 1);
}
