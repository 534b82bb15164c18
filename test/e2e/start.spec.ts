import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { CARDS } from './card-form.ts';
import { expect, payHeld, test } from './connected-till.ts';

/* How the till comes up in the morning. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const DAY_MS = 24 * 60 * 60_000;

type Shift = { readonly value: number; readonly moved: readonly string[] };

/** The layout shifts of the page since it was opened. */
function shiftsOf(till: Page): Promise<readonly Shift[]> {
  return till.evaluate(
    () =>
      new Promise<Shift[]>((resolve) => {
        new PerformanceObserver((list) => {
          const shifts = list.getEntries() as (PerformanceEntry & { readonly value: number; readonly hadRecentInput: boolean; readonly sources: readonly { readonly node: Node | null }[] })[];
          resolve(shifts.map(({ value, sources }) => ({ value, moved: sources.map(({ node }) => (node instanceof Element ? node.className : String(node?.textContent))) })));
        }).observe({ type: 'layout-shift', buffered: true });
        // Nothing is reported where nothing moved.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(resolve, 0, [])));
      }),
  );
}

test('N-01: no element moves while the till starts; and F10 opens the manager’s side at once: it was fetched after the first paint', async ({ connectedShop: shop }) => {
  const { till } = await shop.open();
  await expect(till.locator('#root').getByText('Online')).toBeVisible();
  await expect(till.getByRole('button', { name: 'Charge', exact: false }).first()).toBeVisible();
  expect(await shiftsOf(till)).toEqual([]);

  await expect.poll(() => till.evaluate(() => performance.getEntriesByType('resource').filter(({ name }) => /LaterScreen|back-office/u.test(name)).length)).toBe(2);
  const { firstPaint, fetched } = await till.evaluate(() => ({
    firstPaint: performance.getEntriesByName('first-contentful-paint')[0]!.startTime,
    fetched: performance.getEntriesByType('resource').filter(({ name }) => /LaterScreen|back-office/u.test(name)).map(({ startTime }) => startTime),
  }));
  expect(fetched.filter((atMs) => atMs < firstPaint)).toEqual([]);
  // Run, too, and not only received.
  await till.evaluate(() => import(new URL('/till/LaterScreen.js', location.href).href));
  await till.evaluate(() => {
    const screens: number[] = [];
    Object.assign(window, { screens });
    const countScreens = () => screens.push([...document.querySelectorAll('main')].filter((main) => main.checkVisibility()).length);
    new MutationObserver(countScreens).observe(document.getElementById('root')!, { childList: true, subtree: true, attributes: true });
  });
  await till.keyboard.press('F10');
  await till.locator('.manager-door').waitFor();
  // At every change there is one screen.
  expect([...new Set(await till.evaluate(() => (window as unknown as { readonly screens: readonly number[] }).screens))]).toEqual([1]);
});

test('F-11: a clock that is wrong by days, and is set while a customer pays, changes nothing; a part of the page that cannot be loaded is one sentence, no blank till, and payments go on', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  shop.setClock(-3 * DAY_MS);
  const app = await shop.open({ nodeArgs: ['--import', pathToFileURL(join(import.meta.dirname, 'unreadable-file.ts')).href] });
  const { till } = app;
  await till.keyboard.press('F10');
  await expect(till.getByRole('note').filter({ hasText: 'This part of Counter could not be loaded. Payments go on.' })).toBeVisible();
  await expect.poll(() => app.log()).toContain('till-page.broke {"detail":"part-not-loaded"}');
  await till.getByRole('button', { name: 'Back', exact: true }).click();
  await payHeld(app, justifi, '2100', 'Repair');
  shop.setClock(10 * DAY_MS);
  justifi.releaseCharges();
  await app.says('PAID');
  shop.setClock(-400 * DAY_MS);
  await till.getByRole('button', { name: 'New sale' }).click();
  await app.enter('500', 'Coffee');
  await app.charge();
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  expect(justifi.charges()).toMatchObject([{ amount: 2100 }]);
  // The journal has the clock's times, and is sound all the same.
  const times = app.journal('test').events.length;
  expect(times).toBeGreaterThan(10);
  expect(app.log()).not.toMatch(/journal\.(?:damaged|tampered|restored)/u);
});
