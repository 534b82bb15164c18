import type { Language } from '../contract/language.ts';
import { type Currency, formatMoney } from '../contract/money.ts';
import { localeOf } from './language.ts';

/** The formats by which a catalogue puts money, times and counts into its sentences. */
export type Formats = {
  readonly locale: string;
  /** The decimal separator: "." or ",". */
  readonly point: string;
  money(amountInCents: number): string;
  /** The time of day of a moment (ISO 8601), on this PC's clock. */
  time(at: string): string;
  dayAndTime(at: string): string;
  /** A calendar day, "2026-11-25". */
  day(day: string): string;
  /** A full hour of the day, from 0. */
  hour(hour: number): string;
  number(value: number): string;
  /** Of 150: "150%", as the language writes it. */
  percent(value: number): string;
  /** The form that `count` takes in this language. None of Counter's languages has more than two forms. */
  plural(count: number, forms: { readonly one: string; readonly other: string }): string;
  /** "s" below a minute and a half, minutes above: exact enough for a wait. */
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
    day: (day) => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00.000Z`)),
    hour: (hour) => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(hour * 3_600_000)),
    number,
    percent: (value) => new Intl.NumberFormat(locale, { style: 'percent' }).format(value / 100),
    plural: (count, { one, other }) => (rules.select(count) === 'one' ? one : other),
    wait: (seconds, { minutes }) => (seconds < 90 ? `${number(seconds)} s` : `${number(Math.ceil(seconds / 60))} ${minutes}`),
  };
}
