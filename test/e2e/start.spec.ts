import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright';
import { journalNameOf } from '../../main/storage/journal-name.ts';
import { CARDS } from './card-form.ts';
import { SHOP, type Shop, expect, payHeld, test, untilBackAtTheTill } from './connected-till.ts';
import { filesUnder } from './evidence.ts';
import type { TillApp } from './till-app.ts';

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

test('N-01, F-09, F-11: no element moves while the till starts; when the power is cut while an amount is typed, it comes back; a clock that is wrong by days, and is set while a customer pays, changes nothing; a part of the page that cannot be loaded is one sentence, no blank till, and payments go on', async ({ connectedShop: shop }) => {
  const first = await shop.open();
  await test.step('N-01: no element moves while the till starts', () => movesNothing(first.till));
  await test.step('N-01: F10 opens the manager’s side at once: it was fetched after the first paint', () => opensManagerAtOnce(first.till));
  await test.step('F-09: the power is cut while an amount is typed', () => killedWhileTyping(shop, first));

  shop.setClock(-3 * DAY_MS);
  const second = await shop.open({ nodeArgs: ['--import', pathToFileURL(join(import.meta.dirname, 'unreadable-file.ts')).href] });
  await test.step('F-09: what was typed comes back', async () => {
    await expect(second.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
    await expect(second.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Coffee for all');
  });
  await test.step('a part of the page that cannot be loaded is one sentence', async () => {
    await second.till.keyboard.press('F10');
    await expect(second.till.getByRole('note').filter({ hasText: 'This part of Counter could not be loaded. Payments go on.' })).toBeVisible();
    await expect.poll(() => second.log()).toContain('till-page.broke {"detail":"part-not-loaded"}');
    await second.till.getByRole('button', { name: 'Back', exact: true }).click();
  });
  await test.step('F-11: a clock that is wrong by days, and is set while a customer pays, changes nothing', () => paysBesideWrongClock(shop, second));
});

async function movesNothing(till: Page): Promise<void> {
  await expect(till.locator('#root').getByText('Online')).toBeVisible();
  await expect(till.getByRole('button', { name: 'Charge', exact: false }).first()).toBeVisible();
  expect(await shiftsOf(till)).toEqual([]);
}

async function opensManagerAtOnce(till: Page): Promise<void> {
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
  await till.getByRole('button', { name: 'Back', exact: true }).click();
  await untilBackAtTheTill(till);
}

async function killedWhileTyping({ network: { justifi }, userData }: Shop, app: TillApp): Promise<void> {
  await app.enter('4200', 'Coffee for all');
  // A checkout is prepared meanwhile, unseen.
  await expect.poll(() => justifi.requests('POST /v1/checkouts').length).toBe(1);
  await expect.poll(() => app.journal('test').events.map(({ kind }) => kind)).toContain('checkout-created');
  // The typed text is saved without a guarantee; wait until it is in the file.
  await expect.poll(() => filesUnder(userData).find(({ name }) => name === `${journalNameOf('test', SHOP.subAccountId)}.draft.json`)?.text).toContain('Coffee for all');
  await app.counter.kill();
}

async function paysBesideWrongClock(shop: Shop, app: TillApp): Promise<void> {
  const { justifi } = shop.network;
  const { till } = app;
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
}
