import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { nodeFiles } from '../../main/storage/journal-files.ts';
import { type ShopClock, type Step, backUp, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, verifyAll, workHere } from './journal-shop.ts';

let folder: string;
let file: string;
let clock: ShopClock;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'live.db');
  clock = shopClock();
});
afterEach(() => rmSync(folder, { recursive: true }));

const backups = () => nodeFiles.names(join(folder, 'live.backups'));
const mirrorFiles = () => readdirSync(join(folder, 'live.mirror')).toSorted();

const STEPS_PER_DAY = 6;

/** Opens the shop on as many days, each with some sales, a restart now and then, and a backup at the start and in the evening. */
async function keepShop(days: number): Promise<readonly Step[]> {
  const all: Step[] = [];
  for (let day = 0; day < days; day += 1) {
    const { journal, health } = openOrFail(file, clock);
    expect(health, `day ${day}`).toEqual({ kind: 'sound' });
    expect((await backUp(journal)).kind).toBe('ok');
    const steps = stepsOfDay(STEPS_PER_DAY, day * 10);
    recordAll(journal, steps);
    all.push(...steps);
    expect((await backUp(journal)).kind).toBe('ok');
    journal.close();
    clock.nextDay();
  }
  return all;
}

describe('the backups', () => {
  test.each<[string, typeof backUp | typeof verifyAll]>([
    ['the backup', backUp],
    ['the check', verifyAll],
  ])('a journal that is closed during %s leaves the files of the next one alone', async (_, look) => {
    const { journal } = openOrFail(file, clock);
    recordAll(journal, stepsOfDay(STEPS_PER_DAY, 0));
    let closed = () => {};
    const isClosed = new Promise<void>((resolve) => (closed = resolve));
    // The copy is made and checked, but the answer comes when its journal is closed, and another is open.
    const looking = look(journal, async (task, signal) => {
      const done = await workHere()(task, signal);
      await isClosed;
      return done;
    });
    if (look === backUp) await expect.poll(backups).toEqual([expect.stringMatching(/\.part$/u)]);
    journal.close();
    const next = openOrFail(file, clock);
    closed();
    expect(await looking).toMatchObject({ kind: 'failed', failure: { reason: 'unknown' } });
    expect(backups().filter((name) => !name.endsWith('.part'))).toEqual([]);
    recordAll(next.journal, stepsOfDay(1, 50));
    expect(await verifyAll(next.journal)).toEqual({ kind: 'ok', value: null });
    // The remains of the backup are deleted with the next one.
    expect((await backUp(next.journal)).kind).toBe('ok');
    expect(backups()).toEqual([`${String(STEPS_PER_DAY + 1).padStart(12, '0')}_2026-11-23.db`]);
    next.journal.close();
  });

  test('the remains of a killed backup are deleted at the next check, even when none is due', async () => {
    const { journal } = openOrFail(file, clock);
    recordAll(journal, stepsOfDay(STEPS_PER_DAY, 0));
    expect((await backUp(journal)).kind).toBe('ok');
    for (const name of ['0c1d.part', '0c1d.part-journal']) writeFileSync(join(folder, 'live.backups', name), 'half a copy');
    expect((await backUp(journal)).kind).toBe('ok');
    expect(backups()).toHaveLength(1);
    journal.close();
  });

  test('of forty days are one for each of the last fourteen, and one for each week before, each whole by itself', async () => {
    const all = await keepShop(40);
    const weekly = ['2026-11-23', '2026-11-26', '2026-12-03', '2026-12-10', '2026-12-17'];
    const daily = Array.from({ length: 14 }, (_, day) => new Date(Date.parse('2026-12-19') + day * 86_400_000).toISOString().slice(0, 10));
    // The backup of a morning holds the sales until the evening before.
    const sold = (day: string) => ((Date.parse(day) - Date.parse('2026-11-23')) / 86_400_000) * STEPS_PER_DAY;
    expect(backups()).toEqual([...weekly, ...daily].map((day) => `${String(sold(day)).padStart(12, '0')}_${day}.db`));
    for (const name of backups()) expect(stepsIn(join(folder, 'live.backups', name))).toEqual(all.slice(0, Number(name.slice(0, 12))));

    const { journal, health } = openOrFail(file, { ...clock, check: 'whole' });
    expect(health).toEqual({ kind: 'sound' });
    expect(await verifyAll(journal)).toEqual({ kind: 'ok', value: null });
    journal.close();
    expect(stepsIn(file)).toEqual(all);
  });

  /** Nine days of the shop, and a tenth on which the disk has space for a backup only when older ones are deleted. */
  async function keepShopOnFullDisk(): Promise<readonly Step[]> {
    const all = await keepShop(9);
    const { journal } = openOrFail(file, { ...clock, files: { ...nodeFiles, freeBytes: () => 0 } });
    const more = stepsOfDay(STEPS_PER_DAY, 900);
    recordAll(journal, more);
    expect((await backUp(journal)).kind).toBe('ok');
    journal.close();
    return [...all, ...more];
  }

  test('for which the disk has no space are deleted for the new one, all but three, and the second copy goes on from the oldest of them', async () => {
    const all = await keepShopOnFullDisk();
    expect(backups().map((name) => Number(name.slice(0, 12)) / STEPS_PER_DAY)).toEqual([7, 8, 10]);
    expect(mirrorFiles().at(0)).toBe(`${String(7 * STEPS_PER_DAY + 1).padStart(12, '0')}.jsonl`);
    // The promise that is kept: the whole journal comes from the oldest of them and the second copy.
    for (const name of backups().slice(1)) writeFileSync(join(folder, 'live.backups', name), '');
    rmSync(file);
    const { journal, health } = openOrFail(file, clock);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', gapSinceUtc: null, missing: [], backup: `${String(7 * STEPS_PER_DAY).padStart(12, '0')}_2026-11-30.db` });
    expect(stepsIn(file)).toEqual(all);
  });

  test.each<[string, (count: number) => number]>([
    ['the newest backup', () => 0],
    ['the newest that is whole, when three are damaged', () => 3],
    ['the oldest, when only that is whole', (count) => count - 1],
  ])('bring the whole journal back together with the second copy: %s', async (_, howMany) => {
    const all = await keepShop(33);
    const names = backups();
    const spoiled = howMany(names.length);
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

  test('that are deleted are missed, and the second copy is made to reach back to the first event again', async () => {
    await keepShopOnFullDisk();
    for (const name of backups()) rmSync(join(folder, 'live.backups', name));
    const { journal, health } = openOrFail(file, clock);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: null, mirror: 'missing', gapSinceUtc: null });
    expect(mirrorFiles().at(0)).toBe('000000000001.jsonl');
  });

  test('show that a journal was replaced by an older one, together with its second copy', async () => {
    const all = await keepShop(3);
    const older = new Map([...mirrorFiles().map((name) => join('live.mirror', name)), 'live.db', 'live.head'].map((name) => [name, readFileSync(join(folder, name))]));
    const later = await keepShop(3);
    rmSync(join(folder, 'live.mirror'), { recursive: true });
    nodeFiles.makeFolder(join(folder, 'live.mirror'));
    for (const [name, bytes] of older) writeFileSync(join(folder, name), bytes);
    const { journal, health } = openOrFail(file, clock);
    journal.close();
    expect(health).toMatchObject({ kind: 'restored', database: 'behind' });
    // The evening of the last day was only in the deleted files.
    expect(stepsIn(file)).toEqual([...all, ...later.slice(0, 2 * STEPS_PER_DAY)]);
    expect(health).toHaveProperty('gapSinceUtc', expect.stringMatching(/^2026-11-27/u));
  });

  test('are not made when they would take the room that sales need, and sales go on', async () => {
    const { journal } = openOrFail(file, clock);
    recordAll(journal, stepsOfDay(10));
    expect(await backUp(journal, workHere({ files: { ...nodeFiles, freeBytes: () => 100 * 1024 * 1024 } }))).toMatchObject({ kind: 'failed', failure: { reason: 'disk-full' } });
    recordAll(journal, stepsOfDay(10, 50));
    journal.close();
    expect(backups()).toEqual([]);
    expect(stepsIn(file)).toHaveLength(20);
  });

  test('are not made of a journal that is damaged, and that is how the damage is found', async () => {
    const { journal } = openOrFail(file, clock);
    recordAll(journal, stepsOfDay(20));
    const other = new DatabaseSync(file);
    other.exec("DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'long ago' WHERE sequence = 2");
    other.close();
    expect(await backUp(journal)).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    journal.close();
    expect(backups()).toEqual([]);
    const { journal: again, health } = openOrFail(file, { ...clock, check: 'whole' });
    expect(health).toMatchObject({ kind: 'tampered', gapSinceUtc: null });
    again.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(20));
  });

  test('do not depend on the clock: days that come twice, or a jump of years, cost no backup that is needed', async () => {
    const all = [...(await keepShop(3))];
    const wrong = { ...clock, utcNow: () => '2039-01-01T00:00:00.000Z' };
    const { journal } = openOrFail(file, wrong);
    recordAll(journal, stepsOfDay(6, 400));
    expect((await backUp(journal)).kind).toBe('ok');
    journal.close();
    all.push(...stepsOfDay(6, 400), ...(await keepShop(2)));
    expect(new Set(backups().map((name) => name.slice(13, 23)))).toEqual(new Set(['2026-11-23', '2026-11-24', '2026-11-25', '2039-01-01', '2026-11-26', '2026-11-27']));
    rmSync(file);
    const restored = openOrFail(file, clock);
    expect(restored.health).toMatchObject({ kind: 'restored', gapSinceUtc: null, backup: backups().at(-1) });
    restored.journal.close();
    expect(stepsIn(file)).toEqual(all);
  });
});
