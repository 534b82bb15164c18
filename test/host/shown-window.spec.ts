import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, type Locator, type Page, chromium } from 'playwright';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CARDS, cardForm } from '../e2e/card-form.ts';
import { type TillApp, openTillApp } from '../e2e/till-app.ts';

/* The till of `npm start` without Electron. Real windows of a real Chromium, on its own platform without a screen. */

const WITHOUT_SCREEN = '--ozone-platform=headless';
let folder: string;
let app: TillApp | undefined;
let screen: Browser | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'counter-shown-'));
});
afterEach(async () => {
  await screen?.close();
  await app?.counter.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The window on the screen. */
async function windowOnScreen(port: number): Promise<Page> {
  const endpoint = `http://127.0.0.1:${port}`;
  await expect.poll(() => fetch(`${endpoint}/json/version`).then((answer) => answer.ok, () => false)).toBe(true);
  const browser = await chromium.connectOverCDP(endpoint);
  screen = browser;
  const pages = () => browser.contexts()[0]?.pages() ?? [];
  await expect.poll(() => pages().length).toBe(1);
  return pages()[0]!;
}

/** In the middle of this part of the window. */
async function press(window: Page, shown: Locator): Promise<void> {
  const box = (await shown.boundingBox())!;
  await window.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
}

test('a person sees the till as one window with its name, without a tab or an address bar, and makes a sale in it with mouse and keys', { timeout: 120_000 }, async () => {
  const port = await freePort();
  app = await openTillApp('chromium-host', folder, { till: 'first-run', headed: true, chromiumArgs: [WITHOUT_SCREEN], env: { COUNTER_HOST_SCREEN_CDP_PORT: String(port) } });
  const { till, counter } = app;
  const window = await windowOnScreen(port);
  expect(await window.title()).toBe('Counter');
  expect(await window.evaluate(() => ({ besides: outerHeight - innerHeight < 60, icon: document.querySelector('link')?.href.startsWith('data:image/svg+xml') }))).toEqual({ besides: true, icon: true });

  await press(window, till.locator('.first-run-way').first());
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  await window.keyboard.type('1799', { delay: 60 });
  await expect.poll(() => till.getByRole('heading', { level: 1 }).textContent()).toBe('$17.99');
  await press(window, till.getByRole('textbox', { name: 'Description' }));
  await window.keyboard.type('One donut', { delay: 60 });
  await press(window, till.getByRole('button', { name: /^Charge/u }));
  const { page } = await app.form();
  await expect.poll(() => counter.hasKeyboard(page)).toBe(true);
  await expect.poll(() => window.locator('canvas').count()).toBe(2);

  // The card's digits go into JustiFi's own field, over the till's right half, as a person's do.
  await cardForm(page).payByKeyboard(CARDS.pays, window.keyboard);
  await app.says('PAID');
  await expect.poll(() => window.locator('canvas').count()).toBe(1);

  await expect.poll(() => window.evaluate(() => innerWidth)).toBe(await till.evaluate(() => innerWidth));
  await window.close();
  expect(await counter.exited).toEqual({ code: 0, signal: null });
});
