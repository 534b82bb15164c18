import { withForm } from './changed-settings.ts';
import { expect, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

test('the customer pays on their own phone: the card form gives way to the code, and the link that they have is PAID at the counter', async ({ runningShop: shop }) => {
  const { justifi } = shop.network;
  const app = await shop.open();
  await withForm(app, { phone: true }, async () => {
    await app.enter('2855', 'A donut by phone');
    await app.charge();
    await app.till.getByRole('button', { name: 'Customer’s phone' }).click();
    await app.says('Ask the customer to scan the code and pay on their phone.');
    await expect(app.till.getByRole('img', { name: 'QR code of the link to pay' })).toBeVisible();
    const copy = app.till.getByRole('button', { name: 'Copy link' });
    await expect(copy).toBeEnabled();
    await copy.click();
    await app.till.locator('#root').getByText('Link copied.').waitFor();
    const copied = (await app.counter.recorded('clipboard.writeText')).at(-1);
    const checkoutId = /^https:\/\/components\.justifi\.ai\/hosted-checkout\/(?<id>cho_\w+)$/u.exec(String(copied))?.groups?.['id'] ?? '';
    expect(await justifi.payHosted(checkoutId, 'is-declined')).toBe(true);
    await shop.atPace(4, () => app.says('A card was declined. The customer can try again on the phone.'));
    expect(await justifi.payHosted(checkoutId, 'pays')).toBe(true);
    await app.says('PAID');
    await app.says('Visa •••• 4242');
    await app.till.getByRole('button', { name: 'New sale' }).click();
  });
  expect(justifi.charges().map(({ amount }) => amount)).toEqual([2855]);
  expect(app.journal('test').sales.filter(({ kind }) => kind !== 'draft').map(({ kind }) => kind)).toEqual(['paid']);
});
