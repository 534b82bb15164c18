import type { CDPSession, Page } from 'playwright';
import { expect } from 'vitest';
import { resizeTo } from '../window-size.ts';
import { WIDE_SCREEN } from './screen-size.ts';

/* Without a mouse: Tab goes through a screen, forward and back, and the focus is never lost and always visible. */
type Stop = { readonly what: string; readonly problem: string | null };

type Direction = 'forward' | 'backward';

/** In the page. */
type InPage = {
  /** Where the focus went, the oldest first. */
  readonly stops: Stop[];
  /** Its present position: an element is scrolled into view a moment after it gets the focus. */
  look(): void;
  /** The elements that Tab must reach: in the page, on the screen, and enabled. */
  reachable(): readonly HTMLElement[];
  /** The element where this round began. */
  first: Element | null;
};

/** The name in Chromium's protocol. */
const SHIFT = 8;

/** Adds a recorder to the page that notes each focused element, and its faults. */
function followFocus(page: Page): Promise<void> {
  return page.evaluate(() => {
    if ('stops' in window) return;
    function here(): Stop | null {
      const element = document.activeElement;
      if (element === null || element === document.body) return null;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const box = element.closest('label')?.getBoundingClientRect() ?? element.getBoundingClientRect();
      // A radio or a checkbox is drawn by its line.
      const line = element.closest('label');
      const drawn = line === null ? { outlineStyle, outlineWidth } : [line, ...line.querySelectorAll('*')].map((each) => getComputedStyle(each)).find((style) => style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2);
      const isSeen = drawn !== undefined && drawn.outlineStyle !== 'none' && Number.parseFloat(drawn.outlineWidth) >= 2;
      const isInside = box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
      const name = (element.getAttribute('aria-label') ?? line?.textContent ?? element.textContent).trim().slice(0, 30);
      return { what: `${element.tagName.toLowerCase()} ${element.id} ${name}`, problem: isSeen ? (isInside ? null : 'out of sight') : 'no ring' };
    }

    function reachable(): readonly HTMLElement[] {
      const all = [...document.querySelectorAll<HTMLElement>('button, input, textarea, select, [tabindex]')];
      const usable = all.filter((element) => element.tabIndex >= 0 && !element.matches(':disabled') && element.checkVisibility({ visibilityProperty: true }) && element.closest('[inert], [aria-hidden="true"], [hidden]') === null);
      // Of a group of radios one is a stop; of the list hidden behind a choice none.
      const groups = new Set<Element>();
      return usable.filter((element) => {
        const group = element.matches('[type="radio"]') ? element.closest('[role="radiogroup"]') : null;
        if (group === null) return true;
        if (groups.has(group)) return false;
        groups.add(group);
        return true;
      });
    }

    const stops: Stop[] = [];
    function look(): void {
      const stop = here();
      if (stop === null) return;
      if (stops.length === 0) (window as unknown as InPage).first = document.activeElement;
      // The fields of a date are one stop.
      if (stops.at(-1)?.what === stop.what) stops.pop();
      stops.push(stop);
    }
    // While Tab is down the focus may pass through a list to the item that has it in the end; Chromium brings it back from the edge at any time.
    let isDown = false;
    window.addEventListener('keydown', () => (isDown = true), { capture: true });
    window.addEventListener('keyup', () => {
      isDown = false;
      look();
    }, { capture: true });
    window.addEventListener('focusin', () => isDown || look(), { capture: true });
    Object.assign(window, { stops, look, reachable, first: null } satisfies InPage);
  });
}

/** How many more presses stay within the page and end where the round began, at least one. At the page's end Chromium wraps the focus around, and keys pressed meanwhile are lost. */
function pressesTogether(page: Page, direction: Direction): Promise<number> {
  return page.evaluate((to) => {
    const { activeElement } = document;
    const { first, reachable } = window as unknown as InPage;
    const side = to === 'forward' ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
    const isAhead = (element: Element, of: Element | null) => of !== null && of !== document.body && (of.compareDocumentPosition(element) & side) !== 0;
    const ahead = reachable().filter((element) => isAhead(element, activeElement));
    const isFirstAhead = first !== null && isAhead(first, activeElement);
    return Math.max(1, ahead.filter((element) => !isFirstAhead || !isAhead(element, first)).length);
  }, direction);
}

/** The stops until the first one comes again; null: that is not yet so. */
function onceRound(stops: readonly Stop[]): readonly Stop[] | null {
  const end = stops.findIndex(({ what }, place) => place > 0 && what === stops[0]!.what);
  return end === -1 ? null : stops.slice(0, end);
}

/** One for each page: to begin one takes as long as some presses. */
const sessions = new WeakMap<Page, Promise<CDPSession>>();

function sessionOf(page: Page): Promise<CDPSession> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  return session;
}

/** Once round: every stop, each once, in the order of the walk. As many presses as can be come right after each other, and no picture is drawn in between. */
async function goRound(page: Page, direction: Direction, most: number): Promise<readonly Stop[]> {
  const session = await sessionOf(page);
  const key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9, modifiers: direction === 'forward' ? 0 : SHIFT } as const;
  const press = () => [session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key }), session.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key })];
  await page.evaluate(() => {
    const walk = window as unknown as InPage;
    walk.stops.length = 0;
    walk.first = null;
  });
  for (let pressed = 0; ; ) {
    const together = Math.min(most - pressed, await pressesTogether(page, direction));
    await Promise.all(Array.from({ length: together }, press).flat());
    pressed += together;
    const stops = await page.evaluate(() => {
      const { look, stops: found } = window as unknown as InPage;
      look();
      return found;
    });
    const round = onceRound(stops);
    if (round !== null || pressed >= most) return round ?? stops;
  }
}

const nameOf = (stops: readonly Stop[]) => stops.map(({ what }) => what).toSorted();

/** Longer than a screen's buttons are disabled (renderer/till/use-settled.ts), by the same page's timers. */
const FIRST_MOMENT_MS = 500;

/** Until the buttons of a screen that has just appeared act. */
export function passFirstMoment(page: Page): Promise<void> {
  return page.evaluate((ms) => new Promise((resolve) => void setTimeout(() => requestAnimationFrame(() => resolve()), ms)), FIRST_MOMENT_MS);
}

/** After the first moment of a screen: a button that becomes enabled is another element. Every element is reached, the ring is always visible, and the focus is never lost. */
export async function walksByTab(page: Page): Promise<void> {
  await resizeTo(page, WIDE_SCREEN);
  await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  await followFocus(page);
  const isApart = (await page.locator('[role="dialog"], [role="listbox"]').count()) > 0;
  const count = await page.evaluate(() => (window as unknown as InPage).reachable().length);
  const most = 2 * count + 20;
  const forward = await goRound(page, 'forward', isApart ? 5 : most);
  for (const { what, problem } of forward) expect.soft(problem, what).toBeNull();
  // A dialog or a list keeps the focus, whatever is pressed; Tab closes the list.
  if (isApart) return;
  const backward = await goRound(page, 'backward', most);
  expect.soft(forward.length, nameOf(forward).join(' | ')).toBeGreaterThanOrEqual(count);
  expect.soft(nameOf(backward)).toEqual(nameOf(forward));
}

/** Tab through the whole screen; each element must show a ring of 2 px or more and of 3:1 against its surroundings. */
export async function faintRings(page: Page): Promise<readonly string[]> {
  const faint: string[] = [];
  const walked = new Set<string>();
  for (let step = 0; step < 40; step += 1) {
    await page.keyboard.press('Tab');
    const { name, width, contrast } = await page.evaluate(() => {
      const channels = (colour: string) => colour.match(/[\d.]+/gu)!.slice(0, 3).map((channel) => Number(channel) / 255);
      const luminance = (colour: string) => channels(colour).map((channel) => (channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)).reduce((sum, channel, index) => sum + channel * [0.2126, 0.7152, 0.0722][index]!, 0);
      const focused = document.activeElement!;
      const { outlineColor, outlineWidth, outlineStyle } = getComputedStyle(focused);
      let around = focused.parentElement;
      while (around !== null && /, 0\)$|transparent/u.test(getComputedStyle(around).backgroundColor)) around = around.parentElement;
      const [light, dark] = [luminance(outlineColor), luminance(getComputedStyle(around ?? document.documentElement).backgroundColor)].toSorted((one, other) => other - one);
      return { name: focused === document.body ? '' : `${focused.localName} ${focused.textContent} ${focused.getAttribute('aria-label') ?? ''}`, width: outlineStyle === 'solid' ? Number.parseFloat(outlineWidth) : 0, contrast: (light! + 0.05) / (dark! + 0.05) };
    });
    if (name !== '' && walked.has(name)) break;
    walked.add(name);
    if (name !== '' && (width < 2 || contrast < 3)) faint.push(`${name} ${width}px ${contrast.toFixed(1)}`);
  }
  expect(walked.size).toBeGreaterThan(10);
  return faint;
}
