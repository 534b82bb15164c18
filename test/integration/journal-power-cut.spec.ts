import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JournalHealth } from '../../main/sale/journal.ts';
import { type Step, backUp, copyFolder, makeFolder, openOrFail, recordAll, shopClock, stepsIn, stepsOfDay, unfinishedIn, verifyAll } from './journal-shop.ts';

/**
 * Cuts the power at random, and lets the disk do the worst: JOURNAL_CUTS=5000 JOURNAL_SEED=7 npx vitest … runs more, or again.
 * The damage is real: bytes of real files, as a real journal left them after each of its commits.
 */
const CUTS = Number(process.env['JOURNAL_CUTS'] ?? 120);
const SEED = Number(process.env['JOURNAL_SEED'] ?? Date.now() % 1_000_000);

/** Park-Miller; good enough to choose the damage. */
function dice(seed: number) {
  let state = (seed % 2_147_483_646) + 1;
  const below = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % Math.max(1, limit);
  };
  return { below, of: <Value>(values: readonly Value[]): Value => values[below(values.length)]! };
}
type Dice = ReturnType<typeof dice>;

/** The disk as it was right after a commit was acknowledged, and how many were. */
type Moment = { readonly folder: string; readonly acknowledged: number };

const STEPS = 64;
const steps = stepsOfDay(STEPS);
let root: string;
let moments: Moment[];
let work: string;

beforeAll(async () => {
  root = makeFolder();
  work = join(root, 'work');
  moments = [];
  console.log(`journal power cuts: ${CUTS}, seed ${SEED}`);
  const random = dice(SEED);
  for (const day of ['a', 'b', 'c']) await liveThrough(day, random);
});
afterAll(() => rmSync(root, { recursive: true }));

/** One day of a shop, including a backup, a restart, and SQLite emptying its log. */
async function liveThrough(day: string, random: Dice): Promise<void> {
  const folder = join(root, `day-${day}`);
  mkdirSync(folder);
  const file = join(folder, 'live.db');
  const clock = shopClock();
  let { journal } = openOrFail(file, clock);
  for (const [index, step] of steps.entries()) {
    recordAll(journal, [step]);
    const also = random.below(12);
    if (also === 0) checkpoint(file);
    if (also === 1) expect((await backUp(journal)).kind).toBe('ok');
    if (also === 2) {
      journal.close();
      ({ journal } = openOrFail(file, clock));
    }
    if (also === 3) clock.nextDay();
    const moment = join(root, `moment-${day}-${index}`);
    copyFolder(folder, moment);
    moments.push({ folder: moment, acknowledged: index + 1 });
  }
  journal.close();
}

function checkpoint(file: string): void {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA wal_checkpoint(PASSIVE)');
  // Left open: closing would take the log away.
  keptOpen.push(database);
}
const keptOpen: DatabaseSync[] = [];

const path = (name: string) => join(work, name);
const mirrorFiles = () => readdirSync(path('live.mirror')).map((name) => join('live.mirror', name));
const present = (names: readonly string[]) => names.filter((name) => existsSync(path(name)));

function change(name: string, how: (bytes: Buffer) => Buffer | void): string {
  const bytes = readFileSync(path(name));
  writeFileSync(path(name), how(bytes) ?? bytes);
  return name;
}

const DAMAGES = {
  truncated(name: string, random: Dice) {
    truncateSync(path(name), random.below(statSync(path(name)).size));
    return name;
  },
  'with a flipped bit': (name: string, random: Dice) =>
    change(name, (bytes) => {
      const at = random.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << random.below(8));
    }),
  'with a zeroed page': (name: string, random: Dice) =>
    change(name, (bytes) => {
      const page = random.below(Math.ceil(bytes.length / 4096)) * 4096;
      bytes.fill(0, page, Math.min(page + 4096, bytes.length));
    }),
  'with garbage at its end': (name: string, random: Dice) =>
    change(name, (bytes) => bytes.fill(random.below(256), Math.max(0, bytes.length - 1 - random.below(600)))),
  'with a torn end': (name: string, random: Dice) => {
    truncateSync(path(name), Math.max(0, statSync(path(name)).size - 1 - random.below(1_000)));
    return name;
  },
  deleted(name: string) {
    rmSync(path(name), { recursive: true });
    return name;
  },
} as const;

/** Restores the file of some commits ago: a disk that lost a write that it had confirmed. */
function forget(names: readonly string[], now: Moment, random: Dice): string {
  const index = moments.indexOf(now);
  const sameDay = (moment: Moment | undefined) => moment !== undefined && moment.folder.split('-').at(-2) === now.folder.split('-').at(-2);
  const before = moments[Math.max(0, index - 1 - random.below(9))];
  const earlier = before !== undefined && sameDay(before) ? before : now;
  for (const name of names) {
    rmSync(path(name), { recursive: true, force: true });
    if (existsSync(join(earlier.folder, name))) copyFolder(join(earlier.folder, name), path(name));
  }
  return `${names.join(' and ')} as ${now.acknowledged - earlier.acknowledged} commits ago`;
}

function hurtDatabase(now: Moment, random: Dice): string {
  const how = random.of([...Object.keys(DAMAGES), 'forgotten', 'forgotten log', 'both gone', 'index garbage']);
  if (how === 'forgotten') return forget(['live.db', 'live.db-wal', 'live.db-shm'], now, random);
  if (how === 'forgotten log') return forget(['live.db-wal'], now, random);
  if (how === 'both gone') return ['live.db', 'live.db-wal'].map((name) => (existsSync(path(name)) ? DAMAGES.deleted(name) : name)).join(' and ');
  if (how === 'index garbage') return existsSync(path('live.db-shm')) ? DAMAGES['with a flipped bit']('live.db-shm', random) : 'nothing';
  const name = random.of(present(['live.db', 'live.db-wal']).filter((candidate) => statSync(path(candidate)).size > 0));
  return `${DAMAGES[how as keyof typeof DAMAGES](name, random)} ${how}`;
}

function hurtMirror(now: Moment, random: Dice): string {
  const how = random.of([...Object.keys(DAMAGES), 'forgotten', 'folder gone']);
  if (how === 'forgotten') return forget(['live.mirror'], now, random);
  if (how === 'folder gone') return DAMAGES.deleted('live.mirror');
  return `${DAMAGES[how as keyof typeof DAMAGES](random.of(mirrorFiles()), random)} ${how}`;
}

/** Cached, because a snapshot never changes. */
function ofMoment<Content>(contentOf: (folder: string) => Content): (moment: Moment) => Content {
  const known = new Map<Moment, Content>();
  return (moment) => {
    const content = known.has(moment) ? known.get(moment)! : contentOf(moment.folder);
    known.set(moment, content);
    return content;
  };
}
const databaseOf = ofMoment(databaseContent);
const mirrorOf = ofMoment(mirrorContent);

/** Everything that SQLite reads from a database and its log; null when it reports damage. */
function databaseContent(folder: string): string | null {
  const copy = join(root, 'looked-at');
  copyFolder(folder, copy);
  try {
    if (!existsSync(join(copy, 'live.db'))) return null;
    const database = new DatabaseSync(join(copy, 'live.db'));
    try {
      const rows = ['sqlite_schema', 'entry', 'sale'].map((table) => database.prepare(`SELECT * FROM ${table} ORDER BY 1`).all());
      const said = database.prepare('PRAGMA integrity_check').get();
      return said?.['integrity_check'] === 'ok' ? JSON.stringify(rows) : null;
    } finally {
      database.close();
    }
  } catch {
    return null;
  }
}

/** The files of the mirror, byte for byte, without an empty new one. */
function mirrorContent(folder: string): string | null {
  const mirror = join(folder, 'live.mirror');
  if (!existsSync(mirror)) return null;
  const files = readdirSync(mirror).map((name) => ({ name, text: readFileSync(join(mirror, name), 'latin1') }));
  const told = files.filter(({ text }) => !/^\{"counter".*"sealed":"!"\}\n$/u.test(text));
  return told.map(({ name, text }) => `${name}\n${text}`).join('\n');
}

type Opened = { readonly health: JournalHealth; readonly noticed: boolean };

/** Opens the damaged journal like the till: at once, then a full check, and a new opening when that finds damage. */
async function openHurt(random: Dice): Promise<Opened> {
  const file = path('live.db');
  const clock = shopClock();
  const { journal, health } = openOrFail(file, { ...clock, tailLength: random.of([4, 2_000]) });
  const verified = await verifyAll(journal);
  journal.close();
  if (verified.kind === 'ok') return { health, noticed: health.kind !== 'sound' };
  const again = openOrFail(file, { ...clock, check: 'whole' });
  again.journal.close();
  return { health: again.health, noticed: true };
}

/** Every acknowledged step is there, in order, and the till goes on from exactly there. */
async function expectNothingLost(acknowledged: readonly Step[]): Promise<void> {
  const file = path('live.db');
  expect(stepsIn(file)).toEqual(acknowledged);
  const { journal, health } = openOrFail(file, shopClock());
  expect(health).toEqual({ kind: 'sound' });
  expect(journal.unfinished()).toEqual({ kind: 'ok', value: unfinishedIn(acknowledged) });
  expect(await verifyAll(journal)).toEqual({ kind: 'ok', value: null });
  const next = stepsOfDay(3, 500);
  recordAll(journal, next);
  journal.close();
  expect(stepsIn(file)).toEqual([...acknowledged, ...next]);
}

function cut(seed: number, hurt: (now: Moment, random: Dice) => string, at?: Moment): { random: Dice; what: string; now: Moment } {
  const random = dice(seed);
  const now = at ?? random.of(moments);
  copyFolder(now.folder, work);
  const what = `seed ${seed}, after ${now.acknowledged} commits: ${hurt(now, random)}`;
  return { random, what, now };
}

describe('a power cut', { timeout: 300_000 }, () => {
  test.each(['live.db', 'live.db-wal'] as const)('after each single commit that cuts off or spoils %s at a random point loses nothing, and is noticed', async (name) => {
    let hurt = 0;
    // Each state of one day once; the random cuts take theirs from every day.
    for (const [index, moment] of moments.slice(0, STEPS).entries()) {
      // Right after SQLite has emptied its log, or before it has begun one, there is none to damage.
      if (!existsSync(join(moment.folder, name)) || statSync(join(moment.folder, name)).size === 0) continue;
      const { random, what, now } = cut(SEED + 300_000 + index, (_now, own) => {
        const how = own.of(['truncated', 'with a flipped bit', 'with a zeroed page'] as const);
        return `${DAMAGES[how](name, own)} ${how}`;
      }, moment);
      const harmless = databaseContent(work) === databaseOf(now);
      const { noticed } = await openHurt(random);
      if (!harmless) expect(noticed, what).toBe(true);
      await expectThat(what, () => expectNothingLost(steps.slice(0, now.acknowledged)));
      hurt += 1;
    }
    expect(hurt).toBeGreaterThan(STEPS / 2);
  });

  test('loses nothing acknowledged from the database, and whatever it damages is noticed', async () => {
    for (let index = 0; index < CUTS; index += 1) {
      const { random, what, now } = cut(SEED + index, hurtDatabase);
      const harmless = databaseContent(work) === databaseOf(now);
      const { health, noticed } = await openHurt(random);
      if (!harmless) expect(noticed, what).toBe(true);
      if (health.kind === 'restored' || health.kind === 'tampered') expect(health, what).toMatchObject({ gapSinceUtc: null, missing: [], mirror: null });
      await expectThat(what, () => expectNothingLost(steps.slice(0, now.acknowledged)));
    }
  });

  test('loses nothing acknowledged from the second copy, and every changed byte is noticed', async () => {
    for (let index = 0; index < CUTS / 2; index += 1) {
      const { random, what, now } = cut(SEED + 100_000 + index, hurtMirror);
      const harmless = mirrorContent(work) === mirrorOf(now);
      const { health, noticed } = await openHurt(random);
      if (!harmless) expect(noticed, what).toBe(true);
      if (health.kind === 'restored' || health.kind === 'tampered') expect(health, what).toMatchObject({ database: null, missing: [] });
      await expectThat(what, () => expectNothingLost(steps.slice(0, now.acknowledged)));
    }
  });

  test('that damages both copies is noticed, loses no more than both lost, and says since when', async () => {
    for (let index = 0; index < CUTS / 3; index += 1) {
      const { random, what, now } = cut(SEED + 200_000 + index, (moment, own) => `${hurtDatabase(moment, own)}, ${hurtMirror(moment, own)}`);
      const harmless = databaseContent(work) === databaseOf(now) && mirrorContent(work) === mirrorOf(now);
      const { health, noticed } = await openHurt(random);
      if (!harmless) expect(noticed, what).toBe(true);
      const acknowledged = steps.slice(0, now.acknowledged);
      const kept = stepsIn(path('live.db'));
      await expectThat(what, () => expect(acknowledged).toEqual(expect.arrayContaining([...kept])));
      const firstLost = acknowledged.findIndex((step) => !kept.some((other) => JSON.stringify(other) === JSON.stringify(step)));
      if (firstLost < 0) continue;
      // The entries before the first lost one are kept; the gap must begin no later than the last of them.
      const since = health.kind === 'restored' || health.kind === 'tampered' ? health.gapSinceUtc : null;
      expect(since, what).not.toBeNull();
      const lastBefore = firstLost === 0 ? '1970-01-01T00:00:00.000Z' : timeOf(now.folder, firstLost);
      expect(Date.parse(since!), what).toBeLessThanOrEqual(Date.parse(lastBefore));
    }
  });
});

/** When the entry of this step was written, by the undamaged mirror or database. */
function timeOf(folder: string, step: number): string {
  const copy = join(root, 'looked-at');
  copyFolder(folder, copy);
  const database = new DatabaseSync(join(copy, 'live.db'));
  try {
    return String(database.prepare('SELECT at FROM entry WHERE sequence = ?').get(step)?.['at']);
  } finally {
    database.close();
  }
}

/** Names the cut when an expectation inside fails. */
async function expectThat(what: string, check: () => void | Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    throw new Error(what, { cause: error });
  }
}
