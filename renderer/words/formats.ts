import type { Language } from '../../contract/look.ts';
import { type Currency, formatMoney } from '../../contract/money.ts';
import { localeOf } from './language.ts';

/** What a catalogue needs to put money, times and counts into its sentences. */
export type Formats = {
  readonly locale: string;
  /** What stands before the cents: "." or ",". */
  readonly point: string;
  money(amountInCents: number): string;
  /** The time of day of a moment (ISO 8601), on this PC's clock. */
  time(at: string): string;
  dayAndTime(at: string): string;
  number(value: number): string;
  /** The form that `count` takes in this language. Languages with more than two forms are not among ours. */
  plural(count: number, forms: { readonly one: string; readonly other: string }): string;
  /** "s" below a minute and a half, minutes above: as exact as anybody needs. */
  wait(seconds: number, unit: { readonly minutes: string }): string;
};

export function openFormats(language: Language, currency: Currency): Formats {
  const locale = localeOf(language, currency);
  const rules = new Intl.PluralRules(locale);
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  return {
    locale,
    point: new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.',
    money: (amountInCents) => formatMoney({ amountInCents, currency }, locale),
    time: (at) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(at)),
    dayAndTime: (at) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at)),
    number,
    plural: (count, { one, other }) => (rules.select(count) === 'one' ? one : other),
    wait: (seconds, { minutes }) => (seconds < 90 ? `${number(seconds)} s` : `${number(Math.ceil(seconds / 60))} ${minutes}`),
  };
}
