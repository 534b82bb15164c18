import { firstCharacters } from '../../../contract/first-characters.ts';
import { LARGEST_AMOUNT_IN_CENTS } from '../../../contract/money.ts';
import { LONGEST_DESCRIPTION } from '../../../contract/description.ts';
import type { QuickItem } from '../../../contract/quick-item.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';

/** `cents`: digits shift in from the right. `decimal`: the point is typed. */
export type EntryMode = 'cents' | 'decimal';

/** The entry on the keypad: the amounts that were added, and the one that is being typed. All in cents; never rounded. */
export type AmountEntry = {
  readonly added: readonly AddedLine[];
  /** The typed text: "3575" (cents), "35.7" (decimal). Empty: nothing yet. */
  readonly typed: string;
  /** The amount is from an abandoned sale: the next digit begins a new one, as on a calculator. */
  readonly isKept: boolean;
};

/** `name`: of a quick item; null: it was typed. */
export type AddedLine = { readonly inCents: number; readonly name: string | null };

export type TooLarge = { readonly kind: 'amount-too-large' };

const MOST_LINES = 100;

export const EMPTY_ENTRY: AmountEntry = { added: [], typed: '', isKept: false };

export function keptEntry(amountInCents: number, mode: EntryMode): AmountEntry {
  return amountInCents === 0 ? EMPTY_ENTRY : { added: [], typed: asTyped(amountInCents, mode), isKept: true };
}

export function totalInCents({ added, typed }: AmountEntry, mode: EntryMode): number {
  return added.reduce((sum, { inCents }) => sum + inCents, typedInCents(typed, mode));
}

/** "35.7" is 3570 cents, "357" typed cents first is 357. */
export function typedInCents(typed: string, mode: EntryMode): number {
  if (mode === 'cents') return Number(typed);
  const [whole = '', part = ''] = typed.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}

/** Digits, "00", or the point. All of them or none: half of a "00" would go unnoticed. */
export function press(entry: AmountEntry, keys: string, mode: EntryMode): Result<AmountEntry, TooLarge> {
  const before = entry.isKept ? '' : entry.typed;
  const next = { added: entry.added, typed: mode === 'cents' ? shiftIn(before, keys) : append(before, keys), isKept: false };
  return totalInCents(next, mode) > LARGEST_AMOUNT_IN_CENTS ? failed({ kind: 'amount-too-large' }) : ok(next);
}

/** `+`: the typed amount becomes a line of the tape. Without one nothing happens. */
export function add(entry: AmountEntry, mode: EntryMode): AmountEntry {
  const amount = typedInCents(entry.typed, mode);
  return amount === 0 || entry.added.length >= MOST_LINES ? entry : withLine(entry, { inCents: amount, name: null });
}

/** An amount typed before it becomes a line of its own. */
export function addItem(entry: AmountEntry, { name, priceInCents }: QuickItem, mode: EntryMode): Result<AmountEntry, TooLarge> {
  const before = add(entry, mode);
  const next = before.added.length >= MOST_LINES ? entry : withLine(before, { inCents: priceInCents, name });
  return totalInCents(next, mode) > LARGEST_AMOUNT_IN_CENTS ? failed({ kind: 'amount-too-large' }) : ok(next);
}

function withLine({ added }: AmountEntry, line: AddedLine): AmountEntry {
  return { added: [...added, line], typed: '', isKept: false };
}

/** "2 × Coffee, Donut": the description of a sale with quick items, until another is typed. */
export function itemsText({ added }: AmountEntry): string {
  const names = added.flatMap(({ name }) => name ?? []);
  const counted = [...new Set(names)].map((name) => [names.filter((one) => one === name).length, name] as const);
  return firstCharacters(counted.map(([count, name]) => (count === 1 ? name : `${count} × ${name}`)).join(', '), LONGEST_DESCRIPTION);
}

/** Removes the last key, or a quick item; with nothing typed, the last line can be edited again. */
export function backspace(entry: AmountEntry, mode: EntryMode): AmountEntry {
  if (entry.typed !== '') return { ...entry, typed: entry.typed.slice(0, -1), isKept: false };
  const last = entry.added.at(-1);
  return last === undefined ? entry : { added: entry.added.slice(0, -1), typed: last.name === null ? asTyped(last.inCents, mode) : '', isKept: false };
}

function shiftIn(before: string, digits: string): string {
  const typed = (before + digits.replaceAll(/\D/gu, '')).replace(/^0+/u, '');
  return typed;
}

/** At most two digits after the point, and one point. */
function append(before: string, keys: string): string {
  let typed = before;
  for (const key of keys) {
    if (key === '.') typed = typed.includes('.') ? typed : `${typed === '' ? '0' : typed}.`;
    else if (!/\.\d\d$/u.test(typed)) typed = typed === '0' ? key : typed + key;
  }
  return typed;
}

function asTyped(amountInCents: number, mode: EntryMode): string {
  if (mode === 'cents') return String(amountInCents);
  const digits = String(amountInCents).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
