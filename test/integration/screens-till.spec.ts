import type { Browser } from 'playwright';
import { beforeEach, describe, expect, test } from 'vitest';
import { pageBrowser } from '../host/page-browser.ts';
import { everyLook } from '../till-page/looks/every-look.ts';
import { faintRings } from '../till-page/looks/keyboard.ts';
import { openState } from '../till-page/open-state.ts';
import { see } from '../till-page/seen-till.ts';
import { ACCEPTED, AT_REST, DECLINED, NOT_CHARGED, PAID, PAYING, WRONG_AMOUNT } from '../till-page/snapshots.ts';
import { TILL_STATES } from '../till-page/states.ts';

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

const ENDS = { PAID, ACCEPTED, DECLINED, 'NOT CHARGED': NOT_CHARGED, 'WRONG AMOUNT': WRONG_AMOUNT, UNKNOWN: PAYING.find(({ kind }) => kind === 'checking')! };

describe('every screen at the counter is accessible, whole in every language and size, and walked by Tab', () => {
  test.each(TILL_STATES)('$name', (state) => everyLook(browser, state));
});

test('each end of a sale has a sign of its own', () =>
  see(AT_REST, async ({ page, push }) => {
    const signs = new Set<string>();
    for (const [word, sale] of Object.entries(ENDS)) {
      await push({ ...AT_REST, sale });
      const said = page.locator(':is(.result-words, .state)').filter({ has: page.locator('.word', { hasText: word }) });
      signs.add(await said.locator('> .sign').innerHTML());
    }
    expect(signs.size).toBe(Object.keys(ENDS).length);
  }));

test.each(['dark', 'light'] as const)('the ring of the focus stands out from its ground (%s)', async (theme) => {
  const { page, close } = await openState(browser, TILL_STATES.find(({ name }) => name === 'the keypad')!, { appearance: { theme } });
  try {
    expect(await faintRings(page)).toEqual([]);
  } finally {
    await close();
  }
});
