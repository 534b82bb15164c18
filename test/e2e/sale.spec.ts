import { CARDS } from './card-form.ts';
import { expect, test } from './till.ts';

test('a customer pays by card and the till says PAID, with the last four digits', async ({ app }) => {
  await app.enter('1799', 'One donut');
  await app.charge();
  const form = await app.form();
  await expect(form.page.locator('#amount')).toHaveText('$17.99');
  await expect(form.page.locator('#description')).toHaveText('One donut');
  await expect(form.page.getByText('0.51')).toBeHidden();
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
  await app.says('$17.99');
  await app.says('Visa •••• 4242');
  const { sales, events } = app.journal();
  expect(sales).toMatchObject([{ kind: 'paid', amount_in_cents: 1799 }]);
  const kinds = events.map(({ kind }) => kind);
  // Each intent stands before what came of it, whoever was quicker: JustiFi with its checkout, or the cashier with Charge.
  for (const [before, after] of [
    ['checkout-asked', 'checkout-created'],
    ['charge-asked', 'amount-confirmed'],
    ['checkout-created', 'amount-confirmed'],
    ['amount-confirmed', 'form-shown'],
    ['form-shown', 'submit-allowed'],
    ['submit-allowed', 'outcome-known'],
  ] as const) {
    expect(kinds.filter((kind) => kind === before || kind === after)).toEqual([before, after]);
  }
  expect(kinds).toHaveLength(7);
});

test('the whole sale is done by keyboard alone: the card number has the focus when the form opens', async ({ app }) => {
  await app.till.keyboard.type('3575');
  await app.till.keyboard.press('F2');
  await app.till.keyboard.type('Repair', { delay: 60 });
  await app.till.keyboard.press('Enter');
  await (await app.form()).payByKeyboard(CARDS.pays);
  await app.says('PAID');
  await app.says('$35.75');
  await expect(app.till.getByRole('button', { name: /New sale/u })).toBeEnabled();
  await app.till.keyboard.press('Enter');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
});

test('a declined card can be followed by another on the same checkout', async ({ app }) => {
  await app.enter('2500', 'Repair');
  await app.charge();
  await (await app.form()).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await app.says('Nothing was charged');
  await app.till.getByRole('button', { name: /Try again/u }).click();
  const second = await app.form();
  await expect(second.field('cardNumber')).toHaveValue('');
  await second.payByCard(CARDS.pays);
  await app.says('PAID');
  const { sales, events } = app.journal();
  expect(sales.filter(({ kind }) => kind === 'paid')).toHaveLength(1);
  const allowed = events.filter(({ kind }) => kind === 'submit-allowed').map(({ event }) => JSON.parse(event).checkoutId);
  expect(allowed).toHaveLength(2);
  expect(new Set(allowed).size).toBe(1);
});

test('a card number that is none is refused in the form, and nothing was submitted', async ({ app }) => {
  await app.enter('1000', 'Gift card');
  await app.charge();
  const form = await app.form();
  await form.payByCard(CARDS.invalid);
  await expect(form.page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible();
  expect(app.journal().events.map(({ kind }) => kind)).not.toContain('submit-allowed');
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
});

test('a bank transfer is ACCEPTED, never PAID', async ({ app }) => {
  await app.enter('12000', 'Deposit');
  await app.charge();
  const form = await app.form();
  await form.fillBankAccount();
  await form.pay();
  await app.says('ACCEPTED');
  await app.says('can still fail');
  await expect(app.till.getByText('PAID')).toBeHidden();
});

test('a sale that is left before paying keeps its amount, and is charged on a new checkout', async ({ app }) => {
  await app.enter('4200', 'Coffee for all');
  await app.charge();
  const first = await app.form();
  await first.page.getByRole('button', { name: 'Back' }).click();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
  await expect(app.till.getByRole('textbox', { name: 'What is it for?' })).toHaveValue('Coffee for all');
  await app.charge();
  const second = await app.form();
  await second.payByCard(CARDS.pays);
  await app.says('PAID');
  const { sales } = app.journal();
  expect(sales.map(({ kind }) => kind).toSorted()).toEqual(['paid', 'unresolved']);
  expect(new Set(sales.map(({ checkout_id }) => checkout_id)).size).toBe(2);
});

test('an amount that came back is replaced by the next digit, not lengthened', async ({ app }) => {
  await app.enter('900', 'Stickers');
  await app.charge();
  await app.form();
  await app.till.keyboard.press('Escape');
  await app.till.getByRole('button', { name: '7', exact: true }).waitFor();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$9.00');
  await app.till.keyboard.type('42');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.42');
});

test('Esc in the till calls the form back as well', async ({ app }) => {
  await app.enter('900', 'Stickers');
  await app.charge();
  await app.form();
  await app.till.keyboard.press('Escape');
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$9.00');
});

test('a quick hand that types on while the next sale opens loses no digit', async ({ app }) => {
  await app.enter('500', 'First');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  const newSale = app.till.getByRole('button', { name: /New sale/u });
  await expect(newSale).toBeEnabled();
  // All in one turn of the page: no answer of main can come in between.
  await app.till.evaluate(() => {
    for (const key of ['Enter', '2', '2', '0', '0']) document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  });
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$22.00');
});

test('two sales in a row: each has its own document, its own checkout and its own card', async ({ app }) => {
  for (const [digits, description] of [['1100', 'First'], ['2200', 'Second']] as const) {
    await app.enter(digits, description);
    await app.charge();
    const form = await app.form();
    await expect(form.field('cardNumber')).toHaveValue('');
    await form.payByCard(CARDS.pays);
    await app.says('PAID');
    await app.till.getByRole('button', { name: /New sale/u }).click();
  }
  const paid = app.journal().sales.filter(({ kind }) => kind === 'paid');
  expect(paid.map(({ amount_in_cents }) => amount_in_cents).toSorted((one, other) => one - other)).toEqual([1100, 2200]);
  expect(new Set(paid.map(({ checkout_id }) => checkout_id)).size).toBe(2);
});

test('a shop that takes bank accounts only: the form has no card, and the transfer is ACCEPTED; neither is no setting', async ({ app }) => {
  const { till } = app;
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  const cards = till.getByText('Customers may pay by card');
  const bankAccounts = till.getByText('Customers may pay from a bank account');
  await cards.click();
  await bankAccounts.click();
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.getByText('Customers need a way to pay: cards, bank accounts, or both.')).toBeVisible();
  await bankAccounts.click();
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.getByText('Saved.')).toBeVisible();
  await till.getByRole('button', { name: 'Back to the till' }).click();

  await app.enter('12000', 'Deposit');
  await app.charge();
  const page = await app.formPage();
  await expect(page.getByText('New credit or debit card')).toBeHidden();
  await page.getByRole('textbox', { name: 'Full Name' }).fill('Leslie Knope');
  const field = (name: string) => page.frameLocator(`iframe[name="${name}"]`).locator('input');
  await field('routingNumber').fill('110000000');
  await field('accountNumber').fill('000123456789');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await app.says('ACCEPTED');
});
