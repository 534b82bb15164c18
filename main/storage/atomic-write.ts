import { closeSync, fsyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { retryWhileHeld } from '../files/held-file.ts';

/** Writes a small file as a whole: the old one stays until the new one is wholly on the disk. Throws as Node does. */
export function writeAtomically(file: string, text: string): void {
  const next = `${file}.next`;
  retryWhileHeld(() => {
    const handle = openSync(next, 'w', 0o600);
    try {
      // Not writeSync: on a disk that is nearly full it writes a part and reports that only in its result.
      writeFileSync(handle, text);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  });
  retryWhileHeld(() => renameSync(next, file));
}

/** Keeps a damaged file under another name. */
export function setAside(file: string): void {
  try {
    retryWhileHeld(() => renameSync(file, `${file}.damaged`));
  } catch {
    // Kept for support only; the till starts anyway.
  }
}
