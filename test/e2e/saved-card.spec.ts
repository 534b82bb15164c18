import { join } from 'node:path';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import { filesUnder } from './evidence.ts';

test('a customer saves the card of a paid sale, and pays with it the next time; Counter is killed while JustiFi charges it, and it is PAID once', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, phone: false, saved: true, savedConsent: '' } });
  const first = await shop.open();
  const { till } = first;
  await first.enter('1799', 'One donut');
  await first.charge();
  // Nobody has saved a card yet.
  await expect(till.getByRole('button', { name: 'Saved card' })).toHaveCount(0);
  await (await first.form()).payByCard(CARDS.pays);
  await first.says('PAID');
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

  await first.enter('2500', 'Another donut');
  await first.charge();
  const way = till.getByRole('button', { name: 'Saved card' });
  await expect(way).toBeEnabled();
  await way.click();
  await till.getByRole('option', { name: /Ana Ruíz/u }).click();
  justifi.holdCharges();
  const pay = till.getByRole('button', { name: 'Charge $25.00 to Visa •••• 4242' });
  await expect(pay).toBeEnabled();
  await pay.click();
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(2);
  const [, sent] = justifi.requests('POST /v1/checkouts/*/complete');
  const allowed = first.journal('test').events.findLast(({ kind }) => kind === 'submit-allowed');
  expect(JSON.parse(allowed!.event)).toMatchObject({ completion: { idempotencyKey: sent!.headers['idempotency-key'] } });
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  await second.says('$25.00');
  expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(2);
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([1799, 2500]);
  const withName = filesUnder(shop.userData).filter(({ text }) => /ana@example|Ana Ru/u.test(text)).map(({ name }) => name);
  expect(withName.every((name) => /\.customers\.db/u.test(name))).toBe(true);
});
