import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { type ShopClock, type Step, backUp, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, verifyAll } from './journal-shop.ts';

let folder: string;
let file: string;
let clock: ShopClock;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'live.db');
  clock = shopClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const backups = () => readdirSync(join(folder, 'live.backups')).toSorted();
const mirrorFiles = () => readdirSync(join(folder, 'live.mirror')).toSorted();

const STEPS_PER_DAY = 6;

/** Opens the shop on as many days, each with some sales, a restart now and then, and a backup at the start and in the evening. */
function keepShop(days: number): readonly Step[] {
  const all: Step[] = [];
  for (let day = 0; day < days; day += 1) {
    const { journal, health } = openOrFail(file, clock);
    expect(health, `day ${day}`).toEqual({ kind: 'sound' });
    expect(backUp(journal).kind).toBe('ok');
    const steps = stepsOfDay(STEPS_PER_DAY, day * 10);
    recordAll(journal, steps);
    all.push(...steps);
    expect(backUp(journal).kind).toBe('ok');
    journal.close();
    clock.nextDay();
  }
  return all;
}

describe('the backups', () => {
  test('of forty days are thirty, one for each of the last days, each whole by itself, and the second copy holds no more than they need', () => {
    const all = keepShop(40);
    const names = backups();
    expect(names).toHaveLength(30);
    // The backup of a morning holds what was sold until the evening before.
    expect(names.at(-1)).toBe(`${String(39 * STEPS_PER_DAY).padStart(12, '0')}_2027-01-01.db`);
    expect(names.at(0)).toBe(`${String(10 * STEPS_PER_DAY).padStart(12, '0')}_2026-12-03.db`);
    for (const name of names) {
      const steps = stepsIn(join(folder, 'live.backups', name));
      expect(steps).toEqual(all.slice(0, Number(name.slice(0, 12))));
    }
    expect(mirrorFiles().at(0)).toBe(`${String(10 * STEPS_PER_DAY + 1).padStart(12, '0')}.jsonl`);
    expect(mirrorFiles()).toHaveLength(30);

    const { journal, health } = openOrFail(file, { ...clock, check: 'whole' });
    expect(health).toEqual({ kind: 'sound' });
    expect(verifyAll(journal)).toEqual({ kind: 'ok', value: null });
    journal.close();
    expect(stepsIn(file)).toEqual(all);
  });

  test.each([
    { what: 'the newest backup', spoiled: 0 },
    { what: 'the newest that is whole, when three are damaged', spoiled: 3 },
    { what: 'the oldest, when only that is whole', spoiled: 29 },
  ])('bring the whole journal back together with the second copy: $what', ({ spoiled }) => {
    const all = keepShop(33);
    const names = backups();
    for (const [index, name] of names.slice(names.length - spoiled).entries()) spoil(join(folder, 'live.backups', name), index);
    writeFileSync(file, readFileSync(file).fill(0, 8_192, 20_480));
    const { journal, health } = openOrFail(file, clock);
    expect(health).toMatchObject({ kind: 'restored', database: 'unreadable', gapSinceUtc: null, missing: [], backup: names.at(-1 - spoiled) });
    journal.close();
    expect(stepsIn(file)).toEqual(all);
    // A damaged backup is kept under another name, and never counted again.
    expect(backups().filter((name) => name.endsWith('.damaged'))).toHaveLength(spoiled);
    const again = openOrFail(file, { ...clock, check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  /** Each in another way: cut, emptied, a page gone, edited by hand. */
  function spoil(path: string, way: number): void {
    if (way % 4 === 0) writeFileSync(path, readFileSync(path).subarray(0, 9_000));
    if (way % 4 === 1) writeFileSync(path, '');
    if (way % 4 === 2) writeFileSync(path, readFileSync(path).fill(0, 4_096, 8_192));
    if (way % 4 === 3) {
      const database = new DatabaseSync(path);
      database.exec("DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'long ago' WHERE sequence = 2");
      database.close();
    }
  }

  test('that somebody deletes are missed, and the second copy is made to reach back to the first event again', () => {
    keepShop(33);
    for (const name of backups()) rmSync(join(folder, 'live.backups', name));
    const { journal, health } = openOrFail(file, clock);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: null, mirror: 'missing', gapSinceUtc: null });
    expect(mirrorFiles().at(0)).toBe('000000000001.jsonl');
  });

  test('know of a journal that was replaced by an older one, together with its second copy', () => {
    const all = keepShop(3);
    const older = new Map([...mirrorFiles().map((name) => join('live.mirror', name)), 'live.db', 'live.head'].map((name) => [name, readFileSync(join(folder, name))]));
    const later = keepShop(3);
    rmSync(join(folder, 'live.mirror'), { recursive: true });
    nodeFiles.makeFolder(join(folder, 'live.mirror'));
    for (const [name, bytes] of older) writeFileSync(join(folder, name), bytes);
    const { journal, health } = openOrFail(file, clock);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: 'behind' });
    // The evening of the last day was only in what was taken away.
    expect(stepsIn(file)).toEqual([...all, ...later.slice(0, 2 * STEPS_PER_DAY)]);
    expect(health).toHaveProperty('gapSinceUtc', expect.stringMatching(/^2026-11-27/u));
  });

  test('are not made when they would take the room that sales need, and sales go on', () => {
    const { journal } = openOrFail(file, { ...clock, files: { ...nodeFiles, freeBytes: () => 100 * 1024 * 1024 } });
    recordAll(journal, stepsOfDay(10));
    expect(backUp(journal)).toMatchObject({ kind: 'failed', failure: { reason: 'disk-full' } });
    recordAll(journal, stepsOfDay(10, 50));
    journal.close();
    expect(backups()).toEqual([]);
    expect(stepsIn(file)).toHaveLength(20);
  });

  test('are not made of a journal that is damaged, and that is how the damage is found', () => {
    const { journal } = openOrFail(file, clock);
    recordAll(journal, stepsOfDay(20));
    const other = new DatabaseSync(file);
    other.exec("DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'long ago' WHERE sequence = 2");
    other.close();
    expect(backUp(journal)).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    journal.close();
    expect(backups().filter((name) => name.endsWith('.db'))).toEqual([]);
    const { journal: again, health } = openOrFail(file, { ...clock, check: 'whole' });
    expect(health).toMatchObject({ kind: 'tampered', gapSinceUtc: null });
    again.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(20));
  });

  test('and checks are made in steps, and sales go on between any two of them', () => {
    keepShop(2);
    const { journal } = openOrFail(file, clock);
    const more = stepsOfDay(200, 300);
    let next = 0;
    const sellOne = () => recordAll(journal, more.slice(next, (next += 1)));
    for (const work of [journal.verifyAll(), journal.backUp(), journal.verifyAll()]) {
      for (;;) {
        const step = work.next();
        if (step.done === true) {
          expect(step.value.kind).toBe('ok');
          break;
        }
        sellOne();
      }
    }
    expect(next).toBeGreaterThan(20);
    // A check that was begun before a backup goes on after it.
    const check = journal.verifyAll();
    check.next();
    clock.nextDay();
    expect(backUp(journal).kind).toBe('ok');
    sellOne();
    for (;;) {
      const step = check.next();
      if (step.done !== true) continue;
      expect(step.value).toEqual({ kind: 'ok', value: null });
      break;
    }
    journal.close();
    const again = openOrFail(file, { ...clock, check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  test('do not depend on the clock: days that come twice, or a jump of years, cost no backup that is needed', () => {
    const all = [...keepShop(3)];
    const wrong = { ...clock, utcNow: () => '2039-01-01T00:00:00.000Z' };
    const { journal } = openOrFail(file, wrong);
    recordAll(journal, stepsOfDay(6, 400));
    expect(backUp(journal).kind).toBe('ok');
    journal.close();
    all.push(...stepsOfDay(6, 400), ...keepShop(2));
    expect(new Set(backups().map((name) => name.slice(13, 23)))).toEqual(new Set(['2026-11-23', '2026-11-24', '2026-11-25', '2039-01-01', '2026-11-26', '2026-11-27']));
    rmSync(file);
    const restored = openOrFail(file, clock);
    expect(restored.health).toMatchObject({ kind: 'restored', gapSinceUtc: null, backup: backups().at(-1) });
    restored.journal.close();
    expect(stepsIn(file)).toEqual(all);
  });
});
