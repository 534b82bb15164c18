import { z } from 'zod';
import { appearance } from './appearance.ts';
import { registerSettings } from './register-settings.ts';
import { plainText } from './text.ts';

/*
 * The settings that a chain's administrator presets and locks on every register, in one file per PC (docs/operator.md). A policy can only choose
 * among the manager's choices; it has no setting that weakens a rule of Counter.
 */

/** Groups of settings; each member can be preset and locked. Anything else is one setting. */
const GROUPS = ['limits', 'form', 'rights', 'description', 'tips', 'receipt', 'printing', 'appearance'] as const;

const presets = z.strictObject({
  registerName: registerSettings.shape.registerName.unwrap().optional(),
  limits: someOf(registerSettings.shape.limits.unwrap()).optional(),
  form: someOf(registerSettings.shape.form.unwrap()).optional(),
  rights: someOf(registerSettings.shape.rights.unwrap()).optional(),
  lockAfterAction: registerSettings.shape.lockAfterAction.unwrap().optional(),
  dayBeginsAtHour: registerSettings.shape.dayBeginsAtHour.unwrap().optional(),
  description: someOf(registerSettings.shape.description.unwrap()).optional(),
  descriptionPresets: registerSettings.shape.descriptionPresets.unwrap().optional(),
  quickItems: registerSettings.shape.quickItems.unwrap().optional(),
  tips: someOf(registerSettings.shape.tips.unwrap()).optional(),
  receipt: someOf(registerSettings.shape.receipt.unwrap()).optional(),
  printing: someOf(registerSettings.shape.printing.unwrap()).optional(),
  appearance: someOf(appearance).optional(),
});

type Named<Shape> = { readonly [Name in keyof Shape]: Shape[Name] extends z.ZodDefault<infer Inner> ? z.ZodOptional<Inner> : Shape[Name] extends z.core.SomeType ? z.ZodOptional<Shape[Name]> : never };

/** Some of the settings of a group: those that are named, and no default for the others. */
function someOf<Shape extends z.ZodRawShape>({ shape }: z.ZodObject<Shape>): z.ZodObject<Named<Shape>, z.core.$strict> {
  const fields = Object.entries(shape).map(([name, field]) => [name, z.optional(field instanceof z.ZodDefault ? field.unwrap() : field)]);
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodObject<Named<Shape>, z.core.$strict>;
}

export const policy = z.strictObject({
  version: z.literal(1),
  /** The value where the register's manager has not set another. */
  settings: presets.default({}),
  /** These override the manager's settings, and cannot be changed: "limits.largestInCents", "registerName". Each needs its value above. */
  locked: z.array(plainText(60)).max(50).default([]),
});
export type Policy = z.infer<typeof policy>;

export const NO_POLICY: Policy = { version: 1, settings: {}, locked: [] };

/** The policy as the manager's side shows it. */
export type PolicyView = {
  /** "limits.largestInCents": set by the company. */
  readonly locked: readonly string[];
  /** Null: the file is in force, or there is none. */
  readonly trouble: PolicyTrouble | null;
};

/** The file has a mistake, or someone other than an administrator could have written it: the place, and the policy in force instead. */
export type PolicyTrouble = { readonly what: 'mistake' | 'unprotected'; readonly where: string; readonly inForce: 'last-valid' | 'none' };

/** Settings as one list: "limits.largestInCents" → 50000. */
export type SettingsByName = ReadonlyMap<string, unknown>;

export function byName(settings: Readonly<Record<string, unknown>>): SettingsByName {
  const named = new Map<string, unknown>();
  for (const [name, value] of Object.entries(settings)) {
    if (isGroup(name) && typeof value === 'object' && value !== null) for (const [part, inner] of Object.entries(value)) named.set(`${name}.${part}`, inner);
    else if (value !== undefined) named.set(name, value);
  }
  return named;
}

export function fromNames(named: SettingsByName): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of named) {
    const [group, part] = name.split('.');
    if (group !== undefined && part !== undefined && isGroup(group)) settings[group] = { ...(settings[group] as Record<string, unknown> | undefined), [part]: value };
    else settings[name] = value;
  }
  return settings;
}

function isGroup(name: string): boolean {
  return GROUPS.some((group) => group === name);
}

/** The effective settings: the policy's presets, then the manager's own, then the policy's locks; later ones win. */
export function underPolicy(own: SettingsByName, { settings, locked }: Policy): SettingsByName {
  const preset = byName(settings);
  return new Map([...preset, ...own, ...[...preset].filter(([name]) => locked.includes(name))]);
}
