import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { INSURED_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS, cardForm } from './card-form.ts';
import { expect, test } from './connected-till.ts';

test('S-02: the customer takes an insurance, in a document that makes only the requests of its inventory; Counter is killed during the payment, and it is PAID once, with the premium', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, insurance: true, sezzle: false, phone: false, saved: false, savedConsent: '' } });
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  const { till } = first;
  await first.enter('1799', 'Summer camp');
  await first.charge();
  await first.form();
  const way = till.getByRole('button', { name: 'Card + insurance' });
  await expect(way).toBeEnabled();
  await way.click();
  for (const [field, typed] of [['First name', 'Ana'], ['Last name', 'Diaz'], ['E-mail', 'ana@example.com'], ['State, like MN', 'MN'], ['ZIP or postal code', '55401']] as const) await till.getByRole('textbox', { name: field }).fill(typed);
  await till.getByRole('button', { name: 'Get the price' }).click();
  await first.says('The customer takes the insurance or not, then pays.');
  const page = await first.formPage();
  expect(page.url()).toMatch(/\/insured$/u);
  await page.getByRole('radio', { name: /^Accept coverage/u }).check({ force: true });
  await page.getByText('With insurance for $1.00').waitFor();
  justifi.holdCharges();
  await cardForm(page).payByCard(CARDS.pays);
  await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete').length).toBe(1);
  if (target !== 'electron') {
    const asked = [...stripVTControlCharacters(first.counter.output).matchAll(/ request (\w+) (\w+) (\w+) (\S+)$/gmu)].map(([, window, type, method, url]) => ({ window, request: `${type} ${method} ${url!.replace(/\?.*$/u, '').replace(/localhost:\d+/u, 'localhost:<port>').replace(/cho_\w+/u, '<checkout>').replace(/iqu_\w+/u, '<quote>')}` }));
    const document = asked.find(({ request }) => request.endsWith('/insured'))!.window;
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    // The bank account’s fields are not there.
    const listed = INSURED_INVENTORY.filter(({ type, path }) => type !== 'inside' && !path.endsWith('Number') || path === '/v2/cardNumber').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path}`);
    // The requests inside a hosted field's frame are JustiFi’s.
    const isInside = (request: string) => request.includes(` ${hosts.fields}/`) && !request.startsWith('subFrame');
    expect([...new Set(asked.filter(({ window }) => window === document).map(({ request }) => request))].filter((request) => !isInside(request)).toSorted()).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }
  expect(first.log()).not.toMatch(/Ana|Diaz|55401/u);
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  await second.till.getByText('$18.99').first().waitFor();
  await second.till.locator('#root').getByText('Insurance $1.00').waitFor();
  expect([justifi.requests('POST /v1/checkouts/*/complete').length, justifi.charges()]).toMatchObject([1, [{ amount: 1899 }]]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['paid']);
});
