import { type Result, failed, ok } from './result.ts';

/** The currencies of JustiFi's payouts; a sub account has exactly one. */
export const CURRENCIES = ['USD', 'CAD'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** Both currencies have two decimals, so "cents" is the minor unit of either. */
export type Money = { readonly amountInCents: number; readonly currency: Currency };

/** JustiFi refuses 50 cents and less ("Amount must be greater than 50"). */
export const SMALLEST_AMOUNT_IN_CENTS = 51;
/** JustiFi refuses $1,000,000.00 and more. */
export const LARGEST_AMOUNT_IN_CENTS = 99_999_999;

export type AmountProblem =
  | { readonly kind: 'amount-empty' }
  | { readonly kind: 'amount-too-small'; readonly smallestInCents: number }
  | { readonly kind: 'amount-too-large'; readonly largestInCents: number };

/** A shop's own limits. They can only be narrower than JustiFi's. */
export type AmountLimits = { readonly smallestInCents: number; readonly largestInCents: number };

/** Whether this amount may be charged. Anything but a whole number of cents above zero counts as empty. */
export function checkAmount(amountInCents: number, limits: AmountLimits): Result<number, AmountProblem> {
  if (!Number.isSafeInteger(amountInCents) || amountInCents <= 0) return failed({ kind: 'amount-empty' });
  const smallestInCents = Math.max(SMALLEST_AMOUNT_IN_CENTS, limits.smallestInCents);
  const largestInCents = Math.min(LARGEST_AMOUNT_IN_CENTS, limits.largestInCents);
  if (amountInCents < smallestInCents) return failed({ kind: 'amount-too-small', smallestInCents });
  if (amountInCents > largestInCents) return failed({ kind: 'amount-too-large', largestInCents });
  return ok(amountInCents);
}

/** "$35.75", "35,75 $": for display only. Never parse it back. */
export function formatMoney(money: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency: money.currency, currencyDisplay: 'narrowSymbol' });
  // Digits, not a float: 99,999,999 cents must not pass through a division.
  const text = String(Math.abs(money.amountInCents)).padStart(3, '0');
  const exact = `${money.amountInCents < 0 ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`;
  return format.format(exact as Intl.StringNumericLiteral);
}

/**
 * Reads a pasted amount by the separators of `locale`: "1,234.56" in en, "1 234,56 $" in fr-CA.
 * Strict on purpose: an ambiguous text is refused, because a guess would be charged.
 */
export function parseAmount(text: string, locale: string): Result<number, { readonly kind: 'not-an-amount' }> {
  const parts = new Intl.NumberFormat(locale, { useGrouping: true, minimumFractionDigits: 2 }).formatToParts(1_234_567.89);
  const separator = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value ?? '';
  // French groups with a narrow no-break space; people type and copy plain ones.
  const plain = (value: string) => value.replaceAll(/\s/gu, ' ').trim();
  const group = separator('group').replaceAll(/\s/gu, ' ');
  const amount = plain(plain(text).replace(/^(CA|US)?\$|(CA|US)?\$$|^(USD|CAD)|(USD|CAD)$/iu, ''));
  const escape = (value: string) => value.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const shape = new RegExp(`^(\\d{1,3}(?:${escape(group)}\\d{3})+|\\d+)(?:${escape(separator('decimal'))}(\\d{2}))?$`, 'u');
  const match = shape.exec(amount);
  if (!match) return failed({ kind: 'not-an-amount' });
  const whole = (match[1] ?? '').replaceAll(group, '');
  const cents = Number(whole + (match[2] ?? '00'));
  return Number.isSafeInteger(cents) ? ok(cents) : failed({ kind: 'not-an-amount' });
}
