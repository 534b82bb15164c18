import { beforeEach, describe, expect, test } from 'vitest';
import { type Look, look } from '../../contract/look.ts';
import { type RegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import { MANAGER } from '../../main/manager/audit.ts';
import { changeSettings } from '../../main/manager/settings-change.ts';
import { settingsCopy } from '../../main/manager/settings-copy.ts';
import { parsePolicy } from '../../main/storage/policy-file.ts';

type All = RegisterSettings & { readonly look: Look };

let kept: All;
let locked: readonly string[];
let isBusy: boolean;
let auditWorks: boolean;
let noted: unknown[];
let saved: string[];
let reopened: number;
let file: string;

beforeEach(() => {
  [kept, locked, isBusy, auditWorks, noted, saved, reopened, file] = [{ ...registerSettings.parse({}), look: look.parse({}) }, [], false, true, [], [], 0, ''];
});

const store = () => ({
  locked,
  read: () => kept,
  change(change: Partial<All>) {
    kept = { ...kept, ...change };
    return ok(null);
  },
});
const audit = {
  note(who: unknown, action: string, detail: unknown = {}) {
    if (!auditWorks) return failed({ kind: 'audit-unwritable' as const });
    noted.push([who, action, detail]);
    return ok(null);
  },
};
const copy = () =>
  settingsCopy({
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
  });

const CLONE = JSON.stringify({ version: 1, settings: { registerName: 'Register 9', limits: { largestInCents: 75_000 }, look: { theme: 'dark' } } });

describe('a register is cloned by a file', () => {
  test('what was saved on one is what the next one reads', async () => {
    kept = { ...kept, registerName: 'Register 9', limits: { ...kept.limits, largestInCents: 75_000 } };
    await copy().exportSettings();
    const before = kept;
    kept = { ...registerSettings.parse({}), look: look.parse({}) };
    [file] = saved as [string];
    const other = copy();
    await other.readSettingsCopy();
    expect(await other.applySettingsCopy({ keepName: false })).toEqual(ok(null));
    expect(kept).toEqual(before);
  });

  test('it is seen first; what the company has locked here stays, and so does the name where that is wished', async () => {
    file = CLONE;
    locked = ['limits.largestInCents'];
    const calls = copy();
    expect(await calls.readSettingsCopy()).toEqual(
      ok({
        changes: [
          { setting: 'registerName', old: '"Register 1"', new: '"Register 9"' },
          { setting: 'look.theme', old: '"auto"', new: '"dark"' },
        ],
        locked: ['limits.largestInCents'],
      }),
    );
    expect(kept.look.theme).toBe('auto');
    expect(await calls.applySettingsCopy({ keepName: true })).toEqual(ok(null));
    expect([kept.registerName, kept.limits.largestInCents, kept.look.theme, reopened]).toEqual(['Register 1', registerSettings.parse({}).limits.largestInCents, 'dark', 1]);
    expect(noted).toEqual([[MANAGER, 'setting-changed', { setting: 'look.theme', old: '"auto"', new: '"dark"' }]]);
  });

  test('never under a sale, never without having been read, and nothing that is not in the audit log', async () => {
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

test('a setting that the company has locked is changed by nobody, also not beside others', () => {
  locked = ['limits.largestInCents'];
  const refused = changeSettings({ settings: store(), audit }, { registerName: 'Front', limits: { ...kept.limits, largestInCents: 75_000 } });
  expect(refused).toEqual({ kind: 'failed', failure: { kind: 'setting-locked', setting: 'limits.largestInCents' } });
  expect([kept.registerName, noted]).toEqual(['Register 1', []]);
});
