import { LONGEST_GAP_MS } from './longest-gap.ts';

/*
 * A barcode scanner types like a keyboard. A scan must never become an amount, and none of its keys may charge, dismiss or try again;
 * keys typed by hand must never be lost. Where the figures come from: docs/architecture.md, "A scanner is told from a hand".
 *
 * A hand is recognised by a pause longer than a scanner makes, or by two keys that are down at once. A run of keys without either is judged
 * as a whole, at its end.
 */

/** On average; no hand goes on like this without two keys down at once. */
export const QUICK_GAP_MS = 35;
/** A scanner releases a key at once; a finger needs longer. */
export const LONGEST_TAP_MS = 25;
/** Two keys down for this long are two fingers. Less may be the clock of the operating system. */
const SHORTEST_OVERLAP_MS = 10;
/** Shorter runs are a hand's: two fingers at once, and one more. */
export const SHORTEST_SCAN = 4;
/** From here on a run is a scan at any speed up to the longest gap: as an amount it would be $100,000.00 or more. */
export const CERTAIN_LENGTH = 8;
/** Keys this soon after a scan belong to it: the second Enter of CR LF, the rest of a code after a hitch. */
export const AFTER_SCAN_MS = 300;
/** A scan without its Enter may get it this late, over a radio that stalls. */
export const LATE_END_MS = 3_000;

/** A key that goes down. */
export type PressedKey = {
  readonly key: string;
  /** The physical key: at its release the key may have another name. */
  readonly code: string;
  /** On the clock of the events. */
  readonly atMs: number;
  readonly isRepeat: boolean;
  /** A text field has the focus: characters go there, typed or scanned. */
  readonly isField: boolean;
  /** The screen takes what is typed, and can say why a key did nothing. */
  readonly canSay: boolean;
  /** It has no default action in the browser: it can be dispatched a little later. */
  readonly mayWait: boolean;
};

/**
 * `scan`: what was typed since `sinceMs` is a scanner's; found again with the whole code when more of it comes after a hitch. `unclear`: it may be one; what was typed stands, and the Enter that came with it
 * counted for nothing.
 */
export type Scan = { readonly kind: 'scan'; readonly code: string; readonly sinceMs: number; readonly isField: boolean };
export type Found =
  | Scan
  | { readonly kind: 'unclear'; readonly key: string };

export type Verdict<Key> = {
  /** The handling of the key itself. `wait`: it is released later, or belongs to a scan. */
  readonly fate: 'pass' | 'wait' | 'drop';
  /** Waiting keys that were typed by hand: dispatched now, in this order, before the key itself. */
  readonly released: readonly Key[];
  readonly found: Found | null;
  /** When to look again if no key comes; null: not at all. */
  readonly dueMs: number | null;
};

export type KeyWatch<Key> = {
  press(key: Key): Verdict<Key>;
  /** A key goes down while Ctrl, Alt or Meta is held: a hand's, unless it stands among the characters of a scan. What waits goes before it. */
  chord(): Verdict<Key>;
  letGo(code: string, atMs: number): Verdict<Key>;
  /** `dueMs` is over. */
  look(atMs: number): Verdict<Key>;
};

type Typed<Key> = { readonly key: Key; upMs: number | null };

/** Keys one after the other without a longer pause. */
type Run<Key> = {
  /** Since when it is undone, should it be a scan. */
  readonly sinceMs: number;
  /** The code of a run shortly before: a scanner with a hitch. */
  readonly head: string;
  lastMs: number;
  /** Keys that act, before the first character: a scanner's prefix, or just a key. */
  readonly prefix: Typed<Key>[];
  readonly characters: Typed<Key>[];
  readonly waiting: Key[];
  state: 'open' | 'hand' | 'settled' | 'over';
};

type Nature = 'hand' | 'scan' | 'unclear';
type Ended<Key> = { readonly released: readonly Key[]; readonly found: Found | null };
type Step<Key> = Ended<Key> & { readonly fate: Verdict<Key>['fate'] };

const ACTS = /^(?:Enter|Tab|Escape|Backspace|Delete|Insert|Home|End|Page(?:Up|Down)|Arrow(?:Up|Down|Left|Right)|F\d+)$/u;
/** Keys that charge, try again, begin anew, open something else. */
const DECIDES = /^(?:Enter|F\d+)$/u;
/** Keys that a scanner may begin with, and that act at once: they wait until it is certain that no key follows. */
const WAITS = /^(?:Enter|Escape|F\d+)$/u;

const NOTHING = { released: [], found: null } as const;

/** Tells scanners from hands. Pure: its only clock is that of the keys. */
export function watchKeys<Key extends PressedKey>(): KeyWatch<Key> {
  let run = newRun<Key>(Number.NEGATIVE_INFINITY);
  /** `lastMs`: of the keys that belong to it. `isOpen`: no key ended it, so that more of its code may come. */
  let lastScan: { found: Scan; readonly endMs: number; lastMs: number; readonly isOpen: boolean } | null = null;

  function press(key: Key): Verdict<Key> {
    const isCharacter = key.key.length === 1;
    if (!isCharacter && !ACTS.test(key.key)) return verdict({ ...NOTHING, fate: 'pass' });
    if (key.isRepeat) return verdict(repeat(key, isCharacter));
    const ended = isWithin(key.atMs - run.lastMs, LONGEST_GAP_MS) ? NOTHING : pauseBefore(key.atMs);
    const step = afterScan(key, isCharacter) ?? (isCharacter ? character(key) : act(key));
    return verdict({ fate: step.fate, released: [...ended.released, ...step.released], found: step.found ?? ended.found });
  }

  /** A key that is held is a finger's. */
  function repeat(key: Key, isCharacter: boolean): Step<Key> {
    const waited = run.waiting.some(({ code }) => code === key.code);
    return { fate: waited ? 'drop' : 'pass', released: isCharacter ? proveHand() : [], found: null };
  }

  function proveHand(): readonly Key[] {
    if (run.state !== 'over') run.state = 'hand';
    return run.waiting.splice(0);
  }

  function pauseBefore(atMs: number): Ended<Key> {
    const ended = settle();
    const mayGoOn = run.state === 'settled' && run.characters.length > 0 && isTapped(run) && isWithin(atMs - run.lastMs, AFTER_SCAN_MS);
    run = mayGoOn ? newRun(atMs, run.sinceMs, run.head + codeOf(run)) : newRun(atMs);
    return ended;
  }

  /** No key came for longer than a scanner needs. */
  function settle(): Ended<Key> {
    if (run.state !== 'open') return NOTHING;
    run.state = 'settled';
    const late = lateEnd();
    if (late !== null) return late;
    const nature = natureOf(run, null);
    // In a field its characters stay, without a note.
    if (nature === 'scan' && run.characters.at(-1)?.key.isField === false) return { released: [], found: endScan(run.lastMs, true) };
    return { released: letThrough(nature), found: null };
  }

  /** The Enter of the last scan, alone after a hitch: tapped as no finger taps. Null: it is not that. */
  function lateEnd(): Ended<Key> | null {
    const [first] = run.prefix;
    const isTap = run.prefix.every(({ key, upMs }) => upMs !== null && upMs - key.atMs <= LONGEST_TAP_MS);
    if (first === undefined || run.characters.length > 0 || !isTap || !DECIDES.test(first.key.key) || lastScan?.isOpen !== true || !isWithin(first.key.atMs - lastScan.endMs, LATE_END_MS)) return null;
    lastScan = null;
    run.waiting.splice(0);
    return { released: [], found: { kind: 'unclear', key: first.key.key } };
  }

  /** The waiting keys, without those that act if they may be a scanner's. */
  function letThrough(nature: Nature): readonly Key[] {
    return run.waiting.splice(0).filter(({ key }) => nature === 'hand' || !DECIDES.test(key));
  }

  function endScan(endMs: number, isOpen: boolean): Scan {
    const found: Scan = { kind: 'scan', code: run.head + codeOf(run), sinceMs: run.sinceMs, isField: run.characters.at(-1)?.key.isField ?? false };
    lastScan = { found, endMs, lastMs: endMs, isOpen };
    run = newRun(Number.NEGATIVE_INFINITY);
    return found;
  }

  /** Null: it is too late for the scan. */
  function afterScan(key: Key, isCharacter: boolean): Step<Key> | null {
    if (lastScan === null || !(isWithin(key.atMs - lastScan.endMs, AFTER_SCAN_MS) || isWithin(key.atMs - lastScan.lastMs, LONGEST_GAP_MS))) return null;
    lastScan.lastMs = key.atMs;
    if (!isCharacter) return { ...NOTHING, fate: 'drop' };
    if (key.isField) return { ...NOTHING, fate: 'pass' };
    if (!lastScan.isOpen) return { ...NOTHING, fate: 'drop' };
    lastScan.found = { ...lastScan.found, code: lastScan.found.code + key.key };
    return { fate: 'drop', released: [], found: lastScan.found };
  }

  function character(key: Key): Step<Key> {
    if (run.state === 'over') run = newRun(key.atMs);
    if (run.state === 'settled') run.state = 'open';
    run.characters.push({ key, upMs: null });
    run.lastMs = key.atMs;
    if (run.state === 'hand' || key.isField) return { ...NOTHING, fate: 'pass' };
    // A space presses the button that has the focus; no hand does that in the middle of a run.
    if (key.key === ' ' && run.characters.length > 1) return { ...NOTHING, fate: 'drop' };
    if (run.waiting.length === 0 && (!key.canSay || run.characters.length < SHORTEST_SCAN)) return { ...NOTHING, fate: 'pass' };
    run.waiting.push(key);
    return { ...NOTHING, fate: 'wait' };
  }

  function act(key: Key): Step<Key> {
    run.lastMs = key.atMs;
    if (run.state === 'over') return { ...NOTHING, fate: DECIDES.test(key.key) ? 'drop' : 'pass' };
    if (run.state === 'hand') return afterHand(key);
    if (run.characters.length > 0) return endWith(key);
    if (run.state === 'settled') run.state = 'open';
    run.prefix.push({ key, upMs: null });
    if (!key.mayWait || !(WAITS.test(key.key) || run.waiting.length > 0)) return { fate: 'pass', released: run.waiting.splice(0), found: null };
    run.waiting.push(key);
    return { ...NOTHING, fate: 'wait' };
  }

  /** A scan during typing: the entry has both, and the cashier is asked. */
  function afterHand(key: Key): Step<Key> {
    const end = { ...run, characters: run.characters.slice(-SHORTEST_SCAN) };
    const isScanner = end.characters.length === SHORTEST_SCAN && isMachine(end);
    if (isScanner && DECIDES.test(key.key)) {
      run.state = 'over';
      return { ...NOTHING, fate: 'drop', found: { kind: 'unclear', key: key.key } };
    }
    run = newRun(Number.NEGATIVE_INFINITY);
    return { ...NOTHING, fate: 'pass' };
  }

  /** A key that acts ends a run: the moment at which it is judged. */
  function endWith(key: Key): Step<Key> {
    const nature = natureOf(run, key.atMs);
    if (nature === 'scan') return { fate: 'drop', released: [], found: endScan(key.atMs, false) };
    const released = letThrough(nature);
    if (nature === 'hand' || !DECIDES.test(key.key) || (key.isField && !key.canSay)) {
      run = newRun(Number.NEGATIVE_INFINITY);
      return { fate: 'pass', released, found: null };
    }
    run.state = 'over';
    return { fate: 'drop', released, found: { kind: 'unclear', key: key.key } };
  }

  function letGo(code: string, atMs: number): Verdict<Key> {
    const keys = [...run.prefix, ...run.characters];
    const place = keys.findLastIndex((typed) => typed.key.code === code && typed.upMs === null);
    const typed = keys[place];
    if (typed === undefined) return verdict({ ...NOTHING, fate: 'pass' });
    typed.upMs = atMs;
    const next = keys[place + 1];
    const isTwoFingers = next !== undefined && atMs - next.key.atMs >= SHORTEST_OVERLAP_MS;
    return verdict({ ...NOTHING, fate: 'pass', released: isTwoFingers ? proveHand() : [] });
  }

  function chord(): Verdict<Key> {
    return verdict({ ...NOTHING, fate: 'pass', released: run.characters.length === 0 ? releasePrefix() : [] });
  }

  /** The next keys are judged without it. */
  function releasePrefix(): readonly Key[] {
    const released = run.waiting.splice(0);
    run = newRun(Number.NEGATIVE_INFINITY);
    return released;
  }

  function look(atMs: number): Verdict<Key> {
    const isHeld = run.characters.length === 0 && run.prefix.some(({ key, upMs }) => upMs === null && !isWithin(atMs - key.atMs, LONGEST_TAP_MS));
    if (run.state === 'open' && isHeld) return verdict({ ...NOTHING, fate: 'pass', released: releasePrefix() });
    const ended = isWithin(atMs - run.lastMs, LONGEST_GAP_MS) ? NOTHING : settle();
    return verdict({ ...ended, fate: 'pass' });
  }

  function verdict(step: Step<Key>): Verdict<Key> {
    return { ...step, dueMs: dueMs() };
  }

  function dueMs(): number | null {
    if (run.state !== 'open' || (run.waiting.length === 0 && run.characters.length < SHORTEST_SCAN)) return null;
    const held = run.characters.length > 0 ? [] : run.prefix.filter(({ upMs }) => upMs === null);
    return Math.min(run.lastMs + LONGEST_GAP_MS + 1, ...held.map(({ key }) => key.atMs + LONGEST_TAP_MS + 1));
  }

  return { press, chord, letGo, look };
}

function newRun<Key>(atMs: number, sinceMs = atMs, head = ''): Run<Key> {
  return { sinceMs, head, lastMs: atMs, prefix: [], characters: [], waiting: [], state: 'open' };
}

function isWithin(ms: number, mostMs: number): boolean {
  // After the clock went backwards the gap is unknown.
  return ms >= 0 && ms <= mostMs;
}

function codeOf({ characters }: Run<PressedKey>): string {
  return characters.map(({ key }) => key.key).join('');
}

/** Every key that is up again was up at once. */
function isTapped({ characters }: Run<PressedKey>): boolean {
  return characters.every(({ key, upMs }) => upMs === null || upMs - key.atMs <= LONGEST_TAP_MS);
}

/** No finger releases every key so quickly. The last may still be down. */
function isMachine(run: Run<PressedKey>): boolean {
  return isTapped(run) && run.characters.slice(0, -1).every(({ upMs }) => upMs !== null);
}

/** `endMs`: when a key ended it that acts; null: a pause did. */
function natureOf(run: Run<PressedKey>, endMs: number | null): Nature {
  const { characters } = run;
  const [first] = characters;
  const last = characters.at(-1);
  const { length } = characters;
  if (first === undefined || last === undefined || run.state === 'hand') return 'hand';
  const gaps = endMs === null ? length - 1 : length;
  const isQuick = gaps > 0 && ((endMs ?? last.key.atMs) - first.key.atMs) / gaps <= QUICK_GAP_MS;
  if (length >= SHORTEST_SCAN && (isQuick || isMachine(run) || length >= CERTAIN_LENGTH)) return 'scan';
  const isWanted = last.key.isField || last.key.canSay;
  // Two fingers may be that quick with two keys, but not with each key up before the next goes down.
  const isShortScan = isQuick && (length === SHORTEST_SCAN - 1 || (isMachine(run) && last.upMs !== null));
  return !isWanted || length >= SHORTEST_SCAN || isShortScan ? 'unclear' : 'hand';
}

/**
 * Digits of a scanner that is set for another keyboard than this PC's: those of a French one arrive as signs on an English one, and the other
 * way round. Which digits they were is not guessed.
 */
export function hasOddSigns(code: string): boolean {
  return /^(?:[!@#$%^&*()]+|[&é"'(\-è_çà]+)$/u.test(code);
}
