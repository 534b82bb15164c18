import { watchWords } from '../e2e/plain-words.ts';
import { type ScriptedTill, expect, test } from '../till-page/scripted-till.ts';

/* A scanner at every screen, and a finger on the keypad with a keyboard beside it. */

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });
const description = ({ page }: ScriptedTill) => page.getByRole('textbox', { name: 'Description' });
const note = ({ page }: ScriptedTill, sentence: string) => page.locator('#root').getByText(sentence);
/** Charged once, and left again. */
async function chargesWithEnter(app: ScriptedTill, amountInCents: number, shown: string): Promise<void> {
  const before = (await app.begun()).length;
  await app.type(['Enter']);
  expect((await app.begun()).slice(before)).toEqual([{ by: 'charge', amountInCents }]);
  await app.type(['Escape']);
  await expect(app.page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(total(app)).toHaveText(shown);
}

test('C-01, C-02: after a touch on the keypad, on Clear, Backspace, + or a preset, Enter charges what is shown and presses nothing again', async ({ app }) => {
  const { page } = app;
  await description(app).fill('Repair');
  await app.touch('5', '00');
  await expect(total(app)).toHaveText('$5.00');
  // Neither does Space, nor a key that is held.
  await app.type(' ');
  await expect(total(app)).toHaveText('$5.00');
  await expect(description(app)).toHaveValue('Repair');
  await chargesWithEnter(app, 500, '$5.00');
  await app.touch('Add to the total', '3', '00');
  await expect(total(app)).toHaveText('$8.00');
  await chargesWithEnter(app, 800, '$8.00');
  await app.touch('7', 'Backspace', '4', '00');
  await app.touch('Deposit');
  await expect(description(app)).toHaveValue('Deposit');
  await chargesWithEnter(app, 400, '$4.00');
  // Amounts typed after a touch are amounts, also where the cursor was in the description.
  await description(app).focus();
  await page.getByRole('button', { name: /^Clear/u }).click();
  await app.type('1250');
  await expect(total(app)).toHaveText('$12.50');
  await expect(description(app)).toHaveValue('Deposit');
});

test('F-26, C-03, C-04, C-05: a scan is no amount and charges nothing, short or slow, whatever it ends with; it becomes the description where there is none', async ({ app }) => {
  const words = await watchWords(app.page);
  await app.type('1250');
  await app.scan('4006381333931', { end: ['Enter', 'Enter'] });
  await expect(note(app, 'Barcode taken as the description.')).toBeVisible();
  await expect(description(app)).toHaveValue('4006381333931');
  for (const [code, set] of [
    ['48213', {}],
    ['96385074', { gapMs: 60 }],
    ['96385074', { gapMs: 100, end: ['Tab'] }],
    ['9780201379624', { end: [] }],
  ] as const) {
    await app.scan(code, set);
    await expect(note(app, 'Barcode ignored.')).toBeVisible();
    await expect(total(app)).toHaveText('$12.50');
    await expect(description(app)).toHaveValue('4006381333931');
    await app.type(['Backspace']);
    await expect(note(app, 'Barcode ignored.')).toBeHidden();
    await expect(total(app)).toHaveText('$1.25');
    await app.type('0');
    await expect(total(app)).toHaveText('$12.50');
  }
  expect(await app.begun()).toEqual([]);
  // A practised hand is no scanner: its keys overlap, and all of them count.
  await app.type(['Escape']);
  await app.type(['2', '4', '9', '9', '5', 'Enter']);
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 24_995 }]);
  await words.expectPlain();
});

test('C-05: ambiguous keys stay as an amount, do not charge with their own Enter, and the till says so', async ({ app }) => {
  await description(app).fill('Repair');
  await total(app).focus();
  // A program that types for a scanner: each key is down until shortly before the next.
  await app.scan('48213', { gapMs: 95, downMs: 90 });
  await expect(note(app, 'Check the amount, then press Enter again to charge $482.13.')).toBeVisible();
  await expect(total(app)).toHaveText('$482.13');
  expect(await app.begun()).toEqual([]);
  await chargesWithEnter(app, 48_213, '$482.13');
});

test('C-06, C-54: in the description a scan is taken and charges nothing; signs of another keyboard are taken too, and named', async ({ app }) => {
  const words = await watchWords(app.page);
  await app.type('1250');
  await description(app).focus();
  await app.scan('AB-12', { end: ['Enter', 'Enter'] });
  await expect(note(app, 'Barcode taken as the description.')).toBeVisible();
  await expect(description(app)).toHaveValue('AB-12');
  await expect(total(app)).toHaveText('$12.50');
  await description(app).fill('');
  await total(app).focus();
  await app.scan('$))^#*!###(#!');
  await expect(note(app, 'the scanner is set for another keyboard')).toBeVisible();
  await expect(description(app)).toHaveValue('$))^#*!###(#!');
  await expect(total(app)).toHaveText('$12.50');
  expect(await app.begun()).toEqual([]);
  await words.expectPlain();
});

test('C-07: no key of a scan presses anything: on DECLINED and PAID, on the keys, at the last sale, at a PIN, and in a form of the manager', async ({ app }) => {
  const { page } = app;
  const words = await watchWords(page);
  await app.enter('2500', 'Repair');
  await app.charge();
  await app.pay('declined');
  await app.says('DECLINED');
  const again = page.getByRole('button', { name: /^Try again/u });
  await expect(again).toBeEnabled();
  await again.focus();
  for (const [code, set] of [['12', {}], ['A 1', {}], ['48213', { gapMs: 95, end: ['Enter', 'Enter'] }], ['4006381333931', { end: ['F9'] }]] as const) await app.scan(code, set);
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await app.type(['F1']);
  await expect(help).toBeVisible();
  await app.scan('48213');
  await expect(help).toBeVisible();
  await app.type(['F1']);
  await app.says('DECLINED');
  expect(await app.begun()).toHaveLength(1);

  await again.click();
  await app.wait();
  await app.pay('paid');
  await app.says('PAID');
  const next = page.getByRole('button', { name: /New sale/u });
  await expect(next).toBeEnabled();
  await next.focus();
  await app.scan('4006381333931');
  await app.says('PAID');
  await next.click();
  // No digit was typed ahead.
  await expect(total(app)).toHaveText('$0.00');

  await app.type(['F4']);
  await expect(page.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  await app.scan('48213');
  await expect(page.getByRole('heading', { name: 'Last sale' })).toBeVisible();
  await app.type(['Escape']);

  await app.type(['F10']);
  await page.getByRole('tab', { name: 'Manager PIN' }).click();
  const pin = page.getByLabel('New PIN', { exact: true });
  await pin.focus();
  await app.scan('48291357');
  await expect(note(app, 'That was a barcode, not a PIN.')).toBeVisible();
  await expect(pin).toHaveValue('');
  await page.getByRole('tab', { name: 'Sales and limits' }).click();
  const smallest = page.getByRole('textbox', { name: 'Smallest amount' });
  await smallest.fill('');
  await app.scan('48213');
  await expect(smallest).toHaveValue('48213');
  await expect(note(app, 'Saved.')).toBeHidden();
  expect(await app.asked('changeSettings')).toEqual([]);
  expect(await app.begun()).toHaveLength(2);
  await words.expectPlain();
});
