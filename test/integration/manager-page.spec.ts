import { describe } from 'vitest';
import { registerSettings } from '../../contract/register-settings.ts';
import { failed, ok } from '../../contract/result.ts';
import { AT_REST } from '../till-page/snapshots.ts';
import { type ScriptedTill, expect, testOn } from '../till-page/scripted-till.ts';

/* The manager's settings on the screen. Main's side: e2e/manager, e2e/fleet; over a restart: integration/settings. */

const SETTINGS = registerSettings.parse({});
const field = ({ page }: ScriptedTill, name: string) => page.getByRole('textbox', { name, exact: true });
const text = ({ page }: ScriptedTill, sentence: string) => page.locator('#root').getByText(sentence);
async function openSection(app: ScriptedTill, name: string): Promise<void> {
  await app.touch('Manager');
  await app.page.getByRole('tab', { name }).click();
}

const test = testOn({ ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } });

test('F-28, C-74: an amount that is none, limits that cross, and a button that is none are one sentence each; the field is named, and marked', async ({ app }) => {
  const { page } = app;
  await openSection(app, 'Sales and limits');
  await expect(field(app, 'Largest amount')).toHaveValue('$999,999.99');
  await field(app, 'Largest amount').fill('twenty');
  await app.touch('Save');
  await expect(page.getByRole('note')).toHaveText('Largest amount: enter it like 25.00.');
  await expect(field(app, 'Largest amount')).toHaveAttribute('aria-invalid', 'true');
  await expect(field(app, 'Largest amount')).toHaveAccessibleDescription('Largest amount: enter it like 25.00.');
  expect(await app.asked('changeSettings')).toEqual([]);
  await field(app, 'Largest amount').fill('20');
  for (const [problem, sentence] of [
    [{ kind: 'limits-crossed' }, 'The smallest amount is larger than the largest one.'],
    [{ kind: 'no-way-to-pay' }, 'Customers need a way to pay: cards, bank accounts, or both.'],
    [{ kind: 'preset-invalid', preset: '', why: 'description-card-number' }, /looks like a card number/u],
  ] as const) {
    await app.answer('changeSettings', failed(problem));
    await app.touch('Save');
    await expect(page.getByRole('note')).toHaveText(sentence);
    await expect(text(app, 'Not saved yet.')).toBeVisible();
  }
});

test('C-79: changing the section, and leaving, lose no typed text; saved settings reach main whole, and leaving does not ask about them', async ({ app }) => {
  const { page } = app;
  await openSection(app, 'Sales and limits');
  await field(app, 'Smallest amount').fill('1.00');
  await field(app, 'Largest amount').fill('20.00');
  await field(app, 'Quick descriptions, one per line').fill('Donut\n\nCoffee');
  await field(app, 'Name of this register').fill('Front desk');
  await page.getByRole('tab', { name: 'Screen and sound' }).click();
  await expect(field(app, 'Name of this register')).toBeHidden();
  await app.type(['F10']);
  await expect(text(app, 'Something here is not saved.')).toBeVisible();
  await expect(field(app, 'Name of this register')).toHaveValue('Front desk');
  await expect(text(app, 'Not saved yet.')).toBeVisible();
  await text(app, 'Customers can pay from a bank account').click();
  await page.getByRole('button', { name: /^Postal code only/u }).click();
  await page.getByRole('option', { name: 'Name and whole address' }).click();
  await app.touch('Save');
  await expect(text(app, 'Saved.')).toBeVisible();
  expect(await app.asked('changeSettings')).toEqual([
    { ...SETTINGS, registerName: 'Front desk', limits: { ...SETTINGS.limits, smallestInCents: 100, largestInCents: 2_000 }, form: { ...SETTINGS.form, bankAccounts: false, billing: 'full' }, descriptionPresets: ['Donut', 'Coffee'] },
  ]);
  // Esc leaves too, like F10; neither asks when all is saved.
  await page.getByRole('tab', { name: 'Sales and limits' }).focus();
  await app.type(['Escape']);
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
});

test('quick items are lines with a name and a price; one without is named in a sentence and marked', async ({ app }) => {
  const { page } = app;
  await openSection(app, 'Sales and limits');
  const items = field(app, 'Quick items, one per line');
  await expect(items).toHaveValue('');
  await items.fill('Coffee = 3.50\nDonut');
  await app.touch('Save');
  await expect(page.getByRole('note')).toContainText('Donut');
  await expect(page.getByRole('note')).toContainText('a quick item has a name and a price');
  await expect(items).toHaveAttribute('aria-invalid', 'true');
  expect(await app.asked('changeSettings')).toEqual([]);
  await items.fill('Coffee = 3.50\nDonut = $2.25');
  await app.touch('Save');
  await expect(text(app, 'Saved.')).toBeVisible();
  expect(await app.asked('changeSettings')).toMatchObject([{ quickItems: [{ name: 'Coffee', priceInCents: 350 }, { name: 'Donut', priceInCents: 225 }] }]);
});

test('the company’s settings are shown and cannot be changed; a mistake in its file is reported with its place', async ({ app }) => {
  const { page } = app;
  await app.answer('readSettings', ok({ ...SETTINGS, limits: { ...SETTINGS.limits, largestInCents: 50_000 } }));
  await app.push({ ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 }, policy: { locked: ['limits.largestInCents'], trouble: { what: 'mistake', where: 'settings.limits.largestInCents', inForce: 'last-valid' } } });
  await openSection(app, 'Sales and limits');
  await expect(field(app, 'Largest amount')).toBeDisabled();
  await expect(field(app, 'Largest amount')).toHaveValue('$500.00');
  await expect(text(app, 'Set by your company.')).toHaveCount(1);
  await expect(field(app, 'Smallest amount')).toBeEnabled();
  await expect(text(app, 'The last valid version is in use.')).toContainText('has a mistake (settings.limits.largestInCents)');
  await app.answer('changeSettings', failed({ kind: 'setting-locked', setting: 'limits.largestInCents' }));
  await field(app, 'Smallest amount').fill('2.00');
  await app.touch('Save');
  await expect(page.getByRole('note')).toHaveText('Your company set this (limits.largestInCents). It cannot be changed here.');
});

test('the cashiers’ rights are one table of the manager’s: each choice applies at once', async ({ app }) => {
  const { page } = app;
  await openSection(app, 'Cashiers');
  await page.getByRole('button', { name: /Cashiers Void a payment/u }).click();
  await page.getByRole('option', { name: 'Only with the manager PIN' }).click();
  await expect(page.getByRole('button', { name: /Only with the manager PIN Void/u })).toBeVisible();
  expect(await app.asked('changeSettings')).toEqual([{ ...SETTINGS, rights: { ...SETTINGS.rights, void: 'manager' } }]);
});

test('C-77: one accidental press removes no cashier; C-72: the focus is not lost with the button', async ({ app }) => {
  const { page } = app;
  const anna = { id: 'a', name: 'Anna' };
  const unlocked = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } } as const;
  await app.push({ ...unlocked, cashiers: { all: [anna], signedIn: anna } });
  await openSection(app, 'Cashiers');
  await app.touch('Remove Anna');
  await expect(text(app, 'Remove this cashier? The PIN is deleted.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keep' })).toBeFocused();
  await app.type(['Enter']);
  await expect(page.getByRole('button', { name: 'Name and PIN: Anna' })).toBeVisible();
  expect(await app.asked('removeCashier')).toEqual([]);
  await app.touch('Remove Anna');
  await expect(page.getByRole('button', { name: 'Keep' })).toBeVisible();
  await app.touch('Remove Anna');
  await expect(page.getByRole('heading', { name: 'Cashiers' })).toBeFocused();
  expect(await app.asked('removeCashier')).toEqual([{ cashierId: 'a' }]);
  await app.push({ ...unlocked, cashiers: { all: [], signedIn: null } });
  await expect(text(app, 'No one signs in at this register.')).toBeVisible();
  await expect(text(app, 'Removed: Anna.')).toBeVisible();
});

test('C-80: an acknowledged item is confirmed in words, even when its section is removed with it', async ({ app }) => {
  const unlocked = { ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } } as const;
  await app.push({ ...unlocked, unresolved: [{ saleId: 's', amountInCents: 2_500, description: 'Repair', since: '2026-11-02T15:04:05.000Z', mayEnd: true }] });
  await openSection(app, 'Needs attention');
  await app.touch('Close it');
  await app.push(unlocked);
  await expect(text(app, 'Closed: $25.00, Repair. It does not count as paid.')).toBeVisible();
  await expect(app.page.getByRole('tab', { name: 'JustiFi account' })).toHaveAttribute('aria-selected', 'true');
  expect(await app.page.evaluate(() => document.activeElement?.localName)).not.toBe('body');
});

test('a file that is not written or not read is one sentence', async ({ app }) => {
  const { page } = app;
  await app.answer('readAudit', ok({ lines: [], hasMore: false, people: [], trouble: null }));
  await app.answer('exportAudit', failed({ kind: 'export-cancelled' }));
  await openSection(app, 'Audit log');
  await app.touch('Export as CSV');
  await expect(page.getByRole('note')).toHaveText('No file was written.');
  await page.getByRole('tab', { name: 'Copy settings' }).click();
  for (const [problem, sentence] of [
    [{ kind: 'copy-invalid', where: 'not a policy' }, /^That is not a Counter settings file, or it has a mistake \(not a policy\)/u],
    [{ kind: 'copy-unreadable', code: 'EFBIG' }, /^The file could not be read\./u],
  ] as const) {
    await app.answer('readSettingsCopy', failed(problem));
    await app.touch('Read a file');
    await expect(page.getByRole('note')).toHaveText(sentence);
  }
});

describe('the door', () => {
  const door = { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 0 } as const;
  test.override('snapshot', { ...AT_REST, manager: door });

  test('S-25: by touch, without showing the digits; a wrong PIN is reported, and after too many the field waits as long as main', async ({ app }) => {
    const { page } = app;
    const pin = page.getByLabel('Manager PIN', { exact: true });
    await app.touch('Manager');
    await app.wait();
    for (const digit of '482913') await page.getByRole('group', { name: 'Keypad' }).getByRole('button', { name: digit, exact: true }).click();
    await expect(pin).toHaveValue('482913');
    await expect(pin).toHaveAttribute('type', 'password');
    await app.answer('unlockManager', failed({ kind: 'pin-wrong', waitSeconds: 0 }));
    await page.getByRole('button', { name: /^Open/u }).click();
    await expect(page.getByRole('note')).toHaveText('Wrong PIN. Try again.');
    expect(await app.asked('unlockManager')).toEqual([{ pin: '482913' }]);
    await app.push({ ...AT_REST, manager: { ...door, waitSeconds: 4 } });
    await expect(page.getByRole('note')).toHaveText(/^Too many wrong PINs\. Try again in \d s\./u);
    await expect(pin).toHaveAttribute('readonly');
    await app.push({ ...AT_REST, manager: door });
    await expect(pin).not.toHaveAttribute('readonly');
  });
});

describe('a first PIN', () => {
  test.override('snapshot', { ...AT_REST, manager: { kind: 'unlocked', by: 'secret', hasPin: false, secondsLeft: 120 } });

  test('S-25: too short, too easy, or typed otherwise the second time: each is one sentence, and no PIN is set', async ({ app }) => {
    const { page } = app;
    const typePin = async (label: string, pin: string) => {
      await page.getByLabel(label, { exact: true }).fill(pin);
      await page.keyboard.press('Enter');
    };
    await openSection(app, 'Manager PIN');
    for (const [pin, sentence] of [['12345', /at least 6 digits/u], ['123456', /easy to guess/u], ['121212', /easy to guess/u]] as const) {
      await typePin('New PIN', pin);
      await expect(page.getByRole('note')).toHaveText(sentence);
    }
    await typePin('New PIN', '482913');
    await typePin('New PIN again', '482914');
    await expect(page.getByRole('note')).toHaveText(/don’t match/u);
    expect(await app.asked('setPin')).toEqual([]);
  });
});
