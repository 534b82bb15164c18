import { shownPresets } from '../presets.ts';
import type { Words } from '../../words/catalogue.ts';
import { LANGUAGE_NAMES } from '../../words/language.ts';

/** A setting as its screen calls it, and its value as people write it. */
export type SettingWords = { readonly name: string; readonly value: (stored: unknown) => string };

/**
 * Every setting by the name that audit log, policy and settings file have for it ("limits.largestInCents"). One that is not known, from a
 * newer or an older Counter, is called by that name.
 */
export function settingWords(setting: string, words: Words): SettingWords {
  const { manager, cashiers, format } = words;
  const { limits, look, shell } = manager;
  const text = (stored: unknown) => (typeof stored === 'string' ? stored : stored === null || stored === undefined ? '–' : JSON.stringify(stored));
  const money = (stored: unknown) => (typeof stored === 'number' ? format.money(stored) : '–');
  const onOff = (stored: unknown) => (stored === true ? shell.yes : shell.no);
  const list = (stored: unknown) => (Array.isArray(stored) ? shownPresets(stored.map(String), words).join(', ') : text(stored));
  const oneOf = (names: Readonly<Record<string, string>>) => (stored: unknown) => names[text(stored)] ?? text(stored);
  const right = oneOf({ cashier: cashiers.mayCashiers, manager: cashiers.mayManager });
  const known: Readonly<Record<string, readonly [name: string, value: SettingWords['value']]>> = {
    registerName: [limits.registerName, text],
    'limits.smallestInCents': [limits.smallest, money],
    'limits.largestInCents': [limits.largest, money],
    'limits.confirmAboveInCents': [limits.confirmAbove, money],
    'limits.sameAgainWithinMinutes': [limits.sameAgain, text],
    'form.cards': [limits.cards, onOff],
    'form.bankAccounts': [limits.bankAccounts, onOff],
    'form.billing': [limits.billing, oneOf({ short: limits.billingShort, full: limits.billingFull })],
    'rights.charge': [cashiers.actions.charge, right],
    'rights.charge-above-limit': [cashiers.actions['charge-above-limit'], right],
    'rights.void': [cashiers.actions.void, right],
    'rights.refund': [cashiers.actions.refund, right],
    descriptionPresets: [limits.presets, list],
    'look.language': [look.language, oneOf({ auto: look.languageAuto, ...LANGUAGE_NAMES })],
    'look.theme': [look.theme, oneOf({ auto: look.themeAuto, light: look.light, dark: look.dark })],
    'look.entry': [look.entry, oneOf({ cents: look.cents(format.money(3575)), decimal: look.decimal })],
    'look.sounds': [look.sounds, onOff],
    'look.customerDisplay': [look.customerDisplay, onOff],
    cashier: [cashiers.title, text],
  };
  const [name, value] = known[setting] ?? [setting, text];
  return { name, value };
}

/** What the audit log holds of a setting: JSON, or for a cashier the name itself. */
export function storedValue(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
