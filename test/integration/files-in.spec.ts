import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readProvisionOrder } from '../../contract/provision-order.ts';
import { readBounded, readBoundedLater } from '../../main/files/bounded-file.ts';
import { openPinFile } from '../../main/storage/pin-file.ts';
import { LONGEST_POLICY, parsePolicy, readPolicy } from '../../main/storage/policy-file.ts';
import { openSettings } from '../../main/storage/settings.ts';

const BOM = '\uFEFF';
let folder: string;
const file = (name: string) => join(folder, name);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('C-51: an editor of Windows puts a mark before the text', () => {
  const POLICY = '{"version":1,"settings":{"limits":{"largestInCents":50000}},"locked":["limits.largestInCents"]}';

  test('of a policy, which is in force all the same', () => {
    writeFileSync(file('policy.json'), BOM + POLICY, { mode: 0o644 });
    expect(readPolicy(() => readBounded(file('policy.json'), LONGEST_POLICY), file('remembered.json'))).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: null });
  });

  test('of a copy of the settings', () => {
    expect(parsePolicy(BOM + POLICY)).toMatchObject({ kind: 'ok', value: { settings: { limits: { largestInCents: 50_000 } } } });
  });

  test('of an order to provision', () => {
    expect(readProvisionOrder(`${BOM}{"clientId":"test_1","clientSecret":"secret","subAccountId":"acc_1"}`)).toMatchObject({ kind: 'ok', value: { subAccountId: 'acc_1' } });
  });

  test('of the settings and of the PINs, which are not taken for damaged', () => {
    const told: string[] = [];
    expect(openSettings(file('settings.json'), (detail) => told.push(detail)).change({ registerName: 'Front' }).kind).toBe('ok');
    expect(openPinFile(file('pins.json'), (detail) => told.push(detail)).change({ managerFailures: 3 }).kind).toBe('ok');
    for (const name of ['settings.json', 'pins.json']) {
      writeFileSync(file(name), BOM + readFileSync(file(name), 'utf8'));
      // Without its copy, which could have been used instead.
      rmSync(file(`${name}.copy`));
    }
    expect(openSettings(file('settings.json'), (detail) => told.push(detail)).read().registerName).toBe('Front');
    expect(openPinFile(file('pins.json'), (detail) => told.push(detail)).read().managerFailures).toBe(3);
    expect(told).toEqual([]);
  });

  test('a last valid policy is mentioned only where there is one', () => {
    const read = () => readPolicy(() => readBounded(file('policy.json'), LONGEST_POLICY), file('remembered.json'));
    writeFileSync(file('policy.json'), '{"version":1', { mode: 0o644 });
    expect(read()).toEqual({ policy: { version: 1, settings: {}, locked: [] }, trouble: { what: 'mistake', where: 'not a policy', inForce: 'none' } });
    writeFileSync(file('policy.json'), POLICY);
    expect(read().trouble).toBeNull();
    writeFileSync(file('policy.json'), '{"version":1');
    expect(read()).toMatchObject({ policy: { locked: ['limits.largestInCents'] }, trouble: { what: 'mistake', where: 'not a policy', inForce: 'last-valid' } });
    writeFileSync(file('remembered.json'), 'spoilt');
    expect(read()).toMatchObject({ policy: { locked: [] }, trouble: { what: 'mistake', where: 'not a policy', inForce: 'none' } });
  });
});

describe.skipIf(process.platform === 'win32')('A-11: a device, a pipe or a huge file in place of a small file costs neither memory nor time', () => {
  const places: readonly (readonly [what: string, put: (path: string) => void])[] = [
    ['an endless device', (path) => symlinkSync('/dev/zero', path)],
    ['a pipe without a writer', (path) => void spawnSync('mkfifo', [path])],
    ['a file of a gigabyte', (path) => void spawnSync('truncate', ['-s', '1G', path])],
    ['a file that says it is empty, and is not', (path) => symlinkSync('/proc/self/environ', path)],
    ['a folder', (path) => void spawnSync('mkdir', [path])],
  ];

  test.each(places)('%s', async (_what, put) => {
    const before = process.memoryUsage().rss;
    for (const name of ['settings.json', 'settings.json.copy', 'pins.json', 'policy.json']) {
      put(file(name));
      expect(existsSync(file(name))).toBe(true);
    }
    expect(readBounded(file('settings.json'), 10).kind).toBe('failed');
    expect((await readBoundedLater(file('settings.json'), 10)).kind).toBe('failed');
    expect(readPolicy(() => readBounded(file('policy.json'), LONGEST_POLICY), file('remembered.json'))).toMatchObject({ policy: { locked: [] }, trouble: { inForce: 'none' } });
    const told: string[] = [];
    openSettings(file('settings.json'), (detail) => told.push(detail));
    openPinFile(file('pins.json'), (detail) => told.push(detail));
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
  });

  test('a file up to the limit is read as it is, and one byte more is too long', async () => {
    writeFileSync(file('small'), 'é'.repeat(5));
    expect(readBounded(file('small'), 10)).toEqual({ kind: 'ok', value: 'ééééé' });
    expect(await readBoundedLater(file('small'), 10)).toEqual({ kind: 'ok', value: 'ééééé' });
    expect(readBounded(file('small'), 9)).toEqual({ kind: 'failed', failure: 'too-long' });
    expect(await readBoundedLater(file('small'), 9)).toEqual({ kind: 'failed', failure: 'too-long' });
    expect(readBounded(file('none'), 9)).toEqual({ kind: 'failed', failure: 'ENOENT' });
    writeFileSync(file('empty'), '');
    expect(await readBoundedLater(file('empty'), 9)).toEqual({ kind: 'ok', value: '' });
  });
});
