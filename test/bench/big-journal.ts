import { BEGINNING, type Head, type LinkedEntry, follow } from '../../main/storage/journal-chain.ts';
import { syncFile } from '../../main/storage/journal-backup.ts';
import { commit, openForWriting, openSqlite, prepareWriting } from '../../main/storage/journal-database.ts';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { writeSegment } from '../../main/storage/journal-mirror.ts';
import { journalPathsOf } from '../../main/storage/journal-paths.ts';
import { migrate } from '../../main/storage/migrations.ts';
import { stepsOfSale } from '../integration/journal-shop.ts';

/** Of the sales of the journal's specs, each sixth is paid at the first try; a shop's are hardly ever anything else. */
const PAID_EACH = 6;
const BETWEEN_ENTRIES_MS = 10_000;

/** Writes a journal of so many paid sales, as years of them would have left it, in one go. */
export function writeBigJournal(file: string, sales: number): void {
  const paths = journalPathsOf(file);
  const database = openForWriting(openSqlite, file);
  try {
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000');
    migrate(database);
    const write = prepareWriting(database);
    nodeFiles.makeFolder(paths.mirror);
    commit(database, () => void writeSegment(nodeFiles, paths.mirror, BEGINNING, entries()));

    function* entries(): Generator<LinkedEntry> {
      for (const entry of entriesOf(sales)) {
        write(entry);
        yield entry;
      }
    }
  } finally {
    database.close();
  }
  // Writes that the system still holds back would disturb the measurement.
  syncFile(nodeFiles, file);
}

function* entriesOf(sales: number): Generator<LinkedEntry> {
  let head: Head = BEGINNING;
  for (let number = 0; number < sales; number += 1) {
    for (const { sale, event } of stepsOfSale(number * PAID_EACH)) {
      const sequence = head.sequence + 1;
      const at = new Date(Date.UTC(2024, 0) + sequence * BETWEEN_ENTRIES_MS).toISOString();
      const entry = follow(head, { sequence, at, utcOffsetInMinutes: 0, saleId: sale.id, event: JSON.stringify(event), state: JSON.stringify(sale) });
      head = entry;
      yield entry;
    }
  }
}
