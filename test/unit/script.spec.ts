import { spawn } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { isAlive } from '../host/process-life.ts';

const root = join(import.meta.dirname, '../..');
const SCRIPT = join(root, 'test/setup/script.ts');
/** More than a pipe holds. */
const LINES = 50_000;

/** A script of ours whose `main` is this code. */
const startScript = (code: string) =>
  spawn(process.execPath, ['--input-type=module', '-e', `const { atEnd, runProgram, runScript, startProgram, temporaryFolder } = await import(${JSON.stringify(SCRIPT)});\nawait runScript(async () => { ${code} });`], { stdio: ['ignore', 'pipe', 'ignore'] });

test('a script that ends has written its whole output, also to a slow reader', async () => {
  const script = startScript(`console.log(Array(${LINES}).fill('a line of a story').join('\\n')); console.log('the last line');`);
  await pause(500);
  const said = await text(script.stdout);
  expect(said.trimEnd().split('\n').at(-1)).toBe('the last line');
});

describe('a script ends the programs that it started, and theirs, and removes its folders', () => {
  /** Starts another program, which ignores SIGTERM, and prints the ids of both. */
  const PROGRAM = `const child = require('node:child_process').spawn(process.execPath, ['-e', 'process.on("SIGTERM", () => {}); process.stdout.write("ready"); setInterval(() => {}, 1000)'], { stdio: ['ignore', 'pipe', 'ignore'] }); child.stdout.once('data', () => console.log(process.pid + ' ' + child.pid)); setInterval(() => {}, 1000);`;
  const STARTS = `const folder = temporaryFolder('script-spec'); const program = startProgram(process.execPath, ['-e', ${JSON.stringify(PROGRAM)}], { stdio: ['ignore', 'pipe', 'ignore'] }); const [pids] = await (await import('node:events')).once(program.stdout.setEncoding('utf8'), 'data'); console.log(pids.trim() + ' ' + folder);`;

  test.skipIf(process.platform === 'win32').each([
    { how: 'it is done', next: '', code: 0 },
    { how: 'it fails with an exit code', next: 'return 3;', code: 3 },
    { how: 'it throws', next: `throw new Error('it broke');`, code: 1 },
    { how: 'it throws outside its main function', next: `setTimeout(() => { throw new Error('it broke'); }); await new Promise(() => {});`, code: 1 },
    { how: 'a promise is rejected that it does not wait for', next: `void Promise.reject(new Error('it broke')); await new Promise(() => {});`, code: 1 },
    ...(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => ({ how: `it is stopped by ${signal}`, next: 'await new Promise(() => {});', signal, code: 128 + { SIGINT: 2, SIGTERM: 15, SIGHUP: 1 }[signal] })),
  ])('when $how', async ({ next, code, signal }: { readonly next: string; readonly code: number; readonly signal?: NodeJS.Signals }) => {
    const script = startScript(`${STARTS} ${next}`);
    const ended = new Promise((resolve) => void script.once('exit', resolve));
    const [line = ''] = await Promise.race([new Promise<[string]>((resolve) => void createInterface(script.stdout).once('line', (said) => resolve([said]))), ended.then(() => [''])]);
    const [program, child, folder] = line.split(' ');
    if (signal !== undefined) script.kill(signal);
    expect(await ended).toBe(code);
    await expect.poll(() => [program, child].filter((pid) => isAlive(Number(pid))), { interval: 20 }).toEqual([]);
    expect(existsSync(folder!)).toBe(false);
  });
});

describe('every script of package.json ends so', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly scripts: Readonly<Record<string, string>> };
  /** Foreign programs, which npm starts and stops itself. */
  const TOOLS = new Set(['vite', 'tsc', 'oxlint', 'vitest', 'playwright']);
  const read = (file: string) => readFileSync(join(root, file), 'utf8');

  test('it is a program of others, or runs inside runScript', () => {
    const ours = Object.entries(scripts).filter(([, command]) => !TOOLS.has(command.split(' ')[0]!));
    for (const [name, command] of ours) expect(command).toBe(`node test/setup/run.mjs ${name}`);
    const command = read('test/setup/command.ts');
    for (const [name] of ours.filter(([each]) => each !== 'setup')) expect(command, name).toMatch(new RegExp(`^  '?${name}'?: \\{`, 'mu'));
    expect(command.match(/^await .*/gmu)).toEqual(['await runScript(async () => {']);
    expect(read('test/setup/run.mjs').match(/^await .*/gmu)).toEqual([`await import('./command.ts');`]);
  });

  const sources = ['bench', 'demo', 'host', 'packaging', 'pictures', 'setup', 'storm'].flatMap((folder) =>
    readdirSync(join(root, 'test', folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts')).map((name) => `test/${folder}/${name}`),
  );

  test('it starts programs through startProgram, which ends them; the app and a till of the storm end with their connection to the script', () => {
    const starting = sources.filter((file) => /\b(?:spawn|fork|exec|execFile)\(/u.test(read(file).replaceAll(/\.exec\(/gu, '')));
    expect(starting.toSorted()).toEqual(['test/host/chromium-process.ts', 'test/host/host-driver.ts', 'test/setup/script.ts', 'test/storm/till-child.ts']);
  });

  test('an app that it opens is closed at its end', () => {
    const opening = sources.filter((file) => !file.startsWith('test/host/') && /\b(?:openTillApp|launchCounter)\(/u.test(read(file)));
    expect(opening.length).toBeGreaterThan(3);
    for (const file of opening) {
      const source = read(file);
      expect(source.match(/atEnd\(async \(\) => [^;]*\bclose\(\)/gu)?.length ?? 0, file).toBeGreaterThanOrEqual(source.match(/\b(?:openTillApp|launchCounter)\(/gu)!.length);
    }
  });
});
