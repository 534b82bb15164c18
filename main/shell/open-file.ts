import { readFile, stat } from 'node:fs/promises';
import { type BrowserWindow, app, dialog } from 'electron';
import { type Result, failed, ok } from '../../contract/result.ts';

export type OpenFailure = { readonly kind: 'cancelled' } | { readonly kind: 'unreadable'; readonly code: string };

/** Asks which file, and reads it, up to `most` bytes. Main alone knows the path: a page can neither choose nor read it. */
export async function openFile(window: BrowserWindow, extension: string, most: number): Promise<Result<string, OpenFailure>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { defaultPath: app.getPath('documents'), properties: ['openFile'], filters: [{ name: extension.toUpperCase(), extensions: [extension] }] });
  const [filePath] = filePaths;
  if (canceled || filePath === undefined) return failed({ kind: 'cancelled' });
  try {
    const { size } = await stat(filePath);
    return size > most ? failed({ kind: 'unreadable', code: 'too-long' }) : ok(await readFile(filePath, 'utf8'));
  } catch (error) {
    return failed({ kind: 'unreadable', code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
