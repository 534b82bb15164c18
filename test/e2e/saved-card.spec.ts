import { CARDS } from './card-form.ts';
import { withForm } from './changed-settings.ts';
import { expect, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a customer saves the card of a paid sale, and pays with it the next time: after a change of mind, and after a decline; each press is one request with a key of its own', async ({ runningShop: shop }) => {
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

    const ana = till.getByRole('option', { name: /Ana Ruíz/u });
    const pay = till.getByRole('button', { name: 'Charge $28.33 to Visa •••• 4242' });
    const chooseAna = async () => {
      await app.charge();
      await till.getByRole('button', { name: 'Saved card' }).click();
      await ana.click();
      await expect(pay).toBeEnabled();
    };
    await app.enter('2833', 'Another donut');
    await chooseAna();
    await till.getByRole('button', { name: 'Back' }).click();
    // The customers' screen also has a button that begins with Charge, and the same total.
    await till.getByRole('button', { name: '7', exact: true }).waitFor();
    await expect(till.getByRole('heading', { level: 1 })).toHaveText('$28.33');
    expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(1);

    await chooseAna();
    justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'failed', paymentStatus: 'failed', times: 1 });
    await pay.click();
    await app.says('DECLINED');
    await app.says('Nothing was charged');
    await till.getByRole('button', { name: /^Try again/u }).click();
    await ana.click();
    await pay.click();
    await app.says('PAID');
    await app.says('$28.33');
    await till.getByRole('button', { name: 'New sale' }).click();
  });
  const sent = justifi.requests('POST /v1/checkouts/*/complete');
  expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  const allowed = app.journal('test').events.findLast(({ kind }) => kind === 'submit-allowed');
  expect(JSON.parse(allowed!.event)).toMatchObject({ completion: { idempotencyKey: sent[2]!.headers['idempotency-key'] } });
  expect(sent).toHaveLength(3);
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([2811, 2833]);
  const withName = filesUnder(shop.userData).filter(({ text }) => /ana@example|Ana Ru/u.test(text)).map(({ name }) => name);
  expect(withName.every((name) => /\.customers\.db/u.test(name))).toBe(true);
});
