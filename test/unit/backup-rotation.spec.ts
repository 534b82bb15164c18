import { describe, expect, test } from 'vitest';
import { BACKUPS_THAT_STAY, BACKUP_BUDGET, DAILY_BACKUPS, type KeptBackup, WEEKLY_BACKUPS, backupBudget, keptBackups } from '../../main/storage/backup-rotation.ts';
import fc from '../setup/properties.ts';

const DAY_MS = 86_400_000;
const dayOf = (number: number) => new Date(Date.UTC(2026, 10, 23) + number * DAY_MS).toISOString().slice(0, 'yyyy-mm-dd'.length);
const MB = 1024 ** 2;

/** Makes one backup after the other, and rotates them each time, like a till. Returns the backups after each. */
function keepAll(made: readonly { readonly day: string; readonly size: number }[], budget: number): readonly (readonly KeptBackup[])[] {
  let there: readonly KeptBackup[] = [];
  return made.map(({ day, size }, index) => (there = keptBackups([...there, { day, size, sequence: (index + 1) * 8 }], budget)));
}

/** Steady days, and clocks that stand still, go back, and jump by years. */
const clock = fc.array(fc.oneof({ weight: 6, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: -5_000, max: 5_000 }) }), { maxLength: 150 }).map((jumps) => {
  let day = 0;
  return jumps.map((jump) => dayOf((day += jump)));
});
const sizes = fc.integer({ min: 1, max: 900 }).map((mb) => mb * MB);
const backups = clock.chain((days) => fc.tuple(...days.map((day) => sizes.map((size) => ({ day, size })))));

describe('which backups are kept', () => {
  test('a shop that opens every day has one for each of the last fourteen days, and one for each week of the half year before', () => {
    const made = Array.from({ length: 400 }, (_, day) => ({ day: dayOf(day), size: MB }));
    const kept = keepAll(made, BACKUP_BUDGET).at(-1)!;
    const ages = kept.map(({ day }) => 399 - made.findIndex((one) => one.day === day)).toReversed();
    expect(ages.slice(0, DAILY_BACKUPS)).toEqual(Array.from({ length: DAILY_BACKUPS }, (_, age) => age));
    const weekly = ages.slice(DAILY_BACKUPS);
    expect(weekly).toHaveLength(WEEKLY_BACKUPS);
    expect(new Set(weekly.slice(1).map((age, index) => age - weekly[index]!))).toEqual(new Set([7]));
    expect(ages.at(-1)).toBeGreaterThan(180);
  });

  test('whatever the clock shows, the newest fourteen are always kept when the budget has room for them', () => {
    fc.assert(
      fc.property(backups, (made) => {
        for (const [index, kept] of keepAll(made, Number.POSITIVE_INFINITY).entries()) {
          const newest = Array.from({ length: Math.min(index + 1, DAILY_BACKUPS) }, (_, age) => (index + 1 - age) * 8).toReversed();
          expect(kept.slice(-newest.length).map(({ sequence }) => sequence)).toEqual(newest);
        }
      }),
    );
  });

  test('they are never more than the budget takes, but for the newest three, which always stay', () => {
    fc.assert(
      fc.property(backups, fc.integer({ min: 0, max: 6_000 }), (made, budgetMb) => {
        for (const [index, kept] of keepAll(made, budgetMb * MB).entries()) {
          const bytes = kept.reduce((sum, { size }) => sum + size, 0);
          expect(kept.length).toBeLessThanOrEqual(DAILY_BACKUPS + WEEKLY_BACKUPS);
          expect(bytes <= budgetMb * MB || kept.length <= BACKUPS_THAT_STAY).toBe(true);
          const stay = Array.from({ length: Math.min(index + 1, BACKUPS_THAT_STAY) }, (_, age) => (index + 1 - age) * 8).toReversed();
          expect(kept.slice(-stay.length).map(({ sequence }) => sequence)).toEqual(stay);
        }
      }),
    );
  });

  test('the oldest kept backup only becomes newer: the second copy never has to reach back before a deleted one', () => {
    fc.assert(
      fc.property(backups, fc.integer({ min: 0, max: 6_000 }), (made, budgetMb) => {
        const oldest = keepAll(made, budgetMb * MB).map((kept) => kept[0]!.sequence);
        expect(oldest).toEqual(oldest.toSorted((one, other) => one - other));
      }),
    );
  });

  test('a disk with little room gives a quarter of what backups and free room are together, and no disk more than four GiB', () => {
    const kept = [{ day: dayOf(0), sequence: 8, size: 600 * MB }];
    expect(backupBudget(kept, 1_400 * MB)).toBe(500 * MB);
    expect(backupBudget(kept, 1_000_000 * MB)).toBe(4_096 * MB);
    expect(backupBudget([], 0)).toBe(0);
  });
});
