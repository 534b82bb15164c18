import { setTimeout as pause } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright';

/*
 * Keys with times of their own: they are sent at once, and the page finds between them the pauses that a hand or a scanner makes.
 * Playwright's own `keyboard.type` releases every key before the next, like a scanner and unlike a quick hand.
 */

/** When a key goes down and up, in milliseconds from the first. `alt`: with Alt held. */
export type Stroke = { readonly key: string; readonly downMs: number; readonly upMs: number; readonly alt?: boolean };

/** A practised hand: the next key goes down before the last is up. */
const HAND = { gapMs: 90, downMs: 120 };

/** The pause when a person changes between keys and scanner: long enough to distinguish both from the keys before. */
const APART_MS = 400;

/** When keys were sent to a page last, in milliseconds since 1970. */
const sentMs = new WeakMap<Page, number>();
/** The name in Chromium's protocol. */
const ALT = 1;
const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** Types as a quick hand does. `keys`: characters, or names of keys. */
export async function typeByHand(page: Page, keys: string | readonly string[]): Promise<void> {
  await send(page, handStrokes(keys), 0);
}

export function handStrokes(keys: string | readonly string[]): readonly Stroke[] {
  let atMs = 0;
  return (typeof keys === 'string' ? keys.split('') : keys).map((key, index, all): Stroke => {
    // One finger cannot press what it still holds.
    if (index > 0) atMs += all.slice(Math.max(0, index - 2), index).includes(key) ? 2 * HAND.gapMs : HAND.gapMs;
    return { key, downMs: atMs, upMs: atMs + HAND.downMs };
  });
}

export type ScannerSet = { readonly end?: readonly string[]; readonly gapMs?: number; readonly downMs?: number };

/** Keys as a scanner sends them: at a steady pace, each released at once. Most end with Enter. */
export async function scan(page: Page, code: string, set: ScannerSet = {}): Promise<void> {
  await send(page, scanStrokes(code, set), APART_MS);
}

export function scanStrokes(code: string, { end = ['Enter'], gapMs = 8, downMs = 1 }: ScannerSet = {}): readonly Stroke[] {
  return [...code.split(''), ...end].map((key, index) => ({ key, downMs: index * gapMs, upMs: index * gapMs + downMs }));
}

/** Its last key lies in the past, before the test's next action. */
async function send(page: Page, strokes: readonly Stroke[], overSinceMs: number): Promise<void> {
  const backMs = Math.max(0, ...strokes.map(({ upMs }) => upMs)) + overSinceMs;
  // Chromium gives all that was before the page the time of its beginning: a hand would look like a scanner.
  const ageMs = await page.evaluate(() => performance.now());
  const apartMs = Date.now() - (sentMs.get(page) ?? Number.NEGATIVE_INFINITY);
  await pause(Math.max(0, backMs - Math.min(ageMs, apartMs - APART_MS)));
  const nowMs = Date.now();
  sentMs.set(page, nowMs);
  await sendFrom(page, strokes, nowMs - backMs);
}

/** `startMs`: when the first key goes down, in milliseconds since 1970. */
export async function sendFrom(page: Page, strokes: readonly Stroke[], startMs: number): Promise<void> {
  const session = await sessionOf(page);
  const events = strokes
    .flatMap((stroke) => [{ ...stroke, atMs: stroke.downMs, isDown: true }, { ...stroke, atMs: stroke.upMs, isDown: false }])
    .toSorted((one, other) => one.atMs - other.atMs);
  await Promise.all(events.map(({ key, atMs, isDown, alt = false }) => session.send('Input.dispatchKeyEvent', { ...keyOf(key, isDown), ...(alt && { modifiers: ALT }), timestamp: (startMs + atMs) / 1_000 })));
}

/** A key that a finger keeps down: pressed once, and then repeated by the keyboard, which knows nothing of pages. */
export type HeldKey = {
  /** Each repeat goes to this page, at once after the one before; a page that is gone gets none. */
  repeat(page: Page, times: number): Promise<void>;
  letGo(page: Page): Promise<void>;
};

/** `code`: of the physical key. */
export async function hold(page: Page, key: { readonly key: string; readonly code: string; readonly modifiers?: number; readonly windowsVirtualKeyCode?: number }): Promise<HeldKey> {
  const dispatch = async (on: Page, type: 'rawKeyDown' | 'keyUp', autoRepeat: boolean) => {
    const session = await sessionOf(on);
    await session.send('Input.dispatchKeyEvent', { ...key, type, autoRepeat });
  };
  await dispatch(page, 'rawKeyDown', false);
  return {
    async repeat(on, times) {
      await Promise.allSettled(Array.from({ length: times }, () => dispatch(on, 'rawKeyDown', true)));
    },
    letGo: (on) => dispatch(on, 'keyUp', false),
  };
}

/** A press at a place, without waiting for the page in between. */
export async function pressAt(page: Page, { x, y }: { readonly x: number; readonly y: number }, isFinger: boolean): Promise<void> {
  const session = await sessionOf(page);
  if (isFinger) {
    await Promise.all([session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] }), session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })]);
    return;
  }
  const left = { x, y, button: 'left', clickCount: 1 } as const;
  await Promise.all([session.send('Input.dispatchMouseEvent', { type: 'mouseMoved', x, y }), session.send('Input.dispatchMouseEvent', { ...left, type: 'mousePressed' }), session.send('Input.dispatchMouseEvent', { ...left, type: 'mouseReleased' })]);
}

function keyOf(key: string, isDown: boolean): { readonly type: 'keyDown' | 'rawKeyDown' | 'keyUp'; readonly key: string; readonly code: string; readonly text?: string } {
  const code = key === ' ' ? 'Space' : /^\d$/u.test(key) ? `Digit${key}` : /^[a-z]$/iu.test(key) ? `Key${key.toUpperCase()}` : key;
  if (!isDown) return { type: 'keyUp', key, code };
  if (key.length > 1) return { type: 'rawKeyDown', key, code, ...CODES[key] };
  return { type: 'keyDown', key, code, text: key };
}

/** The protocol fields with which these keys have their default action in the browser. */
const CODES: Readonly<Record<string, { readonly windowsVirtualKeyCode: number; readonly text?: string }>> = {
  Enter: { windowsVirtualKeyCode: 13 },
  Tab: { windowsVirtualKeyCode: 9 },
  Escape: { windowsVirtualKeyCode: 27 },
  Backspace: { windowsVirtualKeyCode: 8 },
};

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}
