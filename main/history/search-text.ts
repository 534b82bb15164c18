import type { Language } from '../../contract/language.ts';
import { readReceiptCode } from '../../contract/receipt-code.ts';
import { daysFrom } from '../sale/business-day.ts';

/** One word of a search: a sale is found when any of these is true of it. */
export type Wanted = {
  readonly amountInCents?: number;
  readonly last4?: string;
  readonly businessDay?: string;
  /** JustiFi's id of a payment or a checkout, or Counter's of the sale. */
  readonly id?: string;
  /** The digits of a receipt's code. */
  readonly code?: string;
  /** The beginning of a word of the description, or of a cashier's name. */
  readonly word?: string;
};

type SearchContext = {
  /** The shop's own day now. */
  readonly today: string;
  readonly language: Language;
};

const MOST_WORDS = 6;
const TODAY: ReadonlySet<string> = new Set(['today', 'hoy', "aujourd'hui", 'aujourd’hui']);
const YESTERDAY: ReadonlySet<string> = new Set(['yesterday', 'ayer', 'hier']);

const AMOUNT = /^(?:ca|us)?\$?(?<whole>\d{1,3}(?:[ ,.']\d{3})+|\d{1,7})(?<cents>[.,]\d{2})?\$?$/iu;
const ISO_DATE = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/u;
const SHORT_DATE = /^(?<first>\d{1,2})[/.](?<second>\d{1,2})(?:[/.](?<year>\d{4}|\d{2}))?$/u;
const JUSTIFI_ID = /^(?:py|cho|pi|re)_\w+$/u;
const SALE_ID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/iu;

/** The typed search, word by word; a sale must match all of them. Empty: every sale. */
export function readSearch(text: string, context: SearchContext): readonly Wanted[] {
  // Its digits may be typed in groups, as they are printed.
  const code = readReceiptCode(text);
  if (code !== null) return [{ code }];
  return text
    .trim()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .flatMap((word) => wantedBy(word, context));
}

function wantedBy(typed: string, context: SearchContext): readonly Wanted[] {
  const lower = typed.toLowerCase();
  if (TODAY.has(lower)) return [{ businessDay: context.today, word: lower }];
  if (YESTERDAY.has(lower)) return [{ businessDay: daysFrom(context.today, -1), word: lower }];
  if (JUSTIFI_ID.test(typed) || SALE_ID.test(typed)) return [{ id: typed }];
  const businessDay = dayIn(typed, context);
  const amountInCents = businessDay === null ? amountIn(typed) : null;
  const last4 = /^(?:•{1,4}|\*{1,4})?(?<digits>\d{4})$/u.exec(typed)?.groups?.['digits'];
  const word = searchable(typed);
  if (businessDay === null && amountInCents === null && last4 === undefined && word === '') return [];
  return [{ ...(businessDay === null ? {} : { businessDay }), ...(amountInCents === null ? {} : { amountInCents }), ...(last4 === undefined ? {} : { last4 }), ...(word === '' ? {} : { word }) }];
}

function amountIn(typed: string): number | null {
  const { whole, cents } = AMOUNT.exec(typed)?.groups ?? {};
  if (whole === undefined) return null;
  return Number(whole.replaceAll(/\D/gu, '')) * 100 + Number((cents ?? '.00').slice(1));
}

/** 11/25 is 25 November in the United States; elsewhere it is no date. */
function dayIn(typed: string, { today, language }: SearchContext): string | null {
  const iso = ISO_DATE.exec(typed)?.groups;
  if (iso !== undefined) return calendarDay(Number(iso['year']), Number(iso['month']), Number(iso['day']));
  const short = SHORT_DATE.exec(typed)?.groups;
  if (short === undefined || (short['year'] === undefined && !typed.includes('/'))) return null;
  const [month, day] = language === 'en' ? [short['first'], short['second']] : [short['second'], short['first']];
  const named = short['year'] === undefined ? null : Number(short['year']) + (short['year'].length === 2 ? 2000 : 0);
  const thisYear = Number(today.slice(0, 4));
  const read = calendarDay(named ?? thisYear, Number(month), Number(day));
  // Without a year: the most recent such day.
  return named === null && read !== null && read > today ? calendarDay(thisYear - 1, Number(month), Number(day)) : read;
}

function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 'yyyy-mm-dd'.length) : null;
}

/** Letters and digits only: other signs are operators in SQLite's search. */
function searchable(typed: string): string {
  return typed.toLowerCase().replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, ' ').trim().split(' ')[0] ?? '';
}
