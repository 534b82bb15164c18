import { join } from 'node:path';
import { openSettings } from '../../main/storage/settings.ts';
import { expect, test } from './connected-till.ts';

test('the customer pays on their own phone: the card form gives way to the code, Counter is killed meanwhile, and the link that they have is PAID at the counter', async ({ connectedShop: shop }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, phone: true, saved: false, savedConsent: '' } });
  const first = await shop.open();
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  const way = first.till.getByRole('button', { name: 'Customer’s phone' });
  await expect(way).toBeEnabled();
  await way.click();
  await first.says('Ask the customer to scan the code and pay on their phone.');
  await expect(first.till.getByRole('img', { name: 'QR code of the link to pay' })).toBeVisible();
  const copy = first.till.getByRole('button', { name: 'Copy link' });
  await expect(copy).toBeEnabled();
  await copy.click();
  await first.till.locator('#root').getByText('Link copied.').waitFor();
  const [copied] = await first.counter.recorded('clipboard.writeText');
  const checkoutId = /^https:\/\/components\.justifi\.ai\/hosted-checkout\/(?<id>cho_\w+)$/u.exec(String(copied))?.groups?.['id'] ?? '';
  await first.counter.kill();

  const second = await shop.open({ till: 'result' });
  await second.says('NOT PAID YET');
  await second.says('The customer’s link can still be paid until');
  expect(await justifi.payHosted(checkoutId, 'is-declined')).toBe(true);
  expect(await justifi.payHosted(checkoutId, 'pays')).toBe(true);
  await second.says('Visa •••• 4242');
  expect(justifi.charges()).toHaveLength(1);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['paid']);
});
