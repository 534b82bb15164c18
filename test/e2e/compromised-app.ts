import { appendFileSync, cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const projectRoot = join(import.meta.dirname, '../..');

/** Hands the page what no page of ours has: Electron's `ipcRenderer`, for any channel and any arguments. */
const BACK_DOOR = `
;{
  const { contextBridge, ipcRenderer } = require('electron');
  contextBridge.exposeInMainWorld('raw', { invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args), send: (channel, ...args) => ipcRenderer.send(channel, ...args) });
}
`;

export type RawIpc = { invoke(channel: string, ...args: unknown[]): Promise<unknown>; send(channel: string, ...args: unknown[]): void };

type AppCopy = { readonly mainFile: string; readonly appPath: string };

/**
 * The built app as it is for an attacker who has taken over a page's whole process: its preload hands out everything, and
 * no Content-Security-Policy holds any more. Main must hold alone.
 */
export function compromisedApp(folder: string): AppCopy {
  const copy = copyOfApp(folder);
  for (const preload of ['till', 'checkout', 'display']) appendFileSync(join(folder, `out/preload/${preload}.cjs`), BACK_DOOR);
  for (const file of globSync('out/main/**/*.js', { cwd: folder }).map((name) => join(folder, name))) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"content-security-policy":/giu, '"no-policy":'));
  return copy;
}

/** The built app once more, for a test that changes it. */
export function copyOfApp(folder: string): AppCopy {
  mkdirSync(join(folder, 'out'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  for (const part of ['main', 'preload', 'renderer']) cpSync(join(projectRoot, 'out', part), join(folder, 'out', part), { recursive: true });
  return { mainFile: join(folder, 'out/main/index.js'), appPath: folder };
}
