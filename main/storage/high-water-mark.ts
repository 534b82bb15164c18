import { type Head, BEGINNING } from './journal-chain.ts';
import type { JournalFiles } from './journal-files.ts';
import { parseHead, renderHeader } from './journal-mirror-line.ts';

/** Bytes; one line is shorter. */
const LONGEST = 400;

/**
 * Records how far the journal reached, in a file of its own and without a sync. It can be late, and it can be lost, but it
 * cannot be early: if it names an entry that neither database nor mirror has, then both have lost their end.
 */
type HighWaterMark = {
  /** Never throws. */
  note(head: Head): void;
  close(): void;
};

export function openHighWaterMark(files: JournalFiles, path: string): HighWaterMark {
  const file = files.open(path);
  return {
    note(head) {
      try {
        file.write(renderHeader(head), 0);
      } catch {
        // An older mark is still true.
      }
    },
    close: () => file.close(),
  };
}

/** The beginning when there is no mark, or none that can be read. */
export function readHighWaterMark(files: JournalFiles, path: string): Head {
  return files.size(path) === null ? BEGINNING : (parseHead(files.read(path, 0, LONGEST)) ?? BEGINNING);
}
