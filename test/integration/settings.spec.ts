import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Policy } from '../../contract/policy.ts';
import { readBounded } from '../../main/files/bounded-file.ts';
import { LONGEST_POLICY, readPolicy } from '../../main/storage/policy-file.ts';
import { openSettings } from '../../main/storage/settings.ts';

let folder: string;
const file = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const account = { subAccountId: 'acc_1', name: 'Shop', currency: 'USD', mode: 'live', credentialsKind: 'client' } as const;

describe('the settings of a register', () => {
  test('a damaged file costs neither the account nor the limits: the copy counts, and the damaged one is kept', () => {
    const told: string[] = [];
    expect(openSettings(file('settings.json'), (detail) => told.push(detail)).change({ account, registerName: 'Front' }).kind).toBe('ok');
    for (const rubbish of ['', '{"account":', '{"account":{"mode":"maybe"}}', 'null', '[]']) {
      writeFileSync(file('settings.json'), rubbish);
      const settings = openSettings(file('settings.json'), (detail) => told.push(detail));
      expect(settings.read()).toMatchObject({ account, registerName: 'Front' });
      expect(readFileSync(file('settings.json.damaged'), 'utf8')).toBe(rubbish);
      // Repaired at once: at the next start no file is damaged, and all settings are there.
      expect(openSettings(file('settings.json'), (detail) => told.push(detail)).read()).toEqual(settings.read());
    }
    expect(told).toHaveLength(5);
  });

  test('C-21: a file that is missing beside its copy is damage: the copy counts, whichever of the two it is, and both are there again', () => {
    const told: string[] = [];
    openSettings(file('settings.json'), () => {}).change({ account, registerName: 'Front' });
    for (const name of ['settings.json', 'settings.json.copy']) {
      rmSync(file(name));
      const settings = openSettings(file('settings.json'), (detail) => told.push(detail));
      expect([settings.found(), settings.read()]).toMatchObject(['whole', { account, registerName: 'Front' }]);
    }
    expect(told).toEqual(['ENOENT']);
    rmSync(file('settings.json'));
    expect(openSettings(file('settings.json'), () => {}).read()).toMatchObject({ account });
  });

  test('C-22: two damaged files are not a beginning: nothing is written over them while they are held, and the first change keeps them', () => {
    openSettings(file('settings.json'), () => {}).change({ account });
    for (const name of ['settings.json', 'settings.json.copy']) writeFileSync(file(name), '\0'.repeat(200));
    const settings = openSettings(file('settings.json'), () => {});
    settings.hold(true);
    expect([settings.found(), settings.read().account, settings.change({ registerName: 'Back' }).kind]).toEqual(['lost', null, 'failed']);
    expect(readFileSync(file('settings.json'), 'utf8')).toBe('\0'.repeat(200));
    expect(settings.begin({ registerName: 'Back' }).kind).toBe('ok');
    expect([settings.found(), readFileSync(file('settings.json.damaged'), 'utf8'), settings.change({ hasSold: true }).kind]).toEqual(['whole', '\0'.repeat(200), 'ok']);
  });

  test('a partly written change is not in force after a restart either', () => {
    const settings = openSettings(file('settings.json'), () => {});
    expect(settings.change({ registerName: 'Front' }).kind).toBe('ok');
    mkdirSync(file('settings.json.copy.next'));
    expect(settings.change({ registerName: 'Back' }).kind).toBe('failed');
    rmSync(file('settings.json.copy.next'), { recursive: true });
    expect([settings.read().registerName, openSettings(file('settings.json'), () => {}).read().registerName]).toEqual(['Front', 'Front']);
  });

  test('F-10: with space for only a part of a file the change is refused, and both the file and its copy stay whole', (context) => {
    const disk = file('small-disk');
    mkdirSync(disk);
    context.skip(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', disk]).status !== 0, 'only root on Linux can mount a small disk');
    try {
      const settings = openSettings(join(disk, 'settings.json'), () => {});
      expect(settings.change({ account, registerName: 'Front' }).kind).toBe('ok');
      const { bavail, bsize } = statfsSync(disk);
      writeFileSync(join(disk, 'holiday-pictures'), Buffer.alloc(bavail * bsize - 4_096));
      // Longer than one block of the disk: the first block still has space.
      const descriptionPresets = Array.from({ length: 12 }, (_, index) => `${index} ${'咖啡'.repeat(90)}`);
      expect(settings.change({ descriptionPresets })).toMatchObject({ kind: 'failed', failure: { kind: 'settings-unwritable' } });
      expect(openSettings(join(disk, 'settings.json'), () => {}).read()).toMatchObject({ account, registerName: 'Front' });
    } finally {
      spawnSync('umount', ['-l', disk]);
    }
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

describe('a register whose own settings contradict what its company sets later goes on selling, by the company’s', () => {
  const under = (settings: Policy['settings'], locked: string[]) => openSettings(file('settings.json'), () => {}, { version: 1, settings, locked });

  test('a smallest amount above the company’s largest', () => {
    const own = openSettings(file('settings.json'), () => {});
    expect(own.change({ registerName: 'Front', limits: { ...own.read().limits, smallestInCents: 60_000 } }).kind).toBe('ok');
    const settings = under({ limits: { largestInCents: 50_000 } }, ['limits.largestInCents']);
    expect(settings.read()).toMatchObject({ registerName: 'Front', limits: { smallestInCents: 51, largestInCents: 50_000 } });
    expect(settings.change({ limits: { ...settings.read().limits, smallestInCents: 100 } }).kind).toBe('ok');
    expect(settings.read().limits.smallestInCents).toBe(100);
  });

  test('no way to pay at all', () => {
    const own = openSettings(file('settings.json'), () => {});
    expect(own.change({ form: { ...own.read().form, bankAccounts: false } }).kind).toBe('ok');
    expect(under({ form: { cards: false } }, ['form.cards']).read().form).toMatchObject({ cards: false, bankAccounts: true });
  });
});

describe('the file of the policy', () => {
  const good = '{"version":1,"settings":{"limits":{"largestInCents":50000}},"locked":["limits.largestInCents"]}';
  const read = () => readPolicy(() => readBounded(file('policy.json'), LONGEST_POLICY), file('remembered.json'));

  test('with a mistake: the last good one stays in force; removed: there is none any more', () => {
    writeFileSync(file('policy.json'), good);
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: null });
    for (const [mistake, where] of [['', 'not a policy'], ['{"version":1,"locked":["registerName"]}', 'locked: registerName has no value'], ['x'.repeat(70_000), 'too long']] as const) {
      writeFileSync(file('policy.json'), mistake);
      expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'], settings: { limits: { largestInCents: 50_000 } } }, trouble: { where, inForce: 'last-valid' } });
    }
    rmSync(file('policy.json'));
    expect(read()).toEqual({ policy: { version: 1, settings: {}, locked: [] }, trouble: null });
    expect(existsSync(file('remembered.json'))).toBe(false);
  });
});
