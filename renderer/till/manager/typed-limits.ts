import { parseAmount } from '../../../contract/money.ts';
import type { RegisterSettings } from '../../../contract/register-settings.ts';
import type { Words } from '../../../words/catalogue.ts';
import type { AmountField, LimitsProblem } from '../../../words/en/manager.ts';
import { shownPresets, storedPresets } from '../sale/presets.ts';
import { parseQuickItems, quickItemLines } from './quick-items.ts';

export type DescriptionKind = RegisterSettings['description']['kind'];

/** The limits as they are typed; amounts as text. */
export type TypedLimits = {
  readonly registerName: string;
  readonly smallest: string;
  readonly largest: string;
  readonly confirmAbove: string;
  readonly sameAgain: string;
  readonly cards: boolean;
  readonly bankAccounts: boolean;
  readonly billing: 'short' | 'full';
  readonly bankAuthorisation: string;
  readonly plaid: boolean;
  readonly insurance: boolean;
  readonly sezzle: boolean;
  readonly phone: boolean;
  readonly saved: boolean;
  readonly savedConsent: string;
  readonly description: DescriptionKind;
  readonly usualDescription: string;
  readonly presets: string;
  readonly quickItems: string;
  readonly lockAfterAction: boolean;
  readonly dayBeginsAtHour: number;
};

export type LimitsFieldsProps = { readonly typed: TypedLimits; readonly problem: LimitsProblem | null; readonly change: (part: Partial<TypedLimits>) => void };

/** The id of the error's sentence. */
export const PROBLEM = 'limits-problem';

export function isWrongAmount(problem: LimitsProblem | null, field: AmountField): boolean {
  return problem?.kind === 'not-an-amount' && problem.field === field;
}

export function asTyped({ registerName, limits, form, lockAfterAction, dayBeginsAtHour, description, descriptionPresets, quickItems }: RegisterSettings, words: Words): TypedLimits {
  const { money } = words.format;
  return {
    registerName,
    smallest: money(limits.smallestInCents),
    largest: money(limits.largestInCents),
    confirmAbove: limits.confirmAboveInCents === null ? '' : money(limits.confirmAboveInCents),
    sameAgain: String(limits.sameAgainWithinMinutes),
    ...form,
    description: description.kind,
    usualDescription: description.usual,
    presets: shownPresets(descriptionPresets, words).join('\n'),
    quickItems: quickItemLines(quickItems, words.format).join('\n'),
    lockAfterAction,
    dayBeginsAtHour,
  };
}

export function asSettings(typed: TypedLimits, words: Words): Omit<RegisterSettings, 'rights' | 'tips' | 'receipt' | 'printing'> | LimitsProblem {
  const { locale } = words.format;
  const smallest = parseAmount(typed.smallest, locale);
  const largest = parseAmount(typed.largest, locale);
  const confirmAbove = typed.confirmAbove.trim() === '' ? null : parseAmount(typed.confirmAbove, locale);
  if (smallest.kind === 'failed') return { kind: 'not-an-amount', field: 'smallest' };
  if (largest.kind === 'failed') return { kind: 'not-an-amount', field: 'largest' };
  if (confirmAbove?.kind === 'failed') return { kind: 'not-an-amount', field: 'confirmAbove' };
  if (!/^\d{1,2}$/u.test(typed.sameAgain.trim()) || Number(typed.sameAgain) > 60) return { kind: 'minutes-invalid' };
  const quickItems = parseQuickItems(typed.quickItems, words.format);
  if (quickItems.kind === 'failed') return { kind: 'quick-item-invalid', item: quickItems.failure };
  return {
    registerName: typed.registerName,
    limits: {
      smallestInCents: smallest.value,
      largestInCents: largest.value,
      confirmAboveInCents: confirmAbove === null ? null : confirmAbove.value,
      sameAgainWithinMinutes: Number(typed.sameAgain),
    },
    form: { cards: typed.cards, bankAccounts: typed.bankAccounts, billing: typed.billing, bankAuthorisation: typed.bankAuthorisation, plaid: typed.plaid, insurance: typed.insurance, sezzle: typed.sezzle, phone: typed.phone, saved: typed.saved, savedConsent: typed.savedConsent },
    lockAfterAction: typed.lockAfterAction,
    dayBeginsAtHour: typed.dayBeginsAtHour,
    description: { kind: typed.description, usual: typed.usualDescription },
    descriptionPresets: [...storedPresets(typed.presets.split('\n').filter((preset) => preset.trim() !== ''), words)],
    quickItems: [...quickItems.value],
  };
}
