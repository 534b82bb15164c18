import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const electronPackage = join(import.meta.dirname, '..', '..', 'node_modules', 'electron');

export type ElectronBinary = { readonly path: string } | { readonly missing: string };

/**
 * Electron's binary, if it is on this machine
 *
 * Looked for in the file system only: `require('electron')` would try to download it wherever it is missing.
 */
export function electronBinary(): ElectronBinary {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const folder = override ?? join(electronPackage, 'dist');
  const path = join(folder, executableName());
  if (existsSync(path)) return { path };
  return { missing: override === undefined ? "Electron's binary has not been downloaded" : `there is no ${path}` };
}

/** What Electron's installer wrote down, or what it would. */
function executableName(): string {
  const written = join(electronPackage, 'path.txt');
  if (existsSync(written)) return readFileSync(written, 'utf8');
  if (process.platform === 'darwin') return join('Electron.app', 'Contents', 'MacOS', 'Electron');
  return process.platform === 'win32' ? 'electron.exe' : 'electron';
}

/** Electron's own downloader. */
export const electronInstaller: string = join(electronPackage, 'install.js');
