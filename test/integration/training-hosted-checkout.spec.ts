import { afterEach, beforeEach, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

let justifi: TestJustifi;
let shop: Shop;
beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

const read = async (checkoutId: string) => (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data;
const open = (checkoutId: string, how?: string) => fetch(`${justifi.origin}/hosted-checkout/${checkoutId}`, how === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `how=${how}` });

test('the page of a checkout shows its amount and what for, takes a card, and is paid once', async () => {
  const checkoutId = await shop.newCheckout();
  const page = await open(checkoutId);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await page.text()).toContain('<form method="post">');
  expect(await (await open(checkoutId, 'is-declined')).text()).toContain('Payment failed. Please try again.');
  expect(await read(checkoutId)).toMatchObject({ status: 'attempted', completions: [{ payment_status: 'failed', payment_mode: 'ecom' }] });
  expect(await (await open(checkoutId, 'pays')).text()).toContain('Checkout Complete');
  expect(await (await open(checkoutId, 'pays')).text()).toContain('Checkout Complete');
  expect(await read(checkoutId)).toMatchObject({ status: 'completed' });
  expect(justifi.charges(checkoutId)).toHaveLength(1);
});

test('an expired checkout is paid neither on its page nor by a second customer, and one that does not exist has none', async () => {
  const checkoutId = await shop.newCheckout();
  justifi.expireCheckout(checkoutId);
  expect(await (await open(checkoutId, 'pays')).text()).toContain('Checkout Session Expired');
  expect(await justifi.payHosted(checkoutId, 'pays')).toBe(false);
  expect(justifi.charges()).toEqual([]);
  expect((await open('cho_none')).status).toBe(404);
});

test('what the sale is called is text on the page', async () => {
  const checkoutId = await shop.newCheckout({ description: '<script>alert(1)</script>' });
  expect(await (await open(checkoutId)).text()).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
});
