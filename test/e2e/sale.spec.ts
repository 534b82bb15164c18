import { CARDS, cardForm } from './card-form.ts';
import { withForm } from './changed-settings.ts';
import { scan, typeByHand } from './keys.ts';
import { SHOP, expect, test } from './connected-till.ts';

/** Each step of a sale is written before its result, whichever came first: JustiFi's checkout, or Charge. */
const STEPS = [
  ['checkout-asked', 'checkout-created'],
  ['charge-asked', 'amount-confirmed'],
  ['checkout-created', 'amount-confirmed'],
  ['amount-confirmed', 'form-shown'],
  ['form-shown', 'submit-allowed'],
  ['submit-allowed', 'outcome-known'],
] as const;

/** JustiFi would take these ways, and the register's settings do not offer them. */
const WITH_EVERY_WAY = {
  id: SHOP.subAccountId,
  name: 'Training Shop',
  currency: 'usd',
  status: 'enabled',
  ways: { google_payments: true, apple_payments: true, bank_account_verification: true, bnpl_payments: true, insurance_payments: true },
} as const;

test('F-06, F-07, F-17, C-30, C-60, C-61, C-62: one customer after the other, by scanner and keyboard, with a second card, with a change of mind, from a bank account: each pays on a checkout, in a document and with a card of their own', async ({ runningShop: shop }) => {
  test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');
  const { justifi } = shop.network;
  justifi.changeSettings({ subAccounts: [WITH_EVERY_WAY] });
  const app = await shop.open();
  const { till } = app;
  const documents = new Set<unknown>();
  /** A new form on the screen. */
  const freshForm = async () => {
    const form = await app.form();
    expect(documents.has(form.page)).toBe(false);
    documents.add(form.page);
    await expect(form.field('cardNumber')).toHaveValue('');
    return form;
  };
  const freshBankForm = async () => {
    const page = await app.formPage();
    expect(documents.has(page)).toBe(false);
    documents.add(page);
    await expect(page.getByText('New credit or debit card')).toBeHidden();
    return cardForm(page);
  };
  const total = till.getByRole('heading', { level: 1 });
  const description = till.getByRole('textbox', { name: 'Description' });
  const newSale = till.getByRole('button', { name: /New sale/u });

  await test.step('the whole sale is done by scanner and keyboard alone: a scan charges nothing, the hand’s Enter does, and the card number has the focus when the form opens', async () => {
    await typeByHand(till, '1799');
    await scan(till, '4006381333931');
    await expect(description).toHaveValue('4006381333931');
    await till.keyboard.press('F2');
    await typeByHand(till, ' Mug');
    await expect(description).toHaveValue('4006381333931 Mug');
    expect(app.journal('test').events.map(({ kind }) => kind)).not.toContain('charge-asked');
    await till.keyboard.press('Enter');
    const form = await freshForm();
    await expect(form.page.locator('#amount')).toHaveText('$17.99');
    await expect(form.page.locator('#description')).toHaveText('4006381333931 Mug');
    await expect(form.page.getByText('0.51')).toBeHidden();
    await form.payByKeyboard(CARDS.pays);
    for (const words of ['PAID', '$17.99', 'Visa •••• 4242']) await app.says(words);
    expect(app.journal('test').sales).toMatchObject([{ kind: 'paid', amount_in_cents: 1799 }]);
  });

  await test.step('a quick hand that types on while the next sale opens loses no digit', async () => {
    await expect(newSale).toBeEnabled();
    // The keys reach the page right after each other, at a hand's pace, without waiting for main.
    await typeByHand(till, ['Enter', '2', '5', '0', '0']);
    await expect(total).toHaveText('$25.00');
  });

  await test.step('C-61: a mistyped card number leaves the cursor in it and its message under it, and nothing left the PC', async () => {
    await description.fill('Repair');
    await app.charge();
    const form = await freshForm();
    const pay = form.page.getByRole('button', { name: 'Pay', exact: true });
    // Even under a form as short as this one Pay is at the very bottom, its usual place.
    const { y, height } = (await pay.boundingBox())!;
    const below = (await form.page.evaluate(() => innerHeight)) - (y + height);
    expect(below).toBeGreaterThanOrEqual(0);
    expect(below).toBeLessThan(40);
    await form.payByCard(CARDS.invalid);
    const alert = form.page.getByRole('alert').filter({ hasText: 'Nothing was charged' });
    await expect(alert).toBeVisible();
    await expect(form.field('cardNumber')).toBeFocused();
    await expect(form.page.getByText('Enter a valid card number')).toHaveCount(1);
    await expect(form.page.locator('#pause')).toBeHidden();
    expect(app.journal('test').events.filter(({ kind }) => kind === 'submit-allowed')).toHaveLength(1);
    // C-60: a PC of 1366 × 768 at 125 %, with the error on the form.
    await app.counter.resize(till, { width: 1024, height: 574 });
    for (const part of [pay, form.page.locator('#amount'), alert]) await expect(part).toBeInViewport({ ratio: 1 });
    await app.counter.resize(till, { width: 1280, height: 800 });
  });

  await test.step('Pay works again at once; a card that is declined then can be followed by another on the same checkout', async () => {
    await (await app.form()).payByCard(CARDS.declined);
    await app.says('DECLINED');
    await app.says('Nothing was charged');
    await till.getByRole('button', { name: /Try again/u }).click();
    await (await freshForm()).payByCard(CARDS.pays);
    await app.says('PAID');
    const { sales, events } = app.journal('test');
    const { id } = sales.find(({ amount_in_cents: amount }) => amount === 2500)!;
    const its = events.filter(({ sale_id: saleId }) => saleId === id);
    const kinds = its.map(({ kind }) => kind);
    const first = kinds.slice(0, kinds.indexOf('outcome-known') + 1);
    for (const [before, after] of STEPS) expect(first.filter((kind) => kind === before || kind === after)).toEqual([before, after]);
    expect(first).toHaveLength(7);
    const allowed = its.filter(({ kind }) => kind === 'submit-allowed').map(({ event }) => JSON.parse(event).checkoutId);
    expect(allowed).toHaveLength(2);
    expect(new Set(allowed).size).toBe(1);
    await newSale.click();
  });

  await test.step('a sub account with Google Pay, Plaid and Sezzle: the form offers a card and a bank account, and never asks for the others', async () => {
    await app.enter('900', 'Coffee for all');
    await app.charge();
    const { page } = await freshForm();
    await expect(page.getByText('New credit or debit card')).toBeVisible();
    await expect(page.getByText('New bank account')).toBeVisible();
    await expect(page.locator('justifi-google-pay, justifi-apple-pay, justifi-sezzle-payment-method, justifi-plaid-payment-method')).toHaveCount(0);
    expect(page.frames().map((frame) => new URL(frame.url()).pathname).filter((path) => /googlePay|applePay|plaid|sezzle/iu.test(path))).toEqual([]);
  });

  await test.step('C-30: the PC wakes while a card is half typed: the form is empty and the till says so; the sale that is left then, with a card and a bank account typed, keeps its amount, which the next digit replaces, and is charged on a new checkout', async () => {
    const half = await app.form();
    await half.page.keyboard.type('4242 4242');
    // C-30
    await app.counter.power('suspend');
    await app.counter.power('resume');
    await app.says('This PC was asleep, so the card form is a new, empty one. Enter the card again.');
    await expect.poll(() => half.page.isClosed()).toBe(true);
    const left = await freshForm();
    await left.fillCard(CARDS.pays);
    await left.fillBankAccount();
    await till.getByRole('button', { name: 'Back' }).click();
    await expect(total).toHaveText('$9.00');
    await expect(description).toHaveValue('Coffee for all');
    await typeByHand(till, '12000');
    await expect(total).toHaveText('$120.00');
  });

  await withForm(app, { cards: false }, async () => {
    await test.step('C-62: a shop that takes bank accounts only: the form has no card, its Pay is in sight on the lowest screen, also under errors', async () => {
      await app.charge();
      const form = await freshBankForm();
      await expect(form.page.locator('#authorisation')).toContainText('By pressing Pay, I authorize Training Shop to debit this bank account once for $120.00, today or on the next business day,');
      await app.counter.resize(till, { width: 1024, height: 574 });
      const pay = form.page.getByRole('button', { name: 'Pay', exact: true });
      await expect(pay).toBeInViewport({ ratio: 1 });
      await pay.click();
      await expect(form.page.getByText('Enter a valid account number')).toBeVisible();
      await expect(pay).toBeInViewport({ ratio: 1 });
      await app.counter.resize(till, { width: 1280, height: 800 });
      expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(3);
    });

    await test.step('F-06: a bank transfer that is refused is DECLINED, never PAID', async () => {
      const form = cardForm(await app.formPage());
      await form.fillAccount();
      justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'failed', paymentStatus: 'failed', times: 1 });
      await form.pay();
      await app.says('DECLINED');
      await app.says('Nothing was charged');
      await expect(till.locator('#root').getByText('PAID', { exact: true })).toBeHidden();
    });

    await test.step('a bank transfer is ACCEPTED, never PAID', async () => {
      await till.getByRole('button', { name: /Try again/u }).click();
      const form = await freshBankForm();
      await form.fillAccount();
      const agreed = await form.page.locator('#authorisation').innerText();
      expect(agreed).toContain('to debit this bank account once for $120.00');
      await form.pay();
      await app.says('ACCEPTED');
      // Word for word, before the charge.
      const allowed = app.journal('test').events.findLast(({ kind }) => kind === 'submit-allowed');
      expect(agreed).toContain(JSON.parse(allowed!.event).authorisation);
      await app.says('can still be returned');
      await expect(till.locator('#root').getByText('PAID', { exact: true })).toBeHidden();
      await newSale.click();
    });
  });

  const sales = app.journal('test').sales.filter(({ kind }) => kind !== 'draft');
  expect(sales.map(({ kind, amount_in_cents: amount }) => `${kind} ${amount}`)).toEqual(['paid 1799', 'paid 2500', 'unresolved 900', 'accepted 12000']);
  expect(new Set(sales.map(({ checkout_id: checkout }) => checkout)).size).toBe(sales.length);
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([1799, 2500, 12_000]);
  // Each payment was asked for with a token that was made in its own document, after the one before it had ended.
  const seen = justifi.requests();
  const completions = seen.flatMap(({ method, path }, index) => (path.endsWith('/complete') && method === 'POST' ? [index] : []));
  expect(completions).toHaveLength(5);
  expect(new Set(completions.map((index) => String(JSON.parse(seen[index]!.body).payment_token))).size).toBe(5);
  for (const [count, index] of completions.entries()) {
    const since = count === 0 ? 0 : completions[count - 1]!;
    expect(seen.slice(since, index).filter(({ method, path }) => method === 'POST' && path === '/v1/js/payment_methods').length).toBeGreaterThan(0);
  }
});
