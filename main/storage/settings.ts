import { z } from 'zod';
import { appearance } from '../../contract/appearance.ts';
import { CURRENCIES } from '../../contract/money.ts';
import type { LockedSetting } from '../../contract/locked-setting.ts';
import { NO_POLICY, type Policy, type SettingsByName, byName, fromNames, underPolicy } from '../../contract/policy.ts';
import { type SettingsProblem, checkRegisterSettings, registerSettings } from '../../contract/register-settings.ts';
import { type Result, failed } from '../../contract/result.ts';
import { foreignId, oneWord, reportedText } from '../../contract/text.ts';
import { type FileFound, type Unwritable, openJsonFile } from './json-file.ts';

/** The stored state of this register, without secrets. A missing part takes its default; no part can weaken a rule. */
export const settingsSchema = z.object({
  /** Made at the first start; tells this register's checkouts from another's. */
  registerId: foreignId(60).default(''),
  /** The PC on which the register is, as a hash (machine.ts): copied to another PC, it is another register (C-28). */
  machine: foreignId(64).nullable().default(null),
  /** The register that this one was copied from, until the manager has seen it. */
  copiedFrom: foreignId(60).nullable().default(null),
  /** Null: no account, training mode. Remembered because a locked keyring looks like an empty one. */
  account: z
    .object({
      subAccountId: foreignId(100),
      name: reportedText(500),
      currency: z.enum(CURRENCIES),
      mode: z.enum(['test', 'live']),
      credentialsKind: z.enum(['client', 'broker']),
    })
    .nullable()
    .default(null),
  /** Training or an account was chosen: the first screen is not shown again. */
  isSetUp: z.boolean().default(false),
  /** A sale was paid on this register: the hints for the first sale are not shown any more. */
  hasSold: z.boolean().default(false),
  /** Which journals, and whether the audit log, were begun on this PC: one that is gone altogether is noticed too. */
  journals: z.array(oneWord(80)).default([]),
  originForm: z.enum(['url', 'host']).default('url'),
  /** The card reader of this register. It counts only for the account to which it belongs. */
  cardReader: z.object({ terminalId: foreignId(100), name: reportedText(100), ofAccount: foreignId(100), isFirst: z.boolean() }).nullable().default(null),
  appearance: appearance.prefault({}),
  ...registerSettings.shape,
});
export type Settings = z.infer<typeof settingsSchema>;

/** The file has only the settings made on this register: defaults and the company's presets may change independently. */
const ownSettings = z.record(z.string(), z.unknown()).refine((own) => settingsSchema.safeParse(own).success);

export type SettingsFile = {
  /** The settings that the policy locks, by name. */
  readonly locked: readonly string[];
  /** The effective settings: the company's policy is applied. */
  read(): Settings;
  /** The condition of the file. A file without a register id is not one of Counter's. */
  found(): FileFound;
  /** Durable when it returns ok. A change of a locked setting is refused as a whole. Refused as well while the settings are held. */
  change(change: Partial<Settings>): Result<null, Unwritable | LockedSetting>;
  /** While they are held, `change` is refused: the settings of this register are missing, and defaults must not take their place by themselves. */
  hold(isHeld: boolean): void;
  isHeld(): boolean;
  /** As `change`, also while held: an authorised person has decided. Ends the hold. */
  begin(change: Partial<Settings>): Result<null, Unwritable | LockedSetting>;
};

/** Opens the settings. A damaged file is reported to `onDamaged` (json-file.ts). */
export function openSettings(file: string, onDamaged: (detail: string) => void, policy: Policy = NO_POLICY): SettingsFile {
  const kept = openJsonFile(file, ownSettings, onDamaged);
  const whole = (own: SettingsByName) => settingsSchema.parse(fromNames(underPolicy(own, policy)));
  let own = withoutContradiction(byName(kept.read()), whole);
  let current = whole(own);
  let isHeld = false;

  function write(change: Partial<Settings>): Result<null, Unwritable | LockedSetting> {
    const next = new Map(own);
    const before = byName(current);
    for (const [setting, value] of byName(change)) {
      // An unchanged setting keeps its owner: saving a screen does not turn the company's presets into the register's own settings.
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
  }

  return {
    locked: policy.locked,
    found: kept.found,
    read: () => current,
    change: (change) => (isHeld ? failed({ kind: 'settings-unwritable', detail: 'the settings are missing' }) : write(change)),
    hold(held) {
      isHeld = held;
    },
    isHeld: () => isHeld,
    begin(change) {
      const begun = write(change);
      if (begun.kind === 'ok') isHeld = false;
      return begun;
    },
  };
}

/**
 * A register's settings can contradict later ones of its company: a smallest amount above the company's largest. Then the
 * company's group of settings applies as a whole, and the register goes on taking payments.
 */
function withoutContradiction(own: SettingsByName, whole: (own: SettingsByName) => Settings): SettingsByName {
  const checked = checkRegisterSettings(whole(own));
  if (checked.kind === 'ok') return own;
  const doubtful = DOUBTFUL[checked.failure.kind];
  const rest = new Map([...own].filter(([name]) => doubtful === undefined || !name.startsWith(doubtful)));
  return rest.size === own.size ? own : withoutContradiction(rest, whole);
}

/** Returns the register's own settings that don't apply then; nor do a name or a button with a card number. */
const DOUBTFUL: Partial<Record<SettingsProblem['kind'], string>> = {
  'limits-crossed': 'limits.',
  'no-way-to-pay': 'form.',
  'register-name-empty': 'registerName',
  'register-name-card-number': 'registerName',
  'preset-invalid': 'descriptionPresets',
  'quick-item-invalid': 'quickItems',
  'usual-description-invalid': 'description.',
  'bank-authorisation-incomplete': 'form.bankAuthorisation',
  'bank-authorisation-card-number': 'form.bankAuthorisation',
  'saved-consent-incomplete': 'form.savedConsent',
  'saved-consent-card-number': 'form.savedConsent',
  'receipt-card-number': 'receipt.',
  'printer-address-invalid': 'printing.',
  'printer-queue-empty': 'printing.',
  'paper-needs-driver': 'printing.',
};

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
