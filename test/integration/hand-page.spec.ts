import type { Locator } from 'playwright';
import { handStrokes, pressAt } from '../e2e/keys.ts';
import { watchWords } from '../e2e/plain-words.ts';
import type { ScriptedMain } from '../till-page/scripted-main.ts';
import { type ScriptedTill, expect, test } from '../till-page/scripted-till.ts';

/* A cashier's input with the keyboard, the numeric block and a finger mixed. */

const total = ({ page }: ScriptedTill) => page.getByRole('heading', { level: 1 });
const description = ({ page }: ScriptedTill) => page.getByRole('textbox', { name: 'Description' });
const seven = ({ page }: ScriptedTill) => page.getByRole('button', { name: '7', exact: true });
/** A physical key, which has another name on a keyboard of another language. */
async function pressAtPlace({ page }: ScriptedTill, pressed: { readonly key: string; readonly code: string; readonly ctrlKey?: boolean }): Promise<void> {
  await page.evaluate((key) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { ...key, bubbles: true, cancelable: true })), pressed);
}

test('C-12: letters typed on the keypad go into the description, digits into the amount', async ({ app }) => {
  await app.type(['1', '2', 'T', 'e', 'a', ' ', 't', 'o', ' ', 'g', 'o', 'x', 'Backspace', '5', '0']);
  await expect(description(app)).toHaveValue('Tea to go');
  await expect(total(app)).toHaveText('$12.50');
  await expect(description(app)).not.toBeFocused();
});

test('the buttons of descriptions have keys: Alt and a digit', async ({ app }) => {
  await app.type('1250');
  await app.send([{ key: '2', downMs: 0, upMs: 90, alt: true }]);
  await expect(description(app)).toHaveValue('Repair');
  await expect(app.page.getByRole('group', { name: 'Descriptions' }).getByRole('button', { name: 'Repair', exact: true })).toHaveAttribute('aria-keyshortcuts', 'Alt+2');
  await expect(total(app)).toHaveText('$12.50');
});

test('C-08: the numeric block without NumLock clears nothing, and says why', async ({ app }) => {
  await app.type('1250');
  await pressAtPlace(app, { key: 'Delete', code: 'NumpadDecimal' });
  await pressAtPlace(app, { key: 'Home', code: 'Numpad7' });
  await app.wait();
  await expect(app.page.locator('#root').getByText('NumLock is off.')).toBeVisible();
  await expect(total(app)).toHaveText('$12.50');
});

test('C-08: the point of the numeric block changes no amount that is typed cents first', async ({ app }) => {
  await app.type(['1', '2']);
  await pressAtPlace(app, { key: '.', code: 'NumpadDecimal' });
  await pressAtPlace(app, { key: ',', code: 'NumpadDecimal' });
  await app.wait();
  await expect(total(app)).toHaveText('$0.12');
  await app.type(['5', '0']);
  await expect(total(app)).toHaveText('$12.50');
  await expect(description(app)).toHaveValue('');
});

test('C-09: digits that came like a scan are an amount with one press', async ({ app }) => {
  await app.scan('481250', { end: [] });
  await expect(description(app)).toHaveValue('481250');
  await app.touch('Use as amount');
  await expect(total(app)).toHaveText('$4,812.50');
  await expect(description(app)).toHaveValue('');
});

test('C-11: Cancel sale clears the sale for the next customer', async ({ app }) => {
  await app.enter('2600', 'Repair');
  await app.charge();
  await app.pay('declined');
  await app.says('DECLINED');
  await app.page.getByRole('button', { name: /^Cancel sale/u }).click();
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$0.00');
  await expect(description(app)).toHaveValue('');
});

test('C-10: Enter in the first moment of PAID is kept; a digit begins the next sale with itself', async ({ app }) => {
  const words = await watchWords(app.page);
  await app.enter('2600', 'Repair');
  await app.type(['Enter']);
  await app.pay('paid', 10);
  await app.send(handStrokes(['Enter']));
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$0.00');
  await app.enter('1799', 'Donut');
  await app.type(['Enter']);
  await app.pay('paid', 10);
  await expect(app.page.locator('.result-paid')).toBeVisible();
  await app.send(handStrokes('4'));
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$0.04');
  await expect(description(app)).toHaveValue('');
  await words.expectPlain();
});

const PRESSED_TWICE: Readonly<Record<string, (charge: Locator) => Promise<void>>> = {
  'a double click': (charge) => charge.dblclick(),
  async 'a finger that bounces'(charge) {
    const { x, y } = (await charge.boundingBox())!;
    for (let press = 0; press < 2; press += 1) await pressAt(charge.page(), { x: x + 20, y: y + 20 }, true);
  },
};

test.for(Object.keys(PRESSED_TWICE))('F-08: %s on Charge begins one sale, and does not leave it', async (by, { app }) => {
  await app.enter('1265', 'Repair');
  // The keypad is still there at the second press.
  await app.answerAfter(300);
  await PRESSED_TWICE[by]!(app.page.getByRole('button', { name: /^Charge/u }));
  await app.wait(1_000);
  await app.says('Ready for the card.');
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 12_65 }]);
  const sales = (await app.asked('charge')).map((order) => (order as { readonly saleId: string }).saleId);
  expect(new Set(sales).size).toBe(1);
  expect(await app.asked('goBack')).toEqual([]);
});

test.for(['Enter', 'F9'])('Esc right after Charge (%s), before main has taken it, goes back from that sale and keeps what was entered', async (key, { app }) => {
  const { page } = app;
  await app.enter('1250', 'Repair');
  await page.locator('h1').focus();
  await app.answerAfter(300);
  await app.type([key, 'Escape']);
  expect(await app.begun()).toEqual([{ by: 'charge', amountInCents: 12_50 }]);
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$12.50');
  await expect(description(app)).toHaveValue('Repair');
  await app.type(['Escape']);
  await expect(total(app)).toHaveText('$0.00');
});

test.for(['Esc', 'a finger'])('F-17: an amount typed right after Back (by %s), before the keypad is there, loses no digit', async (by, { app }) => {
  await app.enter('1799', 'Repair');
  await app.charge();
  await app.answerAfter(300);
  if (by === 'Esc') await app.type(['Escape', '2', '2', '0', '0']);
  else {
    await app.wait();
    await app.page.getByRole('button', { name: /^Back/u }).click();
    await app.type('2200');
  }
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$22.00');
  await expect(description(app)).toHaveValue('Repair');
});

test.for(['Back', 'PAID'])('F-17: a digit that is taken back, and an amount that is added, before the keypad is there, count as on it (after %s)', async (after, { app }) => {
  await app.enter('1799', 'Repair');
  await app.charge();
  if (after === 'PAID') await app.pay('paid');
  await app.answerAfter(300);
  await app.type([...(after === 'Back' ? ['Escape'] : []), '1', '3', 'Backspace', '4', '+', '5']);
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$0.19');
});

test('F-17: an amount typed right after Cancel sale, before the keypad is there, loses no digit', async ({ app }) => {
  await app.enter('1799', 'Repair');
  await app.charge();
  await app.pay('declined');
  await app.answerAfter(300);
  await app.type(['Escape', '2', '2', '0', '0']);
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$22.00');
});

test('what is typed after a Back that comes too late, because the customer has just pressed Pay, is no amount of the next sale', async ({ app }) => {
  await app.enter('1799', 'Repair');
  await app.charge();
  await app.page.evaluate(() => (window as unknown as { readonly scriptedMain: ScriptedMain }).scriptedMain.submit(1_000));
  await app.type(['Escape', '2', '2']);
  expect(await app.asked('goBack')).toHaveLength(1);
  await app.wait(1_000);
  await app.page.evaluate(() => (window as unknown as { readonly scriptedMain: ScriptedMain }).scriptedMain.end('paid'));
  await app.says('PAID');
  await app.wait();
  await app.type(['Enter']);
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$0.00');
});

test('F-17: an amount typed right after Esc, which came right after Charge, loses no digit', async ({ app }) => {
  await app.enter('1250', 'Repair');
  await app.page.locator('h1').focus();
  await app.answerAfter(300);
  await app.type(['Enter', 'Escape', '2', '2', '0', '0']);
  await expect(seven(app)).toBeVisible();
  await expect(total(app)).toHaveText('$22.00');
});

test('Esc after a charge that main refused clears the amount', async ({ app }) => {
  await app.type('1250');
  await app.type(['Enter', 'Escape']);
  expect(await app.begun()).toEqual([]);
  await expect(total(app)).toHaveText('$0.00');
});

test('C-13: Ctrl+L is found by its place, as on a Cyrillic keyboard', async ({ app }) => {
  await app.type(['F10']);
  await expect(app.page.getByRole('tab').first()).toBeVisible();
  await pressAtPlace(app, { key: 'д', code: 'KeyL', ctrlKey: true });
  await app.wait();
  await expect(seven(app)).toBeVisible();
  expect(await app.asked('lockManager')).toHaveLength(1);
});

test('F-32: the same amount and description a moment after a payment has to be confirmed; Enter alone, and a tap as the question appears, charge nothing', async ({ app }) => {
  const { page } = app;
  await app.enter('1799', 'One donut');
  await app.charge();
  await app.pay('paid');
  await page.getByRole('button', { name: 'New sale' }).click();
  await app.enter('1799', 'One donut');
  // A double tap: its second half comes when the question appears, and does not answer it.
  await page.evaluate(() => {
    const observer = new MutationObserver(() => {
      const button = document.querySelector<HTMLElement>('.hand > .charge');
      if (button?.textContent.endsWith('again F9') !== true) return;
      observer.disconnect();
      button.click();
    });
    observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  await page.getByRole('button', { name: /^Charge/u }).click();
  await app.wait(100);
  // Nor does one, or a key, before the question could be read.
  await page.locator('.hand > .charge').click({ force: true });
  await app.send(handStrokes(['F9']));
  expect(await app.begun()).toHaveLength(1);
  await expect(page.getByRole('note')).toHaveText(/^The same amount was paid \d+ s ago \(•••• 4242\)\. Charge again only if it is another sale\.$/u);
  await page.locator('#root').getByText('Register 1').click();
  await app.type(['Enter']);
  await expect(page.getByRole('button', { name: /^Charge .* again/u })).toBeEnabled();
  expect(await app.begun()).toHaveLength(1);
  await app.type(['F9']);
  expect(await app.begun()).toHaveLength(2);
  expect((await app.asked('charge')).at(-1)).toMatchObject({ confirmed: ['paid-just-now'] });
});
