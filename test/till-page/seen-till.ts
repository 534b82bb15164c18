import { expect } from 'vitest';
import type { Locator } from 'playwright';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { pageBrowser } from '../host/page-browser.ts';
import type { PageClock } from './page-clock.ts';
import { type InPage, type TillPage, openTillPage } from './till-page.ts';

/* The built page of the till as a person sees it: which parts are in sight. */

/** Opens the till's page in this state, and closes it afterwards. */
export async function see(snapshot: TillSnapshot, look: (till: TillPage) => Promise<void>, options: Parameters<typeof openTillPage>[2] = {}, inPage?: InPage): Promise<void> {
  const till = await openTillPage(await pageBrowser(), snapshot, options, inPage);
  try {
    await look(till);
  } finally {
    await till.close();
  }
}

export const chargeOf = ({ page }: TillPage) => page.locator('button.charge');

/** A button that begins to act is another element. On a page whose clock is moved: past the first moment of its screen. */
export async function buttonsAct({ page }: TillPage): Promise<void> {
  await page.evaluate(() => (window as unknown as { readonly pageClock: PageClock }).pageClock.advance(500));
  expect(await page.locator('main button:disabled').count()).toBe(0);
}

/** Those that are not fully inside the window, or are covered at their middle. `isScrolledTo`: each is scrolled to before. */
export function outOfSight(parts: Locator, isScrolledTo = false): Promise<string[]> {
  return parts.evaluateAll((elements, isScrolled) =>
    elements.flatMap((element) => {
      if (isScrolled) element.scrollIntoView({ block: 'nearest', behavior: 'instant' });
      const { left, top, right, bottom } = element.getBoundingClientRect();
      const over = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      const isWhole = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight && right > left && (over === element || element.contains(over));
      return isWhole ? [] : [element.textContent];
    }), isScrolledTo);
}

export async function isInSight(part: Locator): Promise<boolean> {
  await part.waitFor();
  return (await outOfSight(part)).length === 0;
}

export const sizeOf = (part: Locator) => part.evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));
