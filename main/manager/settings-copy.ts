import type { Handlers } from '../../contract/channels.ts';
import type { Look } from '../../contract/look.ts';
import { type Policy, byName, fromNames } from '../../contract/policy.ts';
import { type RegisterSettings, checkRegisterSettings } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { CopyProblem } from '../../contract/settings-copy.ts';
import type { Till } from '../sale/till.ts';
import { type Audit, MANAGER } from './audit.ts';
import { type SettingsStore, changeSettings, changesBetween } from './settings-change.ts';

type Copied = RegisterSettings & { readonly look: Look };

export type SettingsCopyParts = {
  readonly till: Pick<Till, 'isBusy'>;
  readonly audit: Pick<Audit, 'note'>;
  readonly settings: SettingsStore<Copied>;
  readonly saveFile: (suggestedName: string, text: string) => Promise<Result<null, { readonly kind: 'cancelled' } | { readonly kind: 'unwritable'; readonly code: string }>>;
  readonly openFile: () => Promise<Result<string, { readonly kind: 'cancelled' } | { readonly kind: 'unreadable'; readonly code: string }>>;
  /** The file has the shape of a policy, without locks: an exported one can be rolled out as it is. */
  readonly parse: (text: string) => Result<Policy, string>;
  readonly reopen: () => Promise<void>;
};

type CopyCalls = Pick<Handlers<'manager'>, 'exportSettings' | 'readSettingsCopy' | 'applySettingsCopy'>;

/** Clones a register: its settings out into a file and in from one. Account, secrets, PINs and cashiers are never in it. */
export function settingsCopy({ till, audit, settings, saveFile, openFile, parse, reopen }: SettingsCopyParts): CopyCalls {
  let read: Policy['settings'] | null = null;

  /** The settings as they would be. */
  function merged(from: Policy['settings'], keepName: boolean): Copied {
    const taken = [...byName(from)].filter(([name]) => !settings.locked.includes(name) && !(keepName && name === 'registerName'));
    const { registerName, limits, form, rights, descriptionPresets, look } = settings.read();
    const own = byName({ registerName, limits, form, rights, descriptionPresets, look });
    // Both were parsed at their doors; together they have every part.
    return fromNames(new Map([...own, ...taken])) as Copied;
  }

  return {
    async exportSettings() {
      const { registerName, limits, form, rights, descriptionPresets, look } = settings.read();
      const policy: Policy = { version: 1, settings: { registerName, limits, form, rights, descriptionPresets, look }, locked: [] };
      const saved = await saveFile('counter-settings.json', `${JSON.stringify(policy, null, 2)}\n`);
      if (saved.kind === 'failed') return failed(saved.failure.kind === 'cancelled' ? { kind: 'copy-cancelled' } : { kind: 'copy-unwritable', code: saved.failure.code });
      audit.note(MANAGER, 'settings-exported');
      return ok(null);
    },
    async readSettingsCopy() {
      read = null;
      const text = await openFile();
      if (text.kind === 'failed') return failed<CopyProblem>(text.failure.kind === 'cancelled' ? { kind: 'copy-cancelled' } : { kind: 'copy-unreadable', code: text.failure.code });
      const parsed = parse(text.value);
      if (parsed.kind === 'failed') return failed({ kind: 'copy-invalid', where: parsed.failure });
      read = parsed.value.settings;
      const changes = changesBetween(settings.read(), { ...settings.read(), ...merged(read, false) });
      return ok({ changes, locked: [...byName(read).keys()].filter((name) => settings.locked.includes(name)) });
    },
    async applySettingsCopy({ keepName }) {
      if (till.isBusy()) return failed({ kind: 'sale-in-progress' });
      if (read === null) return failed({ kind: 'copy-forgotten' });
      const { look, ...register } = merged(read, keepName);
      const checked = checkRegisterSettings(register);
      if (checked.kind === 'failed') return checked;
      const changed = changeSettings({ settings, audit }, { ...checked.value, look });
      if (changed.kind === 'failed') return changed;
      read = null;
      await reopen();
      return ok(null);
    },
  };
}
