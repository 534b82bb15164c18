import { join } from 'node:path';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { SEZZLE_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { expect, test } from './connected-till.ts';
import { requestsOfDocument } from './requests-of-document.ts';

test('S-02: the customer cancels at Sezzle, is refused at the second try and agrees at the third, each on a checkout of its own; Counter is killed during the completion, and it is PAID once, with one key', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, insurance: false, sezzle: true, phone: false, saved: false, savedConsent: '' } });
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  await first.till.getByRole('button', { name: 'Pay later (Sezzle)' }).click();
  const find = (end: string) => first.counter.windows().findLast((window) => window.url().includes(end));
  const page = async (end: string) => {
    await expect.poll(() => find(end)).toBeDefined();
    return find(end)!;
  };
  const atSezzle = async () => {
    await (await page('/sezzle')).getByRole('button', { name: 'Pay with Sezzle' }).click();
    return page('sandbox.checkout.sezzle.com');
  };
  const canceled = await atSezzle();
  await first.says('The customer is at Sezzle');
  // S-12: one window, of Sezzle's hosts only, and it stays there.
  expect(await (await page('/sezzle')).evaluate(() => [open('https://checkout.sezzle.com.evil.example/'), open('https://checkout.sezzle.com/')])).toEqual([null, null]);
  await canceled.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await canceled.getByRole('button', { name: 'Cancel' }).click();
  await first.says('NOT CHARGED');
  await expect.poll(() => find('/sezzle')).toBeUndefined();

  const completions = () => justifi.requests('POST /v1/checkouts/*/complete');
  const tryAgain = () => first.till.getByRole('button', { name: /^Try again/u }).click();
  await tryAgain();
  await (await atSezzle()).getByRole('button', { name: 'Sezzle refuses the customer' }).click();
  await first.says(/DECLINED|NOT CHARGED/u);
  await expect.poll(() => find('/sezzle')).toBeUndefined();
  expect(completions()).toHaveLength(0);

  await tryAgain();
  const window = await atSezzle();
  justifi.holdCharges();
  await window.getByRole('button', { name: 'Approve the order' }).click();
  await expect.poll(() => completions().length).toBe(1);
  if (target !== 'electron') {
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    const listed = SEZZLE_INVENTORY.filter(({ at }) => at !== 'sezzleWindows').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path}`);
    await expect.poll(() => requestsOfDocument(first, '/sezzle')).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  // Main reads the checkout, and asks once more with the same key; whichever is answered first.
  await expect.poll(() => second.log()).toContain('sezzle.asked');
  expect(new Set(completions().map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(completions().map(({ body }) => JSON.parse(body) as unknown)).toEqual(completions().map(() => ({ payment_mode: 'bnpl' })));
  // Neither the checkout of the order that was cancelled, nor of the one that was refused.
  const orderedOn = [...justifi.books.sezzleOrders().keys()];
  expect(orderedOn).toHaveLength(3);
  expect(new Set(completions().map(({ path }) => path))).toEqual(new Set([`/v1/checkouts/${orderedOn[2]}/complete`]));
  expect(justifi.charges()).toMatchObject([{ amount: 1799, checkoutId: orderedOn[2] }]);
});
