import { type AmountEntry, add, backspace, EMPTY_ENTRY, press, totalInCents } from '../../renderer/till/sale/amount-entry.ts';
import { type Found, type PressedKey, watchKeys } from '../../renderer/till/scan/scan.ts';

/** A key as the operating system reports it. `upAfterMs`: how long it is down; null: it is never reported up. */
export type Stroke = { readonly key: string; readonly atMs: number; readonly upAfterMs: number | null; /** Ctrl, Alt or Meta is held. */ readonly isChord?: boolean };

type Place = 'keypad' | 'description' | 'form' | 'elsewhere';

/** The results of keys at a till with an amount: a model of the keypad screen (or another), with a clock of its own. */
export type TypedTill = {
  readonly amountInCents: number;
  /** Amounts that Enter or F9 charged. */
  readonly charged: readonly number[];
  /** The text in the focused field. */
  readonly field: string;
  /** Keys that act and reached the screen. */
  readonly acted: readonly string[];
  readonly found: readonly Found[];
};

/** Plays the strokes, each at its time, and waits for all timers. */
export function typeAt(strokes: readonly Stroke[], place: Place = 'keypad', typedBefore = ''): TypedTill {
  type Key = PressedKey & { readonly place: Place };
  const watch = watchKeys<Key>();
  let entry: AmountEntry = typedBefore.split('').reduce((before, key) => typed(before, key), EMPTY_ENTRY);
  let before: { readonly atMs: number; readonly entry: AmountEntry }[] = [];
  let dueMs: number | null = null;
  let field = '';
  const charged: number[] = [];
  const acted: string[] = [];
  const found: Found[] = [];

  function reach({ key }: Pick<PressedKey, 'key'>, atMs: number): void {
    if (key.length > 1) acted.push(key);
    if (key.length === 1 && (place === 'description' || place === 'form')) field += key;
    else if (place === 'keypad' || place === 'description') {
      if (key === 'Enter' || key === 'F9') charged.push(totalInCents(entry, 'cents'));
      else {
        before.push({ atMs, entry });
        entry = typed(entry, key);
      }
    }
  }

  function follow(verdict: ReturnType<typeof watch.look>, atMs: number): void {
    ({ dueMs } = verdict);
    for (const key of verdict.released) reach(key, atMs);
    if (verdict.found === null) return;
    found.push(verdict.found);
    if (verdict.found.kind !== 'scan' || verdict.found.isField) return;
    const { sinceMs } = verdict.found;
    entry = before.find((each) => each.atMs >= sinceMs)?.entry ?? entry;
    before = [];
  }

  function lookUntil(atMs: number): void {
    while (dueMs !== null && dueMs <= atMs) follow(watch.look(dueMs), dueMs);
  }

  const isField = place === 'description' || place === 'form';
  const events = strokes
    .flatMap(({ key, atMs, upAfterMs, isChord = false }) => [{ key, atMs, isChord, isDown: true }, ...(upAfterMs === null ? [] : [{ key, atMs: atMs + upAfterMs, isChord, isDown: false }])])
    .toSorted((one, other) => one.atMs - other.atMs);
  for (const { key, atMs, isDown, isChord } of events) {
    lookUntil(atMs);
    if (!isDown) {
      follow(watch.letGo(key, atMs), atMs);
      continue;
    }
    if (isChord) {
      follow(watch.chord(), atMs);
      acted.push(`chord ${key}`);
      continue;
    }
    const verdict = watch.press({ key, code: key, atMs, isRepeat: false, isField, canSay: place === 'keypad' || place === 'description', mayWait: place !== 'form', place });
    follow(verdict, atMs);
    if (verdict.fate === 'pass') reach({ key }, atMs);
  }
  lookUntil(Number.POSITIVE_INFINITY);
  return { amountInCents: totalInCents(entry, 'cents'), charged, field, acted, found };
}

function typed(entry: AmountEntry, key: string): AmountEntry {
  if (key === 'Escape' || key === 'Delete') return EMPTY_ENTRY;
  if (key === 'Backspace') return backspace(entry, 'cents');
  if (key === '+') return add(entry, 'cents');
  if (!/^\d$/u.test(key)) return entry;
  const next = press(entry, key, 'cents');
  return next.kind === 'ok' ? next.value : entry;
}

/** Keys at a steady pace, each released at once like a scanner's, or after `upAfterMs`. */
export function steady(keys: readonly string[], gapMs: number, { atMs = 1_000, upAfterMs = Math.min(2, gapMs) }: { readonly atMs?: number; readonly upAfterMs?: number | null } = {}): Stroke[] {
  return keys.map((key, index) => ({ key, atMs: atMs + index * gapMs, upAfterMs }));
}
