import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readPolicy } from '../../main/storage/policy-file.ts';
import { openSettings } from '../../main/storage/settings.ts';

let folder: string;
const file = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const account = { subAccountId: 'acc_1', name: 'Shop', currency: 'USD', mode: 'live', through: 'client' } as const;

describe('the settings of a register', () => {
  test('a damaged file costs neither the account nor the limits: the copy counts, and the damaged one is kept', () => {
    const told: string[] = [];
    expect(openSettings(file('settings.json'), (detail) => told.push(detail)).change({ account, registerName: 'Front' }).kind).toBe('ok');
    for (const rubbish of ['', '{"account":', '{"account":{"mode":"maybe"}}', 'null', '[]']) {
      writeFileSync(file('settings.json'), rubbish);
      const settings = openSettings(file('settings.json'), (detail) => told.push(detail));
      expect(settings.read()).toMatchObject({ account, registerName: 'Front' });
      expect(readFileSync(file('settings.json.damaged'), 'utf8')).toBe(rubbish);
      // Whole again with the next change.
      expect(settings.change({ isSetUp: true }).kind).toBe('ok');
    }
    expect(told).toHaveLength(5);
  });

  test('a disk that cannot be written leaves everything as it was', () => {
    const settings = openSettings(join(folder, 'not-there', 'settings.json'), () => {});
    expect(settings.change({ registerName: 'Front' })).toMatchObject({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
    expect(settings.read().registerName).toBe('Register 1');
  });

  test('a preset is not made the register’s own by saving a screen with it on', () => {
    const policy = { version: 1, settings: { limits: { largestInCents: 50_000 } }, locked: [] } as const;
    const settings = openSettings(file('settings.json'), () => {}, { ...policy, locked: [] });
    expect(settings.change({ limits: { ...settings.read().limits, smallestInCents: 200 } }).kind).toBe('ok');
    expect(openSettings(file('settings.json'), () => {}).read().limits).toMatchObject({ largestInCents: 99_999_999, smallestInCents: 200 });
  });
});

describe('the file of the policy', () => {
  const good = '{"version":1,"settings":{"limits":{"largestInCents":50000}},"locked":["limits.largestInCents"]}';
  const read = () => readPolicy(file('policy.json'), file('remembered.json'));

  test('with a mistake: the last good one stays in force; taken away: there is none any more', () => {
    writeFileSync(file('policy.json'), good);
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: null });
    for (const [mistake, where] of [['', 'not a policy'], ['{"version":1,"locked":["registerName"]}', 'locked: registerName has no value'], ['x'.repeat(70_000), 'too long']] as const) {
      writeFileSync(file('policy.json'), mistake);
      expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'], settings: { limits: { largestInCents: 50_000 } } }, trouble: where });
    }
    rmSync(file('policy.json'));
    expect(read()).toEqual({ policy: { version: 1, settings: {}, locked: [] }, trouble: null });
    expect(existsSync(file('remembered.json'))).toBe(false);
  });

  test.skipIf(process.platform === 'win32')('that anybody may write to is not taken for an administrator’s', () => {
    writeFileSync(file('policy.json'), good);
    chmodSync(file('policy.json'), 0o666);
    expect(read()).toMatchObject({ policy: { locked: [] }, trouble: 'anybody may write to it' });
  });
});
