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

test('S-02: the customer closes the login at their bank, comes back to it, is declined, and pays at the second try; Counter is killed during that payment, and it is ACCEPTED once; the document makes only the requests of its inventory', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: true, insurance: false, sezzle: false, phone: false, saved: false, savedConsent: '' } });
  const completions = () => justifi.requests('POST /v1/checkouts/*/complete');
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  await chooseLogin(first);
  const declined = await loginPage(first);
  await declined.getByRole('button', { name: 'Log in to your bank' }).click();
  await atBank(declined, 'Close');
  expect(completions()).toHaveLength(0);
  await connect(declined);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'failed', paymentStatus: 'failed', times: 1 });
  await declined.getByRole('button', { name: 'Pay', exact: true }).click();
  await first.says('DECLINED');
  await expect.poll(() => declined.isClosed()).toBe(true);
  if (target !== 'electron') {
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    const listed = PLAID_INVENTORY.filter(({ type }) => type !== 'inside').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path === '*' ? '/link/v2/stable/link.html' : path}`);
    await expect.poll(() => requestsOfDocument(first, '/plaid')).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }

  await first.till.getByRole('button', { name: /^Try again/u }).click();
  const again = await loginPage(first);
  await connect(again);
  justifi.holdCharges();
  await again.getByRole('button', { name: 'Pay', exact: true }).click();
  await expect.poll(() => completions().length).toBe(2);
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('ACCEPTED');
  const tokens = completions().map(({ body }) => String(JSON.parse(body).payment_token));
  expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['accepted']);
});
