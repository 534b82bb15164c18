import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import { z } from 'zod';
import { HISTORY_STATES, type HistoryLine } from '../../contract/history.ts';
import type { Wanted } from './search-text.ts';

/** `before`: the last number of the page before; null: the first page. */
export type PageOrder = { readonly search: readonly Wanted[]; readonly before: number | null; readonly length: number };

/** Business days, both included. */
/** Of the same amount, or of the same purchase with another tip or premium. */
export type TwinsOrder = { readonly amountInCents: number; readonly purchaseInCents: number; readonly last4: string; readonly from: string; readonly to: string };

type Page = { readonly lines: readonly HistoryLine[]; readonly next: number | null };

/** A word can mean several things. More of their combinations than these are not looked for. */
const MOST_COMBINATIONS = 32;
const MOST_CASHIERS = 5;

const COLUMNS = 's.number, s.id, s.at, s.business_day, s.amount_in_cents, s.description, s.cashier, s.state, s.paid_kind, s.brand, s.last4, s.given_back_in_cents';

const lineRow = z.object({
  number: z.int(),
  id: z.string(),
  at: z.string(),
  business_day: z.string(),
  amount_in_cents: z.int(),
  description: z.string(),
  cashier: z.string().nullable(),
  state: z.enum(HISTORY_STATES),
  paid_kind: z.enum(['card', 'card-present', 'bank', 'unknown']),
  brand: z.string().nullable(),
  last4: z.string().nullable(),
  given_back_in_cents: z.int(),
});
type LineRow = z.infer<typeof lineRow>;

/** One meaning of one word: of a column, or of the words of the description. */
type Condition = { readonly sql: string; readonly value: string | number } | { readonly term: string };

/** Sales, newest first, by keyset: a page costs the same wherever it begins. */
export function readPage(history: DatabaseSync, { search, before, length }: PageOrder): Page {
  const found = new Map<number, LineRow>();
  for (const conditions of combinations(search.map((wanted) => meanings(history, wanted)))) {
    for (const row of rowsOf(history, conditions, before ?? Number.MAX_SAFE_INTEGER, length + 1)) found.set(row.number, row);
  }
  const rows = [...found.values()].sort((one, other) => other.number - one.number);
  const page = rows.slice(0, length);
  return { lines: page.map(toLine), next: rows.length > length ? (page.at(-1)?.number ?? null) : null };
}

/** Sales of this amount on this card, of which money was taken, between two days. */
export function readTwins(history: DatabaseSync, { amountInCents, purchaseInCents, last4, from, to }: TwinsOrder): readonly HistoryLine[] {
  const rows = history.prepare(`SELECT ${COLUMNS} FROM sale s WHERE s.last4 = ? AND (s.amount_in_cents = ? OR s.purchase_in_cents = ?) AND s.business_day BETWEEN ? AND ? AND s.charged_in_cents IS NOT NULL ORDER BY s.number`).all(last4, amountInCents, purchaseInCents, from, to);
  return rows.map((row) => toLine(lineRow.parse(row)));
}

function rowsOf(history: DatabaseSync, conditions: readonly Condition[], before: number, limit: number): readonly LineRow[] {
  const terms = conditions.flatMap((condition) => ('term' in condition ? [`"${condition.term}"*`] : []));
  const columns = conditions.flatMap((condition) => ('sql' in condition ? [condition] : []));
  const where = columns.map(({ sql }) => ` AND ${sql}`).join('');
  const values: SQLInputValue[] = columns.map(({ value }) => value);
  const rows =
    terms.length === 0
      ? history.prepare(`SELECT ${COLUMNS} FROM sale s WHERE s.number < ? AND s.is_listed = 1${where} ORDER BY s.number DESC LIMIT ?`).all(before, ...values, limit)
      : // The search walks its own list from the newest on, and stops when the page is full.
        history.prepare(`SELECT ${COLUMNS} FROM description d CROSS JOIN sale s ON s.number = d.rowid WHERE d.description MATCH ? AND d.rowid < ? AND s.is_listed = 1${where} ORDER BY d.rowid DESC LIMIT ?`).all(terms.join(' AND '), before, ...values, limit);
  return rows.map((row) => lineRow.parse(row));
}

function meanings(history: DatabaseSync, { amountInCents, last4, businessDay, id, code, word }: Wanted): readonly Condition[] {
  return [
    ...(amountInCents === undefined ? [] : ['s.amount_in_cents = ?', 's.purchase_in_cents = ?'].map((sql) => ({ sql, value: amountInCents }))),
    ...(last4 === undefined ? [] : [{ sql: 's.last4 = ?', value: last4 }]),
    ...(businessDay === undefined ? [] : [{ sql: 's.business_day = ?', value: businessDay }]),
    ...(id === undefined ? [] : ['s.id = ?', 's.checkout_id = ?', 's.payment_id = ?'].map((sql) => ({ sql, value: id }))),
    ...(code === undefined ? [] : [{ sql: 's.code = ?', value: code }]),
    ...(word === undefined ? [] : [{ term: word }, ...cashiersCalled(history, word).map((name) => ({ sql: 's.cashier = ?', value: name }))]),
  ];
}

const nameRow = z.object({ name: z.string() });

/** Cashiers with a name that begins so. */
function cashiersCalled(history: DatabaseSync, word: string): readonly string[] {
  const names = history.prepare('SELECT name FROM cashier').all().map((row) => nameRow.parse(row).name);
  return names.filter((name) => plain(name).split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(plain(word)))).slice(0, MOST_CASHIERS);
}

/** Without accents, in small letters: as the search of the descriptions compares. */
function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** One meaning for each word, in every way. No words: one way, without a condition. */
function combinations(words: readonly (readonly Condition[])[]): readonly (readonly Condition[])[] {
  let all: readonly (readonly Condition[])[] = [[]];
  for (const word of words) all = all.flatMap((conditions) => word.map((condition) => [...conditions, condition])).slice(0, MOST_COMBINATIONS);
  return all;
}

function toLine({ id, at, business_day: businessDay, amount_in_cents: amountInCents, description, cashier, state, paid_kind: kind, brand, last4, given_back_in_cents: givenBackInCents }: LineRow): HistoryLine {
  return { saleId: id, at, businessDay, amountInCents, description, paidWith: { kind, brand, last4 }, state, givenBackInCents, cashier };
}
