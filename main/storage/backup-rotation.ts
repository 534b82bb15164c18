/** The facts of a backup that decide whether it is kept. */
export type KeptBackup = {
  /** How far it reaches. */
  readonly sequence: number;
  /** The day on which it was made (UTC), by the PC's clock: "2026-11-27". */
  readonly day: string;
  /** Bytes. */
  readonly size: number;
};

/** Two weeks of a shop that opens every day. */
export const DAILY_BACKUPS = 14;
/** Half a year. */
export const WEEKLY_BACKUPS = 26;
/**
 * Kept whatever their size; with fewer the mirror reaches back to the first entry. One that has decayed on the disk and one that was
 * made from it still leave a good one.
 */
export const BACKUPS_THAT_STAY = 3;
/** Bytes for all backups of one journal: six of 100,000 sales (0.6 GB), and little enough for a shop's PC. */
export const BACKUP_BUDGET = 4 * 1024 ** 3;
/** The backups' share of their own size and the free space together. A small disk is needed for the sales, and for the PC's other programs. */
const BACKUP_SHARE_OF_DISK = 0.25;

/** Bytes. `free`: on the disk, beside the backups. */
export function backupBudget(backups: readonly KeptBackup[], free: number): number {
  return Math.min(BACKUP_BUDGET, (free + sizeOf(backups)) * BACKUP_SHARE_OF_DISK);
}

/**
 * Which of these backups are kept, oldest first as they come in: the newest, one for each week before them, and of all these as many of the
 * newest as the budget has room for.
 *
 * Newer and older go by the entries that a backup holds. The clock only tells one week from the next: a wrong one makes more weeks
 * of the same days, and never fewer backups.
 */
export function keptBackups<Backup extends KeptBackup>(backups: readonly Backup[], budget: number): readonly Backup[] {
  const daily = backups.slice(-DAILY_BACKUPS);
  const weekly = firstOfEachWeek(backups.slice(0, -DAILY_BACKUPS)).slice(-WEEKLY_BACKUPS);
  return withinBudget([...weekly, ...daily], budget);
}

/** The first, not the last: it stays the same one while the days behind it come in. */
function firstOfEachWeek<Backup extends KeptBackup>(backups: readonly Backup[]): readonly Backup[] {
  return backups.filter(({ day }, index) => index === 0 || weekOf(day) !== weekOf(backups[index - 1]!.day));
}

const DAY_MS = 86_400_000;

/** Weeks since 1970, from Thursday to Wednesday. NaN for an invalid day: a week of its own. */
function weekOf(day: string): number {
  return Math.floor(Date.parse(day) / DAY_MS / 7);
}

function withinBudget<Backup extends KeptBackup>(backups: readonly Backup[], budget: number): readonly Backup[] {
  let kept = backups;
  while (kept.length > BACKUPS_THAT_STAY && sizeOf(kept) > budget) kept = kept.slice(1);
  return kept;
}

function sizeOf(backups: readonly KeptBackup[]): number {
  return backups.reduce((sum, { size }) => sum + size, 0);
}
