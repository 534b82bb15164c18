import { typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import { expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* Amounts by touch and by key, and the keys on the screen. */

const total = ({ till }: TillApp) => till.getByRole('heading', { level: 1 });
const description = ({ till }: TillApp) => till.getByRole('textbox', { name: 'Description' });
const touch = async ({ till }: TillApp, keys: readonly string[]) => {
  for (const name of keys) await till.getByRole('button', { name, exact: true }).click();
};

test('amounts are added like on a calculator: each is a line of the tape, the total is charged, and a wrong line is taken back', async ({ app }) => {
  const words = await watchWords(app.till);
  await touch(app, ['1', '2', '5', '0', 'Add to the total', '3', '00']);
  await expect(total(app)).toHaveText('$15.50');
  await expect(app.till.getByRole('list', { name: 'Added up' }).getByRole('listitem')).toHaveText(['$12.50', '+ $3.00']);
  await app.till.keyboard.press('+');
  await typeByHand(app.till, '45');
  await expect(total(app)).toHaveText('$15.95');
  for (let key = 0; key < 3; key += 1) await app.till.keyboard.press('Backspace');
  await expect(total(app)).toHaveText('$15.50');
  await expect(app.till.getByRole('button', { name: /^Charge \$15\.50/u })).toBeEnabled();
  await description(app).fill('Two things');
  await app.charge();
  const form = await app.form();
  await expect(form.page.getByText('$15.50').first()).toBeVisible();
  // Back: one amount again, that the next digit replaces.
  await app.till.keyboard.press('Escape');
  await expect(app.till.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(total(app)).toHaveText('$15.50');
  await expect(app.till.getByRole('list', { name: 'Added up' })).toBeHidden();
  await app.till.keyboard.press('7');
  await expect(total(app)).toHaveText('$0.07');
  await words.expectPlain();
});

test('with the decimal point the same keys mean dollars, by touch and by key', async ({ app }) => {
  await app.till.getByRole('button', { name: 'Manager', exact: true }).click();
  await app.till.getByRole('tab', { name: 'Screen and sound' }).click();
  await app.till.getByRole('button', { name: /How amounts are typed$/u }).click();
  await app.till.getByRole('option', { name: 'With the decimal point' }).click();
  await app.till.getByRole('button', { name: 'Back to the till' }).click();
  await expect(app.till.getByRole('button', { name: '00', exact: true })).toBeHidden();
  await touch(app, ['3', '5', 'Decimal point', '7', '5', '9']);
  await expect(total(app)).toHaveText('$35.75');
  await app.till.keyboard.press('Escape');
  await typeByHand(app.till, '12,5+3');
  await expect(total(app)).toHaveText('$15.50');
});

test('F1 shows every key over any screen, and nothing behind it hears one', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  await app.enter('1799', 'Donut');
  await till.keyboard.press('F1');
  const dialog = till.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog.getByRole('term')).toHaveCount(15);
  await typeByHand(till, '55');
  await till.keyboard.press('F9');
  await till.keyboard.press('F1');
  await expect(dialog).toBeHidden();
  await expect(total(app)).toHaveText('$17.99');
  await till.keyboard.press('F1');
  await till.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(total(app)).toHaveText('$17.99');
  await words.expectPlain();
});
