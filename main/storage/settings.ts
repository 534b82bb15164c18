import { z } from 'zod';
import { look } from '../../contract/look.ts';
import { CURRENCIES } from '../../contract/money.ts';
import { type LockedSetting, NO_POLICY, type Policy, type SettingsByName, byName, fromNames, underPolicy } from '../../contract/policy.ts';
import { checkRegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { type Result, failed } from '../../contract/result.ts';
import { type Unwritable, openKeptFile } from './kept-file.ts';

/** What this register remembers that is no secret. Anything missing takes its default; nothing here can weaken a rule. */
const settingsSchema = z.object({
  /** Made at the first start; tells this register's checkouts from another's. */
  registerId: z.string().max(60).default(''),
  /** Null: no account, training mode. Remembered because a locked keyring looks like an empty one. */
  account: z
    .object({
      subAccountId: z.string().min(1).max(100),
      name: z.string().min(1).max(500),
      currency: z.enum(CURRENCIES),
      mode: z.enum(['test', 'live']),
      through: z.enum(['client', 'broker']),
    })
    .nullable()
    .default(null),
  /** Somebody has chosen between training and an account: the very first screen is over. */
  isSetUp: z.boolean().default(false),
  /** A sale was paid on this register: nobody needs to be shown how. */
  hasSold: z.boolean().default(false),
  /** Which journals, and whether the audit log, were begun on this PC: one that is gone altogether is noticed too. */
  journals: z.array(z.enum(['training', 'test', 'live', 'audit'])).default([]),
  originForm: z.enum(['url', 'host']).default('url'),
  look: look.prefault({}),
  ...registerSettings.shape,
});
export type Settings = z.infer<typeof settingsSchema>;

/** The file holds only what was set on this register: defaults and the company's presets may change under it. */
const ownSettings = z.record(z.string(), z.unknown()).refine((own) => settingsSchema.safeParse(own).success);

export type SettingsFile = {
  /** What the policy locks, by name. */
  readonly locked: readonly string[];
  /** What counts: the company's policy is in it. */
  read(): Settings;
  /** Durable when it returns ok. What the policy locks is refused, and then nothing is changed. */
  change(change: Partial<Settings>): Result<null, Unwritable | LockedSetting>;
};

/** Opens the settings. A damaged file is told to `onDamaged` (kept-file.ts). */
export function openSettings(file: string, onDamaged: (detail: string) => void, policy: Policy = NO_POLICY): SettingsFile {
  const kept = openKeptFile(file, ownSettings, onDamaged);
  const whole = (own: SettingsByName) => settingsSchema.parse(fromNames(underPolicy(own, policy)));
  let own = withoutContradiction(byName(kept.read()), whole);
  let current = whole(own);
  return {
    locked: policy.locked,
    read: () => current,
    change(change) {
      const next = new Map(own);
      const before = byName(current);
      for (const [setting, value] of byName(change)) {
        // What stays as it counts today stays whoever's it is: saving a screen does not make the company's presets the register's own.
        if (isSame(value, before.get(setting))) continue;
        if (policy.locked.includes(setting)) return failed({ kind: 'setting-locked', setting });
        next.set(setting, value);
      }
      const written = kept.write(fromNames(next));
      if (written.kind === 'ok') {
        own = next;
        current = whole(own);
      }
      return written;
    },
  };
}

/**
 * What a register has set can contradict what its company sets later: a smallest amount above the company's largest. Then the
 * company's group of settings counts as a whole, and the register goes on taking payments.
 */
function withoutContradiction(own: SettingsByName, whole: (own: SettingsByName) => Settings): SettingsByName {
  const checked = checkRegisterSettings(whole(own));
  if (checked.kind === 'ok') return own;
  const group = checked.failure.kind === 'limits-crossed' ? 'limits.' : checked.failure.kind === 'no-way-to-pay' ? 'form.' : null;
  return group === null ? own : new Map([...own].filter(([name]) => !name.startsWith(group)));
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
