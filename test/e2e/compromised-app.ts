import { appendFileSync, cpSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const projectRoot = join(import.meta.dirname, '../..');

/** Gives the page Electron's `ipcRenderer`, for any channel and any arguments. */
const BACK_DOOR = `
;{
  const { contextBridge, ipcRenderer } = require('electron');
  contextBridge.exposeInMainWorld('raw', { invoke: (channel, ...args) => ipcRenderer.invoke(channel, ...args), send: (channel, ...args) => ipcRenderer.send(channel, ...args) });
}
`;

export type RawIpc = { invoke(channel: string, ...args: unknown[]): Promise<unknown>; send(channel: string, ...args: unknown[]): void };

type AppCopy = { readonly mainFile: string; readonly appPath: string };

/**
 * The built app as an attacker has it who has taken over a page's whole process: its preload exposes everything, and
 * no Content-Security-Policy is in force. Only main's checks are left.
 */
export function compromisedApp(folder: string): AppCopy {
  const copy = copyOfApp(folder);
  for (const preload of ['till', 'checkout', 'display']) appendFileSync(join(folder, `out/preload/${preload}.cjs`), BACK_DOOR);
  for (const file of globSync('out/main/**/*.js', { cwd: folder }).map((name) => join(folder, name))) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/"content-security-policy":/giu, '"no-policy":'));
  return copy;
}

/** A copy of the built app, for a test that changes it. */
export function copyOfApp(folder: string): AppCopy {
  mkdirSync(join(folder, 'out'), { recursive: true });
  cpSync(join(projectRoot, 'package.json'), join(folder, 'package.json'));
  for (const part of ['main', 'preload', 'renderer']) cpSync(join(projectRoot, 'out', part), join(folder, 'out', part), { recursive: true });
  return { mainFile: join(folder, 'out/main/index.js'), appPath: folder };
}
