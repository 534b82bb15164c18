import type { Browser } from 'playwright';
import { expect as soon } from 'playwright/test';
import { beforeEach, expect, test } from 'vitest';
import { registerSettings } from '../../contract/register-settings.ts';
import { chooseByKey, countPointers, fillByKey, openSectionByKey, pressByKey, tabTo, typePinByKey } from '../e2e/tab-key.ts';
import { typeByHand } from '../e2e/keys.ts';
import { pageBrowser } from '../host/page-browser.ts';
import { ANNA, CONNECTED, MANAGER_ANSWERS } from '../till-page/manager-states.ts';
import { openTillPage } from '../till-page/till-page.ts';

/* The manager's side without a mouse, on the built page with a scripted main: each section, each kind of list, and both ways to open it. The set-up and a sale: e2e/connected-sale. */

const SETTINGS = registerSettings.parse({});
let browser: Browser;
beforeEach(async () => {
  browser = await pageBrowser();
});

test('every section, every list and both ways to unlock are used by keyboard alone', { timeout: 60_000 }, async () => {
  const till = await openTillPage(browser, CONNECTED, { viewport: { width: 1366, height: 688 }, answers: MANAGER_ANSWERS });
  const { page } = till;
  const pointers = await countPointers(page);
  await page.keyboard.press('F10', { delay: 60 });
  await openSectionByKey(page, 'Sales and limits');
  await fillByKey(page, 'Smallest amount', '2.00');
  await page.keyboard.press('Enter');
  await soon(page.locator('#root').getByText('Saved.')).toBeVisible();
  expect(await till.asked('changeSettings')).toMatchObject([{ limits: { smallestInCents: 200 } }]);

  await openSectionByKey(page, 'Cashiers');
  await pressByKey(page, 'Add a cashier');
  await soon(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await typeByHand(page, 'Anna');
  await tabTo(page, 'PIN (four digits)');
  await typePinByKey(page, '4829');
  await expect.poll(() => till.asked('saveCashier')).toEqual([{ cashierId: null, name: 'Anna', pin: '4829' }]);
  await till.push({ ...CONNECTED, cashiers: { all: [ANNA], signedIn: null } });
  await soon(page.getByRole('listitem').filter({ hasText: 'Anna' })).toBeVisible();
  await chooseByKey(page, /Void a payment/u, 'Only with the manager PIN');
  await expect.poll(async () => (await till.asked('changeSettings')).at(-1)).toEqual({ ...SETTINGS, rights: { ...SETTINGS.rights, void: 'manager' } });

  await openSectionByKey(page, 'Screen and sound');
  await chooseByKey(page, /Theme$/u, 'Dark');
  await tabTo(page, /second screen/u);
  await page.keyboard.press('Space');
  await expect.poll(() => till.asked('changeAppearance')).toMatchObject([{ theme: 'dark' }, { customerDisplay: true }]);

  await openSectionByKey(page, 'JustiFi account');
  await pressByKey(page, 'Change the sub account');
  await soon(page.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await tabTo(page, /^Training Shop/u);
  await page.keyboard.press('ArrowDown');
  await soon(page.getByRole('radio', { name: /^Training Shop Canada/u })).toBeChecked();
  await pressByKey(page, 'Connect');
  await expect.poll(() => till.asked('connect')).toEqual([{ subAccountId: 'acc_canada' }]);

  // Once connected, the till is shown again, now with sign-in.
  await soon(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
  await page.keyboard.press('F10', { delay: 60 });
  await openSectionByKey(page, 'Diagnostics');
  await soon(page.getByRole('term').first()).toBeVisible();
  await openSectionByKey(page, 'Audit log');
  await chooseByKey(page, /^Everybody/u, 'Anna');
  await expect.poll(async () => (await till.asked('readAudit')).at(-1)).toMatchObject({ filter: { who: 'Anna' } });
  await openSectionByKey(page, 'Manager PIN');
  await tabTo(page, 'Current PIN');
  await typePinByKey(page, '482913');
  await page.keyboard.press('Control+l');
  await expect.poll(() => till.asked('lockManager')).toHaveLength(1);

  await till.push({ ...CONNECTED, cashiers: { all: [ANNA], signedIn: null }, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 0 } });
  await soon(page.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
  await pressByKey(page, 'Anna');
  await soon(page.getByLabel('Your PIN', { exact: true })).toBeFocused();
  await typePinByKey(page, '4829');
  await expect.poll(() => till.asked('signIn')).toEqual([{ cashierId: 'anna', pin: '4829' }]);
  await till.push({ ...CONNECTED, cashiers: { all: [ANNA], signedIn: ANNA }, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 0 } });
  await soon(page.getByRole('button', { name: 'Sign out Anna' })).toBeVisible();
  await page.keyboard.press('F10', { delay: 60 });
  await soon(page.getByLabel('Manager PIN', { exact: true })).toBeFocused();
  await typePinByKey(page, '482913');
  await expect.poll(() => till.asked('unlockManager')).toEqual([{ pin: '482913' }]);
  await till.push({ ...CONNECTED, cashiers: { all: [ANNA], signedIn: ANNA } });
  await soon(page.getByRole('tab').first()).toBeVisible();
  await pressByKey(page, /^Back to the till/u);
  await page.getByRole('button', { name: '7', exact: true }).waitFor();
  expect(await pointers()).toBe(0);
});
