import { join } from 'node:path';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { SEZZLE_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { expect, test } from './connected-till.ts';
import { requestsOfDocument } from './requests-of-document.ts';

test('S-02: the customer cancels at Sezzle, tries again on a checkout of its own and agrees; Counter is killed during the completion, and it is PAID once, with one key; the next customer is refused by Sezzle, and pays at the second try', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, insurance: false, sezzle: true, phone: false, saved: false, savedConsent: '' } });
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  await first.till.getByRole('button', { name: 'Pay later (Sezzle)' }).click();
  let app = first;
  const find = (end: string) => app.counter.windows().findLast((window) => window.url().includes(end));
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

  await first.till.getByRole('button', { name: /Try again/u }).click();
  const window = await atSezzle();
  justifi.holdCharges();
  await window.getByRole('button', { name: 'Approve the order' }).click();
  const completions = () => justifi.requests('POST /v1/checkouts/*/complete');
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
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);

  app = second;
  const before = completions().length;
  await app.till.getByRole('button', { name: /^New sale/u }).click();
  await app.enter('2499', 'A cake');
  await app.charge();
  await app.till.getByRole('button', { name: 'Pay later (Sezzle)' }).click();
  await (await atSezzle()).getByRole('button', { name: 'Sezzle refuses the customer' }).click();
  await app.says(/DECLINED|NOT CHARGED/u);
  await expect.poll(() => find('/sezzle')).toBeUndefined();
  expect(completions()).toHaveLength(before);
  await app.till.getByRole('button', { name: /^Try again/u }).click();
  await (await atSezzle()).getByRole('button', { name: 'Approve the order' }).click();
  // The text beside the window says "paid" as well.
  await app.till.locator('.result-words').getByText('PAID', { exact: true }).waitFor();
  expect(completions()).toHaveLength(before + 1);
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }, { amount: 2499 }]);
  expect(new Set(justifi.charges().map(({ checkoutId }) => checkoutId)).size).toBe(2);
});
