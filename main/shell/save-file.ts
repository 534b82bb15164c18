import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BrowserWindow, app, dialog } from 'electron';
import { type Result, failed, ok } from '../../contract/result.ts';

export type SaveFailure = { readonly kind: 'cancelled' } | { readonly kind: 'unwritable'; readonly code: string };

/** Asks where to, and writes the text there. Main alone knows the path: a page can neither choose nor read it. */
export async function saveFile(window: BrowserWindow, suggestedName: string, text: string): Promise<Result<null, SaveFailure>> {
  const extension = suggestedName.slice(suggestedName.lastIndexOf('.') + 1);
  // Without a path the dialog would open in Downloads: https://www.electronjs.org/docs/latest/breaking-changes
  const defaultPath = join(app.getPath('documents'), suggestedName);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [{ name: extension.toUpperCase(), extensions: [extension] }] });
  if (canceled || filePath === '') return failed({ kind: 'cancelled' });
  try {
    await writeFile(filePath, text, { mode: 0o600 });
    return ok(null);
  } catch (error) {
    return failed({ kind: 'unwritable', code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
