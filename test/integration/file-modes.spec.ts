import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openGround } from '../../main/account/ground.ts';
import { backUp, openOrFail, recordAll, shopClock, stepsOfDay } from './journal-shop.ts';

let folder: string;
let umask: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-modes-'));
  // As most PCs have it.
  umask = process.umask(0o022);
});
afterEach(() => {
  process.umask(umask);
  rmSync(folder, { recursive: true });
});

/** Everything below the folder, the folder too, that anybody but its owner may read, write or enter. */
function openToOthers(): readonly string[] {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [folder, ...below].filter((path) => (statSync(path).mode & 0o077) !== 0).map((path) => `${relative(folder, path)} ${(statSync(path).mode & 0o777).toString(8)}`);
}

describe.skipIf(process.platform === 'win32')('A-18: what Counter writes is for its own user only', () => {
  test('the journal, its write-ahead log, its second copy, its backups and what is being typed', () => {
    const clock = shopClock();
    const { journal } = openOrFail(join(folder, 'live.db'), clock);
    recordAll(journal, stepsOfDay(6, 0));
    expect(backUp(journal).kind).toBe('ok');
    journal.keepDraft({ saleId: 'sale-1', amountInCents: 100, description: 'Repair' });
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const part of ['live.db', 'live.db-wal', 'live.db-shm', 'live.head', 'live.draft.json']) expect(names).toContain(part);
    expect(names.some((name) => /^live\.backups\/.*\.db$/u.test(name))).toBe(true);
    expect(openToOthers()).toEqual([]);
    journal.close();
    expect(openToOthers()).toEqual([]);
  });

  test('settings, their copy, the log and the audit log; and a data folder that stood open is closed', () => {
    chmodSync(folder, 0o755);
    const ground = openGround({ dataFolder: folder, policyFile: join(folder, 'no-policy.json') });
    ground.log.info('counter.started');
    expect(ground.settings.change({ registerName: 'Front' }).kind).toBe('ok');
    ground.openAuditLog(() => {}).close();
    for (const name of ['settings.json', 'settings.json.copy', 'counter.log', 'audit.db']) expect(readdirSync(folder)).toContain(name);
    expect(openToOthers()).toEqual([]);
  });
});
