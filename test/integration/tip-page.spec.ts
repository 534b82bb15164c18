import { ASKED_FOR_TIP, AT_REST } from '../till-page/snapshots.ts';
import { type ScriptedTill, expect, testOn } from '../till-page/scripted-till.ts';

/* The customer chooses a tip, on the built page of the till. */

const test = testOn({ ...AT_REST, sale: ASKED_FOR_TIP });

const chosen = async ({ asked }: ScriptedTill) => (await asked('chooseTip')).map((input) => (input as { readonly tipInCents: number }).tipInCents);

test('by keyboard: 1, 2 and 3 are the choices, 0 and Enter no tip, Esc the keypad; what comes before the screen was seen chooses nothing', async ({ app }) => {
  await app.type('2');
  expect(await chosen(app)).toEqual([]);
  for (const key of ['1', '2', '3', '0']) await app.type(key);
  await app.type(['Enter']);
  expect(await chosen(app)).toEqual([270, 324, 360, 0, 0]);
  await app.type(['Escape']);
  expect(await app.asked('goBack')).toEqual([{ saleId: ASKED_FOR_TIP.saleId }]);
  for (const key of ['5', '9', 'a']) await app.type(key);
  expect(await chosen(app)).toHaveLength(5);
});

test('back at the keypad what was typed is there, and the next Esc clears it', async ({ app }) => {
  const keypad = { ...AT_REST, sale: { kind: 'entering', saleId: ASKED_FOR_TIP.saleId, amountInCents: 1_799, description: 'One donut', problem: null } } as const;
  await app.push(keypad);
  await app.wait();
  await app.push({ ...AT_REST, sale: ASKED_FOR_TIP });
  await app.wait();
  await app.type(['Escape']);
  await app.push(keypad);
  await app.wait();
  await expect(app.page.getByRole('heading', { level: 1, name: /17\.99/u })).toBeVisible();
  await app.type(['Escape']);
  expect(await app.asked('edit')).toEqual([{ saleId: ASKED_FOR_TIP.saleId, amountInCents: 0, description: 'One donut' }]);
});

test('F-17: digits typed right after Esc, before the keypad is there, choose no tip and are the amount', async ({ app }) => {
  await app.wait();
  await app.answerAfter(300);
  await app.type(['Escape', '2', '1', '0', '0']);
  expect(await chosen(app)).toEqual([]);
  await expect(app.page.getByRole('button', { name: '7', exact: true })).toBeVisible();
  await expect(app.page.getByRole('heading', { level: 1, name: /21\.00/u })).toBeVisible();
});

test('by touch, and by the cashier’s hand', async ({ app }) => {
  await app.wait();
  await app.page.locator('.tip-choice').nth(1).click();
  await app.page.getByRole('button', { name: /^No tip/u }).click();
  await app.page.getByRole('button', { name: 'Continue without a tip' }).click();
  expect(await chosen(app)).toEqual([324, 0, 0]);
});

test('a code that is scanned by mistake chooses nothing, neither by its digits nor by its Enter', async ({ app }) => {
  await app.wait();
  for (const code of ['1', '12', '123', '4006381333931', '0000']) await app.scan(code);
  expect(await chosen(app)).toEqual([]);
  await expect(app.page.getByRole('heading', { name: 'Would you like to add a tip?' })).toBeVisible();
});

test('an amount of the customer’s own: typed or touched, added with Enter; Esc goes back to the choices, and a scan adds nothing', async ({ app }) => {
  const { page } = app;
  await app.wait();
  await app.type('4');
  await expect(page.getByRole('heading', { name: 'Your tip' })).toBeVisible();
  await app.type('50');
  await app.touch('0', 'Backspace', '0');
  await expect(page.locator('#root').getByText('Total $22.99', { exact: true })).toBeVisible();
  await app.type(['Enter']);
  expect(await chosen(app)).toEqual([500]);
  await app.scan('99');
  expect(await chosen(app)).toEqual([500]);
  await app.type(['Escape']);
  await expect(page.getByRole('heading', { name: 'Would you like to add a tip?' })).toBeVisible();
  expect(await app.asked('goBack')).toEqual([]);
});

test('more than the register takes is refused before it is asked for', async ({ app }) => {
  await app.push({ ...AT_REST, sale: { ...ASKED_FOR_TIP, offer: { ...ASKED_FOR_TIP.offer, anotherUpToInCents: 1_000 } } });
  await app.wait();
  await app.type('4');
  await app.type('1001');
  await expect(app.page.locator('#root').getByText('At most $10.00.', { exact: true })).toBeVisible();
  await app.type(['Enter']);
  expect(await chosen(app)).toEqual([]);
});

test('a tip that may be mistyped is confirmed with F9 and never with Enter; one that was kept is charged with Enter', async ({ app }) => {
  await app.push({ ...AT_REST, sale: { ...ASKED_FOR_TIP, chosenInCents: 50_000, isDoubtful: true } });
  await app.wait();
  await expect(app.page.getByRole('note')).toHaveText('A tip of $500.00 is unusual. Ask the customer, then press F9 to charge.');
  await app.type(['Enter']);
  expect(await app.asked('chooseTip')).toEqual([]);
  await app.type(['F9']);
  expect(await app.asked('chooseTip')).toEqual([{ saleId: ASKED_FOR_TIP.saleId, tipInCents: 50_000, isConfirmed: true }]);
  await app.push({ ...AT_REST, sale: { ...ASKED_FOR_TIP, chosenInCents: 324, problem: { kind: 'no-connection', trouble: 'no-answer', code: 'x' } } });
  await app.wait();
  await app.type(['Enter']);
  expect(await chosen(app)).toEqual([50_000, 324]);
});
