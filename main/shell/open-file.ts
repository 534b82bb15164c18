import { type BrowserWindow, app, dialog } from 'electron';
import { type Result, failed } from '../../contract/result.ts';
import { readBoundedLater } from '../files/bounded-file.ts';

export type OpenFailure = { readonly kind: 'cancelled' } | { readonly kind: 'unreadable'; readonly code: string };

/** Asks which file, and reads it, up to `most` bytes. Main alone knows the path: a page can neither choose nor read it. */
export async function openFile(window: BrowserWindow, extension: string, most: number): Promise<Result<string, OpenFailure>> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { defaultPath: app.getPath('documents'), properties: ['openFile'], filters: [{ name: extension.toUpperCase(), extensions: [extension] }] });
  const [filePath] = filePaths;
  if (canceled || filePath === undefined) return failed({ kind: 'cancelled' });
  const read = await readBoundedLater(filePath, most);
  return read.kind === 'ok' ? read : failed({ kind: 'unreadable', code: read.failure });
}
