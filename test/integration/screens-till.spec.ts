import type { Browser, Page } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import { pageBrowser } from '../host/page-browser.ts';
import { everyLook } from '../till-page/looks/every-look.ts';
import { faintRings } from '../till-page/looks/keyboard.ts';
import { openState } from '../till-page/open-state.ts';
import { TILL_STATES } from '../till-page/states.ts';

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

/** The sign that goes with each word, over all screens. */
const signs = new Map<string, string>();

async function noteSigns(page: Page): Promise<void> {
  const found = await page.locator(':is(.result-words, .state):has(> .sign)').evaluateAll((states) => states.map((state) => [state.querySelector('.word')!.firstChild!.textContent!, state.querySelector('.sign')!.innerHTML] as const));
  for (const [word, sign] of found) signs.set(word, sign);
}

describe('every screen at the counter is accessible, whole in every language and size, and walked by Tab', () => {
  test.each(TILL_STATES)('$name', (state) => everyLook(browser, state, ({ page }) => noteSigns(page)));

  test('each end of a sale has a sign of its own', () => {
    const ends = ['ACCEPTED', 'DECLINED', 'NOT CHARGED', 'PAID', 'UNKNOWN', 'WRONG AMOUNT'];
    expect([...signs.keys()]).toEqual(expect.arrayContaining(ends));
    expect(new Set(ends.map((word) => signs.get(word))).size).toBe(ends.length);
  });
});

test.each(['dark', 'light'] as const)('the ring of the focus stands out from its ground (%s)', async (theme) => {
  const { page, close } = await openState(browser, TILL_STATES.find(({ name }) => name === 'the keypad')!, { appearance: { theme } });
  try {
    expect(await faintRings(page)).toEqual([]);
  } finally {
    await close();
  }
});
