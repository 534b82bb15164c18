import type { LockedSetting } from '../../contract/locked-setting.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Audit, COUNTER, MANAGER } from './audit.ts';

type SettingChange = { readonly setting: string; readonly old: string; readonly new: string };

/** The differences between two sets of settings, setting by setting: "limits.largestInCents", from, to. */
export function changesBetween(before: unknown, after: unknown, name = ''): readonly SettingChange[] {
  if (isRecord(before) && isRecord(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((key) => changesBetween(before[key], after[key], name === '' ? key : `${name}.${key}`));
  }
  const [was, is] = [before, after].map((value) => JSON.stringify(value ?? null));
  return was === is ? [] : [{ setting: name, old: was!, new: is! }];
}

export type SettingsStore<Settings> = {
  /** The settings that the company locks, by name. */
  readonly locked: readonly string[];
  read(): Settings;
  /** The settings of this register are missing: defaults are read, and must not be saved in their place. */
  isHeld(): boolean;
  change(change: Partial<Settings>): Result<null, { readonly kind: 'settings-unwritable' } | LockedSetting>;
};

/** Changes settings for the manager: nothing changes without a line in the audit log first. */
export function changeSettings<Settings>(
  { settings, audit }: { readonly settings: SettingsStore<Settings>; readonly audit: Pick<Audit, 'note' | 'noteFirst'> },
  change: Partial<Settings>,
): Result<null, { readonly kind: 'audit-unwritable' | 'settings-unwritable' | 'settings-missing' } | LockedSetting> {
  if (settings.isHeld()) return failed({ kind: 'settings-missing' });
  const before = settings.read();
  const changes = changesBetween(before, { ...before, ...change });
  const held = changes.find(({ setting }) => settings.locked.includes(setting));
  if (held !== undefined) return failed({ kind: 'setting-locked', setting: held.setting });
  for (const each of changes) {
    const noted = audit.noteFirst(MANAGER, 'setting-changed', each);
    if (noted.kind === 'failed') return noted;
  }
  if (changes.length === 0 || settings.change(change).kind === 'ok') return ok(null);
  for (const { setting } of changes) audit.note(COUNTER, 'setting-changed', { setting, failed: true });
  return failed({ kind: 'settings-unwritable' });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
