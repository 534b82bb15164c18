import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';

/** Writes a small file as a whole: the old one stands until the new one is wholly on the disk. Throws as Node does. */
export function writeWhole(file: string, text: string): void {
  const next = `${file}.next`;
  const handle = openSync(next, 'w', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(next, file);
}

/** Keeps a damaged file under another name. */
export function setAside(file: string): void {
  try {
    renameSync(file, `${file}.damaged`);
  } catch {
    // Only a courtesy to whoever looks into it; the till starts in any case.
  }
}
