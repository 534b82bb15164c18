import { CARDS } from './card-form.ts';
import { withForm } from './changed-settings.ts';
import { expect, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a customer saves the card of a paid sale, and pays with it the next time', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  await withForm(app, { saved: true }, async () => {
    await app.enter('2811', 'A donut');
    await app.charge();
    // No card is saved yet.
    await expect(till.getByRole('button', { name: 'Saved card' })).toHaveCount(0);
    await (await app.form()).payByCard(CARDS.pays);
    await app.says('PAID');
    const offer = till.getByRole('button', { name: 'Save this card' });
    await expect(offer).toBeEnabled();
    expect(justifi.requests('POST /v1/payment_method_groups')).toHaveLength(0);
    await offer.click();
    await till.getByRole('textbox', { name: 'Name', exact: true }).fill('Ana Ruíz');
    await till.getByRole('textbox', { name: 'E-mail (optional)' }).fill('ana@example.com');
    await till.getByText('The customer has read this and agrees.').click();
    await till.getByRole('button', { name: 'Save card' }).click();
    await till.locator('#root').getByText('Saved. The customer can pay with it from the next sale on.').waitFor();
    await till.keyboard.press('Escape');
    await till.getByRole('button', { name: 'New sale' }).click();

    await app.enter('2833', 'Another donut');
    await app.charge();
    const way = till.getByRole('button', { name: 'Saved card' });
    await expect(way).toBeEnabled();
    await way.click();
    await till.getByRole('option', { name: /Ana Ruíz/u }).click();
    const pay = till.getByRole('button', { name: 'Charge $28.33 to Visa •••• 4242' });
    await expect(pay).toBeEnabled();
    await pay.click();
    await app.says('PAID');
    await app.says('$28.33');
    await till.getByRole('button', { name: 'New sale' }).click();
  });
  const [, sent] = justifi.requests('POST /v1/checkouts/*/complete');
  const allowed = app.journal('test').events.findLast(({ kind }) => kind === 'submit-allowed');
  expect(JSON.parse(allowed!.event)).toMatchObject({ completion: { idempotencyKey: sent!.headers['idempotency-key'] } });
  expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(2);
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([2811, 2833]);
  const withName = filesUnder(shop.userData).filter(({ text }) => /ana@example|Ana Ru/u.test(text)).map(({ name }) => name);
  expect(withName.every((name) => /\.customers\.db/u.test(name))).toBe(true);
});
