import type { Page } from 'playwright';
import { CARDS } from './card-form.ts';
import { SHOP, expect, test } from './connected-till.ts';
import { typeByHand } from './keys.ts';
import type { TillApp } from './till-app.ts';

/* A shop whose mouse is broken: from the very first screen to a paid sale, and all of the manager's side. */
test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');
test.setTimeout(180_000);

const PIN = '482913';
const MOST_STOPS = 60;

/** What has the focus, as it is called on the screen. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    // A heading has the focus when its screen arrives; it may be called as a button is.
    if (element === null || element === document.body || element.matches('h1, h2')) return '';
    const labels = element.getAttribute('aria-labelledby')?.split(' ').map((id) => document.getElementById(id)?.textContent ?? '') ?? [];
    const named = element.getAttribute('aria-label') ?? (labels.length > 0 ? labels.join(' ') : null);
    const label = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0]?.textContent : null;
    return (named ?? label ?? element.textContent).trim();
  });
}

/** Presses Tab until the focus is on what is called so. */
async function tabTo({ till }: TillApp, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const isIt = (what: string) => (typeof name === 'string' ? what === name : name.test(what));
  const met: string[] = [];
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    const here = await focused(till);
    if (isIt(here)) return;
    met.push(here);
    await till.keyboard.press(key);
  }
  throw new Error(`Tab never came to ${String(name)}; it came to ${met.join(' | ')}`);
}

async function press(app: TillApp, name: string | RegExp, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
  await tabTo(app, name);
  await app.till.keyboard.press(key);
}

/** Into the field that is called so, instead of what stands in it. */
async function fill(app: TillApp, name: string, text: string): Promise<void> {
  await tabTo(app, name);
  await app.till.keyboard.press('Control+a');
  await typeByHand(app.till, text);
}

/** A section of the manager's side, by the arrow keys of its list. */
async function openSection({ till }: TillApp, name: string): Promise<void> {
  await expect(till.getByRole('tab').first()).toBeVisible();
  const isTab = () => till.evaluate(() => document.activeElement?.getAttribute('role') === 'tab');
  for (let stop = 0; stop < MOST_STOPS && !(await isTab()); stop += 1) await till.keyboard.press('Shift+Tab');
  for (let step = 0; step < MOST_STOPS; step += 1) {
    if ((await focused(till)) === name) break;
    await till.keyboard.press('ArrowDown');
  }
  await till.keyboard.press('Enter');
  await expect(till.getByRole('tab', { name, exact: true })).toHaveAttribute('aria-selected', 'true');
}

/** From a list that opens. */
async function choose(app: TillApp, label: RegExp, option: string): Promise<void> {
  const { till } = app;
  await press(app, label);
  await expect(till.getByRole('listbox')).toBeVisible();
  for (let step = 0; step < 20 && (await focused(till)) !== option; step += 1) await till.keyboard.press('ArrowDown');
  await till.keyboard.press('Enter');
  await expect(till.getByRole('listbox')).toBeHidden();
}

async function typePin({ till }: TillApp, pin: string): Promise<void> {
  await typeByHand(till, pin);
  await till.keyboard.press('Enter');
}

test('a register is set up, sells, and is managed by keyboard alone: every section, every list, every list of people', async ({ shop }) => {
  const app = await shop.open({ till: 'first-run' });
  const { till } = app;
  await till.evaluate(() => {
    const seen = window as unknown as { pointers: number };
    seen.pointers = 0;
    // A key on a button makes a click without a pointer; a mouse does not.
    for (const kind of ['pointerdown', 'mousedown', 'touchstart']) addEventListener(kind, () => (seen.pointers += 1), { capture: true });
  });

  await press(app, /^Connect JustiFi/u);
  await expect(till.getByRole('textbox', { name: 'Client id' })).toBeFocused();
  await typeByHand(till, SHOP.clientId);
  await fill(app, 'Client secret', SHOP.clientSecret);
  await till.keyboard.press('Enter');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeVisible();
  await tabTo(app, /^Training Shop/u);
  await till.keyboard.press('Space');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await press(app, 'Connect');
  await expect(till.getByRole('textbox', { name: 'Name of this register' })).toBeFocused();
  await fill(app, 'Name of this register', 'Front counter');
  await till.keyboard.press('Enter');
  await expect(till.getByLabel('New PIN', { exact: true })).toBeFocused();
  await typePin(app, PIN);
  await expect(till.getByLabel('New PIN again', { exact: true })).toBeFocused();
  await typePin(app, PIN);
  await expect(till.getByRole('textbox', { name: 'Smallest amount' })).toBeVisible();
  await press(app, 'Next');
  await press(app, 'Test connection');
  await expect(till.locator('#root').getByText('Ready to take payments.')).toBeVisible();
  await press(app, 'Start selling');
  await expect(till.locator('#root').getByText('TEST – no real payments')).toBeVisible();

  // A sale; JustiFi's fields included.
  await till.getByRole('button', { name: '7', exact: true }).waitFor();
  await typeByHand(till, '1799');
  await fill(app, 'Description F2', 'One donut');
  await till.keyboard.press('F9');
  await (await app.form()).payByKeyboard(CARDS.pays);
  await app.says('PAID');
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await till.keyboard.press('Enter');
  await till.getByRole('button', { name: '7', exact: true }).waitFor();

  await till.keyboard.press('F10');
  // The first PIN opened the side; it is still open.
  await openSection(app, 'Sales and limits');
  await fill(app, 'Smallest amount', '2.00');
  await till.keyboard.press('Enter');
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await openSection(app, 'Cashiers');
  await press(app, 'Add a cashier');
  await expect(till.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await typeByHand(till, 'Anna');
  await tabTo(app, 'Four digits');
  await typePin(app, '4829');
  await expect(till.getByRole('listitem').filter({ hasText: 'Anna' })).toBeVisible();
  await choose(app, /Give an earlier payment back|Void/u, 'Only with the manager');
  await openSection(app, 'Screen and sound');
  await choose(app, /Theme$/u, 'Dark');
  await expect(till.locator('html')).toHaveCSS('color-scheme', 'dark');
  await tabTo(app, /second screen/u);
  await till.keyboard.press('Space');
  await expect(till.getByRole('checkbox', { name: /second screen/u })).toBeChecked();
  await openSection(app, 'JustiFi account');
  await press(app, 'Change the sub account');
  await expect(till.getByRole('radio', { name: /^Training Shop acc_/u })).toBeChecked();
  await tabTo(app, /^Training Shop/u);
  await till.keyboard.press('ArrowDown');
  await expect(till.getByRole('radio', { name: /^Training Shop Canada/u })).toBeChecked();
  await press(app, 'Connect');
  // Connected, it is the till again; by now with people who sign in.
  await expect(till.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
  await till.keyboard.press('F10');
  await openSection(app, 'Diagnostics');
  await expect(till.locator('#root').getByText('Training Shop Canada').first()).toBeVisible();
  await openSection(app, 'Audit log');
  await choose(app, /^Everybody/u, 'Manager');
  await expect(till.getByRole('cell', { name: 'Manager' }).first()).toBeVisible();
  await openSection(app, 'Manager PIN');
  await tabTo(app, 'Current PIN');
  await typePin(app, PIN);
  await till.keyboard.press('Control+l');
  await expect(till.getByRole('heading', { name: 'Who is at the till?' })).toBeVisible();
  await press(app, 'Anna');
  await expect(till.getByLabel('Your PIN', { exact: true })).toBeFocused();
  await typePin(app, '4829');
  await expect(till.getByRole('button', { name: 'Sign out Anna' })).toBeVisible();
  await till.keyboard.press('F10');
  await expect(till.getByLabel('Manager PIN', { exact: true })).toBeFocused();
  await typePin(app, PIN);
  await expect(till.getByRole('tab').first()).toBeVisible();
  await press(app, /^Back to the till/u);
  await till.getByRole('button', { name: '7', exact: true }).waitFor();

  expect(await till.evaluate(() => (window as unknown as { pointers: number }).pointers)).toBe(0);
  expect(shop.network.justifi.charges()).toMatchObject([{ amount: 1799 }]);
});
