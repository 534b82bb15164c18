import { beforeEach, describe, expect, test } from 'vitest';
import { type Appearance, appearance } from '../../contract/appearance.ts';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import { type Audit, MANAGER } from '../../main/manager/audit.ts';
import { changeSettings } from '../../main/manager/settings-change.ts';
import { settingsCopy } from '../../main/manager/settings-copy.ts';
import { stillOpen } from './still-open.ts';
import { parsePolicy } from '../../main/storage/policy-file.ts';

type All = RegisterSettings & { readonly appearance: Appearance };

let kept: All;
let locked: readonly string[];
let isBusy: boolean;
let isHeld: boolean;
let auditWorks: boolean;
let noted: unknown[];
let saved: string[];
let reopened: number;
let file: string;

beforeEach(() => {
  [kept, locked, isBusy, auditWorks, noted, saved, reopened, file] = [{ ...registerSettings.parse({}), appearance: appearance.parse({}) }, [], false, true, [], [], 0, ''];
  isHeld = false;
});

const store = () => ({
  locked,
  read: () => kept,
  isHeld: () => isHeld,
  change(change: Partial<All>) {
    kept = { ...kept, ...change };
    return ok(null);
  },
});
const audit: Pick<Audit, 'note' | 'noteFirst'> = {
  note: (...line) => void audit.noteFirst(...line),
  noteFirst(who, action, detail = {}) {
    if (!auditWorks) return failed({ kind: 'audit-unwritable' });
    noted.push([who, action, detail]);
    return ok(null);
  },
};
const copy = () =>
  stillOpen(settingsCopy({
    till: { isBusy: () => isBusy },
    audit,
    settings: store(),
    saveFile: async (_name, text) => {
      saved.push(text);
      return ok(null);
    },
    openFile: async () => ok(file),
    parse: parsePolicy,
    reopen: async () => void (reopened += 1),
  }));

const CLONE = JSON.stringify({ version: 1, settings: { registerName: 'Register 9', limits: { largestInCents: 75_000 }, appearance: { theme: 'dark' } } });

describe('a register is cloned by a file', () => {
  test('the next register reads exactly the saved settings', async () => {
    kept = { ...kept, registerName: 'Register 9', limits: { ...kept.limits, largestInCents: 75_000 } };
    await copy().exportSettings();
    const before = kept;
    kept = { ...registerSettings.parse({}), appearance: appearance.parse({}) };
    [file] = saved as [string];
    const other = copy();
    await other.readSettingsCopy();
    expect(await other.applySettingsCopy({ keepName: false })).toEqual(ok(null));
    expect(kept).toEqual(before);
  });

  test('the changes are shown first; locked settings stay, and so does the name if chosen', async () => {
    file = CLONE;
    locked = ['limits.largestInCents'];
    const calls = copy();
    expect(await calls.readSettingsCopy()).toEqual(
      ok({
        changes: [
          { setting: 'registerName', old: '"Register 1"', new: '"Register 9"' },
          { setting: 'appearance.theme', old: '"auto"', new: '"dark"' },
        ],
        locked: ['limits.largestInCents'],
      }),
    );
    expect(kept.appearance.theme).toBe('auto');
    expect(await calls.applySettingsCopy({ keepName: true })).toEqual(ok(null));
    expect([kept.registerName, kept.limits.largestInCents, kept.appearance.theme, reopened]).toEqual(['Register 1', registerSettings.parse({}).limits.largestInCents, 'dark', 1]);
    expect(noted).toEqual([[MANAGER, 'setting-changed', { setting: 'appearance.theme', old: '"auto"', new: '"dark"' }]]);
  });

  test('never during a sale, never without a preview, and never without an audit line', async () => {
    file = CLONE;
    const calls = copy();
    expect(await calls.applySettingsCopy({ keepName: false })).toEqual({ kind: 'failed', failure: { kind: 'copy-forgotten' } });
    await calls.readSettingsCopy();
    isBusy = true;
    expect(await calls.applySettingsCopy({ keepName: false })).toEqual({ kind: 'failed', failure: { kind: 'sale-in-progress' } });
    isBusy = false;
    auditWorks = false;
    expect(await calls.applySettingsCopy({ keepName: false })).toEqual({ kind: 'failed', failure: { kind: 'audit-unwritable' } });
    expect([kept.registerName, reopened]).toEqual(['Register 1', 0]);
  });
});

test('a setting that the company has locked is not changed, also not together with others', () => {
  locked = ['limits.largestInCents'];
  const refused = changeSettings({ settings: store(), audit }, { registerName: 'Front', limits: { ...kept.limits, largestInCents: 75_000 } });
  expect(refused).toEqual({ kind: 'failed', failure: { kind: 'setting-locked', setting: 'limits.largestInCents' } });
  expect([kept.registerName, noted]).toEqual(['Register 1', []]);
});

test('C-22: on a register whose settings are missing nothing is changed, and the manager is told that, not that the disk cannot be written', () => {
  isHeld = true;
  expect(changeSettings({ settings: store(), audit }, { registerName: 'Front' })).toEqual({ kind: 'failed', failure: { kind: 'settings-missing' } });
  expect([kept.registerName, noted]).toEqual(['Register 1', []]);
});
