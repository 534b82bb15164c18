import type { Page } from 'playwright';
import { expect } from 'vitest';
import { findViolations } from '../../e2e/axe.ts';
import { HEBREW, notIsolated } from '../../e2e/isolated-text.ts';
import { cutOff, overlapping, runsOver } from '../cut-off.ts';
import type { State } from '../state.ts';
import { resizeTo } from '../window-size.ts';
import { LOW_SCREEN, SMALLEST_SCREEN } from './screen-size.ts';

/*
 * WCAG 2.2 AA on a screen, in the light and in the dark, by axe and by measure. JustiFi's form is looked at in test/e2e/accessibility.spec.ts.
 */
/** 9.5 units of 0.62 % of 1280 px. */
const AMOUNT_SIZE = '75.392px';
/** Screens that may be scrolled: on a bad day they have more than a small screen holds. */
const SCROLLS = new Set(['a bad day', 'a bad day, unfolded', 'the sales', 'a sale', 'charged twice?', 'a refund', 'the day report', 'the day report, compared', 'the day is closed', 'the chart of the day']);

/** Typed text, in a script that runs from the right. */
export function inHebrew({ snapshot, answers, ...state }: State): State {
  const typed = <Value>(value: Value) => JSON.parse(JSON.stringify(value).replaceAll('One donut', HEBREW.donut).replaceAll('"Anna"', `"${HEBREW.cashier}"`)) as Value;
  return { ...state, snapshot: typed(snapshot), ...(answers && { answers: typed(answers) }) };
}

/** Keys of the keypad 64 px, all other targets 44 px. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const pressed = [...document.querySelectorAll<HTMLElement>('button:not([tabindex="-1"]), input, textarea, [role=tab], [role=option], .check')].filter((element) => element.matches('.check') || element.closest('.check') === null);
    return pressed
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && getComputedStyle(element).clipPath === 'none' && element.closest('[aria-hidden=true]') === null)
      .map((element) => ({ element, ...(({ width, height }) => ({ width, height }))((element.closest('label') ?? element).getBoundingClientRect()), least: element.classList.contains('key') ? 64 : 44 }))
      .filter(({ width, height, least }) => width < least || height < least)
      .map(({ element, width, height }) => `${element.outerHTML.slice(0, 100)} ${width} × ${height}`);
  });
}

const sizesOf = (page: Page) => page.locator('.amount:visible').evaluateAll((amounts) => amounts.map((amount) => getComputedStyle(amount).fontSize));

/** No violation, targets for fingers, one size of amount. */
export async function looksForAccess(page: Page): Promise<void> {
  // The buttons of a result are disabled in its first moment, and look so.
  await expect.poll(() => page.locator('.result button[data-disabled]:visible').count()).toBe(0);
  const violations = await findViolations(page);
  await page.emulateMedia({ colorScheme: null });
  expect.soft(violations).toEqual([]);
  expect.soft(await smallTargets(page), 'targets').toEqual([]);
  expect.soft(await notIsolated(page), 'not isolated').toEqual([]);
  for (const size of await sizesOf(page)) expect.soft(size).toBe(AMOUNT_SIZE);
}

/** No overlapping text, no cut-off text, no scrolling. Leaves the page on the smallest screen. */
export async function fitsOnSmallScreens(page: Page, { name }: State): Promise<void> {
  await resizeTo(page, LOW_SCREEN);
  expect.soft(await overlapping(page), 'texts over each other').toEqual([]);
  await resizeTo(page, SMALLEST_SCREEN);
  expect.soft(await cutOff(page), 'cut off').toEqual([]);
  if (!SCROLLS.has(name)) expect.soft(await runsOver(page), 'runs over').toEqual([]);
}
