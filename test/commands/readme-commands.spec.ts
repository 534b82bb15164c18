import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeStandInElectron } from '../packaging/stand-in-electron.ts';

/*
 * Every command of the README's table, once, in its shortest form, by npm as a person runs it. It must do what it says, and
 * leave no process behind: every process that it starts inherits its mark.
 */
const root = join(import.meta.dirname, '../..');
const TIMEOUT_MS = 240_000;
const STOPPED_WITHIN_MS = 12_000;
const readme = readFileSync(join(root, 'README.md'), 'utf8');

/** By the name in the README. `npm test` is what is running. */
const TRIED = new Set(['npm test']);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-commands-'));
  mkdirSync(join(folder, 'tmp'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Ended = { readonly code: number | null; readonly signal: NodeJS.Signals | null; readonly stdout: string; readonly stderr: string };

/** Runs `npm run <words>`; what it leaves in the temporary folder is looked at by `expectNothingLeft`. */
function start(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn('npm', ['run', '--silent', ...words], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    env: { ...process.env, TMPDIR: join(folder, 'tmp'), COUNTER_TEST_MARK: folder, ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'no-electron'), ...env },
  });
  const ended: Promise<Ended> = Promise.all([text(child.stdout), text(child.stderr), new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => child.once('exit', (code, signal) => resolve({ code, signal })))]).then(
    ([stdout, stderr, exit]) => ({ ...exit, stdout, stderr }),
  );
  return { child, ended };
}

/** Processes that carry the mark of this test. */
function marked(): string[] {
  return readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/u.test(pid) && readFileSync(`/proc/${pid}/environ`, 'latin1').includes(`COUNTER_TEST_MARK=${folder}`);
    } catch {
      return false;
    }
  });
}

async function expectNothingLeft(withinMs = 30_000): Promise<void> {
  if (process.platform !== 'linux') return;
  await expect.poll(() => marked().map((pid) => spawnSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).stdout.trim()).filter((args) => args !== ''), { timeout: withinMs }).toEqual([]);
}

async function runToEnd(command: string, ...words: readonly string[]): Promise<Ended> {
  TRIED.add(command);
  const ended = await start(words).ended;
  expect(ended, `${ended.stdout}\n${ended.stderr}`).toMatchObject({ code: 0, signal: null });
  await expectNothingLeft();
  return ended;
}

/** Stops it in the middle of its work: a terminal's Ctrl-C comes to the whole group, SIGTERM to npm alone. */
async function stop({ child, ended }: ReturnType<typeof start>, signal: 'SIGINT' | 'SIGTERM', isInTheMiddle: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isInTheMiddle()) && child.exitCode === null) await pause(100);
  expect(child.exitCode, 'it ended by itself').toBeNull();
  process.kill(signal === 'SIGINT' ? -child.pid! : child.pid!, signal);
  // Far less than its remaining work.
  await expectNothingLeft(STOPPED_WITHIN_MS);
  const { code } = await ended;
  expect(code).not.toBe(0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

const runs = (program: RegExp) => () => marked().some((pid) => program.test(spawnSync('ps', ['-o', 'args=', '-p', pid], { encoding: 'utf8' }).stdout));

test('npm run demo sells once, ends with a receipt, and puts its pictures into the given folder', { timeout: TIMEOUT_MS }, async () => {
  const pictures = join(folder, 'pictures');
  const { stdout } = await runToEnd('npm run demo', 'demo', '--', '--json', '--end', 'declined', '--into', pictures);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ state: 'paid', amountInCents: 1799, last4: '4242' });
  expect(stdout).toMatch(/TRAINING – NOT A REAL PAYMENT[\s\S]*One chocolate donut: \$17\.99[\s\S]*Visa \*{4} 4242/u);
  expect(readdirSync(pictures)).toEqual(expect.arrayContaining(['6-paid.png', '7-declined.png', 'receipt.pdf', 'receipt.png']));
});

test('npm run newcomer walks from the first screen to the manager’s side, and leaves the documents alone', { timeout: TIMEOUT_MS }, async () => {
  const pictures = join(folder, 'newcomer');
  await runToEnd('npm run newcomer', 'newcomer', '--', '--into', pictures);
  const shown = [...readFileSync(join(root, 'docs/first-ten-minutes.md'), 'utf8').matchAll(/\(pictures\/newcomer\/([^)]+)\)/gu)].map(([, name]) => name!);
  expect(readdirSync(pictures).toSorted()).toEqual(shown.toSorted());
});

test('npm run bench measures one run of each, at one pace', { timeout: TIMEOUT_MS }, async () => {
  const { stdout } = await runToEnd('npm run bench', 'bench', '--', '1', '--json', '--sales', '200', '--pace', '500', '--shell');
  const { ratios, steps, targets } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as { ratios: { ratio: number }[]; steps: { step: string; oursMs: number }[]; targets: { digitMs: number; newSaleMs: number } };
  expect(ratios).toHaveLength(4);
  expect(steps.map(({ step }) => step)).toEqual(['process', 'window', 'script', 'first paint', 'first digit']);
  for (const { step, oursMs } of steps) expect(oursMs, step).toBeGreaterThan(0);
  for (const { ratio } of ratios) expect(ratio).toBeGreaterThan(0);
  expect(targets.digitMs).toBeGreaterThan(0);
  expect(targets.newSaleMs).toBeGreaterThan(0);
});

/** The gate of a push (docs/reliability.md). */
const STORM_TIMEOUT_MS = 600_000;

test('npm run storm serves 60 customers while the till is killed: no sale is lost, wrong, or charged twice', { timeout: STORM_TIMEOUT_MS, retry: 0 }, async () => {
  const { stdout } = await runToEnd('npm run storm', 'storm', '--', '--sales', '60', '--seed', '7');
  console.log(stdout);
  expect(stdout).toMatch(/^sales=\d+ .* lost=0 double=0 wrong=0 unresolved=0$/mu);
});

test('npm run mutations breaks one rule, and a spec notices', { timeout: TIMEOUT_MS }, async () => {
  const { stdout } = await runToEnd('npm run mutations', 'mutations', '--', '--only', 'SQLite does not wait', '--sales', '0');
  expect(stdout).toContain('1 rules broken, 0 not noticed');
});

test('npm run contact-sheet draws one screen and JustiFi’s form in one size and language, and leaves the documents alone', { timeout: TIMEOUT_MS }, async () => {
  const sheets = join(folder, 'sheets');
  const { stdout } = await runToEnd('npm run contact-sheet', 'contact-sheet', '--', '--language', 'en', '--screen', '1280x720', '--colours', 'light', '--state', 'PAID', '--into', sheets);
  expect(stdout).toContain('en.jpg: 2 screens on 1 sizes');
  expect(readdirSync(sheets)).toEqual(['en.jpg']);
});

test('npm run smoke without Electron’s binary says so and does not fail', { timeout: TIMEOUT_MS }, async () => {
  const { stdout } = await runToEnd('npm run smoke', 'smoke');
  expect(stdout).toMatch(/^No Electron binary: nothing was tried \(.+\)\.$/mu);
});

test.skipIf(process.platform !== 'linux')('npm run dist packs a given Electron, and without one says so in a sentence', { timeout: TIMEOUT_MS }, async () => {
  const electron = join(folder, 'electron');
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { version: string };
  makeStandInElectron(electron, version);
  await runToEnd('npm run dist', 'dist', '--', '--dir', `-c.electronDist=${electron}`, `-c.directories.output=${join(folder, 'release')}`);
  expect(readdirSync(join(folder, 'release'))).toContain('linux-unpacked');

  const elsewhere = await start(['dist', '--', '--win']).ended;
  expect(elsewhere).toMatchObject({ code: 1, stderr: expect.stringMatching(/^A package is made on its own platform, [^\n]+ leave --win out, or run this there\.\n$/u) });

  const without = await start(['dist', '--', '--linux', '--dir'], { ELECTRON_MIRROR: 'http://127.0.0.1:9/' }).ended;
  expect(without.code).toBe(1);
  expect(without.stderr.trim().split('\n')).toEqual([expect.stringMatching(/^No package can be made here: Electron's binary cannot be had/u)]);
});

test.skipIf(process.platform !== 'linux')('npm start opens the till, ends with SIGTERM, and without a screen says so in a sentence', { timeout: TIMEOUT_MS }, async () => {
  TRIED.add('npm start');
  const port = await freePort();
  // Windows without a display, in Chromium's own way.
  const env = {
    DISPLAY: ':none',
    COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(['--ozone-platform=headless']),
    COUNTER_HOST_USER_DATA: join(folder, 'data'),
    COUNTER_HOST_CDP_PORT: String(port),
  };
  const isUp = async () => (await fetch(`http://127.0.0.1:${port}/json/list`).then((answer) => answer.text(), () => '')).includes('"title": "Counter"');
  await stop(start(['start'], env), 'SIGTERM', isUp);
  const blind = await start(['start'], { DISPLAY: '', WAYLAND_DISPLAY: '' }).ended;
  expect(blind).toMatchObject({ code: 1, stderr: expect.stringMatching(/^There is no screen here/u) });
});

// How every script ends, also when it fails, is in test/unit/script.spec.ts; here are the app and a till, which end in their own way.
test.skipIf(process.platform !== 'linux').each([
  { words: ['demo', '--', '--into', 'pictures'], signal: 'SIGINT', middle: /host\/register\.ts/u },
  { words: ['storm', '--', '--sales', '400'], signal: 'SIGTERM', middle: /till-process\.mjs/u },
] as const)('npm run $words, stopped in the middle by $signal, leaves no process', { timeout: TIMEOUT_MS }, async ({ words, signal, middle }) => {
  await stop(start(words.map((word) => (word === 'pictures' ? join(folder, 'pictures') : word))), signal, runs(middle));
});

test('every command of the README’s table was run', () => {
  const named = [...readme.matchAll(/^\| `(npm (?:run )?[\w-]+)` \|/gmu)].map(([, command]) => command);
  expect(named.length).toBeGreaterThan(6);
  expect(named.filter((command) => !TRIED.has(command!))).toEqual([]);
});
