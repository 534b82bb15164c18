import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '../setup/script.ts';

const electronPackage = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');

export type ElectronBinary = { readonly path: string } | { readonly missing: string };

/**
 * Electron's binary, if it is on this machine
 *
 * Looked for in the file system only: `require('electron')` would try to download it wherever it is missing.
 */
export function electronBinary(): ElectronBinary {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const path = join(electronFolder(), executableName());
  if (existsSync(path)) return { path };
  return { missing: override === undefined ? "Electron's binary has not been downloaded" : `there is no ${path}` };
}

/** Where the unpacked Electron lies, if it is here. */
export function electronFolder(): string {
  return process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist');
}

/** The installer's record of the binary's path, or its default. */
function executableName(): string {
  const written = join(electronPackage, 'path.txt');
  if (existsSync(written)) return readFileSync(written, 'utf8');
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

const REACH_TIMEOUT_MS = 5_000;

/** Where electron-builder's tools come from, and the binary too unless another place is named. */
export const GITHUB = 'https://github.com/';

/** The server of the download, if it answers. */
export async function electronSource(): Promise<{ readonly url: string } | { readonly missing: string }> {
  const url = process.env.ELECTRON_MIRROR ?? process.env.npm_config_electron_mirror ?? GITHUB;
  return (await answers(url)) ? { url } : { missing: `${new URL(url).host} does not answer` };
}

export function answers(url: string): Promise<boolean> {
  return fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(REACH_TIMEOUT_MS) }).then(() => true, () => false);
}

/** Electron's own downloader. */
const installer = join(electronPackage, 'install.js');
const DOWNLOAD_TIMEOUT_MS = 5 * 60_000;

/** The existing binary, or a new download; the installer's output is shown. */
export async function findOrFetchElectron(): Promise<ElectronBinary> {
  const binary = electronBinary();
  if ('path' in binary || process.env.ELECTRON_OVERRIDE_DIST_PATH !== undefined) return binary;
  const source = await electronSource();
  if ('missing' in source) return source;
  console.log(`Fetching Electron's binary, once (${source.url}).`);
  const code = await runProgram(process.execPath, [installer], { cwd: join(electronPackage, '..', '..'), timeout: DOWNLOAD_TIMEOUT_MS });
  const fetched = electronBinary();
  return code === 0 || 'path' in fetched ? fetched : { missing: 'its installer says why, above' };
}
