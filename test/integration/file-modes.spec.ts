import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAppServices } from '../../main/account/app-services.ts';
import { directly } from '../../main/network/route.ts';
import { backUp, openOrFail, recordAll, shopClock, stepsOfDay, workHere } from './journal-shop.ts';

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

/** Everything below the folder, the folder too, that users other than its owner may read, write or enter. */
function openToOthers(): readonly string[] {
  const below = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name));
  return [folder, ...below].filter((path) => (statSync(path).mode & 0o077) !== 0).map((path) => `${relative(folder, path)} ${(statSync(path).mode & 0o777).toString(8)}`);
}

describe.skipIf(process.platform === 'win32')('A-18: Counter’s files are for its own user only', () => {
  test('the journal, its write-ahead log, its second copy, its backups and the draft', async () => {
    const clock = shopClock();
    const { journal } = openOrFail(join(folder, 'live.db'), clock);
    recordAll(journal, stepsOfDay(6, 0));
    expect((await backUp(journal)).kind).toBe('ok');
    journal.keepDraft({ saleId: 'sale-1', amountInCents: 100, description: 'Repair' }, { utc: '2026-11-23T15:00:00.000Z', upMs: 1 });
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    for (const part of ['live.db', 'live.db-wal', 'live.db-shm', 'live.head', 'live.draft.json']) expect(names).toContain(part);
    expect(names.some((name) => /^live\.backups\/.*\.db$/u.test(name))).toBe(true);
    expect(openToOthers()).toEqual([]);
    journal.close();
    expect(openToOthers()).toEqual([]);
  });

  test('settings, their copy, the log and the audit log; and a data folder that stood open is closed', async () => {
    chmodSync(folder, 0o755);
    const services = createAppServices({ dataFolder: folder, policyFile: join(folder, 'no-policy.json'), journalWork: workHere(), findRoute: directly });
    services.log.info('counter.started');
    expect((await services.decideState()).kind).toBe('new');
    expect(services.settings.change({ registerName: 'Front' }).kind).toBe('ok');
    services.openAuditLog(() => {}).close();
    for (const name of ['settings.json', 'settings.json.copy', 'counter.log', 'audit.db']) expect(readdirSync(folder)).toContain(name);
    expect(openToOthers()).toEqual([]);
  });
});
