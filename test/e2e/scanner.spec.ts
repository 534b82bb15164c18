import { CARDS } from './card-form.ts';
import { scan, typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import { expect, test } from './connected-till.ts';
import type { TillApp } from './till-app.ts';

/* A scanner at every screen, and a finger on the keypad with a keyboard beside it. */

const total = ({ till }: TillApp) => till.getByRole('heading', { level: 1 });
const description = ({ till }: TillApp) => till.getByRole('textbox', { name: 'Description' });
const touch = async ({ till }: TillApp, keys: readonly string[]) => {
  for (const name of keys) await till.getByRole('button', { name, exact: true }).click();
};
/** What is charged, if anything: the form shows it. Left again. */
const chargesWithEnter = async (app: TillApp, amount: string) => {
  await app.till.keyboard.press('Enter', { delay: 60 });
  await expect((await app.form()).page.locator('#amount')).toHaveText(amount);
  await app.till.keyboard.press('Escape');
  await expect(total(app)).toHaveText(amount);
};

test('C-01, C-02: after a touch on the keypad, on Clear, Backspace, + or a preset, Enter charges what is shown and presses nothing again', async ({ app }) => {
  const { till } = app;
  await description(app).fill('Repair');
  await touch(app, ['5', '00']);
  await expect(total(app)).toHaveText('$5.00');
  // Neither does Space, nor a key that is held.
  await till.keyboard.press('Space', { delay: 60 });
  await expect(total(app)).toHaveText('$5.00');
  await expect(description(app)).toHaveValue('Repair');
  await chargesWithEnter(app, '$5.00');
  await touch(app, ['Add to the total', '3', '00']);
  await expect(total(app)).toHaveText('$8.00');
  await chargesWithEnter(app, '$8.00');
  await touch(app, ['7', 'Backspace', '4', '00']);
  await touch(app, ['Deposit']);
  await expect(description(app)).toHaveValue('Deposit');
  await chargesWithEnter(app, '$4.00');
  // Amounts typed after a touch are amounts, also where the cursor was in the description.
  await description(app).focus();
  await till.getByRole('button', { name: /^Clear/u }).click();
  await typeByHand(till, '1250');
  await expect(total(app)).toHaveText('$12.50');
  await expect(description(app)).toHaveValue('Deposit');
});

test('F-26, C-03, C-04, C-05: a scan is no amount and charges nothing, short or slow, whatever it ends with; it becomes the description where there is none', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  await typeByHand(till, '1250');
  await scan(till, '4006381333931', { end: ['Enter', 'Enter'] });
  await expect(till.locator('#root').getByText('Barcode taken as the description.')).toBeVisible();
  await expect(description(app)).toHaveValue('4006381333931');
  for (const [code, set] of [
    ['48213', {}],
    ['96385074', { gapMs: 60 }],
    ['96385074', { gapMs: 100, end: ['Tab'] }],
    ['9780201379624', { end: [] }],
  ] as const) {
    await scan(till, code, set);
    await expect(till.locator('#root').getByText('Barcode ignored.')).toBeVisible();
    await expect(total(app)).toHaveText('$12.50');
    await expect(description(app)).toHaveValue('4006381333931');
    await typeByHand(till, ['Backspace']);
    await expect(till.locator('#root').getByText('Barcode ignored.')).toBeHidden();
    await expect(total(app)).toHaveText('$1.25');
    await typeByHand(till, '0');
    await expect(total(app)).toHaveText('$12.50');
  }
  // A practised hand is none: the keys roll, and all of them count.
  await typeByHand(till, ['Escape']);
  await typeByHand(till, ['2', '4', '9', '9', '5', 'Enter']);
  await expect((await app.form()).page.locator('#amount')).toHaveText('$249.95');
  expect(app.journal().events.filter(({ kind }) => kind === 'charge-asked')).toHaveLength(1);
  await words.expectPlain();
});

test('C-05: keys that may be either stand as an amount, charge nothing with their own Enter, and that is said', async ({ app }) => {
  const { till } = app;
  await description(app).fill('Repair');
  await total(app).focus();
  // A program that types for a scanner: each key is down until shortly before the next.
  await scan(till, '48213', { gapMs: 95, downMs: 90 });
  await expect(till.locator('#root').getByText('Check the amount, then press Enter again to charge $482.13.')).toBeVisible();
  await expect(total(app)).toHaveText('$482.13');
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('charge-asked');
  await chargesWithEnter(app, '$482.13');
});

test('C-06, C-54: in the description a scan is taken and charges nothing; signs of another keyboard are taken too, and named', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  await typeByHand(till, '1250');
  await description(app).focus();
  await scan(till, 'AB-12', { end: ['Enter', 'Enter'] });
  await expect(till.locator('#root').getByText('Barcode taken as the description.')).toBeVisible();
  await expect(description(app)).toHaveValue('AB-12');
  await expect(total(app)).toHaveText('$12.50');
  await description(app).fill('');
  await total(app).focus();
  await scan(till, '$))^#*!###(#!');
  await expect(till.locator('#root').getByText('the scanner is set for another keyboard')).toBeVisible();
  await expect(description(app)).toHaveValue('$))^#*!###(#!');
  await expect(total(app)).toHaveText('$12.50');
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('charge-asked');
  await words.expectPlain();
});

test('C-07: no key of a scan presses anything: on DECLINED and PAID, on the keys, at the last sale, at a PIN, and in a form of the manager', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  const newest = () => app.journal().events.at(-1)?.kind;
  await app.enter('2500', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  const again = till.getByRole('button', { name: /^Try again/u });
  await expect(again).toBeEnabled();
  const before = newest();
  await again.focus();
  for (const [code, set] of [['12', {}], ['A 1', {}], ['48213', { gapMs: 95, end: ['Enter', 'Enter'] }], ['4006381333931', { end: ['F9'] }]] as const) await scan(till, code, set);
  // Keys are handled in their order: what this one finds is what the scans have left.
  await typeByHand(till, ['F1']);
  await expect(till.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await scan(till, '48213');
  await expect(till.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await typeByHand(till, ['F1']);
  await app.says('DECLINED');
  expect(newest()).toBe(before);

  await again.click();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  const next = till.getByRole('button', { name: /New sale/u });
  await expect(next).toBeEnabled();
  await next.focus();
  await scan(till, '4006381333931');
  await app.says('PAID');
  await next.click();
  // Nothing was typed ahead.
  await expect(total(app)).toHaveText('$0.00');

  await typeByHand(till, ['F4']);
  await expect(till.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  await scan(till, '48213');
  await expect(till.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  await typeByHand(till, ['Escape']);

  await typeByHand(till, ['F10']);
  await till.getByRole('tab', { name: 'Manager PIN' }).click();
  const pin = till.getByLabel('New PIN', { exact: true });
  await pin.focus();
  await scan(till, '48291357');
  await expect(till.locator('#root').getByText('That was a barcode, not a PIN.')).toBeVisible();
  await expect(pin).toHaveValue('');
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  const name = till.getByRole('textbox', { name: 'Smallest amount' });
  await name.fill('');
  await scan(till, '48213');
  await expect(name).toHaveValue('48213');
  await expect(till.locator('#root').getByText('Saved.')).toBeHidden();
  await words.expectPlain();
});
