import type { QuickItem } from '../../../contract/quick-item.ts';
import { quickItemLines } from './quick-items.ts';
import { shownPresets } from '../sale/presets.ts';
import type { Words } from '../../../words/catalogue.ts';
import { isolated } from '../../../words/isolated.ts';
import { LANGUAGE_NAMES } from '../../../words/language.ts';

/** A setting's name on its screen, and its value in words. */
export type SettingWords = { readonly name: string; readonly value: (stored: unknown) => string };

/**
 * Every setting by its name in audit log, policy and settings file ("limits.largestInCents"). An unknown one, from a
 * newer or an older Counter, is shown by that name.
 */
export function settingWords(setting: string, words: Words): SettingWords {
  const { manager, cashiers, format, printing, tip } = words;
  const { limits, appearance, shell } = manager;
  const text = (stored: unknown) => (stored === null || stored === undefined || stored === '' ? '–' : typeof stored === 'string' ? isolated(stored) : JSON.stringify(stored));
  const money = (stored: unknown) => (typeof stored === 'number' ? format.money(stored) : '–');
  const onOff = (stored: unknown) => (stored === true ? shell.yes : shell.no);
  const list = (stored: unknown) => (Array.isArray(stored) ? shownPresets(stored.map(String), words).map(isolated).join(', ') : text(stored));
  const oneOf = (names: Readonly<Record<string, string>>) => (stored: unknown) => (typeof stored === 'string' ? names[stored] : undefined) ?? text(stored);
  const lines = (stored: unknown) => (Array.isArray(stored) && stored.length > 0 ? stored.map(String).map(isolated).join(', ') : '–');
  const items = (stored: unknown) => (Array.isArray(stored) && stored.length > 0 ? quickItemLines(stored as readonly QuickItem[], format).map(isolated).join(', ') : text(Array.isArray(stored) ? null : stored));
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
    'form.bankAuthorisation': [limits.bankAuthorisation, text],
    'form.plaid': [limits.plaid, onOff],
    'form.insurance': [limits.insurance, onOff],
    'form.sezzle': [limits.sezzle, onOff],
    'form.phone': [limits.phone, onOff],
    'form.saved': [limits.saved, onOff],
    'form.savedConsent': [limits.savedConsent, text],
    'rights.charge': [cashiers.actions.charge, right],
    'rights.charge-above-limit': [cashiers.actions['charge-above-limit'], right],
    'rights.void': [cashiers.actions.void, right],
    'rights.refund': [cashiers.actions.refund, right],
    'rights.see-report': [cashiers.actions['see-report'], right],
    'rights.close-day': [cashiers.actions['close-day'], right],
    lockAfterAction: [limits.lockAfterAction, onOff],
    dayBeginsAtHour: [limits.dayBeginsAt, text],
    'description.kind': [limits.description, oneOf({ required: limits.descriptionRequired, optional: limits.descriptionOptional, usual: limits.descriptionUsual })],
    'description.usual': [limits.usualDescription, text],
    descriptionPresets: [limits.presets, list],
    quickItems: [limits.quickItems, items],
    'tips.offered': [tip.manager.offered, oneOf(tip.manager.kinds)],
    'tips.percents': [tip.manager.percents, lines],
    'tips.amountsInCents': [tip.manager.amounts, (stored) => (Array.isArray(stored) && stored.length > 0 ? stored.map(money).join(', ') : '–')],
    'tips.amountsBelowInCents': [tip.manager.amountsBelow, money],
    'tips.another': [tip.manager.another, onOff],
    'receipt.shopName': [printing.receipt.shopName, text],
    'receipt.address': [printing.receipt.address, lines],
    'receipt.taxId': [printing.receipt.taxId, text],
    'receipt.header': [printing.receipt.header, lines],
    'receipt.footer': [printing.receipt.footer, lines],
    'receipt.logo': [printing.receipt.logo, text],
    'printing.way': [printing.printers.way, oneOf(printing.printers.ways)],
    'printing.address': [printing.printers.address, text],
    'printing.queue': [printing.printers.queue, text],
    'printing.commands': [printing.printers.commands, oneOf(printing.printers.commandSets)],
    'printing.paper': [printing.printers.paper, oneOf(printing.printers.papers)],
    'printing.auto': [printing.printers.auto, onOff],
    'printing.merchantCopy': [printing.printers.merchantCopy, onOff],
    'printing.drawer': [printing.printers.drawer, onOff],
    'appearance.language': [appearance.language, oneOf({ auto: appearance.languageAuto, ...LANGUAGE_NAMES })],
    'appearance.theme': [appearance.theme, oneOf({ auto: appearance.themeAuto, light: appearance.light, dark: appearance.dark })],
    'appearance.textSize': [appearance.textSize, (stored) => (typeof stored === 'number' ? format.percent(stored) : text(stored))],
    'appearance.entry': [appearance.entry, oneOf({ cents: appearance.cents(format.money(3575)), decimal: appearance.decimal })],
    'appearance.sounds': [appearance.sounds, onOff],
    'appearance.customerDisplay': [appearance.customerDisplay, onOff],
    cashier: [cashiers.title, text],
  };
  const [name, value] = known[setting] ?? [isolated(setting), text];
  return { name, value };
}

/** The value in the audit log: JSON, or for a cashier the name itself. */
export function storedValue(text: unknown): unknown {
  if (typeof text !== 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
