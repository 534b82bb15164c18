import { expect } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import type { Begun, Ending } from '../till-page/scripted-main.ts';
import { AT_REST } from '../till-page/snapshots.ts';

/* The cashier's intent, by docs/cashier.md: a model without key events and without the page. */

export type Stage = 'entering' | 'paying' | 'sent' | 'done' | 'failed';

/** A screen's buttons act only when it could have been read. */
export const READABLE_AFTER_MS = 400;

/** The focused element: the text field, a button, or neither. */
export type Focus = { readonly kind: 'field' | 'button' | 'none'; readonly name: string };

/** The cashier's intent after each action. */
export class CashierIntent {
  stage: Stage = 'entering';
  lines: number[] = [];
  typedInCents = 0;
  /** The amount came back: the next digit begins a new one. */
  isKept = false;
  description = '';
  /** A word is being typed on the keypad. */
  isInWord = false;
  /** "The same amount was just paid": since when it is asked. */
  askedSinceMs: number | null = null;
  shownSinceMs = 0;
  /** Digits that a scan was taken for. */
  digits: string | null = null;
  readonly begun: Begun[] = [];
  private lastPaid = '';
  private soldInCents = 0;

  /** The state of the screen. */
  get amountInCents(): number {
    return this.stage === 'entering' ? this.lines.reduce((sum, line) => sum + line, this.typedInCents) : this.soldInCents;
  }

  isReadable(nowMs: number): boolean {
    return nowMs - this.shownSinceMs >= READABLE_AFTER_MS;
  }

  digit(digits: string): void {
    const next = digits.split('').reduce((cents, digit) => cents * 10 + Number(digit), this.isKept ? 0 : this.typedInCents);
    const others = this.lines.reduce((sum, line) => sum + line, 0);
    if (others + next > LARGEST_AMOUNT_IN_CENTS) {
      // The sentence about it replaces the offer of the code.
      this.digits = null;
      return;
    }
    this.typedInCents = next;
    this.isKept = false;
    this.changed();
  }

  add(): void {
    if (this.typedInCents > 0) {
      this.lines.push(this.typedInCents);
      this.typedInCents = 0;
      this.isKept = false;
    }
    this.changed();
  }

  backspace(): void {
    if (this.isInWord && this.description !== '') {
      this.describe(this.description.slice(0, -1));
      this.isInWord = true;
      return;
    }
    if (this.typedInCents > 0) this.typedInCents = Math.floor(this.typedInCents / 10);
    else this.typedInCents = this.lines.pop() ?? 0;
    this.isKept = false;
    this.changed();
  }

  clear(): void {
    Object.assign(this, { lines: [], typedInCents: 0, isKept: false });
    this.changed();
  }

  letter(letter: string): void {
    if (!/[a-z]/iu.test(letter) && !this.isInWord) return;
    this.describe(this.description + letter);
    this.isInWord = true;
  }

  describe(description: string): void {
    this.description = description;
    this.changed();
  }

  /** A code is the description where there is none. */
  scanned(code: string): void {
    if (this.description.trim() === '') this.describe(code);
    else this.changed();
    this.digits = /^\d{1,8}$/u.test(code) ? code : null;
  }

  useAsAmount(): void {
    const { digits } = this;
    const { amountInCents } = this;
    if (digits === null) return;
    this.digit(digits);
    if (this.amountInCents !== amountInCents && this.description === digits) this.description = '';
  }

  /** `isDeliberate`: not with Enter, which is pressed too easily when Counter asks. */
  charge(nowMs: number, isDeliberate: boolean): void {
    if (this.stage !== 'entering') return;
    const isAsked = this.askedSinceMs !== null;
    if (isAsked && (!isDeliberate || nowMs - this.askedSinceMs! < READABLE_AFTER_MS)) return;
    this.digits = null;
    if (this.amountInCents === 0 || this.description.trim() === '') return;
    if (!isAsked && this.sold() === this.lastPaid) this.askedSinceMs = nowMs;
    else this.begin('charge', nowMs);
  }

  /** Even when main has not accepted the charge yet: the sale is given up, and no text is restored. */
  back(): void {
    this.enter(this.soldInCents, this.description);
  }

  tryAgain(nowMs: number): void {
    this.begin('tryAgain', nowMs);
  }

  next(): void {
    this.enter(0, '');
  }

  submit(): void {
    this.stage = 'sent';
  }

  end(ending: Ending, nowMs: number): void {
    this.stage = ending === 'paid' || ending === 'accepted' ? 'done' : 'failed';
    this.shownSinceMs = nowMs;
    if (this.stage === 'done') this.lastPaid = `${this.soldInCents} ${this.description}`;
  }

  private begin(by: Begun['by'], nowMs: number): void {
    if (by === 'charge') this.soldInCents = this.amountInCents;
    this.begun.push({ by, amountInCents: this.soldInCents });
    this.stage = 'paying';
    this.shownSinceMs = nowMs;
  }

  private enter(amountInCents: number, description: string): void {
    this.stage = 'entering';
    this.clear();
    Object.assign(this, { typedInCents: amountInCents, isKept: amountInCents > 0, description });
  }

  private sold(): string {
    return `${this.amountInCents} ${this.description}`;
  }

  private changed(): void {
    Object.assign(this, { isInWord: false, askedSinceMs: null, digits: null });
  }
}

/** A press of a button by any input device. */
export function pressButton(intent: CashierIntent, name: string, nowMs: number): void {
  if (name.startsWith('Charge')) return intent.charge(nowMs, true);
  if (/^\d+$/u.test(name)) return intent.digit(name);
  const acts: Readonly<Record<string, () => void>> = {
    Backspace: () => intent.backspace(),
    Clear: () => intent.clear(),
    'Add to the total': () => intent.add(),
    'Use as amount': () => intent.useAsAmount(),
    Back: () => intent.back(),
    Cancel: () => intent.back(),
    'New sale': () => intent.next(),
    'Try again': () => intent.tryAgain(nowMs),
    'Cancel sale': () => intent.next(),
  };
  const waits = intent.stage !== 'entering';
  if (waits && !intent.isReadable(nowMs)) return;
  if (acts[name] !== undefined) return acts[name]();
  expect(AT_REST.descriptionPresets).toContain(name);
  intent.describe(name);
}

/** One key typed by hand. */
export function pressKey(intent: CashierIntent, key: string, focus: Focus, nowMs: number): void {
  if ((key === 'Enter' || key === ' ') && focus.kind === 'button') return pressButton(intent, focus.name, nowMs);
  switch (intent.stage) {
    case 'entering':
      return typeKey(intent, key, focus.kind === 'field', nowMs);
    case 'paying':
      return key === 'Escape' ? intent.back() : undefined;
    case 'sent':
      return;
    case 'done':
      if (key === 'Enter' || /^\d$/u.test(key)) intent.next();
      if (/^\d$/u.test(key)) intent.digit(key);
      return;
    case 'failed':
      if (!intent.isReadable(nowMs)) return;
      if (key === 'Enter') intent.tryAgain(nowMs);
      if (key === 'Escape') intent.next();
  }
}

function typeKey(intent: CashierIntent, key: string, isField: boolean, nowMs: number): void {
  if (key === 'Enter') intent.charge(nowMs, false);
  else if (key === 'F9') intent.charge(nowMs, true);
  else if (isField) return;
  else if (/^\d$/u.test(key)) intent.digit(key);
  else if (key === '+') intent.add();
  else if (key === 'Backspace') intent.backspace();
  else if (key === 'Escape') intent.clear();
  else if (key.length === 1) intent.letter(key);
}
