import { AT_REST } from '../till-page/snapshots.ts';
import { type ScriptedTill, expect, testOn } from '../till-page/scripted-till.ts';

/* Buttons with a price, on the built page of the till with a scripted main. */

const test = testOn({ ...AT_REST, quickItems: [{ name: 'Coffee', priceInCents: 350 }, { name: 'Donut', priceInCents: 225 }] });

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });
const description = ({ page }: ScriptedTill) => page.getByRole('textbox', { name: 'Description' });
const tape = ({ page }: ScriptedTill) => page.getByRole('list', { name: 'Added up' }).getByRole('listitem');

test('by touch: each press is a line of the tape with its name, the names are the description, and the total is charged', async ({ app }) => {
  const { page } = app;
  for (const name of [/^Coffee/u, /^Donut/u, /^Coffee/u]) await page.getByRole('button', { name }).click();
  await expect(tape(app)).toHaveText(['Coffee $3.50', 'Donut $2.25', 'Coffee $3.50']);
  await expect(total(app)).toHaveText('$9.25');
  await expect(description(app)).toHaveValue('2 × Coffee, Donut');
  await app.touch('5', '00');
  await expect(total(app)).toHaveText('$14.25');
  await app.charge();
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 1_425 }]);
  expect((await app.asked('charge')).at(-1)).toMatchObject({ amountInCents: 1_425, description: '2 × Coffee, Donut' });
});

test('by key: Alt and a digit; Backspace takes a whole item back, its name too; a description that was typed stays', async ({ app }) => {
  const { page } = app;
  await app.type('125');
  await page.keyboard.press('Alt+Digit1');
  await page.keyboard.press('Alt+Digit2');
  await expect(tape(app)).toHaveText(['$1.25', 'Coffee $3.50', 'Donut $2.25']);
  await app.type(['Backspace']);
  await expect(total(app)).toHaveText('$4.75');
  await expect(description(app)).toHaveValue('Coffee');
  await description(app).fill('Breakfast');
  await page.getByRole('button', { name: /^Donut/u }).click();
  await expect(description(app)).toHaveValue('Breakfast');
  await expect(total(app)).toHaveText('$7.00');
  // The descriptions come after the items.
  await page.keyboard.press('Alt+Digit3');
  await expect(description(app)).toHaveValue('Counter sale');
});
