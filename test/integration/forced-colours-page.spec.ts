import type { Browser, Locator } from 'playwright';
import { beforeEach, expect, test } from 'vitest';
import { pageBrowser } from '../host/page-browser.ts';
import { openState } from '../till-page/open-state.ts';
import { STATES } from '../till-page/states.ts';
import type { TillPage } from '../till-page/till-page.ts';

/* A system's contrast theme removes our backgrounds, shadows and colours: their meaning has to be visible without them. */

let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

async function see(name: string, look: (till: TillPage) => Promise<void>, options: Parameters<typeof openState>[2] = {}): Promise<void> {
  const till = await openState(browser, STATES.find((state) => state.name === name)!, { forcedColors: 'active', ...options });
  try {
    await look(till);
  } finally {
    await till.close();
  }
}

const styleOf = <Property extends keyof CSSStyleDeclaration>(part: Locator, property: Property) => part.evaluate((element, asked) => getComputedStyle(element)[asked], property);

test('the line of an open list that Enter would choose has another background, and its text is legible', () =>
  see('manager: a choice that is open', async ({ page }) => {
    const line = page.locator('[role=option][data-focused]');
    const ground = await styleOf(line, 'backgroundColor');
    expect(ground).not.toBe(await styleOf(page.locator('.choice-list'), 'backgroundColor'));
    expect(ground).not.toBe(await styleOf(line, 'color'));
  }));

test('a wrong field has an edge that no other field has', () =>
  see('whom to insure, mistyped', async ({ page }) => {
    const edges = (fields: Locator) => fields.evaluateAll((all) => all.map((field) => getComputedStyle(field).borderTopStyle));
    const wrong = await edges(page.locator('input[data-invalid]'));
    expect(wrong.length).toBeGreaterThan(1);
    expect(new Set([...wrong, ...(await edges(page.locator('input:not([data-invalid])')))])).toEqual(new Set(['double', 'solid']));
    expect(new Set(wrong)).toEqual(new Set(['double']));
  }));

test('a shop that cannot be chosen has the edge of a disabled button', () =>
  see('set-up: the shop', async ({ page }) => {
    expect(await styleOf(page.locator('.offer[data-disabled]').first(), 'borderTopStyle')).toBe('dashed');
    expect(await styleOf(page.locator('.offer:not([data-disabled])').first(), 'borderTopStyle')).toBe('solid');
  }));

test('a pressed key has another edge', () =>
  see('the keypad', async ({ page }) => {
    const key = page.getByRole('button', { name: '7', exact: true });
    expect(await styleOf(key, 'outlineStyle')).toBe('none');
    await key.hover();
    await page.mouse.down();
    expect(await styleOf(key, 'outlineStyle')).toBe('solid');
    await page.mouse.up();
  }));

test('every result of a sale has a frame of its own, except that DECLINED and WRONG AMOUNT share one', async () => {
  const frames = new Map<string, string>();
  for (const name of ['PAID', 'ACCEPTED', 'DECLINED', 'WRONG AMOUNT', 'NOT CHARGED', 'paying: checking']) await see(name, async ({ page }) => void frames.set(name, await styleOf(page.locator('main'), 'borderStyle')));
  expect(frames.get('WRONG AMOUNT')).toBe(frames.get('DECLINED'));
  expect(new Set(frames.values()).size).toBe(frames.size - 1);
});

test.each(['PAID', 'DECLINED', 'the chart of the day'])('%s is drawn in the colours of the system, whatever theme the manager has chosen', (name) =>
  see(name, async ({ page }) => {
    const drawn = await page.locator('main svg :is(g, text)').evaluateAll((parts) => parts.map((part) => getComputedStyle(part)).flatMap(({ fill, stroke }) => [fill, stroke]));
    const system = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      return ['Canvas', 'CanvasText', 'ButtonText', 'Highlight'].map((colour) => {
        probe.style.color = colour;
        return getComputedStyle(probe).color;
      });
    });
    expect(drawn.filter((colour) => colour !== 'none' && !system.includes(colour))).toEqual([]);
  }, { colorScheme: 'dark', appearance: { theme: 'light' } }));
