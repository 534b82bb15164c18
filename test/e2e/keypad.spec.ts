import type { Page } from 'playwright';
import { watchWords } from './plain-words.ts';
import { expect, test } from './till.ts';
import type { TillApp } from './till-app.ts';

/* Amounts by touch and by key, a scanner at the till, and the keys on the screen. */

const total = ({ till }: TillApp) => till.getByRole('heading', { level: 1 });
const description = ({ till }: TillApp) => till.getByRole('textbox', { name: 'What is it for?' });
const touch = async ({ till }: TillApp, keys: readonly string[]) => {
  for (const name of keys) await till.getByRole('button', { name, exact: true }).click();
};
/** Keys as a scanner sends them: no hand is that quick, and the whole burst is on its way at once. */
async function scan(page: Page, code: string, end: 'Enter' | 'Tab' | null = 'Enter'): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const now = Date.now() / 1000;
  const keys = [...code.split(''), ...(end === null ? [] : [end])];
  await Promise.all(
    keys.map((key, index) => {
      const isSign = key.length === 1;
      return session.send('Input.dispatchKeyEvent', { type: isSign ? 'keyDown' : 'rawKeyDown', key, code: key, timestamp: now + index * 0.008, ...(isSign ? { text: key, unmodifiedText: key } : { windowsVirtualKeyCode: key === 'Enter' ? 13 : 9 }) });
    }),
  );
  await session.detach();
}

test('amounts are added like on a calculator: each is a line of the tape, the total is charged, and a wrong line is taken back', async ({ app }) => {
  const words = await watchWords(app.till);
  await touch(app, ['1', '2', '5', '0', 'Add to the total', '3', '00']);
  await expect(total(app)).toHaveText('$15.50');
  await expect(app.till.getByRole('list', { name: 'Added up' }).getByRole('listitem')).toHaveText(['$12.50', '+ $3.00']);
  await app.till.keyboard.press('+');
  await app.till.keyboard.type('45', { delay: 60 });
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
  await app.till.keyboard.type('12,5+3', { delay: 60 });
  await expect(total(app)).toHaveText('$15.50');
});

test('F-26: a scan is never an amount and its Enter charges nothing; it becomes the description where there is none', async ({ app }) => {
  const { till } = app;
  await till.keyboard.type('12', { delay: 80 });
  await scan(till, '4006381333931');
  await expect(till.getByText('Barcode taken as the description.')).toBeVisible();
  await expect(total(app)).toHaveText('$0.12');
  await expect(description(app)).toHaveValue('4006381333931');
  await expect(till.getByRole('button', { name: /^Charge \$0\.12/u })).toBeVisible();
  await scan(till, '9780201379624', null);
  await expect(till.getByText('Barcode ignored.')).toBeVisible();
  await expect(total(app)).toHaveText('$0.12');
  await expect(description(app)).toHaveValue('4006381333931');
  // Into the description itself it may go, but its Enter goes nowhere.
  await description(app).fill('');
  await scan(till, 'ABC-123456');
  await expect(description(app)).toHaveValue('ABC-123456');
  await expect(total(app)).toHaveText('$0.12');

  // Over the result of a sale: nothing is dismissed, nothing is typed ahead.
  await till.getByRole('button', { name: /^Clear/u }).click();
  await app.enter('1799', 'Donut');
  await app.charge();
  await (await app.form()).payByCard('4242424242424242');
  await app.says('PAID');
  await expect(till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await scan(till, '4006381333931');
  await expect(till.getByRole('status').filter({ hasText: 'PAID' })).toBeVisible();
  await till.keyboard.press('Enter');
  await expect(total(app)).toHaveText('$0.00');
  expect(app.journal().sales.filter(({ kind }) => kind === 'paid')).toHaveLength(1);
});

test('F1 shows every key over any screen, and nothing behind it hears one', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  await app.enter('1799', 'Donut');
  await till.keyboard.press('F1');
  const dialog = till.getByRole('dialog', { name: 'Keys' });
  await expect(dialog.getByRole('term')).toHaveCount(10);
  await till.keyboard.type('55');
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
