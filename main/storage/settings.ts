import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { look } from '../../contract/look.ts';
import { CURRENCIES } from '../../contract/money.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { setAside, writeWhole } from './whole-file.ts';

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
  /** Which journals, and whether the audit log, were begun on this PC: one that is gone altogether is noticed too. */
  journals: z.array(z.enum(['training', 'test', 'live', 'audit'])).default([]),
  originForm: z.enum(['url', 'host']).default('url'),
  look: look.prefault({}),
  ...registerSettings.shape,
});
export type Settings = z.infer<typeof settingsSchema>;

export type SettingsFile = {
  read(): Settings;
  change(change: Partial<Settings>): Result<null, { readonly kind: 'settings-unwritable'; readonly detail: string }>;
};

/** Opens the settings. A damaged file is told to `onDamaged`, set aside, and replaced by defaults. */
export function openSettings(file: string, onDamaged: (detail: string) => void): SettingsFile {
  let current = load(file, onDamaged);
  return {
    read: () => current,
    change(change) {
      const next = settingsSchema.parse({ ...current, ...change });
      try {
        writeWhole(file, `${JSON.stringify(next, null, 2)}\n`);
      } catch (error) {
        return failed({ kind: 'settings-unwritable', detail: error instanceof Error ? error.message : 'unknown' });
      }
      current = next;
      return ok(null);
    },
  };
}

function load(file: string, onDamaged: (detail: string) => void): Settings {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return settingsSchema.parse({});
  }
  try {
    return settingsSchema.parse(JSON.parse(text));
  } catch (error) {
    onDamaged(error instanceof Error ? error.name : 'unknown');
    setAside(file);
    return settingsSchema.parse({});
  }
}
