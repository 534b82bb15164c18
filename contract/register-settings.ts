import { z } from 'zod';
import { rights } from './cashier.ts';
import { type DescriptionProblem, checkDescription } from './description.ts';
import { LARGEST_AMOUNT_IN_CENTS, SMALLEST_AMOUNT_IN_CENTS } from './money.ts';
import type { LockedSetting } from './policy.ts';
import { type Result, failed, ok } from './result.ts';

const amount = z.int().min(SMALLEST_AMOUNT_IN_CENTS).max(LARGEST_AMOUNT_IN_CENTS);

/** The buttons under "What is it for?" until somebody sets others. The till says them in its own language. */
export const USUAL_PRESETS = ['Counter sale', 'Repair', 'Deposit', 'Gift card'] as const;

/** What a manager may set for the sales of this register. Anything missing takes its default. */
export const registerSettings = z.object({
  registerName: z.string().min(1).max(60).default('Register 1'),
  limits: z
    .object({
      smallestInCents: amount.default(SMALLEST_AMOUNT_IN_CENTS),
      largestInCents: amount.default(LARGEST_AMOUNT_IN_CENTS),
      /** Null: never asked. */
      confirmAboveInCents: z.int().min(0).max(LARGEST_AMOUNT_IN_CENTS).nullable().default(100_000),
      /** 0: never asked. */
      sameAgainWithinMinutes: z.int().min(0).max(60).default(3),
    })
    .prefault({}),
  /** What the customer finds on the form: cards, bank accounts, or both; a postal code only or the whole address. Saved ways to pay are never offered: who stands at a counter is not known. */
  form: z.object({ cards: z.boolean().default(true), bankAccounts: z.boolean().default(true), billing: z.enum(['short', 'full']).default('short') }).prefault({}),
  /** What a cashier may do without the manager. */
  rights: rights.prefault({}),
  descriptionPresets: z.array(z.string().min(1).max(200)).max(12).default([...USUAL_PRESETS]),
});
export type RegisterSettings = Readonly<z.infer<typeof registerSettings>>;

export type SettingsProblem =
  | { readonly kind: 'limits-crossed' }
  | { readonly kind: 'no-way-to-pay' }
  | { readonly kind: 'register-name-empty' }
  | { readonly kind: 'preset-invalid'; readonly preset: string; readonly why: DescriptionProblem['kind'] }
  | LockedSetting
  | { readonly kind: 'sale-in-progress' }
  | { readonly kind: 'audit-unwritable' }
  | { readonly kind: 'settings-unwritable' };

/** The settings as they are kept: trimmed, without double presets; refused where they contradict themselves. */
export function checkRegisterSettings(typed: RegisterSettings): Result<RegisterSettings, SettingsProblem> {
  const registerName = typed.registerName.trim();
  if (registerName === '') return failed({ kind: 'register-name-empty' });
  if (typed.limits.smallestInCents > typed.limits.largestInCents) return failed({ kind: 'limits-crossed' });
  if (!typed.form.cards && !typed.form.bankAccounts) return failed({ kind: 'no-way-to-pay' });
  const presets = new Set<string>();
  for (const preset of typed.descriptionPresets) {
    const checked = checkDescription(preset);
    if (checked.kind === 'failed') return failed({ kind: 'preset-invalid', preset, why: checked.failure.kind });
    presets.add(checked.value);
  }
  return ok({ ...typed, registerName, descriptionPresets: [...presets] });
}
