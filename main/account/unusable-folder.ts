import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../log/log.ts';
import { createRedactor } from '../log/redact.ts';

/** Counter cannot use its data folder, so this is logged elsewhere. Returns the sentence for the user, with the path of that log. */
export function reportUnusableFolder({ path, code }: { readonly path: string; readonly code: string }): string {
  const logFile = join(mkdtempSync(join(tmpdir(), 'counter-')), 'counter.log');
  openLog(logFile, createRedactor()).error('folder.unusable', { path, code });
  return `Counter cannot make its folder on this PC: ${path} (${code}). No payment can be taken. Call the person who looks after this PC. The log is ${logFile}.`;
}
