import { type BaseWindow, app, dialog } from 'electron';
import { type Result, failed } from '../../contract/result.ts';
import { readBoundedBytes, readBoundedLater } from '../files/bounded-file.ts';

type OpenFailure = { readonly kind: 'cancelled' } | { readonly kind: 'unreadable'; readonly code: string };

/** Asks for a picture and reads it, up to `most` bytes. */
export async function openPicture(window: BaseWindow, most: number): Promise<Result<Buffer, OpenFailure>> {
  const path = await askForFile(window, ['png'], app.getPath('pictures'));
  if (path === null) return failed({ kind: 'cancelled' });
  const read = await readBoundedBytes(path, most);
  return read.kind === 'ok' ? read : failed({ kind: 'unreadable', code: read.failure });
}

/** Asks for a file and reads it, up to `most` bytes. Only main knows the path: a page can neither choose nor read it. */
export async function openFile(window: BaseWindow, extension: string, most: number): Promise<Result<string, OpenFailure>> {
  const filePath = await askForFile(window, [extension], app.getPath('documents'));
  if (filePath === null) return failed({ kind: 'cancelled' });
  const read = await readBoundedLater(filePath, most);
  return read.kind === 'ok' ? read : failed({ kind: 'unreadable', code: read.failure });
}

async function askForFile(window: BaseWindow, extensions: string[], defaultPath: string): Promise<string | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { defaultPath, properties: ['openFile'], filters: [{ name: extensions.join(', ').toUpperCase(), extensions }] });
  return canceled ? null : (filePaths[0] ?? null);
}
