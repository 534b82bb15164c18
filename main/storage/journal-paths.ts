import { basename, dirname, join } from 'node:path';
import type { JournalFiles } from './journal-files.ts';

/** The paths of one journal's files. All are beside the database, under its name. */
export type JournalPaths = {
  readonly folder: string;
  readonly database: string;
  /** A restored database: while it is written, and when it is complete but not yet in place. */
  readonly databasePart: string;
  readonly databaseNext: string;
  readonly mirror: string;
  readonly mirrorPart: string;
  readonly backups: string;
  readonly highWaterMark: string;
  readonly draft: string;
  /** Names under which damaged files are kept, none of them taken. `utc`: ISO 8601. */
  setAsideNames(files: JournalFiles, utc: string): { readonly database: string; readonly mirror: string };
};

export function journalPathsOf(file: string): JournalPaths {
  const folder = dirname(file);
  const name = basename(file, '.db');
  const beside = (ending: string) => join(folder, `${name}${ending}`);
  return {
    folder,
    database: file,
    databasePart: beside('.db.part'),
    databaseNext: beside('.db.next'),
    mirror: beside('.mirror'),
    mirrorPart: beside('.mirror.part'),
    backups: beside('.backups'),
    highWaterMark: beside('.head'),
    draft: beside('.draft.json'),
    setAsideNames(files, utc) {
      const taken = new Set(files.names(folder));
      const time = utc.replaceAll(/[^0-9TZ]/gu, '-');
      for (let copy = 1; ; copy += 1) {
        const stem = `${name}.damaged-${time}${copy === 1 ? '' : `-${copy}`}`;
        const names = { database: `${stem}.db`, mirror: `${stem}.mirror` };
        if (!taken.has(names.database) && !taken.has(`${names.database}-wal`) && !taken.has(names.mirror)) return names;
      }
    },
  };
}
