import type { Browser, BrowserContextOptions } from 'playwright';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import { LARGEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { handStrokes, pressAt, scanStrokes, sendFrom, type Stroke } from '../e2e/keys.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { type Dice, dice } from '../storm/dice.ts';
import { type PageClock, replaceClock } from '../till-page/page-clock.ts';
import { type Begun, type Ending, type ScriptedMain, workAsMain } from '../till-page/scripted-main.ts';
import { AT_REST, PAID } from '../till-page/snapshots.ts';
import { type TillPage, openTillPage } from '../till-page/till-page.ts';

/*
 * A hand, a finger, a mouse and a scanner at the till, at random. After each action the till shows the intended amount, and main has begun exactly the intended
 * charges. Another run: COUNTER_HAND_SEED=7.
 */

/** Every broken rule that 2,000 actions found in a trial was found within the first 230. */
const ACTIONS = 400;
const SEED = Number(process.env['COUNTER_HAND_SEED'] ?? 1);
const SHOWN_ACTIONS = 15;

/* The cashier's intent, by docs/cashier.md: a model without key events and without the page. */

type Place = 'entering' | 'paying' | 'sent' | 'done' | 'failed';

/** A screen's buttons act only when it could have been read. */
const READABLE_AFTER_MS = 400;

class Meaning {
  place: Place = 'entering';
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
    return this.place === 'entering' ? this.lines.reduce((sum, line) => sum + line, this.typedInCents) : this.soldInCents;
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
    if (this.place !== 'entering') return;
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
    this.place = 'sent';
  }

  end(ending: Ending, nowMs: number): void {
    this.place = ending === 'paid' || ending === 'accepted' ? 'done' : 'failed';
    this.shownSinceMs = nowMs;
    if (this.place === 'done') this.lastPaid = `${this.soldInCents} ${this.description}`;
  }

  private begin(by: Begun['by'], nowMs: number): void {
    if (by === 'charge') this.soldInCents = this.amountInCents;
    this.begun.push({ by, amountInCents: this.soldInCents });
    this.place = 'paying';
    this.shownSinceMs = nowMs;
  }

  private enter(amountInCents: number, description: string): void {
    this.place = 'entering';
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
function pressButton(meant: Meaning, name: string, nowMs: number): void {
  if (name.startsWith('Charge')) return meant.charge(nowMs, true);
  if (/^\d+$/u.test(name)) return meant.digit(name);
  const acts: Readonly<Record<string, () => void>> = {
    Backspace: () => meant.backspace(),
    Clear: () => meant.clear(),
    'Add to the total': () => meant.add(),
    'Use as amount': () => meant.useAsAmount(),
    Back: () => meant.back(),
    Cancel: () => meant.back(),
    'New sale': () => meant.next(),
    'Try again': () => meant.tryAgain(nowMs),
    'Cancel sale': () => meant.next(),
  };
  const waits = meant.place !== 'entering';
  if (waits && !meant.isReadable(nowMs)) return;
  if (acts[name] !== undefined) return acts[name]();
  expect(AT_REST.descriptionPresets).toContain(name);
  meant.describe(name);
}

/** One key typed by hand. */
function pressKey(meant: Meaning, key: string, focus: Seen['focus'], nowMs: number): void {
  if ((key === 'Enter' || key === ' ') && focus.kind === 'button') return pressButton(meant, focus.name, nowMs);
  switch (meant.place) {
    case 'entering':
      return typeKey(meant, key, focus.kind === 'field', nowMs);
    case 'paying':
      return key === 'Escape' ? meant.back() : undefined;
    case 'sent':
      return;
    case 'done':
      if (key === 'Enter' || /^\d$/u.test(key)) meant.next();
      if (/^\d$/u.test(key)) meant.digit(key);
      return;
    case 'failed':
      if (!meant.isReadable(nowMs)) return;
      if (key === 'Enter') meant.tryAgain(nowMs);
      if (key === 'Escape') meant.next();
  }
}

function typeKey(meant: Meaning, key: string, isField: boolean, nowMs: number): void {
  if (key === 'Enter') meant.charge(nowMs, false);
  else if (key === 'F9') meant.charge(nowMs, true);
  else if (isField) return;
  else if (/^\d$/u.test(key)) meant.digit(key);
  else if (key === '+') meant.add();
  else if (key === 'Backspace') meant.backspace();
  else if (key === 'Escape') meant.clear();
  else if (key.length === 1) meant.letter(key);
}

/* The state of the screen. */

type ButtonSeen = { readonly name: string; readonly x: number; readonly y: number };
type Seen = {
  readonly nowMs: number;
  readonly kind: string;
  readonly amount: string;
  readonly description: string | null;
  readonly focus: { readonly kind: 'field' | 'button' | 'none'; readonly name: string };
  readonly buttons: readonly ButtonSeen[];
  readonly begun: number;
  readonly lastBegun: Begun | null;
};

type InPage = Window & { readonly pageClock: PageClock; readonly scriptedMain: ScriptedMain };

/** After this much more of the page's time; what main changes next is pushed so late. In one text, because each answer of the page takes time. */
async function lookAfter({ page }: TillPage, byMs: number, thenDelayMs = 0): Promise<Seen> {
  const text = await page.evaluate(async ([ms, delayMs]) => {
    const { pageClock, scriptedMain } = window as unknown as InPage;
    await pageClock.advance(ms);
    scriptedMain.answerAfter(delayMs);
    const textOf = (node: Node): string => {
      if (node instanceof Text) return node.data;
      return node instanceof Element && node.getAttribute('aria-hidden') === 'true' ? '' : [...node.childNodes].map(textOf).join('');
    };
    const nameOf = (element: Element) => element.getAttribute('aria-label') ?? textOf(element).trim();
    const field = document.querySelector<HTMLInputElement>('main input');
    const active = document.activeElement;
    return JSON.stringify({
      nowMs: pageClock.nowMs(),
      kind: scriptedMain.sale().kind,
      amount: document.querySelector('main h1.amount, main p.amount')?.textContent ?? '',
      description: field?.value ?? null,
      focus: { kind: active === field && field !== null ? 'field' : active instanceof HTMLButtonElement ? 'button' : 'none', name: active === null ? '' : nameOf(active) },
      buttons: [...document.querySelectorAll('main button')].map((button) => {
        const { left, top, width, height } = button.getBoundingClientRect();
        return { name: nameOf(button), x: left + width / 2, y: top + height / 2 };
      }),
      begun: scriptedMain.begun.length,
      lastBegun: scriptedMain.begun.at(-1) ?? null,
    } satisfies Seen);
  }, [byMs, thenDelayMs] as const);
  return JSON.parse(text) as Seen;
}

/* The actions at the counter. */

type Action = {
  readonly name: string;
  readonly act: () => Promise<void>;
  readonly mean: () => void;
  /** Of the page's time, until the next one. */
  readonly thenMs?: number;
};

/** The parts of the actions. */
type Counter = { readonly till: TillPage; readonly meant: Meaning; readonly seen: Seen; readonly chance: Dice; readonly timeOrigin: number };

/** Longer than a scanner's longest gap: the next keys are separate. */
const HAND_PAUSES_MS = [150, 220, 450, 900];
/** The pause between the scanner and the keys. */
const AFTER_SCAN_MS = 400;
const RESULT_LEFT_MS = 1_200;

function send({ till, seen, timeOrigin }: Counter, strokes: readonly Stroke[]): Promise<void> {
  return sendFrom(till.page, strokes, timeOrigin + seen.nowMs + 1);
}

function byHand(counter: Counter, keys: readonly string[], thenMs?: number): Action {
  const strokes = handStrokes(keys);
  const { meant, seen } = counter;
  return {
    name: `keys ${keys.join(' ')}`,
    act: () => send(counter, strokes),
    mean() {
      for (const { key, downMs } of strokes) pressKey(meant, key, seen.focus, seen.nowMs + downMs);
    },
    ...(thenMs !== undefined && { thenMs }),
  };
}

function byScanner(counter: Counter): Action {
  const { chance, meant, seen } = counter;
  const isShort = chance.chance(15);
  const code = isShort ? digitsOf(chance, 3) : chance.of(['4006381333931', 'AB-12', 'X7-4410', digitsOf(chance, 4 + chance.below(9))]);
  const end = isShort ? ['Enter'] : chance.of([['Enter'], ['Tab'], [], ['Enter', 'Enter'], ['F9']]);
  const gapMs = isShort ? 8 : chance.of([2, 8, 20, 45, 60, 95]);
  return {
    name: `scan ${code} ${end.join(' ')} at ${gapMs} ms`,
    act: () => send(counter, scanStrokes(code, { end, gapMs })),
    mean() {
      if (meant.place !== 'entering') return;
      // Three digits may be typed by hand: they stay, and their Enter does not charge.
      if (seen.focus.kind === 'field') meant.isInWord = false;
      else if (isShort) for (const digit of code) meant.digit(digit);
      else meant.scanned(code);
    },
    thenMs: meant.place === 'done' ? RESULT_LEFT_MS : AFTER_SCAN_MS + chance.below(300),
  };
}

function digitsOf(chance: Dice, length: number): string {
  return Array.from({ length }, (_, place) => String(place === 0 ? 1 + chance.below(9) : chance.below(10))).join('');
}

/** By finger or mouse. */
function onScreen({ till: { page }, meant, seen, chance }: Counter, button: ButtonSeen, times = 1): Action {
  const isFinger = chance.chance(50);
  const press = () => pressAt(page, button, isFinger);
  return {
    name: `${isFinger ? 'touch' : 'click'} ${button.name}${times > 1 ? ' twice' : ''}`,
    async act() {
      for (let time = 0; time < times; time += 1) {
        if (time > 0) await page.evaluate(() => (window as unknown as InPage).pageClock.advance(80));
        await press();
      }
    },
    mean() {
      const isCharge = button.name.startsWith('Charge');
      if (isCharge && meant.amountInCents === 0) return;
      const { place } = meant;
      pressButton(meant, button.name, seen.nowMs);
      if (times === 1) return;
      // The second half of a double click: on Charge it asks for the same once more; on another screen it does nothing, unless it came just when that could be read.
      if (isCharge) meant.charge(seen.nowMs + 80, true);
      else if (meant.place === place) pressButton(meant, button.name, seen.nowMs + 80);
    },
  };
}

function atEntering(counter: Counter): Action {
  const { meant, seen, chance, till } = counter;
  const button = (name: string | RegExp) => seen.buttons.find((each) => (typeof name === 'string' ? each.name === name : name.test(each.name)))!;
  const inField = seen.focus.kind === 'field';
  const throwOf = chance.below(100);
  if (throwOf < 18) return byHand(counter, digitsOf(chance, 1 + chance.below(5)).split(''));
  if (throwOf < 24) return byHand(counter, [...digitsOf(chance, 1 + chance.below(4)).split(''), ...(seen.focus.kind === 'none' ? ['Enter'] : [])]);
  if (throwOf < 30) return byHand(counter, [chance.of(['Backspace', '+', 'Escape', 'Backspace'])]);
  if (throwOf < 35) return byHand(counter, chance.of([['T', 'e', 'a'], ['m', 'u', 'g', 'Backspace'], ['c', 'u', 'p', '5'], ['b', 'o', 'x', ...(seen.focus.kind === 'button' ? [] : [' ', 'a'])]]));
  if (throwOf < 50) return onScreen(counter, button(chance.of(['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '00', 'Backspace', 'Clear', 'Add to the total'])));
  if (throwOf < 56) return onScreen(counter, button(chance.of(AT_REST.descriptionPresets)));
  if (throwOf < 60) return altDigit(counter);
  if (throwOf < 74) return byScanner(counter);
  if (throwOf < 77 && meant.digits !== null) return onScreen(counter, button('Use as amount'));
  if (throwOf < 80) return byHand(counter, ['Tab']);
  if (throwOf < 83 && seen.focus.kind === 'button') return byHand(counter, [' ']);
  if (throwOf < 85) return inField ? leaveField(till) : byHand(counter, ['F2']);
  if (throwOf < 91) return byHand(counter, seen.focus.kind === 'none' && chance.chance(25) ? ['Enter', 'Escape'] : ['Enter']);
  if (throwOf < 94) return byHand(counter, ['F9']);
  return onScreen(counter, button(/^Charge/u), chance.chance(50) ? 2 : 1);
}

function altDigit(counter: Counter): Action {
  const place = counter.chance.below(AT_REST.descriptionPresets.length);
  return {
    name: `Alt+${place + 1}`,
    act: () => send(counter, [{ key: String(place + 1), downMs: 0, upMs: 90, alt: true }]),
    mean: () => counter.meant.describe(AT_REST.descriptionPresets[place]!),
  };
}

function leaveField({ page }: TillPage): Action {
  return { name: 'leave the description', act: () => page.evaluate(() => document.querySelector<HTMLElement>('main h1')?.focus()), mean: () => undefined };
}

function atPaying(counter: Counter): Action {
  const { meant, seen, chance, till } = counter;
  const isReady = seen.kind === 'ready';
  const throwOf = chance.below(100);
  const back = seen.buttons.find(({ name }) => name === 'Back');
  if (throwOf < 15) return byScanner(counter);
  if (throwOf < 30 && seen.focus.kind !== 'button') return byHand(counter, chance.of([['Enter'], ['5'], ['F9'], ['Enter', 'Enter'], [' '], ['T']]));
  if (throwOf < 40) return byHand(counter, ['Escape']);
  if (throwOf < 50 && back !== undefined && seen.nowMs - meant.shownSinceMs > 2 * READABLE_AFTER_MS) return onScreen(counter, back);
  if (!isReady) return { name: 'wait', act: async () => undefined, mean: () => undefined };
  return { name: 'the customer pays', act: () => till.page.evaluate(() => (window as unknown as InPage).scriptedMain.submit()), mean: () => meant.submit() };
}

function atSent(counter: Counter): Action {
  const { meant, seen, chance, till } = counter;
  if (chance.chance(30)) return chance.chance(50) ? byScanner(counter) : byHand(counter, [chance.of(['Enter', 'Escape', '5', 'F9'])]);
  const ending = chance.of<Ending>(['paid', 'paid', 'paid', 'accepted', 'declined', 'declined', 'not-charged']);
  return {
    name: `JustiFi says ${ending}`,
    act: () => till.page.evaluate((end) => (window as unknown as InPage).scriptedMain.end(end), ending),
    mean: () => meant.end(ending, seen.nowMs),
    thenMs: chance.of([10, 60, 250, 600, 900]),
  };
}

function atResult(counter: Counter): Action {
  const { meant, seen, chance } = counter;
  const throwOf = chance.below(100);
  const buttons = seen.buttons.filter(({ name }) => !NOT_OF_THE_SALE.test(name));
  const button = buttons.length > 0 ? chance.of(buttons) : undefined;
  const isFree = seen.focus.kind !== 'button';
  if (throwOf < 25) return byScanner(counter);
  if (throwOf < 50 && isFree) return byHand(counter, ['Enter'], RESULT_LEFT_MS);
  if (throwOf < 65 && meant.place === 'done') return beginWithDigits(counter);
  if (throwOf < 75) return byHand(counter, [chance.of(['Escape', 'F9', 'Backspace', 'x', '+'])]);
  if (throwOf < 80) return byHand(counter, ['Tab']);
  if (!isFree) return byHand(counter, [chance.of([' ', 'Enter'])]);
  return button === undefined ? byHand(counter, ['x']) : onScreen(counter, button, chance.chance(40) ? 2 : 1);
}

/** The amount of the next sale is typed over PAID. */
function beginWithDigits(counter: Counter): Action {
  const digits = counter.chance.of(['5', '12', '250', '1799']);
  return {
    name: `keys ${digits} over the result`,
    act: () => send(counter, handStrokes(digits)),
    mean() {
      counter.meant.next();
      counter.meant.digit(digits);
    },
    thenMs: RESULT_LEFT_MS,
  };
}

const AT: Readonly<Record<Place, (counter: Counter) => Action>> = { entering: atEntering, paying: atPaying, sent: atSent, done: atResult, failed: atResult };
const KINDS: Readonly<Record<Place, RegExp>> = { entering: /^entering$/u, paying: /^(?:preparing|ready)$/u, sent: /^submitting$/u, done: /^(?:paid|accepted)$/u, failed: /^(?:declined|not-charged)$/u };

/** Buttons outside the sale, which are never pressed here. */
const NOT_OF_THE_SALE = /^(?:Help|Manager|Last sale|Sales|Print|Don’t print|E-mail|Text message|Void|Refund)/u;

const asMoney = (cents: number) => new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(cents / 100);

let browser: Browser;
beforeAll(async () => {
  browser = await pageBrowser();
});

async function openTill(snapshot: TillSnapshot, options: BrowserContextOptions = {}): Promise<TillPage> {
  const till = await openTillPage(browser, snapshot, options, { clock: replaceClock, main: workAsMain });
  onTestFinished(till.close);
  return till;
}

test(`C-01 to C-14: ${ACTIONS} actions by hand, finger, mouse and scanner: no wrong amount, and no charge that was not meant`, { timeout: 300_000 }, async () => {
  const till = await openTill(AT_REST, { viewport: { width: 1366, height: 688 }, hasTouch: true, locale: 'en-US' });
  // Nothing is painted: only the document is read, and painting after each key takes a third of the time.
  await till.page.addStyleTag({ content: 'html { opacity: 0 }' });
  const timeOrigin = await till.page.evaluate(() => performance.timeOrigin);
  const chance = dice(SEED);
  const meant = new Meaning();
  const names: string[] = [];
  const thrown: string[] = [];
  till.page.on('pageerror', ({ message }) => thrown.push(message));
  let delayMs = 0;
  let seen = await lookAfter(till, 1_000, delayMs);
  for (let number = 0; number < ACTIONS; number += 1) {
    const counter: Counter = { till, meant, seen, chance, timeOrigin };
    const isElsewhere = seen.focus.kind === 'button' && NOT_OF_THE_SALE.test(seen.focus.name);
    const action = isElsewhere ? leaveField(till) : AT[meant.place](counter);
    names.push(`${number} ${meant.place} [${seen.focus.kind === 'button' ? seen.focus.name : seen.focus.kind}] ${action.name} (main after ${delayMs} ms)`);
    action.mean();
    await action.act();
    delayMs = chance.of([0, 0, 40, 100]);
    seen = await lookAfter(till, action.thenMs ?? chance.of(HAND_PAUSES_MS), delayMs);
    // In the field itself the caret's position decides.
    if (seen.description !== null && counter.seen.focus.kind === 'field') meant.description = seen.description;
    const last = `seed ${SEED}\n${names.slice(-SHOWN_ACTIONS).join('\n')}`;
    expect(thrown, last).toEqual([]);
    expect({ amount: seen.amount, begun: seen.begun, last: seen.lastBegun }, last).toEqual({ amount: asMoney(meant.amountInCents), begun: meant.begun.length, last: meant.begun.at(-1) ?? null });
    expect(seen.kind, last).toMatch(KINDS[meant.place]);
    if (seen.description !== null) expect(seen.description, last).toBe(meant.description);
  }
});

test.each([
  ['X7-4410', 95, 'heading'],
  ['X7 4410', 80, 'heading'],
  ['X7 4410', 95, 'heading'],
  ['X7 4410', 80, 'New sale'],
  ['X7 4410', 95, 'New sale'],
] as const)('C-07: a slow code with letters and signs among its digits (%s, %i ms a key) leaves PAID as it is while the focus is on its %s', async (code, gapMs, focus) => {
  const till = await openTill({ ...AT_REST, sale: PAID });
  const timeOrigin = await till.page.evaluate(() => performance.timeOrigin);
  await lookAfter(till, 1_000);
  if (focus === 'New sale') await till.page.getByRole('button', { name: focus }).focus();
  const { nowMs } = await lookAfter(till, 1_000);
  await sendFrom(till.page, scanStrokes(code, { gapMs }), timeOrigin + nowMs + 1);
  expect((await lookAfter(till, 1_000)).kind).toBe('paid');
});

test.each(['click', 'tap'] as const)('C-10: a %s on New sale before the result could be read does nothing, and the next one begins the next sale', async (how) => {
  const till = await openTill({ ...AT_REST, sale: PAID }, { hasTouch: true });
  const { page } = till;
  const { buttons } = await lookAfter(till, 50);
  const { x, y } = buttons.find(({ name }) => name === 'New sale')!;
  const press = () => (how === 'tap' ? page.touchscreen.tap(x, y) : page.mouse.click(x, y));
  await press();
  expect((await lookAfter(till, 1_000)).kind).toBe('paid');
  await press();
  expect((await lookAfter(till, 1_000)).kind).toBe('entering');
});
