import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import { UNOPTIMIZED } from '../host/unoptimized.ts';
import { startPacked } from '../packaging/smoke.ts';
import { makeStandInElectron } from '../packaging/stand-in-electron.ts';

const root = join(import.meta.dirname, '../..');
const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8')) as { readonly version: string };
const TIMEOUT_MS = 180_000;

/* Electron's binary cannot be had everywhere. Here a script runs Counter on the stand-in in its place, so that the smoke test's own steps are tested, though not Electron. */

/** Of both Counters, for less processor time. */
const CHROMIUM = { COUNTER_HOST_CHROMIUM: findHeadlessShell(), COUNTER_HOST_CHROMIUM_ARGS: JSON.stringify(UNOPTIMIZED) };

/** Runs the smoke test, with this script in the place of Electron. */
async function smokeOn(program: string): Promise<{ readonly code: number | null; readonly said: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-smoke-'));
  const electron = join(folder, 'electron');
  makeStandInElectron(electron, version, { program });
  const script = `const { runScript } = await import('./test/setup/script.ts'); const { smoke } = await import('./test/packaging/smoke.ts'); await runScript(() => smoke({ electron: '${electron}', target: 'chromium-host' }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...CHROMIUM } });
  const [said, code] = await Promise.all([text(child.stdout), new Promise<number | null>((resolve) => child.once('exit', resolve))]);
  rmSync(folder, { recursive: true, force: true });
  return { code, said };
}

const COUNTER = `#!/bin/sh
COUNTER_HOST_PACKAGED=1 COUNTER_HOST_APP_PATH='${root}' exec '${process.execPath}' --import '${join(root, 'test/host/register.ts')}' '${join(root, 'out/main/index.js')}' "$@"
`;

test.skipIf(process.platform !== 'linux')('npm run smoke packs Counter, starts it, reads the fuses back, is refused when it drives it, and makes a sale', { timeout: TIMEOUT_MS }, async () => {
  const { code, said } = await smokeOn(COUNTER);
  const lines = said.trim().split('\n');
  expect(lines).toEqual([
    expect.stringMatching(/^passed {2}Counter is packed .*: 45\./u),
    expect.stringMatching(/^passed {2}every fuse is on its safe side .*: 8 fuses$/u),
    expect.stringMatching(/^passed {2}the packed Counter starts, and reads the keychain .*: keychain: nothing; it ended with 0 when it was asked to$/u),
    expect.stringMatching(/^passed {2}the packed Counter refuses to be driven \(A-20\) .*: ended with 1$/u),
    expect.stringMatching(/^passed {2}the unpacked Counter makes a training sale .*: PAID \$17\.99$/u),
    `All of it passed on linux ${process.arch}.`,
  ]);
  expect(code).toBe(0);
});

test.skipIf(process.platform !== 'linux')('npm run smoke reports the exit code of an Electron that dies at its start', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counter-smoke-'));
  const program = join(folder, 'counter');
  writeFileSync(program, '#!/bin/sh\nexit 134\n', { mode: 0o755 });
  await expect(startPacked(program, join(folder, 'data'))).rejects.toThrow('it ended by itself, with 134');
  rmSync(folder, { recursive: true, force: true });
});
