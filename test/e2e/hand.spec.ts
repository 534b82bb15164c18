import { CARDS } from './card-form.ts';
import { scan, typeByHand } from './keys.ts';
import { watchWords } from './plain-words.ts';
import { expect, test } from './connected-till.ts';

/* What a hand does at the counter, with the keyboard, the numeric block and a finger mixed. One till, one customer after the other. */

test('C-08 to C-13: letters become the description, Alt and a digit a button of it; a till without NumLock says so; what a scanner was taken for is undone with one press; after PAID the hand goes on at once', async ({ app }) => {
  const { till } = app;
  const words = await watchWords(till);
  const total = till.getByRole('heading', { level: 1 });
  const description = till.getByRole('textbox', { name: 'Description' });
  const keys = till.getByRole('button', { name: '7', exact: true });

  await test.step('C-12: letters typed on the keypad go into the description, digits into the amount', async () => {
    await typeByHand(till, ['1', '2', 'T', 'e', 'a', ' ', 't', 'o', ' ', 'g', 'o', 'x', 'Backspace', '5', '0']);
    await expect(description).toHaveValue('Tea to go');
    await expect(total).toHaveText('$12.50');
    await expect(description).not.toBeFocused();
  });

  await test.step('the buttons have keys', async () => {
    await till.keyboard.press('Alt+2');
    await expect(description).toHaveValue('Repair');
    await expect(till.getByRole('group', { name: 'Descriptions' }).getByRole('button', { name: 'Repair', exact: true })).toHaveAttribute('aria-keyshortcuts', 'Alt+2');
    await expect(total).toHaveText('$12.50');
  });

  await test.step('C-08: the numeric block without NumLock clears nothing, and says why', async () => {
    for (const [key, code] of [['Delete', 'NumpadDecimal'], ['Home', 'Numpad7']]) {
      await till.evaluate(([pressed, place]) => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: pressed!, code: place!, bubbles: true, cancelable: true })), [key, code]);
    }
    await expect(till.locator('#root').getByText('NumLock is off.')).toBeVisible();
    await expect(total).toHaveText('$12.50');
  });

  await test.step('C-09: digits that came like a scan are an amount with one press', async () => {
    await typeByHand(till, ['Escape']);
    await description.fill('');
    await till.locator('#root').getByText('Register 1').click();
    await scan(till, '481250', { end: [] });
    await expect(description).toHaveValue('481250');
    await till.getByRole('button', { name: 'Use as amount' }).click();
    await expect(total).toHaveText('$4,812.50');
    await expect(description).toHaveValue('');
  });

  await test.step('C-11: Cancel sale leaves nothing for the next customer', async () => {
    await typeByHand(till, ['Escape']);
    await app.enter('2600', 'Repair');
    await app.charge();
    await (await app.form()).payByCard(CARDS.declined);
    await app.says('DECLINED');
    await till.getByRole('button', { name: 'Cancel sale' }).click();
    await expect(keys).toBeVisible();
    await expect(total).toHaveText('$0.00');
    await expect(description).toHaveValue('');
  });

  await test.step('C-10: Enter in the first moment of PAID is kept; a digit begins the next sale with itself', async () => {
    await app.enter('1799', 'Donut');
    await till.keyboard.press('Enter');
    await (await app.form()).payByCard(CARDS.pays);
    await till.locator('.result-paid').waitFor();
    await till.keyboard.press('4');
    await expect(total).toHaveText('$0.04');
    await expect(description).toHaveValue('');
    expect(app.journal().sales.map(({ state }) => JSON.parse(state).kind as string)).toContain('paid');
  });

  await test.step('C-13: Ctrl+L is found by its place, as on a Cyrillic keyboard', async () => {
    await till.keyboard.press('F10');
    await till.getByRole('tab').first().waitFor();
    await till.evaluate(() => document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'д', code: 'KeyL', ctrlKey: true, bubbles: true, cancelable: true })));
    await expect(keys).toBeVisible();
  });
  await words.expectPlain();
});
