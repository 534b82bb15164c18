import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openOrFail, recordAll, stepsIn, stepsOfDay, tryToOpen, verifyAll } from './journal-shop.ts';

/** The disk and the other programs of a real PC. Real: limits, permissions and locks of the operating system, none of them simulated. */

let folder: string;
let file: string;
beforeEach(async () => {
  // On a disk, not in memory.
  folder = mkdtempSync(join(tmpdir(), 'counter-journal-disk-'));
  file = join(folder, 'live.db');
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

const hasLimits = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;
const isRoot = process.getuid?.() === 0;
const NOBODY = 65_534;

const PRELUDE = `
  const { tryToOpen, stepsOfDay } = await import('./test/integration/journal-shop.ts');
  const { spawnSync } = await import('node:child_process');
  const [file] = process.argv.slice(1);
  const say = (value) => process.stdout.write(JSON.stringify(value));
  const openingFailure = () => { const opened = tryToOpen(file); return opened.kind === 'failed' ? opened.failure : null; };`;

/** Sells until the journal refuses, then frees space, and sells once more. Not closed: the till is switched off. */
const sellUntilFull = (makeRoom: readonly string[]) => `
  const opened = tryToOpen(file);
  const steps = stepsOfDay(3000);
  const acknowledged = [], refusals = [];
  for (let index = 0; opened.kind === 'ok' && index < steps.length && refusals.length < 3; index++) {
    const written = opened.value.journal.record(steps[index].sale, steps[index].event);
    if (written.kind === 'ok') acknowledged.push(index); else refusals.push(written.failure.reason);
  }
  const [command, ...rest] = ${JSON.stringify(makeRoom)}.map((word) => word.replace('PID', String(process.pid)));
  const madeRoom = spawnSync(command, rest).status;
  const last = steps.length - 1;
  const written = opened.kind === 'ok' ? opened.value.journal.record(steps[last].sale, steps[last].event) : opened;
  if (written.kind === 'ok') acknowledged.push(last);
  say({ acknowledged, refusals, madeRoom });`;

function runNode(script: string, options: { readonly limitKiB?: number; readonly uid?: number } = {}): unknown {
  const node = [process.execPath, '--input-type=module', '-e', PRELUDE + script, file] as const;
  const { limitKiB, uid } = options;
  // The operating system refuses every byte of a file past the limit, as a full disk does. The soft limit: the script can lift it.
  const command = limitKiB === undefined ? node : ['bash', '-c', `trap "" XFSZ; ulimit -S -f ${limitKiB}; exec "$@"`, '_', ...node];
  const [program = '', ...rest] = command;
  return JSON.parse(execFileSync(program, rest, { encoding: 'utf8', ...(uid === undefined ? {} : { uid, gid: uid }) }));
}

async function expectSoldUntilFull(answer: unknown): Promise<void> {
  const { acknowledged, refusals, madeRoom } = answer as { acknowledged: number[]; refusals: string[]; madeRoom: number };
  expect(madeRoom).toBe(0);
  expect(refusals).toEqual(['disk-full', 'disk-full', 'disk-full']);
  expect(acknowledged.length).toBeGreaterThan(2);
  expect(acknowledged.at(-1)).toBe(2999);
  const { journal, health } = openOrFail(file);
  expect(health).toEqual({ kind: 'sound' });
  expect(await verifyAll(journal)).toEqual({ kind: 'ok', value: null });
  journal.close();
  const steps = stepsOfDay(3000);
  expect(stepsIn(file)).toEqual(acknowledged.map((index) => steps[index]));
}

describe.skipIf(!hasLimits)('when a file may grow no further (F-10)', () => {
  // Different limits stop different files: the log of the database, the second copy, the database itself.
  test.each([64, 150, 256, 400])('no charge begins, what was acknowledged stays, and sales go on as soon as there is room (%i KiB)', async (limitKiB) => {
    await expectSoldUntilFull(runNode(sellUntilFull(['prlimit', '--pid', 'PID', '--fsize=unlimited']), { limitKiB }));
  });

  test('a new journal is not begun, and can be begun when there is room', () => {
    expect(runNode('say(openingFailure())', { limitKiB: 8 })).toMatchObject({ kind: 'journal-unwritable', reason: 'disk-full' });
    const { journal, health } = openOrFail(file);
    expect(health).toEqual({ kind: 'sound' });
    recordAll(journal, stepsOfDay(3));
    journal.close();
  });

  test('a damaged journal is not repaired by halves: it is when there is room', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(200));
    journal.close();
    rmSync(file);
    expect(runNode('say(openingFailure())', { limitKiB: 60 })).toMatchObject({ kind: 'journal-unwritable', reason: 'disk-full' });
    const { journal: again, health } = openOrFail(file);
    expect(health).toMatchObject({ kind: 'restored', database: 'missing', mirror: null, gapSinceUtc: null });
    again.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(200));
  });
});

describe.skipIf(!canMount())('when the disk is full (F-10; needs the right to mount one)', () => {
  const mount = (...words: readonly string[]) => execFileSync('mount', ['-t', 'tmpfs', ...words, 'tmpfs', folder]);
  afterEach(() => execFileSync('umount', [folder]));

  test.each([280, 400, 600])('no charge begins, what was acknowledged stays, and sales go on as soon as there is room (%i KiB)', async (size) => {
    mount('-o', `size=${size}k`);
    await expectSoldUntilFull(runNode(sellUntilFull(['mount', '-o', 'remount,size=64m', folder])));
  });

  test('a new journal is not begun, and the reason is said in plain words', () => {
    mount('-o', 'size=16k');
    expect(runNode('say(openingFailure())')).toMatchObject({ reason: 'disk-full', detail: expect.stringMatching(/^The disk of this PC is full/u) });
    execFileSync('mount', ['-o', 'remount,size=64m', folder]);
    const { journal, health } = openOrFail(file);
    expect(health).toEqual({ kind: 'sound' });
    journal.close();
  });
});

function canMount(): boolean {
  if (process.platform !== 'linux' || !isRoot) return false;
  const tried = mkdtempSync(join(tmpdir(), 'counter-mount-'));
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16k', 'tmpfs', tried]).status === 0;
  if (mounted) spawnSync('umount', [tried]);
  rmdirSync(tried);
  return mounted;
}

describe.skipIf(process.platform === 'win32')('when Counter may not write into its folder', () => {
  // Root may write anywhere, so the till runs as another user where the tests are root.
  const uid = isRoot ? { uid: NOBODY } : {};
  const open = 'say(openingFailure())';

  test('a new journal is not begun, and the reason is said', () => {
    chmodSync(folder, 0o555);
    expect(runNode(open, uid)).toMatchObject({ kind: 'journal-unwritable', reason: 'read-only', detail: expect.stringMatching(/^Counter may not write/u) });
    chmodSync(folder, 0o700);
    expect(openOrFail(file).health).toEqual({ kind: 'sound' });
  });

  test('an existing journal is neither opened nor taken for damaged', () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(20));
    journal.close();
    chmodSync(folder, 0o555);
    for (const name of ['live.db', 'live.head', 'live.mirror/000000000001.jsonl']) chmodSync(join(folder, name), 0o444);
    chmodSync(join(folder, 'live.mirror'), 0o555);
    expect(runNode(open, uid)).toMatchObject({ reason: 'read-only' });
    chmodSync(folder, 0o700);
    chmodSync(join(folder, 'live.mirror'), 0o700);
    for (const name of ['live.db', 'live.head', 'live.mirror/000000000001.jsonl']) chmodSync(join(folder, name), 0o600);
    const again = openOrFail(file, { check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(20));
  });

  test('a folder where the second copy should be written is no reason to write only one', async () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(2));
    journal.close();
    rmSync(join(folder, 'live.mirror', '000000000001.jsonl'));
    mkdirSync(join(folder, 'live.mirror', '000000000001.jsonl'));
    const opened = tryToOpen(file);
    expect(opened.kind === 'failed' || opened.value.health.kind === 'restored').toBe(true);
    if (opened.kind === 'ok') opened.value.journal.close();
    expect(stepsIn(file)).toEqual(stepsOfDay(2));
  });
});

describe('when another program holds the journal', () => {
  const holder = `
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    database.exec(process.argv[2]);
    process.stdout.write('held');
    process.stdin.once('data', () => { database.close(); process.exit(0); });`;

  async function hold(sql: string) {
    const child = spawn(process.execPath, ['--input-type=module', '-e', holder, file, sql], { stdio: ['pipe', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    return async () => {
      child.stdin.write('enough');
      await once(child, 'close');
    };
  }

  test('no charge begins until the program releases it', async () => {
    const { journal } = openOrFail(file);
    const [first, second] = stepsOfDay(2);
    recordAll(journal, [first!]);
    const letGo = await hold('BEGIN EXCLUSIVE');
    expect(journal.record(second!.sale, second!.event)).toMatchObject({ kind: 'failed', failure: { reason: 'in-use', detail: expect.stringMatching(/^Another program/u) } });
    await letGo();
    recordAll(journal, [second!]);
    journal.close();
    const again = openOrFail(file);
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
    expect(stepsIn(file)).toEqual([first, second]);
  });

  test('so that it cannot even be read, it is not taken for damaged', async () => {
    const { journal } = openOrFail(file);
    recordAll(journal, stepsOfDay(5));
    journal.close();
    const letGo = await hold('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT');
    expect(tryToOpen(file)).toMatchObject({ kind: 'failed', failure: { reason: 'in-use' } });
    await letGo();
    const again = openOrFail(file);
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
  });

  test('another Counter, which wrote into it: the two do not mix', () => {
    const one = openOrFail(file).journal;
    const other = openOrFail(file).journal;
    const [first, second, third] = stepsOfDay(3);
    recordAll(one, [first!]);
    expect(other.record(second!.sale, second!.event)).toMatchObject({ kind: 'failed', failure: { reason: 'damaged' } });
    recordAll(one, [second!, third!]);
    one.close();
    other.close();
    const again = openOrFail(file, { check: 'whole' });
    expect(again.health).toEqual({ kind: 'sound' });
    again.journal.close();
    expect(stepsIn(file)).toEqual([first, second, third]);
  });
});
