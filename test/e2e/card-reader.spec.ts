import type { Bridge } from '../../contract/channels.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';

test('in training a manager pairs the reader, a customer cancels there and pays on the card form of the same checkout, and the next one taps', async ({ runningApp: app }) => {
  const { till } = app;
  await till.keyboard.press('F10');
  await till.getByRole('tab', { name: 'Card reader' }).click();
  await till.getByRole('button', { name: /^Pair: .*Training reader/u }).click();
  await till.locator('#root').getByText('Saved.').waitFor();
  await till.keyboard.press('F10');

  await app.enter('1817', 'One donut');
  await app.charge();
  await app.says('Ask the customer to tap or insert the card.');
  await till.getByRole('button', { name: 'Cancel on the reader' }).click();
  await app.says('NOT CHARGED');
  await app.says('The payment was canceled.');
  await expect(till.getByRole('button', { name: 'Card form' })).toBeEnabled();
  await till.keyboard.press('Alt+2');
  const form = await app.form();
  // No shop is known in training: a bank transfer would be to the register.
  await expect(form.page.locator('#authorisation')).toContainText('I authorize Register 1 to debit this bank account once for $18.17, today or on the next business day,');
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
  await app.says('Visa •••• 4242');
  const { sales, events } = app.journal();
  expect(sales.filter(({ kind }) => kind === 'paid')).toHaveLength(1);
  const allowed = events.filter(({ kind }) => kind === 'submit-allowed').map(({ event }) => JSON.parse(event).checkoutId);
  expect(allowed).toHaveLength(2);
  expect(new Set(allowed).size).toBe(1);

  await till.getByRole('button', { name: /New sale/u }).click();
  await app.enter('2517', 'Repair');
  await app.charge();
  await till.getByRole('button', { name: 'Insert a card' }).click();
  await app.says('PAID');
  await app.says('Visa •••• 2970');
  await till.getByRole('button', { name: /New sale/u }).click();
  await till.evaluate(() => (window as unknown as { readonly manager: Bridge<'manager'> }).manager.pairCardReader(null));
});
