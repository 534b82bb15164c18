import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { DayView } from '../../contract/report.ts';
import { createDayClose } from '../../main/report/day-close.ts';
import type { JournalParts } from '../../main/storage/append-only-log.ts';
import type { OpenDatabase } from '../../main/storage/journal-database.ts';
import { type JournalFiles, nodeFiles } from '../../main/storage/journal-files.ts';
import type { Journal } from '../../main/storage/journal.ts';
import { NO_JUSTIFI } from './day-shop.ts';
import { historyHere } from './history-here.ts';
import { type Step, backUp, copyFolder, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, tryToOpen, unfinishedIn, workHere } from './journal-shop.ts';

type Operation = (name: string) => void;

/** The journal's files and database, with `before` called ahead of every change that they make to the disk. */
function watched(before: Operation, synced: (path: string) => void = () => {}): { readonly files: JournalFiles; readonly open: OpenDatabase } {
  class WatchedDatabase extends DatabaseSync {
    override exec(sql: string): void {
      if (sql === 'BEGIN IMMEDIATE' || sql === 'ROLLBACK') return super.exec(sql);
      before(`exec ${sql.slice(0, 24)}`);
      return super.exec(sql);
    }
  }
  const files: JournalFiles = {
    ...nodeFiles,
    open(path) {
      before(`open ${path}`);
      const file = nodeFiles.open(path);
      return {
        write(bytes, position) {
          before(`write ${path}`);
          file.write(bytes, position);
        },
        truncate(length) {
          before(`truncate ${path}`);
          file.truncate(length);
        },
        sync() {
          before(`sync ${path}`);
          file.sync();
          synced(path);
        },
        close: () => file.close(),
      };
    },
    copy(from, to) {
      before(`copy ${to}`);
      nodeFiles.copy(from, to);
    },
    rename(from, to) {
      before(`rename ${to}`);
      nodeFiles.rename(from, to);
    },
    remove(path) {
      before(`remove ${path}`);
      nodeFiles.remove(path);
    },
    async removeBig(path) {
      before(`remove ${path}`);
      await nodeFiles.removeBig(path);
    },
  };
  return { files, open: (path, { readOnly }) => (readOnly ? new DatabaseSync(path, { readOnly }) : new WatchedDatabase(path, { timeout: 200 })) };
}

let root: string;
beforeEach(() => {
  root = makeFolder();
});
afterEach(() => rmSync(root, { recursive: true }));

/**
 * Lets `action` run on a copy of `start`, and gives the disk as it was ahead of each of its changes: so a crash at that moment leaves it. Of moments with the
 * same bytes on the disk it gives the first. `lost`: what was not yet synced is not on the disk either.
 */
async function* crashes(start: string, lost: boolean, action: (folder: string, parts: ReturnType<typeof watched>) => void | Promise<void>): AsyncGenerator<{ readonly at: string; readonly folder: string }> {
  const running = join(root, 'running');
  copyFolder(start, running);
  const crashed: { readonly at: string; readonly folder: string }[] = [];
  const known = new Set<string>();
  const syncedContent = new Map<string, Buffer>();
  let number = 0;
  const parts = watched(
    (name) => {
      number += 1;
      const folder = join(root, `crashed-${number}`);
      copyFolder(running, folder);
      if (lost) for (const [path, content] of syncedContent) forgetUnsynced(path.replace(running, folder), content);
      const bytes = bytesIn(folder);
      if (!known.has(bytes)) crashed.push({ at: `${number} (${name.replace(root, '')})`, folder });
      known.add(bytes);
      const path = name.split(' ')[1] ?? '';
      if (name.startsWith('open') && path.endsWith('.jsonl') && existsSync(path)) syncedContent.set(path, readFileSync(path));
    },
    (path) => void syncedContent.set(path, readFileSync(path)),
  );
  await action(running, parts);
  expect(crashed).not.toEqual([]);
  yield* crashed;
}

/** A sum over the names and the bytes of all files. */
function bytesIn(folder: string): string {
  const sum = createHash('sha256');
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted()) {
    const path = join(folder, name);
    const bytes = statSync(path).isFile() ? readFileSync(path) : Buffer.of();
    sum.update(`${name} ${bytes.length}\n`).update(bytes);
  }
  return sum.digest('hex');
}

function forgetUnsynced(path: string, content: Buffer): void {
  if (existsSync(path)) writeFileSync(path, content);
}

function emptyFolder(): string {
  const folder = join(root, 'empty');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  return folder;
}

/** A shop that has been open for a while, closed for the night. */
async function shopWith(steps: readonly Step[], during: (journal: Journal) => void | Promise<unknown> = () => {}): Promise<string> {
  const folder = join(root, 'shop');
  copyFolder(emptyFolder(), folder);
  const { journal } = openOrFail(join(folder, 'live.db'));
  recordAll(journal, steps.slice(0, 12));
  await during(journal);
  recordAll(journal, steps.slice(12));
  journal.close();
  return folder;
}

/** Opens the journal after the crash. It has every acknowledged entry, and at most `inFlight` more. */
function expectKept(at: string, folder: string, acknowledged: readonly Step[], inFlight: readonly Step[] = []) {
  const file = join(folder, 'live.db');
  const opened = tryToOpen(file);
  if (opened.kind === 'failed') throw new Error(`${at}: ${opened.failure.detail}`);
  const { journal, health } = opened.value;
  const kept = stepsIn(file);
  expect(kept.slice(0, acknowledged.length), at).toEqual(acknowledged);
  expect(kept.slice(acknowledged.length), at).toEqual(inFlight.slice(0, kept.length - acknowledged.length));
  expect(journal.unfinished(), at).toEqual({ kind: 'ok', value: unfinishedIn(kept) });
  recordAll(journal, stepsOfDay(2, 900));
  journal.close();
  const again = openOrFail(file);
  expect(again.health, at).toEqual({ kind: 'sound' });
  const untold = again.journal.untoldRepairs();
  again.journal.close();
  return { health, untold: untold.kind === 'ok' ? untold.value : [] };
}

const steps = stepsOfDay(24);

describe.each([
  { what: 'the process dies', lost: false },
  { what: 'the power goes, and with it what was not synced', lost: true },
])('when $what', ({ lost }) => {
  test('in the middle of writing an event, it is there wholly or not at all, and nothing before it is touched', async () => {
    const shop = await shopWith(steps);
    const [next] = stepsOfDay(1, 40);
    const healths = new Set<string>();
    const kept = new Set<number>();
    for await (const { at, folder } of crashes(shop, lost, (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), parts);
      journal.record(next!.sale, next!.event);
    })) {
      const { health } = expectKept(at, folder, steps, [next!]);
      healths.add(health.kind);
      kept.add(stepsIn(join(folder, 'live.db')).length);
    }
    // No crash looks like damage, and there was one before and one after the commit.
    expect([...healths].toSorted()).toEqual(['interrupted', 'sound']);
    expect(kept).toEqual(new Set([steps.length + 2, steps.length + 3]));
  });

  test('in the first minute of a new shop, the shop opens', async () => {
    for await (const { at, folder } of crashes(emptyFolder(), lost, (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), parts);
      recordAll(journal, steps.slice(0, 2));
    })) {
      const { health } = expectKept(at, folder, [], steps.slice(0, 2));
      expect(['sound', 'interrupted'], at).toContain(health.kind);
    }
  });

  test('in the middle of a backup, the journal is sound and no half backup is ever used', async () => {
    const shop = await shopWith(steps, backUp);
    const clock = shopClock();
    clock.nextDay();
    for await (const { at, folder } of crashes(shop, lost, async (copy, parts) => {
      const { journal } = openOrFail(join(copy, 'live.db'), { ...parts, ...clock });
      await backUp(journal, workHere(parts));
    })) {
      // The database is gone as well: the journal has to come from backup and mirror.
      rmSync(join(folder, 'live.db'));
      const { health } = expectKept(at, folder, steps);
      expect(health, at).toMatchObject({ kind: 'restored', gapSinceUtc: null });
      expect(health.kind === 'restored' && health.backup, at).toMatch(/^0000000000(12|24)_2026/u);
    }
  });

  test.each<[string, (folder: string) => void]>([
    ['the database is gone', (folder) => rmSync(join(folder, 'live.db'))],
    ['the database is no database', (folder) => writeFileSync(join(folder, 'live.db'), 'no database '.repeat(2_000))],
    ['the second copy is gone', (folder) => rmSync(join(folder, 'live.mirror'), { recursive: true })],
    ['the second copy is damaged', (folder) => spoilMirror(folder)],
    ['a row was edited', (folder) => spoilRow(folder)],
    [
      'both copies are damaged in different places',
      (folder) => {
        spoilMirror(folder);
        spoilRow(folder);
      },
    ],
  ])('in the middle of a repair, the next start repairs it, and it is still told (%s)', async (_, spoil) => {
    const shop = await shopWith(steps, backUp);
    spoil(shop);
    for await (const { at, folder } of crashes(shop, lost, (copy, parts) => void openOrFail(join(copy, 'live.db'), parts))) {
      const { untold } = expectKept(at, folder, steps);
      expect(untold.length, at).toBeGreaterThan(0);
    }
  });
});

/** Closing the days of this register, in the file of a till that may be cut off. */
function dayCloseOf(folder: string, journal: Journal) {
  const history = historyHere({ history: join(folder, 'live.history.db'), journal: join(folder, 'live.db') }, () => {});
  const clock = shopClock();
  const days = createDayClose({ ...NO_JUSTIFI, journal, history, register: { id: 'register-1', name: 'Register 1' }, currency: 'USD', cashier: () => null, utcNow: clock.utcNow, shopDay: () => ({ timeZone: 'America/New_York', beginsAtHour: 4 }) });
  return { days, history };
}

/** Closes the day that the screen shows, as the cashier does. */
async function closeDay(folder: string, parts: Partial<JournalParts> = {}): Promise<DayView> {
  const { journal } = openOrFail(join(folder, 'live.db'), parts);
  const { days, history } = dayCloseOf(folder, journal);
  try {
    const seen = await days.read(null);
    if (seen.kind === 'failed') throw new Error(seen.failure.kind);
    const closed = await days.close(seen.value.number);
    expect(closed.kind).toBe('ok');
    const after = await days.read(null);
    if (after.kind === 'failed') throw new Error(after.failure.kind);
    journal.close();
    return after.value;
  } finally {
    history.close();
  }
}

/** From the first Z on, each covers the entries after the one before. */
function expectGapless(at: string, { number, closed, report }: DayView, upTo: number): void {
  const days = closed.days.toReversed();
  expect(days.map((day) => day.number), at).toEqual(Array.from({ length: upTo }, (_, index) => index + 1));
  expect(number, at).toBe(upTo + 1);
  expect([...days.map((day) => day.report.after), report.after], at).toEqual([0, ...days.map((day) => day.report.upTo)]);
}

test.each([
  { what: 'the process dies', lost: false },
  { what: 'the power goes, and with it what was not synced', lost: true },
])('R-11: when $what in the middle of closing a day, it is closed once or not at all, and the numbers go on without a gap', async ({ lost }) => {
  const shop = await shopWith(steps);
  await closeDay(shop);
  const before = openOrFail(join(shop, 'live.db')).journal;
  const later = stepsOfDay(8, 42);
  recordAll(before, later);
  before.close();
  const paid = [...steps, ...later].filter(({ event }) => event.kind === 'outcome-known' && (event.outcome.kind === 'paid' || event.outcome.kind === 'accepted')).length;
  expect(paid).toBeGreaterThan(1);
  const closed = new Set<number>();
  for await (const { at, folder } of crashes(shop, lost, async (copy, parts) => void (await closeDay(copy, parts)))) {
    const { journal } = openOrFail(join(folder, 'live.db'));
    const last = journal.lastDayNumber('register-1');
    const kept = last.kind === 'ok' ? last.value : 0;
    expect([1, 2], at).toContain(kept);
    closed.add(kept);
    journal.close();
    const next = await closeDay(folder);
    expectGapless(at, next, kept + 1);
    // Each sale is in exactly one of them.
    const counts = [...next.closed.days.map((day) => day.report), next.report].map((report) => report.totals.payments.count);
    expect(counts.reduce((sum, count) => sum + count, 0), at).toBe(paid);
  }
  // There was a crash before the commit, and one after it.
  expect(closed).toEqual(new Set([1, 2]));
});

function spoilMirror(folder: string): void {
  const mirror = join(folder, 'live.mirror');
  const path = join(mirror, readdirSync(mirror).at(-1)!);
  const bytes = readFileSync(path);
  bytes.fill(0, bytes.length - 900, bytes.length - 300);
  writeFileSync(path, bytes);
}

function spoilRow(folder: string): void {
  const database = new DatabaseSync(join(folder, 'live.db'));
  database.exec(`DROP TRIGGER entry_is_never_changed; UPDATE entry SET at = 'yesterday' WHERE sequence = 3`);
  database.close();
}

describe('when an operation fails', () => {
  test('at any paths in writing an event, the sale does not go on, the next one does, and the copies stay together', async () => {
    const shop = await shopWith(steps);
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
    const shop = await shopWith(steps);
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
    const shop = await shopWith(steps);
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

describe('a till that is killed', () => {
  const RUNS = 8;
  const script = `
    const { openOrFail, stepsFrom } = await import('./test/integration/journal-shop.ts');
    const { writeSync } = await import('node:fs');
    const [file, from] = process.argv.slice(1);
    const { journal, health } = openOrFail(file);
    writeSync(1, health.kind + '\\n');
    let count = Number(from);
    for (const { sale, event } of stepsFrom(0).take(6_000).drop(count)) {
      const written = journal.record(sale, event);
      count += 1;
      if (written.kind === 'ok') writeSync(1, count + '\\n');
    }`;

  test('in the middle of its work, again and again, has kept all that it acknowledged', { timeout: 120_000 }, async () => {
    const file = join(root, 'live.db');
    const all = stepsOfDay(6_000);
    let from = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', script, file, String(from)], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.on('data', (bytes: Buffer) => {
        const hadOne = said.trimEnd().includes('\n');
        said += bytes.toString();
        // Some time after the first event was acknowledged, at a random moment.
        if (!hadOne && said.trimEnd().includes('\n')) setTimeout(() => child.kill('SIGKILL'), 5 + Math.random() * 150);
      });
      await once(child, 'close');
      const [health, ...lines] = said.trimEnd().split('\n');
      const acknowledged = lines.length === 0 ? from : Number(lines.at(-1));
      expect(['sound', 'interrupted']).toContain(health);
      const { journal } = openOrFail(file);
      journal.close();
      const kept = stepsIn(file);
      expect(kept.length - acknowledged).toBeGreaterThanOrEqual(0);
      expect(kept.length - acknowledged).toBeLessThanOrEqual(1);
      expect(kept).toEqual(all.slice(0, kept.length));
      expect(kept.length).toBeGreaterThan(from);
      from = kept.length;
    }
  });
});
