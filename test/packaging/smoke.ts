import { type ChildProcess, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { CARDS } from '../e2e/card-form.ts';
import { openTillApp } from '../e2e/till-app.ts';
import { electronFolder, findOrFetchElectron } from '../host/electron-binary.ts';
import type { CounterTarget } from '../host/running-counter.ts';
import { sandboxTrouble, thisMachine } from '../host/sandbox-trouble.ts';
import { atEnd, runProgram, startProgram, temporaryFolder } from '../setup/script.ts';
import { SAFE_FUSES, readFuses } from './fuses.ts';
import { electronBuilder, prepareIcons } from './package-maker.ts';

/*
 * `npm run smoke`: the automatic checks that need Electron's binary, for the first machine that has it. The packed Counter is started
 * and checked from outside, because it refuses to be driven; the unpacked one makes a sale. docs/first-run-on-electron.md does the rest by hand.
 */
const root = join(import.meta.dirname, '../..');
const STARTED_WITHIN_MS = 60_000;
const ENDED_WITHIN_MS = 15_000;
const LOOKS_EVERY_MS = 100;

type Smoke = {
  /** An unpacked Electron. */
  readonly electron: string;
  /** The program on which the unpacked Counter makes its sale. */
  readonly target: CounterTarget;
};

/** The exit code. */
export async function run(): Promise<number> {
  const electron = await findOrFetchElectron();
  if ('missing' in electron) {
    console.log(`No Electron binary: nothing was tried (${electron.missing}).`);
    return 0;
  }
  const trouble = process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY ? 'There is no screen here: use "xvfb-run -a npm run smoke".' : sandboxTrouble(electron.path, thisMachine);
  if (trouble !== null) {
    console.error(trouble);
    return 1;
  }
  return smoke({ electron: electronFolder(), target: 'electron' });
}

/** Every check, also after one that failed; the exit code. */
export async function smoke({ electron, target }: Smoke): Promise<number> {
  const folder = temporaryFolder('smoke');
  let failures = 0;
  async function check(name: string, action: () => Promise<string> | string): Promise<void> {
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
    try {
      const seen = await action();
      console.log(`passed  ${name} (${seconds()} s): ${seen}`);
    } catch (error) {
      failures += 1;
      console.log(`FAILED  ${name} (${seconds()} s): ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  await check('Counter is packed', () => pack(electron, join(folder, 'release')));
  const packed = findPacked(join(folder, 'release'));
  await check('every fuse is on its safe side', () => compareFuses(packed.fuses));
  await check('the packed Counter starts, and reads the keychain', () => startPacked(packed.program, join(folder, 'packed')));
  await check('the packed Counter refuses to be driven (A-20)', () => refuses(packed.program, join(folder, 'refused')));
  await check('the unpacked Counter makes a training sale', () => sell(target, join(folder, 'sale')));
  console.log(failures === 0 ? `All of it passed on ${process.platform} ${process.arch}.` : `${failures} failed on ${process.platform} ${process.arch}.`);
  return failures === 0 ? 0 : 1;
}

async function pack(electron: string, release: string): Promise<string> {
  await prepareIcons();
  const code = await runProgram(process.execPath, [electronBuilder, '--dir', `-c.electronDist=${electron}`, `-c.directories.output=${release}`], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (code !== 0) throw new Error(`electron-builder ended with ${code}`);
  return readFileSync(join(electron, 'version'), 'utf8').trim();
}

/** The program, and the file of it that has the fuses. */
function findPacked(release: string): { readonly program: string; readonly fuses: string } {
  const folder = join(release, existsSync(release) ? (readdirSync(release).find((name) => /-unpacked$|^mac/u.test(name)) ?? '') : '');
  if (process.platform === 'darwin') {
    const contents = join(folder, 'Counter.app/Contents');
    return { program: join(contents, 'MacOS/Counter'), fuses: join(contents, 'Frameworks/Electron Framework.framework/Versions/A/Electron Framework') };
  }
  const program = join(folder, process.platform === 'win32' ? 'Counter.exe' : 'counter');
  return { program, fuses: program };
}

function compareFuses(binary: string): string {
  const fuses = readFuses(binary);
  const wrong = Object.entries(SAFE_FUSES).filter(([name, safe]) => fuses[name as keyof typeof fuses] !== safe);
  if (wrong.length > 0) throw new Error(`wrong: ${wrong.map(([name]) => name).join(', ')}`);
  return `${Object.keys(SAFE_FUSES).length} fuses`;
}

/** The switches that an installed Counter accepts (main/shell/command-line.ts). */
function switches(userData: string): string[] {
  mkdirSync(userData, { recursive: true });
  const onLinux = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(process.env.DISPLAY ? ['--ozone-platform=x11'] : [])];
  return [`--user-data-dir=${userData}`, ...(process.platform === 'linux' ? onLinux : [])];
}

/** Until it takes payments and has read the keychain; then it is asked to quit. Returns the observations; throws the missing one. */
export async function startPacked(program: string, userData: string): Promise<string> {
  const counter = startProgram(program, switches(userData), { stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = once(counter, 'exit');
  const log = () => (existsSync(join(userData, 'counter.log')) ? readFileSync(join(userData, 'counter.log'), 'utf8') : '');
  const startedAt = performance.now();
  while (!(log().includes('counter.started') && log().includes('keychain.read'))) {
    if (counter.exitCode !== null || counter.signalCode !== null) throw new Error(`it ended by itself, with ${counter.exitCode ?? counter.signalCode}\n${log()}`);
    if (performance.now() - startedAt > STARTED_WITHIN_MS) throw new Error(`nothing after ${STARTED_WITHIN_MS} ms\n${log()}`);
    await pause(LOOKS_EVERY_MS);
  }
  const found = /keychain\.read .*"found":"([\w-]+)"/u.exec(log())?.[1] ?? 'unreadable';
  quit(counter);
  const left = await Promise.race([ended.then(([code, signal]) => String(code ?? signal)), pause(ENDED_WITHIN_MS, 'not at all', { ref: false })]);
  if (found.startsWith('keychain-')) throw new Error(`the keychain: ${found}`);
  return `keychain: ${found}; it ended with ${left} when it was asked to`;
}

/** As a desktop that logs out. */
function quit({ pid }: ChildProcess): void {
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(pid)], { stdio: 'ignore' });
  else process.kill(pid!, 'SIGTERM');
}

/** With --provision it says so on the terminal; otherwise in a box, which has to be closed by hand. */
async function refuses(program: string, userData: string): Promise<string> {
  const counter = startProgram(program, [...switches(userData), '--remote-debugging-port=0', '--provision'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const [said, [code]] = await Promise.all([text(counter.stderr!), once(counter, 'exit')]);
  if (code !== 1) throw new Error(`it ended with ${code}\n${said}`);
  if (!said.includes('remote-debugging-port')) throw new Error(`it did not say why\n${said}`);
  return 'ended with 1';
}

async function sell(target: CounterTarget, userData: string): Promise<string> {
  const opening = openTillApp(target, userData);
  atEnd(async () => (await opening).counter.close());
  const app = await opening;
  try {
    await app.enter('1799', 'One chocolate donut');
    await app.charge();
    await (await app.form()).payByCard(CARDS.pays);
    await app.says('PAID');
    const { sales } = app.journal();
    if (sales.length !== 1 || sales[0]?.kind !== 'paid' || sales[0].amount_in_cents !== 1799) throw new Error(`the journal says ${JSON.stringify(sales)}`);
    return 'PAID $17.99';
  } finally {
    await app.counter.close();
  }
}
