import type { LinkedEntry } from './journal-chain.ts';
import type { EntryReader } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { renderHeader, renderLine } from './journal-mirror-line.ts';
import type { Segment } from './journal-mirror.ts';

/** The end of the mirror compared with the end of a database that is whole by itself. */
export type MirrorTail =
  | { readonly kind: 'equal' }
  /** The last entry was committed, and the power failed before its line was sealed. `at`: where the line begins, in bytes. */
  | { readonly kind: 'last-cut-short'; readonly at: number; readonly entry: LinkedEntry }
  /** Everything that the database holds, and then `rest`, from byte `at` on. */
  | { readonly kind: 'more'; readonly at: number; readonly rest: Buffer }
  | { readonly kind: 'different' };

/** Bytes. An entry is about one kilobyte; more than this behind the known end is no single write that was cut short. */
const LONGEST_REST = 256 * 1024;

/** Compares the newest `length` entries with the files of the mirror that hold them, from the last file backwards. */
export function compareTail(files: JournalFiles, segments: readonly Segment[], reader: EntryReader, length: number): MirrorTail {
  const start = reader.headUpTo(reader.head().sequence - length);
  let entries = reader.after(start.sequence, length + 1);
  let end: MirrorTail | null = null;
  for (const segment of segments.toReversed()) {
    const own = entries.filter(({ sequence }) => sequence >= segment.first);
    entries = entries.slice(0, entries.length - own.length);
    const isWhole = segment.first > start.sequence;
    if (end !== null && !isWhole && own.length === 0) break;
    const after = reader.headUpTo(segment.first - 1);
    // A file that begins after the database's end continues another journal.
    if (after.sequence !== segment.first - 1) return { kind: 'different' };
    const found = compareSegment(files, segment, isWhole ? renderHeader(after) : null, own);
    if (end === null) end = found;
    else if (found.kind !== 'equal') return { kind: 'different' };
    if (!isWhole) break;
  }
  return end ?? { kind: 'different' };
}

/** `header` is null when the file begins before `entries`; then only its end is compared. */
function compareSegment(files: JournalFiles, { path, size }: Segment, header: Buffer | null, entries: readonly LinkedEntry[]): MirrorTail {
  const lines = entries.map(renderLine);
  const known = Buffer.concat(header === null ? lines : [header, ...lines]);
  const from = header === null ? Math.max(0, size - known.length - LONGEST_REST) : 0;
  const bytes = files.read(path, from, size - from);
  const endOf = (part: Buffer) => {
    if (header !== null) return bytes.subarray(0, part.length).equals(part) ? part.length : null;
    const start = bytes.lastIndexOf(part);
    return start < 0 ? null : start + part.length;
  };

  if (header === null ? bytes.subarray(-known.length).equals(known) : bytes.equals(known)) return { kind: 'equal' };
  const knownEnd = endOf(known);
  if (knownEnd !== null) return { kind: 'more', at: from + knownEnd, rest: bytes.subarray(knownEnd) };

  const [entry, line] = [entries.at(-1), lines.at(-1)];
  const lineStart = line === undefined || line.length === known.length ? null : endOf(known.subarray(0, known.length - line.length));
  if (entry === undefined || line === undefined || lineStart === null) return { kind: 'different' };
  return bytes.length - lineStart <= line.length ? { kind: 'last-cut-short', at: from + lineStart, entry } : { kind: 'different' };
}
