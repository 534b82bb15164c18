import { join } from 'node:path';
import type { Head, LinkedEntry } from './journal-chain.ts';
import type { JournalFiles, WritableFile } from './journal-files.ts';
import { type MirrorLine, type MirrorText, SEAL, SEAL_FROM_END, isOfNewerFormat, parseMirror, renderHeader, renderLine, unsealed } from './journal-mirror-line.ts';
import { isDamage } from './journal-trouble.ts';

/** One file of the mirror. A new one begins with each backup, so that old ones can go when no kept backup needs them. */
export type Segment = { readonly path: string; /** Number of its first entry. */ readonly first: number; /** Bytes. */ readonly size: number };

/**
 * The second copy of every entry, independent of SQLite.
 *
 * The order with the database's transaction is fixed: reserve (unsealed line, inside the transaction) → commit → seal. So a
 * sealed line proves a commit, a commit without its sealed line is a write that was cut short, and the space on the disk was
 * taken before the commit. All of it throws the system's errors.
 */
export type Mirror = {
  /** Completes the last line if its sealing failed. Nothing new may be written before. */
  finish(): void;
  reserve(entry: LinkedEntry): void;
  /** The commit failed: removes the reserved line. Never throws; a line that cannot be removed is overwritten later. */
  withdraw(): void;
  /** The commit succeeded. Durable when it returns. */
  seal(): void;
  /** Begins a new file behind `head`. */
  rotate(head: Head): void;
  close(): void;
};

export function listSegments(files: JournalFiles, folder: string): readonly Segment[] {
  return files.names(folder).flatMap((name) => {
    const digits = /^(\d{12})\.jsonl$/u.exec(name)?.[1];
    const path = join(folder, name);
    return digits === undefined ? [] : [{ path, first: Number(digits), size: files.size(path) ?? 0 }];
  });
}

/** Bytes; more than the first line of a file ever takes. */
const LONGEST_HEADER = 400;

function segmentName(after: Head): string {
  return `${String(after.sequence + 1).padStart(12, '0')}.jsonl`;
}

/** Writes a whole file of the mirror under a temporary name first: it appears complete, or not at all. Returns its path. */
export function writeSegment(files: JournalFiles, folder: string, after: Head, entries: Iterable<LinkedEntry>): string {
  const path = join(folder, segmentName(after));
  const part = `${path}.part`;
  files.remove(part);
  const file = files.open(part);
  try {
    let position = 0;
    const append = (bytes: Buffer) => {
      file.write(bytes, position);
      position += bytes.length;
    };
    append(renderHeader(after));
    for (const entry of entries) append(renderLine(entry));
    file.sync();
  } finally {
    file.close();
  }
  files.rename(part, path);
  files.syncFolder(folder);
  return path;
}

export function openMirror(files: JournalFiles, folder: string, last: Segment): Mirror {
  let file: WritableFile = files.open(last.path);
  /** Where the next line begins, in bytes. */
  let end = last.size;
  let reserved: Buffer | null = null;
  let sealing: Buffer | null = null;
  let leftover = false;

  return {
    finish() {
      if (sealing === null) return;
      // Written again as a whole: after a failed sync the system may have dropped data that it could not write.
      file.write(sealing, end);
      file.sync();
      end += sealing.length;
      sealing = null;
    },
    reserve(entry) {
      if (leftover) file.truncate(end);
      leftover = true;
      const line = renderLine(entry);
      file.write(unsealed(line), end);
      reserved = line;
    },
    withdraw() {
      reserved = null;
      // Without a reserved line there is nothing to remove: bytes after `end` are not ours.
      if (!leftover) return;
      try {
        file.truncate(end);
        leftover = false;
      } catch {
        // It stays marked, and is cut off before the next line.
      }
    },
    seal() {
      if (reserved === null) return;
      sealing = reserved;
      reserved = null;
      leftover = false;
      file.write(SEAL, end + sealing.length - SEAL_FROM_END);
      file.sync();
      end += sealing.length;
      sealing = null;
    },
    rotate(head) {
      const path = writeSegment(files, folder, head, []);
      try {
        const next = files.open(path);
        file.close();
        file = next;
        end = files.size(path) ?? 0;
      } catch (error) {
        // Entries go on in the old file; an empty newer one would contradict it.
        files.remove(path);
        throw error;
      }
    },
    close: () => file.close(),
  };
}

/** The readable content of the mirror, over all its files. */
type MirrorContent = {
  readonly first: Head | null;
  readonly lines: readonly MirrorLine[];
  readonly flawed: boolean;
  /** Each file continues the one before it. */
  readonly joins: boolean;
  readonly endsWhole: boolean;
};

export function readMirror(files: JournalFiles, segments: readonly Segment[]): MirrorContent {
  const texts = segments.map((segment) => readSegment(files, segment));
  return {
    first: texts[0]?.after ?? null,
    lines: texts.flatMap(({ lines }) => lines),
    flawed: texts.some(({ flawed }) => flawed),
    joins: texts.every((text, index) => continues(texts[index - 1], text)),
    endsWhole: texts.at(-1)?.endsWhole ?? false,
  };
}

const NOTHING_READABLE: MirrorText = { after: null, lines: [], flawed: true, endsWhole: false };

function readSegment(files: JournalFiles, { path, size }: Segment): MirrorText {
  try {
    return parseMirror(files.read(path, 0, size));
  } catch (error) {
    if (!isDamage(error)) throw error;
    return NOTHING_READABLE;
  }
}

function continues(before: MirrorText | undefined, { after }: MirrorText): boolean {
  if (before === undefined) return true;
  const head = before.lines.at(-1)?.entry ?? before.after;
  return head?.sequence === after?.sequence && head?.link === after?.link;
}

export function isMirrorOfNewerCounter(files: JournalFiles, segments: readonly Segment[]): boolean {
  const last = segments.at(-1);
  return last !== undefined && isOfNewerFormat(files.read(last.path, 0, LONGEST_HEADER));
}
