import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalFailure } from '../../main/sale/journal.ts';
import type { Timers } from '../../main/sale/timers.ts';
import { maintainJournal } from '../../main/storage/journal-maintenance.ts';
import { journalThread } from '../../main/storage/journal-thread.ts';
import type { Journal } from '../../main/storage/journal.ts';
import { type ShopClock, backUp, makeFolder, openOrFail, recordAll, shopClock, stepsFrom, stepsIn, stepsOfDay, verifyAll } from './journal-shop.ts';

const WORKER = join(import.meta.dirname, '../../main/storage/journal-worker.ts');

let folder: string;
let file: string;
let clock: ShopClock;
let journal: Journal;
beforeEach(() => {
  folder = makeFolder();
  file = join(folder, 'live.db');
  clock = shopClock();
  journal = openOrFail(file, clock).journal;
});
afterEach(() => {
  journal.close();
  rmSync(folder, { recursive: true });
});

const backups = () => readdirSync(join(folder, 'live.backups')).toSorted();

/** Sells until `work` is done, a step whenever the thread of the till is free. */
async function sellDuring<Value>(work: Promise<Value>, firstSale: number): Promise<{ readonly done: Value; readonly sold: number }> {
  const progress = { isDone: false };
  const ended = work.finally(() => (progress.isDone = true));
  let sold = 0;
  for (const step of stepsFrom(firstSale)) {
    if (progress.isDone) break;
    recordAll(journal, [step]);
    sold += 1;
    await pause(0);
  }
  return { done: await ended, sold };
}

describe('a check and a backup in a thread of their own', () => {
  test('let sales go on, and include the sales up to their start', { timeout: 120_000 }, async () => {
    const before = stepsOfDay(2_000);
    recordAll(journal, before);
    const checked = await sellDuring(verifyAll(journal, journalThread(WORKER)), 2_000);
    expect(checked.done).toEqual({ kind: 'ok', value: null });
    expect(checked.sold).toBeGreaterThan(10);
    const copied = await sellDuring(backUp(journal, journalThread(WORKER)), 5_000);
    expect(copied).toMatchObject({ done: { kind: 'ok' } });
    expect(copied.sold).toBeGreaterThan(10);
    const all = [...before, ...stepsOfDay(checked.sold, 2_000), ...stepsOfDay(copied.sold, 5_000)];
    const [backup] = backups();
    const inBackup = stepsIn(join(folder, 'live.backups', backup!));
    expect(inBackup.length).toBeGreaterThanOrEqual(before.length + checked.sold);
    expect(inBackup).toEqual(all.slice(0, inBackup.length));
    // One file, whole by itself.
    expect(backups()).toEqual([`${String(inBackup.length).padStart(12, '0')}_2026-11-23.db`]);
    journal.close();
    const again = openOrFail(file, { ...clock, check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
    expect(stepsIn(file)).toEqual(all);
  });

  test('find an event that was edited while the till is in use', async () => {
    recordAll(journal, stepsOfDay(40));
    const other = new DatabaseSync(file);
    other.exec("DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'long ago' WHERE sequence = 2");
    other.close();
    expect(await verifyAll(journal, journalThread(WORKER))).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    expect(await backUp(journal, journalThread(WORKER))).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    expect(backups()).toEqual([]);
  });

  test.each<[string, string, RegExp]>([
    ['throws', `throw new Error('broken')`, /broken/u],
    ['rejects', `void Promise.reject(new Error('broken later'))`, /broken later/u],
    ['ends without a word', 'process.exit(3)', /code 3/u],
    ['is no program', 'const;', /Unexpected token/u],
    ['says something else', `require('node:worker_threads').parentPort.postMessage({ kind: 'ok', value: 'fine' })`, /something else/u],
    // In small pieces: V8 ends the whole process, not the thread, when a single value is larger than the free memory.
    ['takes more memory than it may', 'let last = null; for (;;) last = { last };', /memory/u],
  ])('that %s is a failure in a sentence, and the till sells on', { timeout: 120_000 }, async (_, program, detail) => {
    const broken = join(folder, 'broken.cjs');
    writeFileSync(broken, program);
    recordAll(journal, stepsOfDay(6));
    for (const look of [verifyAll, backUp]) expect(await look(journal, journalThread(broken))).toMatchObject({ kind: 'failed', failure: { reason: 'unknown', detail: expect.stringMatching(detail) } });
    expect(await verifyAll(journal, journalThread(join(folder, 'not-there.cjs')))).toMatchObject({ kind: 'failed', failure: { reason: 'unknown' } });
    recordAll(journal, stepsOfDay(6, 50));
    expect(await verifyAll(journal, journalThread(WORKER))).toEqual({ kind: 'ok', value: null });
  });

  test('inherit neither main’s environment nor its flags', async () => {
    process.env['COUNTER_TEST_SECRET'] = 'known';
    const curious = join(folder, 'curious.cjs');
    writeFileSync(curious, `throw new Error('env ' + Object.keys(process.env).length + ', flags ' + process.execArgv.length)`);
    expect(await verifyAll(journal, journalThread(curious))).toMatchObject({ failure: { detail: expect.stringContaining('env 0, flags 0') } });
    delete process.env['COUNTER_TEST_SECRET'];
  });
});

describe('the daily maintenance', () => {
  /** A timer that the test fires. */
  function handTimers() {
    let set: { readonly ms: number; readonly ring: () => void }[] = [];
    const timers: Timers = {
      after(ms, ring) {
        const timer = { ms, ring };
        set.push(timer);
        return () => void (set = set.filter((other) => other !== timer));
      },
    };
    const ring = (ms: number) => {
      const due = set.filter((timer) => timer.ms === ms);
      set = set.filter((timer) => timer.ms !== ms);
      for (const timer of due) timer.ring();
    };
    return { timers, ring, waiting: () => set.map(({ ms }) => ms) };
  }

  const MINUTE_MS = 60_000;
  const HOUR_MS = 60 * MINUTE_MS;

  function maintain(worker: string) {
    const told: string[] = [];
    const tell = (what: string) => ({ reason }: JournalFailure) => void told.push(`${what}: ${reason}`);
    const { timers, ring, waiting } = handTimers();
    const end = maintainJournal(journal, { timers, work: journalThread(worker), onNoBackup: tell('no backup'), onNotChecked: tell('not checked'), onDamaged: tell('damaged') });
    return { told, ring, waiting, end };
  }

  test('checks and backs up, a minute after the start and each day', async () => {
    recordAll(journal, stepsOfDay(6));
    const { told, ring, waiting, end } = maintain(WORKER);
    ring(MINUTE_MS);
    await expect.poll(() => readdirSync(folder).includes('live.backups') && backups()).toEqual(['000000000006_2026-11-23.db']);
    await expect.poll(waiting).toEqual([24 * HOUR_MS]);
    recordAll(journal, stepsOfDay(6, 50));
    clock.nextDay();
    ring(24 * HOUR_MS);
    await expect.poll(backups).toEqual(['000000000006_2026-11-23.db', '000000000012_2026-11-24.db']);
    end();
    expect(told).toEqual([]);
  });

  test('gives up a thread that hangs for an hour, logs it once for the check and once for the backup, and tries again the next day', async () => {
    const hanging = join(folder, 'hanging.cjs');
    writeFileSync(hanging, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
    recordAll(journal, stepsOfDay(6));
    const { told, ring, waiting, end } = maintain(hanging);
    ring(MINUTE_MS);
    await expect.poll(waiting).toEqual([24 * HOUR_MS, HOUR_MS]);
    ring(HOUR_MS);
    await expect.poll(() => told).toEqual(['not checked: unknown']);
    await expect.poll(waiting).toEqual([24 * HOUR_MS, HOUR_MS]);
    ring(HOUR_MS);
    await expect.poll(() => told).toEqual(['not checked: unknown', 'no backup: unknown']);
    expect(waiting()).toEqual([24 * HOUR_MS]);
    end();
    recordAll(journal, stepsOfDay(6, 50));
  });

  test('that is ended while a thread hangs logs nothing, and does not wait', async () => {
    const hanging = join(folder, 'hanging.cjs');
    writeFileSync(hanging, 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)');
    const { told, ring, waiting, end } = maintain(hanging);
    ring(MINUTE_MS);
    await expect.poll(waiting).toEqual([24 * HOUR_MS, HOUR_MS]);
    end();
    await expect.poll(waiting).toEqual([]);
    expect(told).toEqual([]);
  });
});
