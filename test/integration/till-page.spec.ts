import { expect, test } from 'vitest';
import { AT_REST } from '../till-page/snapshots.ts';
import { see } from '../till-page/seen-till.ts';

/* The built page of the till: description, language, PIN and text size. */

const UNLOCKED = { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } as const;

test('the shortest sale is amount, Enter: the empty field says which description will be sent, and the first-sale hints ask for none', () =>
  see({ ...AT_REST, isFirstSale: true, usualDescription: 'Coffee' }, async ({ page, push, asked }) => {
    const field = page.getByRole('textbox', { name: 'Description' });
    await field.waitFor();
    expect(await field.getAttribute('placeholder')).toBe('Coffee');
    expect(await field.inputValue()).toBe('');
    expect(await page.locator('#root').getByText('Add a description.').count()).toBe(0);
    for (const key of ['4', '5', '0', 'Enter']) await page.keyboard.press(key, { delay: 120 });
    await expect.poll(() => asked('charge')).toMatchObject([{ saleId: AT_REST.sale.saleId, amountInCents: 450, description: '' }]);
    await push({ ...AT_REST, isFirstSale: true });
    await page.locator('#root').getByText('Add a description.').waitFor();
    expect(await field.getAttribute('placeholder')).toBe('');
  }));

test('a manager chooses the usual description of a sale, and sees where to type it', () =>
  see({ ...AT_REST, manager: { kind: 'unlocked', by: 'pin', hasPin: true, secondsLeft: 120 } }, async ({ page, asked }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Sales and limits' }).click();
    const text = page.getByRole('textbox', { name: 'Usual description' });
    const choice = page.getByRole('button', { name: /Description of a sale/u });
    await choice.click();
    expect(await text.count()).toBe(0);
    await page.getByRole('option', { name: 'Optional: the usual one if left empty' }).click();
    await text.fill('Coffee');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => asked('changeSettings')).toMatchObject([{ description: { kind: 'usual', usual: 'Coffee' } }]);
  }));

test('C-76: the first screen offers every language by its own name, and changes to it at once; F1 lists the keys', () =>
  see({ ...AT_REST, isFirstRun: true, account: { kind: 'starting' }, mode: 'training' }, async ({ page }) => {
    await page.getByRole('heading', { name: 'Welcome to Counter' }).waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('F1');
    await page.getByRole('button', { name: 'Français' }).click();
    await expect.poll(() => page.evaluate(() => document.documentElement.lang)).toBe('fr');
    expect(await page.getByRole('button', { name: 'Français' }).getAttribute('aria-pressed')).toBe('true');
  }));

test('C-76: a cashier chooses the language at sign-in; after sign-out the register speaks its own again', () => {
  const anna = { id: 'a', name: 'Anna' };
  const door = { ...AT_REST, cashiers: { all: [anna], signedIn: null } };
  return see(door, async ({ page, push }) => {
    const language = () => page.evaluate(() => document.documentElement.lang);
    await page.getByRole('button', { name: 'Español' }).click();
    await expect.poll(language).toBe('es');
    await push({ ...door, cashiers: { all: [anna], signedIn: anna } });
    await page.getByRole('heading', { level: 1 }).waitFor();
    expect(await language()).toBe('es');
    await push(door);
    await expect.poll(language).toBe('en');
  });
});

test('C-78: the wait after wrong PINs counts down and disappears at its end', () =>
  see({ ...AT_REST, manager: { kind: 'locked', opensWith: 'pin', secret: 'client', waitSeconds: 2 } }, async ({ page }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.locator('#root').getByText('Too many wrong PINs.').waitFor();
    await page.locator('#root').getByText('Too many wrong PINs.').waitFor({ state: 'detached' });
  }));

test('C-76: the language of the first screen becomes the register’s, and the manager can choose another afterwards', () =>
  see({ ...AT_REST, isFirstRun: true, mode: 'training' }, async ({ page, push, asked }) => {
    const language = () => page.evaluate(() => document.documentElement.lang);
    await page.getByRole('button', { name: 'Français' }).click();
    await expect.poll(language).toBe('fr');
    const { appearance } = AT_REST;
    await push(AT_REST);
    await expect.poll(() => asked('changeAppearance')).toEqual([{ ...appearance, language: 'fr' }]);
    await push({ ...AT_REST, appearance: { ...appearance, language: 'fr' } });
    await push({ ...AT_REST, appearance: { ...appearance, language: 'es' } });
    await expect.poll(language).toBe('es');
  }));

test('a manager who forgot the PIN is led to the new one by the secret', () =>
  see(AT_REST, async ({ page, push }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByLabel('Manager PIN', { exact: true }).waitFor();
    await push({ ...AT_REST, manager: { ...UNLOCKED, by: 'secret' } });
    await expect.poll(() => page.getByRole('tab', { name: 'Manager PIN' }).getAttribute('aria-selected')).toBe('true');
  }));

test('C-79: a lock drops unsaved text, and leaving afterwards does not ask about it', () => {
  const unlocked = { ...AT_REST, manager: UNLOCKED };
  return see(unlocked, async ({ page, push }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Sales and limits' }).click();
    await page.getByRole('textbox', { name: 'Largest amount' }).fill('500');
    await push(AT_REST);
    await page.getByLabel('Manager PIN', { exact: true }).waitFor();
    await push(unlocked);
    await page.getByRole('tab', { name: 'Sales and limits' }).waitFor();
    await page.keyboard.press('F10', { delay: 60 });
    await page.locator('.hand').waitFor();
  });
});

test('a manager chooses the text size; it counts for the form’s place, too', () =>
  see({ ...AT_REST, manager: UNLOCKED }, async ({ page, push, asked }) => {
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Screen and sound' }).click();
    await page.getByRole('button', { name: /Text size/u }).click();
    await page.getByRole('option', { name: '150%' }).click();
    await expect.poll(() => asked('changeAppearance')).toMatchObject([{ textSize: 150 }]);
    await push({ ...AT_REST, manager: UNLOCKED, textSize: 150, appearance: { ...AT_REST.appearance, textSize: 150 } });
    await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'))).toBe('1.5');
  }));

test('C-13: while the cashier has enlarged the text for now, the manager’s page shows the register’s text size, and saves no other', () =>
  see({ ...AT_REST, manager: UNLOCKED, textSize: 175 }, async ({ page, asked }) => {
    await expect.poll(() => page.evaluate(() => document.documentElement.style.getPropertyValue('--zoom'))).toBe('1.75');
    await page.getByRole('button', { name: 'Manager', exact: true }).click();
    await page.getByRole('tab', { name: 'Screen and sound' }).click();
    await page.getByRole('button', { name: /^100%.*Text size|Text size.*100%/u }).waitFor();
    await page.getByRole('button', { name: /Theme/u }).click();
    await page.getByRole('option', { name: 'Dark' }).click();
    await expect.poll(() => asked('changeAppearance')).toMatchObject([{ theme: 'dark', textSize: 100 }]);
  }));

test('C-13: the list of keys leaves Ctrl and + to the till', () =>
  see(AT_REST, async ({ page }) => {
    await page.keyboard.press('F1');
    await page.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor();
    const isLeft = await page.evaluate(() => document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key: '+', code: 'Equal', ctrlKey: true, shiftKey: true, bubbles: true, cancelable: true })));
    expect(isLeft).toBe(true);
  }));
