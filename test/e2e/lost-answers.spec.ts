import { CARDS } from './card-form.ts';
import { expect, payHeld, test } from './connected-till.ts';
import { watchWords } from './plain-words.ts';

/** How much faster main's clock runs while the till only waits. */
const QUICKLY = 8;
/** While a form is on the screen: quicker, and its sign of life every two seconds comes too late for main's eight. */
const BESIDE_A_FORM = 3;

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('F-01, F-04, F-07, F-18, F-19: an answer that does not come: the till stays alive, serves the next customer, and reports when the payment went through after all; where the connection breaks after JustiFi charged, the till checks by itself and shows PAID', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  const words = await watchWords(till);

  const first = await payHeld(app, justifi, '2550', 'Repair');
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
  await shop.atPace(BESIDE_A_FORM, () => expect(till.locator('#root').getByText('Earlier payment went through: $25.50, Repair, Visa •••• 4242.')).toBeVisible());
  await app.enter('950', 'Stickers');
  await app.charge();
  const next = await app.form();
  // The connection breaks after JustiFi charged, and main cannot ask for a while.
  const { checkout_id: broken } = app.journal('test').sales.at(-1)!;
  justifi.addFault({ on: `POST /v1/checkouts/${broken}/complete`, kind: 'disconnect', moment: 'after' });
  justifi.addFault({ on: `GET /v1/checkouts/${broken}`, kind: 'disconnect', moment: 'before', times: 4 });
  await next.payByCard(CARDS.pays);
  await app.says('We don’t know yet');
  await app.says('PAID');
  expect(justifi.charges()).toMatchObject([{ amount: 2550 }, { amount: 950 }]);
  expect(new Set(justifi.charges().map(({ checkoutId }) => checkoutId)).size).toBe(2);

  // One key voids it; the other sale stays.
  await till.getByRole('button', { name: 'Void', exact: true }).click();
  await expect(till.locator('#root').getByText('Earlier payment went through')).toBeHidden();
  expect(justifi.books.payments().map(({ amount, voidedAt }) => `${amount} ${voidedAt === null ? 'stays' : 'void'}`)).toEqual(['2550 void', '950 stays']);
  expect(app.journal('test').sales.filter(({ kind }) => kind !== 'draft').map(({ kind }) => kind)).toEqual(['reversed', 'paid']);
  await words.expectPlain();
});
