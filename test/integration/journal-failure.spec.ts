import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyFolder, makeFolder, openOrFail, recordAll, stepsIn, stepsOfDay } from './journal-shop.ts';
import { shopWith, watched } from './crashed-disk.ts';

let root: string;
beforeEach(() => {
  root = makeFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

const steps = stepsOfDay(24);

describe('when an operation fails', () => {
  test('at any point of writing an event, the sale does not go on, the next one does, and the copies stay together', async () => {
    const shop = await shopWith(root, steps);
    const [refused, next, after] = stepsOfDay(3, 40);
    for (let failing = 1; ; failing += 1) {
      const folder = join(root, 'failing');
      copyFolder(shop, folder);
      const file = join(folder, 'live.db');
      let done = 0;
      let armed = false;
      let name = '';
      const parts = watched((operation) => {
        if (!armed) return;
        done += 1;
        if (done !== failing) return;
        name = operation;
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });
      const { journal } = openOrFail(file, parts);
      armed = true;
      const answer = journal.record(refused!.sale, refused!.event);
      armed = false;
      if (done < failing) {
        journal.close();
        break;
      }
      const at = `${failing} (${name})`;
      // Only the high-water mark is not synced.
      const isWaitedFor = !name.endsWith('live.head');
      expect(answer, at).toMatchObject(isWaitedFor ? { kind: 'failed', failure: { reason: 'disk-full' } } : { kind: 'ok' });
      recordAll(journal, [next!, after!]);
      journal.close();
      const again = openOrFail(file);
      expect(again.health, at).toEqual({ kind: 'sound' });
      again.journal.close();
      const found = stepsIn(file);
      expect(found.slice(0, steps.length), at).toEqual(steps);
      expect(found.slice(-2), at).toEqual([next, after]);
      expect(found.slice(steps.length, -2), at).toEqual(found.length === steps.length + 3 ? [refused] : []);
    }
    expect.hasAssertions();
  });

  test('again and again, nothing is acknowledged until it stops failing', async () => {
    const shop = await shopWith(root, steps);
    const file = join(shop, 'live.db');
    let broken = false;
    const parts = watched((operation) => {
      if (broken && operation.includes('.mirror')) throw Object.assign(new Error('i/o error'), { code: 'EIO' });
    });
    const { journal } = openOrFail(file, parts);
    broken = true;
    for (const { sale, event } of stepsOfDay(5, 40)) expect(journal.record(sale, event).kind).toBe('failed');
    broken = false;
    recordAll(journal, stepsOfDay(5, 60));
    journal.close();
    expect(openAndClose(file)).toEqual({ kind: 'sound' });
    expect(stepsIn(file)).toEqual([...steps, ...stepsOfDay(5, 60)]);
  });

  test('of another program that writes into the journal, the till stops writing, and says why at the next start', async () => {
    const shop = await shopWith(root, steps);
    const file = join(shop, 'live.db');
    const { journal } = openOrFail(file);
    const other = new DatabaseSync(file);
    other.exec(`INSERT INTO entry (sequence, at, utc_offset_in_minutes, event, link) VALUES (25, 'now', 0, '{"kind":"made-up"}', '${'f'.repeat(64)}')`);
    other.close();
    const [next] = stepsOfDay(1, 40);
    expect(journal.record(next!.sale, next!.event)).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    journal.close();
    expect(openAndClose(file)).toMatchObject({ kind: 'tampered', database: 'altered', mirror: null, gapSinceUtc: null });
    expect(stepsIn(file)).toEqual(steps);
  });
});

function openAndClose(file: string) {
  const { journal, health } = openOrFail(file);
  journal.close();
  return health;
}
