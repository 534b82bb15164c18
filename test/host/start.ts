/**
 * `npm start`, after the build: the app on Electron, or, where Electron's binary cannot be had, on the stand-in
 *
 * Electron's binary does not come with its npm package. It is fetched here once, if its server answers.
 */
import { join } from 'node:path';
import { runProgram } from '../setup/script.ts';
import { bringSystemNeeds } from '../setup/system-needs.ts';
import { findOrFetchElectron } from './electron-binary.ts';
import { sandboxTrouble, thisMachine } from './sandbox-trouble.ts';

const projectRoot = join(import.meta.dirname, '..', '..');
const mainFile = join(projectRoot, 'out', 'main', 'index.js');

/** The exit code of the app. */
export async function run(args: readonly string[]): Promise<number> {
  if (!hasScreen()) {
    return refuse('There is no screen here to show the till on: use "npm run demo", which needs none, or "xvfb-run -a npm start".');
  }
  const binary = await findOrFetchElectron();
  if ('path' in binary) {
    const trouble = sandboxTrouble(binary.path, thisMachine);
    if (trouble !== null) return refuse(trouble);
    console.log(`Counter runs on Electron (${binary.path}).`);
    return runApp(binary.path, [...linuxSwitches(), projectRoot, ...args], {});
  }
  if (!(await bringSystemNeeds(['chromium']))) return 1;
  console.log(`Electron's binary cannot be had here (${binary.missing}), so the same till opens on the stand-in of test/host, drawn by Chromium: to try it and to test it, not for a shop.`);
  const register = join(import.meta.dirname, 'register.ts');
  return runApp(process.execPath, ['--import', register, mainFile, ...args], { COUNTER_HOST_HEADED: '1', COUNTER_HOST_APP_PATH: projectRoot });
}

/** Root cannot have Chromium's sandbox; and as packaging/counter says, X11. */
function linuxSwitches(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ...(process.env.DISPLAY ? ['--ozone-platform=x11'] : [])];
}

function hasScreen(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY);
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 1;
}

/** Ctrl-C comes to the app by way of this script, which waits until the app has quit. */
function runApp(program: string, args: readonly string[], more: NodeJS.ProcessEnv): Promise<number> {
  // Provisioning reads its file from standard input; a terminal is no file.
  const input = process.stdin.isTTY ? 'ignore' : 'inherit';
  return runProgram(program, args, { cwd: projectRoot, env: { ...process.env, ...more }, stdio: [input, 'inherit', 'inherit'] });
}
