import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CAN_FILL_THE_DISK, TOLD_WITHIN_MS, openJournalHolds } from '../storm/journal-hold.ts';
import { realNow } from '../storm/pace.ts';

/* The storm's judge must report only real losses: a write that was refused during a hold, and reported after it, is none. */
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-hold-'));
  file = join(folder, 'test.db');
  new DatabaseSync(file).close();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a write refused while another program holds the journal is explained by it, also when the till tells of it a moment later', async () => {
  const holds = openJournalHolds(file);
  const before = realNow();
  await holds.begin('in-use', 60_000, { pid: process.pid });
  const during = realNow();
  expect(holds.at(during)).toBe('in-use');
  holds.end();
  const after = realNow();
  expect(holds.at(during)).toBe('in-use');
  expect(holds.at(after)).toBeNull();
  expect(holds.explains(after + TOLD_WITHIN_MS / 2)).toBe('in-use');
  expect(holds.explains(after + 2 * TOLD_WITHIN_MS)).toBeNull();
  expect(holds.at(before - 1)).toBeNull();
});

test.skipIf(!CAN_FILL_THE_DISK)('a disk that begins to be full for a till that is killed meanwhile is not full for the next one', async () => {
  const till = spawn('sleep', ['60']);
  const holds = openJournalHolds(file);
  const beginning = holds.begin('disk-full', 60_000, { pid: till.pid! });
  const during = realNow();
  holds.end();
  await beginning;
  expect(holds.explains(during)).toBe('disk-full');
  expect(holds.at(realNow())).toBeNull();
  expect(readFileSync(`/proc/${till.pid}/limits`, 'utf8')).toMatch(/^Max file size +unlimited/mu);
  till.kill('SIGKILL');
});
