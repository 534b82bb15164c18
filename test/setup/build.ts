import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './script.ts';

const root = join(import.meta.dirname, '../..');
const SOURCES = ['contract', 'words', 'main', 'preload', 'renderer', 'packaging/licences.ts', 'vite.config.ts', 'package.json', 'package-lock.json', 'node_modules/.package-lock.json'];
/** In the order in which they are built; the first step of a build removes them all. */
const RESULTS = ['out/renderer/till/till.js', 'out/renderer/checkout/checkout.js', 'out/renderer/display/display.js', 'out/main/index.js', 'out/preload/till.cjs', 'out/preload/checkout.cjs', 'out/preload/display.cjs', 'out/licences.txt'];

/** Builds the app, unless out/ is newer than all its sources. The exit code of the build. */
export function buildApp(): Promise<number> {
  if (isUpToDate()) return Promise.resolve(0);
  return runProgram(process.execPath, [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--app', '--logLevel', 'warn'], { cwd: root });
}

function isUpToDate(): boolean {
  const results = RESULTS.map((name) => join(root, name));
  if (!results.every((path) => existsSync(path))) return false;
  return newest(SOURCES.map((name) => join(root, name))) < Math.min(...results.map((path) => statSync(path).mtimeMs));
}

/** Of files and of folders, in which a file may have been removed. */
function newest(paths: readonly string[]): number {
  return Math.max(
    ...paths.map((path) => {
      if (!existsSync(path)) return 0;
      const status = statSync(path);
      const inside = status.isDirectory() ? readdirSync(path).filter((name) => !name.endsWith('.tsbuildinfo')).map((name) => join(path, name)) : [];
      return Math.max(status.mtimeMs, newest(inside));
    }),
  );
}
