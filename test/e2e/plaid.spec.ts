import { join } from 'node:path';
import type { Page } from 'playwright';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { PLAID_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { expect, test } from './connected-till.ts';
import { requestsOfDocument } from './requests-of-document.ts';
import type { TillApp } from './till-app.ts';

async function chooseLogin({ till }: TillApp): Promise<void> {
  const way = till.getByRole('button', { name: 'Bank login (Plaid)' });
  await expect(way).toBeEnabled();
  await way.click();
}

/** The document of the bank login that is open. */
async function loginPage(app: TillApp): Promise<Page> {
  await app.says('Ask the customer to log in to their bank.');
  const find = () => app.counter.windows().findLast((window) => window.url().endsWith('/plaid'));
  await expect.poll(find).toBeDefined();
  return find()!;
}

const atBank = (page: Page, press: string) => page.frameLocator('iframe[title="Plaid"]').getByRole('button', { name: press, exact: true }).click();

async function connect(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log in to your bank' }).click();
  await atBank(page, 'Connect the account');
  await page.getByText('authorize').waitFor();
}

test('S-02: the customer logs in to their bank, in a document that makes only the requests of its inventory; Counter is killed during the payment, and it is ACCEPTED once; the next customer closes the login, comes back to it, is declined, and pays', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: true, insurance: false, sezzle: false, phone: false, saved: false, savedConsent: '' } });
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  await chooseLogin(first);
  const bank = await loginPage(first);
  await connect(bank);
  justifi.holdCharges();
  await bank.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  if (target !== 'electron') {
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    const listed = PLAID_INVENTORY.filter(({ type }) => type !== 'inside').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path === '*' ? '/link/v2/stable/link.html' : path}`);
    await expect.poll(() => requestsOfDocument(first, '/plaid')).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('ACCEPTED');
  expect([justifi.requests('POST /v1/checkouts/*/complete').length, justifi.charges().length]).toEqual([1, 1]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['accepted']);

  await second.till.getByRole('button', { name: /^New sale/u }).click();
  await second.enter('2499', 'A cake');
  await second.charge();
  await chooseLogin(second);
  const declined = await loginPage(second);
  await declined.getByRole('button', { name: 'Log in to your bank' }).click();
  await atBank(declined, 'Close');
  expect(justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(1);
  await connect(declined);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'failed', paymentStatus: 'failed', times: 1 });
  await declined.getByRole('button', { name: 'Pay', exact: true }).click();
  await second.says('DECLINED');
  await expect.poll(() => declined.isClosed()).toBe(true);
  await second.till.getByRole('button', { name: /^Try again/u }).click();
  const again = await loginPage(second);
  await connect(again);
  await again.getByRole('button', { name: 'Pay', exact: true }).click();
  await second.says('ACCEPTED');
  const tokens = justifi.requests('POST /v1/checkouts/*/complete').map(({ body }) => String(JSON.parse(body).payment_token));
  expect([tokens.length, new Set(tokens).size]).toEqual([3, 3]);
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }, { amount: 2499 }]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
});
