import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { PLAID_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { expect, test } from './connected-till.ts';

test('S-02: the customer logs in to their bank, in a document that makes only the requests of its inventory; Counter is killed during the payment, and it is ACCEPTED once', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: true, insurance: false, sezzle: false, phone: false, saved: false, savedConsent: '' } });
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'One donut');
  await first.charge();
  await first.form();
  const way = first.till.getByRole('button', { name: 'Bank login (Plaid)' });
  await expect(way).toBeEnabled();
  await way.click();
  await first.says('Ask the customer to log in to their bank.');
  const found = () => first.counter.windows().find((window) => window.url().endsWith('/plaid'));
  await expect.poll(found).toBeDefined();
  const bank = () => found()!;
  await bank().getByRole('button', { name: 'Log in to your bank' }).click();
  await bank().frameLocator('iframe[title="Plaid"]').getByRole('button', { name: 'Connect the account', exact: true }).click();
  await bank().getByText('authorize').waitFor();
  justifi.holdCharges();
  await bank().getByRole('button', { name: 'Pay', exact: true }).click();
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  if (target !== 'electron') {
    const asked = [...stripVTControlCharacters(first.counter.output).matchAll(/ request (\w+) (\w+) (\w+) (\S+)$/gmu)].map(([, window, type, method, url]) => ({ window, request: `${type} ${method} ${url!.replace(/\?.*$/u, '').replace(/localhost:\d+/u, 'localhost:<port>').replace(/cho_\w+/u, '<checkout>').replace(/acc_\w+/u, '<account>')}` }));
    const document = asked.find(({ request }) => request.endsWith('/plaid'))!.window;
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    const listed = PLAID_INVENTORY.filter(({ type }) => type !== 'inside').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path === '*' ? '/link/v2/stable/link.html' : path}`);
    expect([...new Set(asked.filter(({ window }) => window === document).map(({ request }) => request))].toSorted()).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('ACCEPTED');
  expect([justifi.requests('POST /v1/checkouts/*/complete').length, justifi.charges().length]).toEqual([1, 1]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['accepted']);
});
