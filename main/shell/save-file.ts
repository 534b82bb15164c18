import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type BaseWindow, app, dialog } from 'electron';
import { type Result, failed, ok } from '../../contract/result.ts';

/** `locked`: the manager's side was locked while the dialog was open. */
export type SaveFailure = { readonly kind: 'cancelled' } | { readonly kind: 'locked' } | { readonly kind: 'unwritable'; readonly code: string };

/** Asks for a path and writes the text there. Only main knows the path: a page can neither choose nor read it. */
export async function saveFile(window: BaseWindow, suggestedName: string, text: string, isStillOpen: () => boolean): Promise<Result<null, SaveFailure>> {
  const extension = suggestedName.slice(suggestedName.lastIndexOf('.') + 1);
  // Without a path the dialog would open in Downloads: https://www.electronjs.org/docs/latest/breaking-changes
  const defaultPath = join(app.getPath('documents'), suggestedName);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath, filters: [{ name: extension.toUpperCase(), extensions: [extension] }] });
  if (canceled || filePath === '') return failed({ kind: 'cancelled' });
  // The manager's side may have been locked while the dialog was open.
  if (!isStillOpen()) return failed({ kind: 'locked' });
  try {
    await writeFile(filePath, text, { mode: 0o600 });
    return ok(null);
  } catch (error) {
    return failed({ kind: 'unwritable', code: error instanceof Error && 'code' in error ? String(error.code) : 'unknown' });
  }
}
