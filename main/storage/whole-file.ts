import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { patiently } from '../files/patience.ts';

/** Writes a small file as a whole: the old one stands until the new one is wholly on the disk. Throws as Node does. */
export function writeWhole(file: string, text: string): void {
  const next = `${file}.next`;
  patiently(() => {
    const handle = openSync(next, 'w', 0o600);
    try {
      writeSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
  patiently(() => renameSync(next, file));
}

/** Keeps a damaged file under another name. */
export function setAside(file: string): void {
  try {
    patiently(() => renameSync(file, `${file}.damaged`));
  } catch {
    // Only a courtesy to whoever looks into it; the till starts in any case.
  }
}
