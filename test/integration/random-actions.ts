import { handStrokes, pressAt, scanStrokes, sendFrom, type Stroke } from '../e2e/keys.ts';
import type { Dice } from '../storm/dice.ts';
import type { PageClock } from '../till-page/page-clock.ts';
import type { Begun, Ending, ScriptedMain } from '../till-page/scripted-main.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import type { TillPage } from '../till-page/till-page.ts';
import { type CashierIntent, type Focus, READABLE_AFTER_MS, type Stage, pressButton, pressKey } from './cashier-intent.ts';

/* The state of the screen. */

type ButtonSeen = { readonly name: string; readonly x: number; readonly y: number };
export type Seen = {
  readonly nowMs: number;
  readonly kind: string;
  readonly amount: string;
  readonly description: string | null;
  readonly focus: Focus;
  readonly buttons: readonly ButtonSeen[];
  readonly begun: number;
  readonly lastBegun: Begun | null;
};

type InPage = Window & { readonly pageClock: PageClock; readonly scriptedMain: ScriptedMain };

/** After this much more of the page's time; what main changes next is pushed so late. In one text, because each answer of the page takes time. */
export async function lookAfter({ page }: TillPage, byMs: number, thenDelayMs = 0): Promise<Seen> {
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

export type Action = {
  readonly name: string;
  readonly act: () => Promise<void>;
  readonly intend: () => void;
  /** Of the page's time, until the next one. */
  readonly thenMs?: number;
};

/** The parts of the actions. */
export type Counter = { readonly till: TillPage; readonly intent: CashierIntent; readonly seen: Seen; readonly chance: Dice; readonly timeOrigin: number };

/** Longer than a scanner's longest gap: the next keys are separate. */
export const HAND_PAUSES_MS = [150, 220, 450, 900];
/** The pause between the scanner and the keys. */
const AFTER_SCAN_MS = 400;
const RESULT_LEFT_MS = 1_200;

function send({ till, seen, timeOrigin }: Counter, strokes: readonly Stroke[]): Promise<void> {
  return sendFrom(till.page, strokes, timeOrigin + seen.nowMs + 1);
}

function byHand(counter: Counter, keys: readonly string[], thenMs?: number): Action {
  const strokes = handStrokes(keys);
  const { intent, seen } = counter;
  return {
    name: `keys ${keys.join(' ')}`,
    act: () => send(counter, strokes),
    intend() {
      for (const { key, downMs } of strokes) pressKey(intent, key, seen.focus, seen.nowMs + downMs);
    },
    ...(thenMs !== undefined && { thenMs }),
  };
}

function byScanner(counter: Counter): Action {
  const { chance, intent, seen } = counter;
  const isShort = chance.chance(15);
  const code = isShort ? digitsOf(chance, 3) : chance.of(['4006381333931', 'AB-12', 'X7-4410', digitsOf(chance, 4 + chance.below(9))]);
  const end = isShort ? ['Enter'] : chance.of([['Enter'], ['Tab'], [], ['Enter', 'Enter'], ['F9']]);
  const gapMs = isShort ? 8 : chance.of([2, 8, 20, 45, 60, 95]);
  return {
    name: `scan ${code} ${end.join(' ')} at ${gapMs} ms`,
    act: () => send(counter, scanStrokes(code, { end, gapMs })),
    intend() {
      if (intent.stage !== 'entering') return;
      // Three digits may be typed by hand: they stay, and their Enter does not charge.
      if (seen.focus.kind === 'field') intent.isInWord = false;
      else if (isShort) for (const digit of code) intent.digit(digit);
      else intent.scanned(code);
    },
    thenMs: intent.stage === 'done' ? RESULT_LEFT_MS : AFTER_SCAN_MS + chance.below(300),
  };
}

function digitsOf(chance: Dice, length: number): string {
  return Array.from({ length }, (_, index) => String(index === 0 ? 1 + chance.below(9) : chance.below(10))).join('');
}

/** By finger or mouse. */
function onScreen({ till: { page }, intent, seen, chance }: Counter, button: ButtonSeen, times = 1): Action {
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
    intend() {
      const isCharge = button.name.startsWith('Charge');
      if (isCharge && intent.amountInCents === 0) return;
      const { stage } = intent;
      pressButton(intent, button.name, seen.nowMs);
      if (times === 1) return;
      // The second half of a double click: on Charge it asks for the same once more; on another screen it does nothing, unless it came just when that could be read.
      if (isCharge) intent.charge(seen.nowMs + 80, true);
      else if (intent.stage === stage) pressButton(intent, button.name, seen.nowMs + 80);
    },
  };
}

function atEntering(counter: Counter): Action {
  const { intent, seen, chance, till } = counter;
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
  if (throwOf < 77 && intent.digits !== null) return onScreen(counter, button('Use as amount'));
  if (throwOf < 80) return byHand(counter, ['Tab']);
  if (throwOf < 83 && seen.focus.kind === 'button') return byHand(counter, [' ']);
  if (throwOf < 85) return inField ? leaveField(till) : byHand(counter, ['F2']);
  if (throwOf < 91) return byHand(counter, seen.focus.kind === 'none' && chance.chance(25) ? ['Enter', 'Escape'] : ['Enter']);
  if (throwOf < 94) return byHand(counter, ['F9']);
  return onScreen(counter, button(/^Charge/u), chance.chance(50) ? 2 : 1);
}

function altDigit(counter: Counter): Action {
  const index = counter.chance.below(AT_REST.descriptionPresets.length);
  return {
    name: `Alt+${index + 1}`,
    act: () => send(counter, [{ key: String(index + 1), downMs: 0, upMs: 90, alt: true }]),
    intend: () => counter.intent.describe(AT_REST.descriptionPresets[index]!),
  };
}

export function leaveField({ page }: TillPage): Action {
  return { name: 'leave the description', act: () => page.evaluate(() => document.querySelector<HTMLElement>('main h1')?.focus()), intend: () => undefined };
}

function atPaying(counter: Counter): Action {
  const { intent, seen, chance, till } = counter;
  const isReady = seen.kind === 'ready';
  const throwOf = chance.below(100);
  const back = seen.buttons.find(({ name }) => name === 'Back');
  if (throwOf < 15) return byScanner(counter);
  if (throwOf < 30 && seen.focus.kind !== 'button') return byHand(counter, chance.of([['Enter'], ['5'], ['F9'], ['Enter', 'Enter'], [' '], ['T']]));
  if (throwOf < 40) return byHand(counter, ['Escape']);
  if (throwOf < 50 && back !== undefined && seen.nowMs - intent.shownSinceMs > 2 * READABLE_AFTER_MS) return onScreen(counter, back);
  if (!isReady) return { name: 'wait', act: async () => undefined, intend: () => undefined };
  return { name: 'the customer pays', act: () => till.page.evaluate(() => (window as unknown as InPage).scriptedMain.submit()), intend: () => intent.submit() };
}

function atSent(counter: Counter): Action {
  const { intent, seen, chance, till } = counter;
  if (chance.chance(30)) return chance.chance(50) ? byScanner(counter) : byHand(counter, [chance.of(['Enter', 'Escape', '5', 'F9'])]);
  const ending = chance.of<Ending>(['paid', 'paid', 'paid', 'accepted', 'declined', 'declined', 'not-charged']);
  return {
    name: `JustiFi says ${ending}`,
    act: () => till.page.evaluate((end) => (window as unknown as InPage).scriptedMain.end(end), ending),
    intend: () => intent.end(ending, seen.nowMs),
    thenMs: chance.of([10, 60, 250, 600, 900]),
  };
}

function atResult(counter: Counter): Action {
  const { intent, seen, chance } = counter;
  const throwOf = chance.below(100);
  const buttons = seen.buttons.filter(({ name }) => !NOT_OF_THE_SALE.test(name));
  const button = buttons.length > 0 ? chance.of(buttons) : undefined;
  const isFree = seen.focus.kind !== 'button';
  if (throwOf < 25) return byScanner(counter);
  if (throwOf < 50 && isFree) return byHand(counter, ['Enter'], RESULT_LEFT_MS);
  if (throwOf < 65 && intent.stage === 'done') return beginWithDigits(counter);
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
    intend() {
      counter.intent.next();
      counter.intent.digit(digits);
    },
    thenMs: RESULT_LEFT_MS,
  };
}

/** The next action at each stage. */
export const AT: Readonly<Record<Stage, (counter: Counter) => Action>> = { entering: atEntering, paying: atPaying, sent: atSent, done: atResult, failed: atResult };
/** The states of the sale at each stage. */
export const KINDS: Readonly<Record<Stage, RegExp>> = { entering: /^entering$/u, paying: /^(?:preparing|ready)$/u, sent: /^submitting$/u, done: /^(?:paid|accepted)$/u, failed: /^(?:declined|not-charged)$/u };

/** Buttons outside the sale, which are never pressed here. */
export const NOT_OF_THE_SALE = /^(?:Help|Manager|Last sale|Sales|Print|Don’t print|E-mail|Text message|Void|Refund)/u;
