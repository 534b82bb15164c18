import { CARDS } from './card-form.ts';
import { withForm } from './changed-settings.ts';
import { expect, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('a customer saves the card of a paid sale, and pays with it the next time: after a change of mind, and after a decline; each press is one request with a key of its own; the next customer pays on their own phone: the card form gives way to the code, and the link that they have is PAID at the counter', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  const { till } = app;
  await withForm(app, { saved: true, phone: true }, async () => {
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

    await app.enter('2855', 'A donut by phone');
    await app.charge();
    await till.getByRole('button', { name: 'Customer’s phone' }).click();
    await app.says('Ask the customer to scan the code and pay on their phone.');
    await expect(till.getByRole('img', { name: 'QR code of the link to pay' })).toBeVisible();
    const copy = till.getByRole('button', { name: 'Copy link' });
    await expect(copy).toBeEnabled();
    await copy.click();
    await till.locator('#root').getByText('Link copied.').waitFor();
    const copied = (await app.counter.recorded('clipboard.writeText')).at(-1);
    const checkoutId = /^https:\/\/components\.justifi\.ai\/hosted-checkout\/(?<id>cho_\w+)$/u.exec(String(copied))?.groups?.['id'] ?? '';
    expect(await justifi.payHosted(checkoutId, 'is-declined')).toBe(true);
    await shop.atPace(4, () => app.says('A card was declined. The customer can try again on the phone.'));
    expect(await justifi.payHosted(checkoutId, 'pays')).toBe(true);
    await app.says('PAID');
    await app.says('Visa •••• 4242');
    await till.getByRole('button', { name: 'New sale' }).click();
  });
  const sent = justifi.requests('POST /v1/checkouts/*/complete');
  expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(3);
  const allowed = app.journal('test').events.findLast(({ kind }) => kind === 'submit-allowed');
  expect(JSON.parse(allowed!.event)).toMatchObject({ completion: { idempotencyKey: sent[2]!.headers['idempotency-key'] } });
  expect(sent).toHaveLength(3);
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([2811, 2833, 2855]);
  expect(app.journal('test').sales.map(({ kind }) => kind).filter((kind) => kind !== 'draft')).toEqual(['paid', 'unresolved', 'paid', 'paid']);
  const withName = filesUnder(shop.userData).filter(({ text }) => /ana@example|Ana Ru/u.test(text)).map(({ name }) => name);
  expect(withName.every((name) => /\.customers\.db/u.test(name))).toBe(true);
});
