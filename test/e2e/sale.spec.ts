import { CARDS } from './card-form.ts';
import { typeByHand } from './keys.ts';
import { expect, test } from './connected-till.ts';

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
  // Each intent stands before what came of it, whichever came first: JustiFi's checkout, or Charge.
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
  await typeByHand(app.till, '3575');
  await app.till.keyboard.press('F2');
  await typeByHand(app.till, 'Repair');
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

test('C-61: a mistyped card number leaves the cursor in it and its message under it; nothing left the PC, so Pay works again at once', async ({ app }) => {
  await app.enter('1000', 'Gift card');
  await app.charge();
  const form = await app.form();
  // Also under a form as short as this one Pay is at the very bottom, where the hand looks for it.
  const pay = await form.page.getByRole('button', { name: 'Pay', exact: true }).boundingBox();
  const height = await form.page.evaluate(() => innerHeight);
  expect(height - (pay!.y + pay!.height)).toBeGreaterThanOrEqual(0);
  expect(height - (pay!.y + pay!.height)).toBeLessThan(40);
  await form.payByCard(CARDS.invalid);
  await expect(form.page.getByRole('alert').filter({ hasText: 'Nothing was charged' })).toBeVisible();
  await expect(form.field('cardNumber')).toBeFocused();
  await expect(form.page.getByText('Enter a valid card number')).toHaveCount(1);
  await expect(form.page.locator('#pause')).toBeHidden();
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
  await app.says('can still be returned');
  await expect(app.till.locator('#root').getByText('PAID')).toBeHidden();
});

test('a sale that is left before paying keeps its amount, and is charged on a new checkout', async ({ app }) => {
  await app.enter('4200', 'Coffee for all');
  await app.charge();
  await app.form();
  await app.till.getByRole('button', { name: 'Back' }).click();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$42.00');
  await expect(app.till.getByRole('textbox', { name: 'Description' })).toHaveValue('Coffee for all');
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
  await typeByHand(app.till, '42');
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
  // They come to the page one right after the other, with the times of a hand: no answer of main is waited for.
  await typeByHand(app.till, ['Enter', '2', '2', '0', '0']);
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

test('a sub account with Google Pay, Plaid and Sezzle: the form offers a card and a bank account, and never asks for the others', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  justifi.changeSettings({ subAccounts: [{ id: 'acc_trainingShop', name: 'Training Shop', currency: 'usd', status: 'enabled', ways: { google_payments: true, apple_payments: true, bank_account_verification: true, bnpl_payments: true, insurance_payments: true } }] });
  const app = await shop.open();
  await app.enter('17900', 'Repair');
  await app.charge();
  const form = await app.form();
  await expect(form.page.getByText('New credit or debit card')).toBeVisible();
  await expect(form.page.getByText('New bank account')).toBeVisible();
  await expect(form.page.locator('justifi-google-pay, justifi-apple-pay, justifi-sezzle-payment-method, justifi-plaid-payment-method')).toHaveCount(0);
  expect(form.page.frames().map((frame) => new URL(frame.url()).pathname).filter((path) => /googlePay|applePay|plaid|sezzle/iu.test(path))).toEqual([]);
  await form.payByCard(CARDS.pays);
  await app.says('PAID');
});

test('a shop that takes bank accounts only: the form has no card, and the transfer is ACCEPTED; neither is no setting', async ({ app }) => {
  const { till } = app;
  await till.getByRole('button', { name: 'Manager', exact: true }).click();
  await till.getByRole('tab', { name: 'Sales and limits' }).click();
  const cards = till.locator('#root').getByText('Customers can pay by card');
  const bankAccounts = till.locator('#root').getByText('Customers can pay from a bank account');
  await cards.click();
  await bankAccounts.click();
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Customers need a way to pay: cards, bank accounts, or both.')).toBeVisible();
  await bankAccounts.click();
  await till.getByRole('button', { name: 'Save' }).click();
  await expect(till.locator('#root').getByText('Saved.')).toBeVisible();
  await till.getByRole('button', { name: 'Back to the till' }).click();

  await app.enter('12000', 'Deposit');
  await app.charge();
  const page = await app.formPage();
  await expect(page.getByText('New credit or debit card')).toBeHidden();
  const agreed = 'By pressing Pay, I authorize Register 1 to debit this bank account once for $120.00, today or on the next business day,';
  await expect(page.locator('#authorisation')).toContainText(agreed);
  await page.getByRole('textbox', { name: 'Full Name' }).fill('Leslie Knope');
  const field = (name: string) => page.frameLocator(`iframe[name="${name}"]`).locator('input');
  await field('routingNumber').fill('110000000');
  await field('accountNumber').fill('000123456789');
  await page.getByRole('button', { name: 'Pay', exact: true }).click();
  await app.says('ACCEPTED');
  // Word for word, before the charge.
  const allowed = app.journal().events.filter(({ kind }) => kind === 'submit-allowed').map(({ event }) => JSON.parse(event).authorisation as string);
  expect(allowed).toEqual([expect.stringContaining(agreed)]);
});

test('C-30: the PC wakes while a card is half typed: the form is empty, that is said, and the sale goes on', async ({ app }) => {
  await app.enter('1799', 'One donut');
  await app.charge();
  const half = await app.form();
  await half.page.keyboard.type('4242 4242');
  await app.counter.power('suspend');
  await app.counter.power('resume');
  await app.says('This PC was asleep, so the card form is a new, empty one. Enter the card again.');
  await expect.poll(() => half.page.isClosed()).toBe(true);
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(app.journal().sales).toMatchObject([{ kind: 'paid', amount_in_cents: 1799 }]);
});
