import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { expect, test } from './connected-till.ts';

/* N-01: how the till comes up in the morning. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

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

test('a part of the page that cannot be loaded is one sentence, no blank till; payments go on, and the log has it', async ({ connectedShop: shop }) => {
  const app = await shop.open({ nodeArgs: ['--import', pathToFileURL(join(import.meta.dirname, 'unreadable-file.ts')).href] });
  const { till } = app;
  await till.keyboard.press('F10');
  await expect(till.getByRole('note').filter({ hasText: 'This part of Counter could not be loaded. Payments go on.' })).toBeVisible();
  await expect.poll(() => app.log()).toContain('till-page.broke {"detail":"part-not-loaded"}');
  await till.getByRole('button', { name: 'Back', exact: true }).click();
  await app.enter('1799', 'Donut');
  await app.charge();
  await app.form();
});
