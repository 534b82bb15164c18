import type { DatabaseSync } from 'node:sqlite';
import type { HistoryLine, HistoryPage } from '../../contract/history.ts';
import { DATABASE_FILES, openSqlite } from '../storage/journal-database.ts';
import { type JournalFiles, nodeFiles } from '../storage/journal-files.ts';
import { versionOf } from '../storage/migrations.ts';
import { type Figures, type FiguresOrder, readFigures } from './figures.ts';
import { HISTORY_VERSION, makeTables } from './history-tables.ts';
import { type Moment, type MomentsOrder, readMoments } from './moments.ts';
import { type PageOrder, type TwinsOrder, readPage, readTwins } from './pages.ts';
import { type TakenOrder, type TakenSales, readTaken } from './taken-sales.ts';
import { type Progress, type Projection, openProjection } from './projection.ts';

/**
 * The history of one journal, in a SQLite file of its own. The journal stays the truth: a history that is missing, of another version, of another journal
 * or damaged is thrown away and made anew from it.
 */
export type HistoryFile = {
  /** Reads the next entries of the journal. */
  step(): Progress;
  /** The sales that the history has read so far. */
  page(order: PageOrder): Omit<HistoryPage, 'building'>;
  twins(order: TwinsOrder): readonly HistoryLine[];
  /** Throws when the history is damaged: one that is being rebuilt would lack money. */
  figures(order: FiguresOrder): Figures;
  taken(order: TakenOrder): TakenSales;
  moments(order: MomentsOrder): readonly Moment[];
  close(): void;
};

export type HistoryPaths = { readonly history: string; readonly journal: string };

/** Throws when the journal cannot be read. */
export function openHistoryFile({ history: file, journal: journalFile }: HistoryPaths, files: JournalFiles = nodeFiles): HistoryFile {
  const journal = openSqlite(journalFile, { readOnly: true });
  let history: DatabaseSync;
  let projection: Projection;
  try {
    [history, projection] = openOrMake();
  } catch (error) {
    journal.close();
    throw error;
  }

  function openOrMake(): [DatabaseSync, Projection] {
    const kept = openKept();
    if (kept !== null) return kept;
    for (const suffix of DATABASE_FILES) files.remove(`${file}${suffix}`);
    const made = openForProjection(file);
    makeTables(made);
    return [made, openProjection(made, journal)];
  }

  /** Null: it does not fit. */
  function openKept(): [DatabaseSync, Projection] | null {
    let kept: DatabaseSync | null = null;
    try {
      kept = openForProjection(file);
      if (versionOf(kept) === HISTORY_VERSION) {
        const made = openProjection(kept, journal);
        if (made.fits()) return [kept, made];
      }
    } catch {
      // Damaged, or of another shape.
    }
    kept?.close();
    return null;
  }

  /** Rebuilt from the journal if the history cannot be read. */
  function orAnew<Value>(action: () => Value): Value {
    try {
      return action();
    } catch {
      history.close();
      for (const suffix of DATABASE_FILES) files.remove(`${file}${suffix}`);
      [history, projection] = openOrMake();
      return action();
    }
  }

  return {
    step: () => orAnew(() => projection.step()),
    page: (order) => orAnew(() => readPage(history, order)),
    twins: (order) => orAnew(() => readTwins(history, order)),
    figures: (order) => readFigures(history, order),
    taken: (order) => readTaken(history, order),
    moments: (order) => readMoments(history, order),
    close() {
      history.close();
      journal.close();
    },
  };
}

/** A power cut may take the last entries of it, which are read again; never its shape. */
function openForProjection(file: string): DatabaseSync {
  const database = openSqlite(file, { readOnly: false });
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;');
  return database;
}
