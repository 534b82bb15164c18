import { channels } from '../../contract/channels.ts';
import { LONGEST_DESCRIPTION } from '../../contract/description.ts';
import { LARGEST_AMOUNT_IN_CENTS, SMALLEST_AMOUNT_IN_CENTS } from '../../contract/money.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { CARDS } from '../e2e/card-form.ts';
import { watchWords } from '../e2e/plain-words.ts';
import { type ScriptedTill, expect, test } from '../till-page/scripted-till.ts';

/* Input that cannot be charged gets one sentence, and stays. Main's refusals: unit/money, unit/description, unit/register; the line in the log: unit/input-log. */

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });
const description = ({ page }: ScriptedTill) => page.getByRole('textbox', { name: 'Description' });
const sentence = ({ page }: ScriptedTill) => page.getByRole('note');

/** A paste without the machine's clipboard, which tests would share. */
async function paste({ page }: ScriptedTill, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** Main would refuse a call that it cannot parse, and log it. */
async function expectReadable(app: ScriptedTill): Promise<void> {
  for (const name of ['edit', 'charge', 'inputRefused'] as const) {
    for (const input of await app.asked(name)) expect(channels.till.calls[name].input.safeParse(input).success, JSON.stringify(input)).toBe(true);
  }
}

test('F-28: an amount that cannot be charged gets one sentence, and the typed text stays', async ({ app }) => {
  const { page } = app;
  const words = await watchWords(page);
  await description(app).fill('Repair');
  const charge = (digits: string, problem?: ChargeProblem) => async () => {
    if (problem !== undefined) await app.refuse(problem);
    await app.type([...digits.split(''), 'Enter']);
    expect((await app.asked('charge')).at(-1)).toMatchObject({ amountInCents: Number(digits), description: 'Repair' });
  };
  const tooSmall = { kind: 'amount-too-small', smallestInCents: SMALLEST_AMOUNT_IN_CENTS } as const;
  const largest = 'The largest amount is $999,999.99.';
  const noAmount = 'That is not an amount. Type it instead.';
  const cases: readonly { readonly entered: () => Promise<void>; readonly shown: string; readonly says: string; readonly refused?: string }[] = [
    { entered: charge(''), shown: '$0.00', says: 'Type the amount first.' },
    { entered: charge('000'), shown: '$0.00', says: 'Type the amount first.' },
    { entered: charge('1', tooSmall), shown: '$0.01', says: 'The smallest amount is $0.51.' },
    { entered: charge('50', tooSmall), shown: '$0.50', says: 'The smallest amount is $0.51.' },
    { entered: () => app.type('999999990'), shown: '$999,999.99', says: largest, refused: 'amount-too-large' },
    { entered: () => app.touch('5', '0', '0', '0', '0', '0', '00', '00'), shown: '$500,000.00', says: largest, refused: 'amount-too-large' },
    { entered: () => paste(app, '1000000.00'), shown: '$0.00', says: largest, refused: 'amount-too-large' },
    ...['-5.00', 'abc', '12,34', '1e3', CARDS.pays].map((text) => ({ entered: () => paste(app, text), shown: '$0.00', says: noAmount, refused: 'not-an-amount' })),
  ];
  for (const { entered, shown, says, refused } of cases) {
    await page.getByRole('button', { name: /^Clear/u }).click();
    const before = (await app.asked('inputRefused')).length;
    await entered();
    await expect(sentence(app)).toHaveText(says);
    await expect(total(app)).toHaveText(shown);
    await expect(description(app)).toHaveValue('Repair');
    expect((await app.asked('inputRefused')).slice(before)).toMatchObject(refused === undefined ? [] : [{ what: refused }]);
  }
  expect(await app.begun()).toEqual([]);

  // The last sentence is about the last action.
  await expect(sentence(app)).toHaveText(noAmount);
  await app.type(['Enter']);
  await expect(sentence(app)).toHaveText('Type the amount first.');

  // A paste that is no amount does not clear the amount, and the next digit removes the sentence.
  await paste(app, '1,234.56');
  await expect(total(app)).toHaveText('$1,234.56');
  await expect(sentence(app)).toBeEmpty();
  await paste(app, 'abc');
  await expect(total(app)).toHaveText('$1,234.56');
  await app.type(['Backspace']);
  await expect(total(app)).toHaveText('$123.45');
  await expect(sentence(app)).toBeEmpty();
  await expectReadable(app);
  await words.expectPlain();
});

test('F-28: the smallest and the largest amount are charged; a large one has to be confirmed, and Enter alone does not confirm it', async ({ app }) => {
  const { page } = app;
  await app.enter('51', 'Repair');
  await app.charge();
  await app.type(['Escape']);
  await expect(total(app)).toHaveText('$0.51');
  await page.getByRole('button', { name: /^Clear/u }).click();
  await app.enter('99999999', 'Repair');
  await app.refuse({ kind: 'amount-unusual' });
  await app.charge();
  await expect(sentence(app)).toHaveText('That is a large amount. Check it, then press F9 to charge.');
  await app.type(['Enter']);
  await expect(page.getByRole('button', { name: /^Charge/u }).filter({ hasText: 'F9' })).toBeEnabled();
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: SMALLEST_AMOUNT_IN_CENTS }]);
  await app.type(['F9']);
  expect((await app.begun()).at(-1)).toEqual({ by: 'charge', amountInCents: LARGEST_AMOUNT_IN_CENTS });
  expect((await app.asked('charge')).at(-1)).toMatchObject({ confirmed: ['amount-unusual'] });
  await expectReadable(app);
});

test('a description that cannot be used gets one sentence, and amount and description stay', async ({ app }) => {
  const words = await watchWords(app.page);
  await app.type('1250');
  const long = `Long story. ${'ab '.repeat(700)}`.slice(0, 2_000);
  const missing = 'Add a description: type one or pick one.';
  const cases: readonly { readonly typed: string; readonly problem?: ChargeProblem; readonly says: string | null }[] = [
    { typed: '', says: missing },
    { typed: ' \u00A0 ', says: missing },
    { typed: long, problem: { kind: 'description-too-long', longest: LONGEST_DESCRIPTION }, says: 'The description is too long. Keep it under 200 characters.' },
    { typed: '👩‍👩‍👧‍👦'.repeat(150).slice(0, 2_000), says: null },
    { typed: '☕️ Café', says: null },
  ];
  for (const { typed, problem, says } of cases) {
    const before = (await app.begun()).length;
    await description(app).fill(typed);
    if (problem !== undefined) await app.refuse(problem);
    await app.type(['Enter']);
    expect((await app.asked('charge')).at(-1)).toMatchObject({ amountInCents: 1_250, description: typed });
    expect((await app.begun()).length - before).toBe(says === null ? 1 : 0);
    if (says === null) await app.type(['Escape']);
    else await expect(sentence(app)).toHaveText(says);
    await expect(total(app)).toHaveText('$12.50');
    await expect(description(app)).toHaveValue(typed);
  }
  await expectReadable(app);
  await words.expectPlain();
});
