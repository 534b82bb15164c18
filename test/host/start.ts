/**
 * `npm start`, after the build: the app on Electron, or, where Electron's binary cannot be had, on the stand-in
 *
 * Electron's binary does not come with its npm package. It is fetched here once, if the place it comes from answers.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { findChromium } from './chromium-binary.ts';
import { electronBinary, electronInstaller } from './electron-binary.ts';

const projectRoot = join(import.meta.dirname, '..', '..');
const mainFile = join(projectRoot, 'out', 'main', 'index.js');
const setUp = join(projectRoot, 'test', 'setup', 'setup.mjs');
const reachTimeoutMs = 5000;
const downloadTimeoutMs = 5 * 60_000;

process.exitCode = await start();

async function start(): Promise<number> {
  if (!existsSync(mainFile)) return refuse(`There is no ${mainFile}: build the app first (npx vite build --app).`);
  if (!hasScreen()) {
    return refuse('There is no screen here to show the till on: use "npm run demo", which needs none, or "xvfb-run -a npm start".');
  }
  const binary = await findOrFetchElectron();
  if ('path' in binary) {
    const asRoot = process.getuid?.() === 0 && process.platform === 'linux' ? ['--no-sandbox'] : [];
    return run(binary.path, [...asRoot, projectRoot, ...process.argv.slice(2)], {});
  }
  // The set-up installs a Chromium where it may, and else names the command; its words are enough.
  if (findChromium() === undefined && (await run(process.execPath, [setUp, 'demo'], {})) !== 0) return 1;
  console.log(`Electron's binary cannot be had here (${binary.missing}), so the same till opens in Chromium on the stand-in of test/host.`);
  const register = join(import.meta.dirname, 'register.ts');
  return run(process.execPath, ['--import', register, mainFile, ...process.argv.slice(2)], {
    COUNTER_HOST_HEADED: '1',
    COUNTER_HOST_APP_PATH: projectRoot,
  });
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

async function findOrFetchElectron(): Promise<ReturnType<typeof electronBinary>> {
  const binary = electronBinary();
  if ('path' in binary || process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return binary;
  const source = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? 'https://github.com/';
  if (!(await answers(source))) return { missing: `${new URL(source).host} does not answer` };
  console.log("Fetching Electron's binary, once.");
  await run(process.execPath, [electronInstaller], {}, downloadTimeoutMs);
  return electronBinary();
}

async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(reachTimeoutMs) });
    return true;
  } catch {
    return false;
  }
}

/** The exit code of a program that shares this one's terminal. */
function run(program: string, args: readonly string[], more: NodeJS.ProcessEnv, timeout?: number): Promise<number> {
  const stdio = timeout === undefined ? 'inherit' : 'ignore';
  const child = spawn(program, args, { cwd: projectRoot, env: { ...process.env, ...more }, stdio, timeout });
  // The terminal sends Ctrl-C to both; this one waits until the app has quit.
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(refuse(error.message)));
    child.once('exit', (code) => {
      process.off('SIGINT', ignore);
      resolve(code ?? 1);
    });
  });
}
