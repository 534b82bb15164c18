import { CARDS } from './card-form.ts';
import { expect, payHeld, test } from './connected-till.ts';
import { watchWords } from './plain-words.ts';

/** How much faster main's clock runs while the till only waits. */
const QUICKLY = 8;
/** While a form is on the screen: quicker, and its sign of life every two seconds comes too late for main's eight. */
const BESIDE_A_FORM = 3;

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('F-04, F-06, F-07, F-18, F-19: an answer that does not come: the till stays alive, serves the next customer, and reports when the payment went through after all; a success reported by the page is DECLINED, ACCEPTED or not known, by JustiFi’s API, never PAID', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const words = await watchWords(till);

  const first = await payHeld(app, justifi, '2500', 'Repair');
  // Nothing can be pressed now: not Back, not Pay, nor Esc, here or in JustiFi's card number (E-12).
  await expect(till.getByRole('button', { name: /Back|Cancel|Charge/u })).toHaveCount(0);
  await till.keyboard.press('Escape');
  await first.field('cardNumber').focus();
  await first.page.keyboard.press('Escape');
  await app.says('Processing payment. Don’t close this window.');
  await shop.atPace(BESIDE_A_FORM, () => app.says('We don’t know yet if this payment went through.'));
  await expect(first.page.locator('#form')).toHaveAttribute('inert', '');
  // The shown time counts up.
  await expect(till.locator('#root').getByText(/0:0[2-9]/u)).toBeVisible();

  // The next customer pays another amount, on another checkout.
  await shop.atPace(QUICKLY, () => till.getByRole('button', { name: 'Serve next customer' }).click({ timeout: 25_000 }));
  await app.says('1 payment to confirm');
  justifi.releaseCharges();
  await shop.atPace(BESIDE_A_FORM, () => expect(till.locator('#root').getByText('Earlier payment went through: $25.00, Repair, Visa •••• 4242.')).toBeVisible());
  await app.enter('900', 'Stickers');
  await app.charge();
  await (await app.form()).payByCard(CARDS.pays);
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 2500 }, { amount: 900 }]);
  expect(new Set(justifi.charges().map(({ checkoutId }) => checkoutId)).size).toBe(2);

  // One key voids it; the other sale stays.
  await till.getByRole('button', { name: 'Void', exact: true }).click();
  await expect(till.locator('#root').getByText('Earlier payment went through')).toBeHidden();
  expect(justifi.books.payments().map(({ amount, voidedAt }) => `${amount} ${voidedAt === null ? 'stays' : 'void'}`)).toEqual(['2500 void', '900 stays']);
  expect(app.journal('test').sales.map(({ kind }) => kind)).toEqual(['reversed', 'paid']);
  await till.getByRole('button', { name: /^New sale/u }).click();

  // The page reports success, but JustiFi's API does not.
  for (const { digits, status, paymentStatus, says, next } of [
    { digits: '1100', status: 'failed', paymentStatus: 'failed', says: 'DECLINED', next: 'Cancel sale' },
    { digits: '1101', status: 'succeeded', paymentStatus: 'pending', says: 'ACCEPTED', next: 'New sale' },
    { digits: '1102', status: 'succeeded', paymentStatus: 'quantum', says: 'We don’t know yet', next: null },
  ] as const) {
    justifi.clearFaults();
    justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status, paymentStatus });
    await app.enter(digits, `A payment that is ${paymentStatus}`);
    await app.charge();
    await (await app.form()).payByCard(CARDS.pays);
    await app.says(says);
    await expect(till.locator('#root').getByText('PAID', { exact: true })).toBeHidden();
    if (next === null) break;
    await till.getByRole('button', { name: next }).click();
    await till.getByRole('button', { name: /^Clear/u }).click();
  }
  await words.expectPlain();
});

test('F-05, F-03: an error without a reason, after JustiFi charged and answered 500, is PAID and never shown as declined', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const words = await watchWords(app.till);
  await app.enter('3100', 'Deposit');
  await app.charge();
  const form = await app.form();
  const formWords = await watchWords(form.page);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'status', status: 500, moment: 'after', times: 1 });
  const { checkout_id: checkoutId } = app.journal('test').sales.at(-1)!;
  justifi.addFault({ on: `GET /v1/checkouts/${checkoutId}`, kind: 'status', status: 503, moment: 'before', times: 3 });
  await form.fillCard(CARDS.pays);
  await formWords.expectPlain();
  await form.pay();
  await app.says('We don’t know yet');
  await expect(app.till.locator('#root').getByText(/DECLINED|NOT CHARGED/u)).toBeHidden();
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 3100 }]);
  await words.expectPlain();
});
