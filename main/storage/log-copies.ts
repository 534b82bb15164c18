import type { DatabaseSync } from 'node:sqlite';
import { openHighWaterMark } from './high-water-mark.ts';
import { type Entry, type Head, follow } from './journal-chain.ts';
import { commit, prepareWriting, readEntries } from './journal-database.ts';
import type { JournalFiles } from './journal-files.ts';
import { compareTail } from './journal-mirror-tail.ts';
import { type Mirror, listSegments, openMirror } from './journal-mirror.ts';
import type { JournalPaths } from './journal-paths.ts';
import { JournalDamaged } from './journal-trouble.ts';

/** Both copies of a log: the database, and the mirror in plain files; with the high-water mark of how far they reach. Each of these throws. */
export type LogCopies = {
  /** The last entry. */
  head(): Head;
  /** The head when this entry was the last one. */
  headUpTo(sequence: number): Head;
  /** The only way to write. When it throws, the entry is not in the journal, or the next call completes it first. */
  append(entry: Entry): void;
  /** Completes the mirror's last line from the database. */
  finish(): void;
  /** From the next entry on the mirror is in a new file. */
  rotate(): void;
  /** Compares the end of both, from an entry on that was the last one. */
  checkSince(since: Head): void;
  close(): void;
};

export function openLogCopies(files: JournalFiles, paths: JournalPaths, database: DatabaseSync): LogCopies {
  const mirror = openLastSegment(files, paths.mirror);
  const highWaterMark = openHighWaterMark(files, paths.highWaterMark);
  const reader = readEntries(database);
  const insert = prepareWriting(database);
  let head: Head = reader.head();
  highWaterMark.note(head);

  return {
    head: () => head,
    headUpTo: reader.headUpTo,
    append(entry) {
      mirror.finish();
      const linked = follow(head, entry);
      try {
        commit(database, () => {
          if (reader.head().link !== head.link) throw new JournalDamaged('another program wrote into it');
          insert(linked);
          mirror.reserve(linked);
        });
      } catch (error) {
        mirror.withdraw();
        throw error;
      }
      head = linked;
      mirror.seal();
      highWaterMark.note(head);
    },
    finish: () => mirror.finish(),
    rotate() {
      if (listSegments(files, paths.mirror).at(-1)?.first === head.sequence + 1) return;
      mirror.finish();
      mirror.rotate(head);
    },
    checkSince(since) {
      mirror.finish();
      const tail = compareTail(files, listSegments(files, paths.mirror), reader, head.sequence - since.sequence + 1);
      if (tail.kind !== 'equal') throw new JournalDamaged('the mirror does not end as the database does');
    },
    close() {
      mirror.close();
      highWaterMark.close();
      database.close();
    },
  };
}

function openLastSegment(files: JournalFiles, folder: string): Mirror {
  const last = listSegments(files, folder).at(-1);
  if (last === undefined) throw new JournalDamaged('the mirror is gone');
  return openMirror(files, folder, last);
}
