import type { Appearance } from '../../contract/appearance.ts';
import { type Policy, byName, fromNames } from '../../contract/policy.ts';
import { type RegisterSettings, checkRegisterSettings } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { CopyProblem } from '../../contract/settings-copy.ts';
import type { Till } from '../sale/till.ts';
import { type Audit, MANAGER } from './audit.ts';
import { LOCKED, type ManagerHandlers } from './guard.ts';
import type { SaveChosen } from './saved-file.ts';
import { type SettingsStore, changeSettings, changesBetween } from './settings-change.ts';

type Copied = RegisterSettings & { readonly appearance: Appearance };

export type SettingsCopyParts = {
  readonly till: Pick<Till, 'isBusy'>;
  readonly audit: Pick<Audit, 'note' | 'noteFirst'>;
  readonly settings: SettingsStore<Copied>;
  readonly saveFile: SaveChosen;
  readonly openFile: () => Promise<Result<string, { readonly kind: 'cancelled' } | { readonly kind: 'unreadable'; readonly code: string }>>;
  /** The file has the shape of a policy, without locks: an exported one can be rolled out as it is. */
  readonly parse: (text: string) => Result<Policy, string>;
  readonly reopen: () => Promise<void>;
};

type CopyCalls = Pick<ManagerHandlers, 'exportSettings' | 'readSettingsCopy' | 'applySettingsCopy'>;

/** Exports a register's settings to a file, and imports them. Account, secrets, PINs and cashiers are never included. */
export function settingsCopy({ till, audit, settings, saveFile, openFile, parse, reopen }: SettingsCopyParts): CopyCalls {
  let read: Policy['settings'] | null = null;

  function copied(): Copied {
    const { registerName, limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing, appearance } = settings.read();
    return { registerName, limits, form, rights, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems, tips, receipt, printing, appearance };
  }

  /** The settings after the import. */
  function merged(from: Policy['settings'], keepName: boolean): Copied {
    const taken = [...byName(from)].filter(([name]) => !settings.locked.includes(name) && !(keepName && name === 'registerName'));
    const own = byName(copied());
    // Both were parsed at their doors; together they have every part.
    return fromNames(new Map([...own, ...taken])) as Copied;
  }

  return {
    async exportSettings(_input, isStillOpen) {
      const policy: Policy = { version: 1, settings: copied(), locked: [] };
      const saved = await saveFile('counter-settings.json', `${JSON.stringify(policy, null, 2)}\n`, isStillOpen);
      if (saved.kind === 'ok') {
        audit.note(MANAGER, 'settings-exported');
        return ok(null);
      }
      if (saved.failure.kind === 'locked') return LOCKED;
      return failed(saved.failure.kind === 'cancelled' ? { kind: 'copy-cancelled' } : { kind: 'copy-unwritable', code: saved.failure.code });
    },
    async readSettingsCopy(_input, isStillOpen) {
      read = null;
      const text = await openFile();
      if (!isStillOpen()) return LOCKED;
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
      const { appearance, ...register } = merged(read, keepName);
      const checked = checkRegisterSettings(register);
      if (checked.kind === 'failed') return checked;
      const changed = changeSettings({ settings, audit }, { ...checked.value, appearance });
      if (changed.kind === 'failed') return changed;
      read = null;
      await reopen();
      return ok(null);
    },
  };
}
