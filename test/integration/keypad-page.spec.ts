import { watchWords } from '../e2e/plain-words.ts';
import { type ScriptedTill, expect, test } from '../till-page/scripted-till.ts';

/* Amounts by touch and by key, and the keys on the screen. */

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });

test('amounts are added like on a calculator: each is a line of the tape, the total is charged, and a wrong line is taken back', async ({ app }) => {
  const { page } = app;
  const words = await watchWords(page);
  await app.touch('1', '2', '5', '0', 'Add to the total', '3', '00');
  await expect(total(app)).toHaveText('$15.50');
  await expect(page.getByRole('list', { name: 'Added up' }).getByRole('listitem')).toHaveText(['$12.50', '+ $3.00']);
  await app.type('+45');
  await expect(total(app)).toHaveText('$15.95');
  await app.type(['Backspace', 'Backspace', 'Backspace']);
  await expect(total(app)).toHaveText('$15.50');
  await expect(page.getByRole('button', { name: /^Charge \$15\.50/u })).toBeEnabled();
  await page.getByRole('textbox', { name: 'Description' }).fill('Two things');
  await app.charge();
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 1_550 }]);
  // Back: one amount again, that the next digit replaces.
  await app.type(['Escape']);
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(total(app)).toHaveText('$15.50');
  await expect(page.getByRole('list', { name: 'Added up' })).toBeHidden();
  await app.type('7');
  await expect(total(app)).toHaveText('$0.07');
  await words.expectPlain();
});

test('with the decimal point the same keys mean dollars, by touch and by key', async ({ app }) => {
  const { page } = app;
  await app.touch('Manager');
  await page.getByRole('tab', { name: 'Screen and sound' }).click();
  await page.getByRole('button', { name: /How amounts are typed$/u }).click();
  await page.getByRole('option', { name: 'With the decimal point' }).click();
  await app.touch('Back to the till');
  await expect(page.getByRole('button', { name: '00', exact: true })).toBeHidden();
  await app.touch('3', '5', 'Decimal point', '7', '5', '9');
  await expect(total(app)).toHaveText('$35.75');
  await app.type(['Escape']);
  await app.type('12,5+3');
  await expect(total(app)).toHaveText('$15.50');
  // F-17: typed before the next keypad is there, the point counts as well.
  await page.getByRole('textbox', { name: 'Description' }).fill('Two things');
  await app.charge();
  await app.pay('paid', 10);
  await app.answerAfter(300);
  await app.type(['Enter', '1', '2', '.', '5', '0']);
  await expect(page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(total(app)).toHaveText('$12.50');
});

test('F1 shows every key over any screen, and nothing behind it hears one', async ({ app }) => {
  const { page } = app;
  const words = await watchWords(page);
  await app.enter('1799', 'Donut');
  await app.type(['F1']);
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByRole('term')).toHaveCount(31);
  await app.type(['5', '5', 'F9', 'F1']);
  await expect(dialog).toBeHidden();
  await expect(total(app)).toHaveText('$17.99');
  await app.type(['F1']);
  await expect(dialog).toBeVisible();
  await app.type(['Escape']);
  await expect(dialog).toBeHidden();
  await expect(total(app)).toHaveText('$17.99');
  expect(await app.begun()).toEqual([]);
  await words.expectPlain();
});

test('a key that is held acts once: F1 opens the list of keys and leaves it open, Ctrl+L locks once, and no repeat of Alt and a digit is left to the app', async ({ app }) => {
  const { page } = app;
  const keyboard = async (keys: readonly string[], held: string, times: number) => {
    for (const key of keys) await page.keyboard.down(key);
    for (let press = 0; press < times; press += 1) await page.keyboard.down(held);
  };
  const letGo = async (...keys: readonly string[]) => {
    for (const key of keys) await page.keyboard.up(key);
  };
  // By then the list is fetched.
  await app.wait(2_500);
  await keyboard([], 'F1', 1);
  await app.wait();
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeVisible();
  await keyboard([], 'F1', 4);
  await app.wait();
  await expect(dialog).toBeVisible();
  await letGo('F1');
  await app.type(['F1']);
  await expect(dialog).toBeHidden();

  await keyboard(['Control'], 'l', 5);
  await letGo('l', 'Control');
  expect(await app.asked('lockManager')).toHaveLength(1);

  await page.evaluate(() => {
    const left: string[] = [];
    addEventListener('keydown', ({ code, defaultPrevented }) => void (defaultPrevented || left.push(code)));
    Object.assign(window, { left });
  });
  await keyboard(['Alt'], '2', 5);
  await letGo('2', 'Alt');
  expect(await page.evaluate(() => (window as unknown as { readonly left: readonly string[] }).left)).toEqual(['AltLeft']);
  await expect(page.getByRole('textbox', { name: 'Description' })).toHaveValue('Repair');
});
