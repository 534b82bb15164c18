import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { appearance } from '../../contract/appearance.ts';
import type { Bridge } from '../../contract/channels.ts';
import { findViolations } from './axe.ts';
import { CARDS } from './card-form.ts';
import { SHOP, expect, openBySecret, test } from './connected-till.ts';
import { HEBREW, notIsolated } from './isolated-text.ts';
import type { TillApp } from './till-app.ts';

/* WCAG 2.2 AA around JustiFi's form, which only a whole till has, in the light and in the dark. Every other screen: test/till-page/looks/accessibility.ts. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

const gaps = readFileSync(join(import.meta.dirname, '../../docs/accessibility.md'), 'utf8');

test('the manager’s theme is applied at once, on the till and on the form; around JustiFi’s form: no violation in light and dark, targets for fingers; violations inside it are listed in the docs', async ({ runningShop: shop }) => {
  const app = await shop.open();
  const { justifi } = shop.network;
  await chooseDark(app);
  await expect.poll(() => ground(app.till)).toBe('rgb(14, 18, 23)');
  await app.enter('1799', HEBREW.donut);
  const size = await amountSize(app.till);
  await app.charge();
  const form = await app.form();
  expect(await ground(form.page)).toBe('rgb(25, 31, 39)');
  await chooseAsThisPc(app);
  await expect.poll(() => ground(form.page)).toBe('rgb(255, 255, 255)');
  await seesFormInForcedColours(form.page);
  expect(await amountSize(app.till)).toBe(size);
  await form.fillCard(CARDS.invalid);
  await form.pay();
  await expect(form.page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible();
  await lookAtForm(form.page);
  await form.fillBankAccount();
  await lookAtForm(form.page);
  justifi.holdCharges();
  await form.pay();
  await app.says('Processing');
  await lookAtForm(form.page);
});

const ground = (page: Page) => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);

async function chooseDark(app: TillApp): Promise<void> {
  const { till } = app;
  await openBySecret(app);
  await till.getByRole('tab', { name: 'Screen and sound' }).click();
  await till.getByRole('button', { name: /Theme$/u }).click();
  await till.getByRole('option', { name: 'Dark' }).click();
  await till.getByRole('button', { name: 'Back to the till' }).click();
}

/** By the calls of the manager's side, which no cashier opens during a sale. */
function chooseAsThisPc({ till: page }: TillApp): Promise<void> {
  return page.evaluate(async ([{ clientId, clientSecret }, wanted]) => {
    const { till, manager } = window as unknown as { readonly till: Bridge<'till'>; readonly manager: Bridge<'manager'> };
    await till.proveSecret({ kind: 'client', clientId, clientSecret });
    const changed = await manager.changeAppearance(wanted);
    if (changed.kind !== 'ok') throw new Error(changed.failure.kind);
    await till.lockManager();
  }, [SHOP, appearance.parse({})] as const);
}

const amountSize = (page: Page) => page.locator('h1.amount, h1 .amount, .amount').first().evaluate((amount) => getComputedStyle(amount).fontSize);

/** No violation is allowed around JustiFi's form; those inside are JustiFi's, and are listed in the docs. */
async function lookAtForm(page: Page): Promise<void> {
  expect.soft(await findViolations(page, { exclude: 'justifi-checkout' })).toEqual([]);
  const known = (violation: string) => gaps.includes(`\`${violation.split(' ')[0]}\``);
  expect.soft((await findViolations(page, { include: 'justifi-checkout' })).filter((violation) => !known(violation))).toEqual([]);
  expect.soft(await smallTargets(page)).toEqual([]);
  expect.soft(await notIsolated(page)).toEqual([]);
}

/** C-66: forced colours would draw a box in the page's colour behind a label of that colour, and remove the shadow that is the focus ring. */
async function seesFormInForcedColours(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active' });
  const pay = await page.getByRole('button', { name: 'Pay', exact: true }).evaluate((button) => (({ color, backgroundColor, forcedColorAdjust }) => ({ color, backgroundColor, forcedColorAdjust }))(getComputedStyle(button)));
  expect.soft(pay.forcedColorAdjust).toBe('none');
  expect.soft(pay.color).not.toBe(pay.backgroundColor);
  expect.soft(await page.locator('[part~="input-focused"]').evaluate((field) => getComputedStyle(field).outlineStyle)).toBe('solid');
  await page.emulateMedia({ forcedColors: null });
}

/** Targets have 44 px. JustiFi's form is not Counter's. */
function smallTargets(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button:not([tabindex="-1"]), input')]
      .filter((element) => element.closest('justifi-checkout') === null && element.checkVisibility({ visibilityProperty: true }))
      .map((element) => ({ element, ...(({ width, height }) => ({ width, height }))((element.closest('label') ?? element).getBoundingClientRect()) }))
      .filter(({ width, height }) => width < 44 || height < 44)
      .map(({ element, width, height }) => `${element.outerHTML.slice(0, 100)} ${width} × ${height}`),
  );
}
