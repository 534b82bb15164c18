import { join } from 'node:path';
import type { Page } from 'playwright';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { INSURED_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS, cardForm } from './card-form.ts';
import { expect, test } from './connected-till.ts';
import { requestsOfDocument } from './requests-of-document.ts';
import type { TillApp } from './till-app.ts';

/** With the customer's details, to the form with the quote. */
async function chooseInsurance(app: TillApp): Promise<Page> {
  const { till } = app;
  const way = till.getByRole('button', { name: 'Card + insurance' });
  await expect(way).toBeEnabled();
  await way.click();
  for (const [field, typed] of [['First name', 'Ana'], ['Last name', 'Diaz'], ['E-mail', 'ana@example.com'], ['State, like MN', 'MN'], ['ZIP or postal code', '55401']] as const) await till.getByRole('textbox', { name: field }).fill(typed);
  await till.getByRole('button', { name: 'Get the price' }).click();
  await app.says('The customer takes the insurance or not, then pays.');
  return app.formPage();
}

test('S-02: the customer leaves the insurance, comes back to it without cover and is declined, then takes it and pays; Counter is killed during that payment, and it is PAID once, with the premium; the document makes only the requests of its inventory', async ({ connectedShop: shop, target }) => {
  const { justifi } = shop.network;
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: false, insurance: true, sezzle: false, phone: false, saved: false, savedConsent: '' } });
  const completions = () => justifi.requests('POST /v1/checkouts/*/complete');
  const first = await shop.open({ env: { COUNTER_HOST_DEBUG: '1' } });
  await first.enter('1799', 'Summer camp');
  await first.charge();
  await first.form();
  await first.till.getByRole('button', { name: 'Card + insurance' }).click();
  await first.till.getByRole('textbox', { name: 'First name' }).fill('Ana');
  await first.till.getByRole('button', { name: 'Back' }).click();
  await expect(first.till.getByRole('heading', { level: 1 })).toHaveText('$17.99');

  await first.charge();
  const declined = await chooseInsurance(first);
  expect(declined.url()).toMatch(/\/insured$/u);
  await declined.getByRole('radio', { name: /^Decline coverage/u }).check({ force: true });
  await cardForm(declined).payByCard(CARDS.declined);
  await first.says('DECLINED');
  await first.says('Nothing was charged');
  if (target !== 'electron') {
    const hosts = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
    // The bank account’s fields are not there.
    const listed = INSURED_INVENTORY.filter(({ type, path }) => type !== 'inside' && !path.endsWith('Number') || path === '/v2/cardNumber').map(({ type, method, at, path }) => `${type} ${method} ${hosts[at]}${path}`);
    // The requests inside a hosted field's frame are JustiFi’s.
    const isInside = (request: string) => request.includes(` ${hosts.fields}/`) && !request.startsWith('subFrame');
    await expect.poll(() => requestsOfDocument(first, '/insured').filter((request) => !isInside(request))).toEqual(listed.toSorted());
    expect(first.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
  }

  await first.till.getByRole('button', { name: /^Try again/u }).click();
  // The customer is known.
  await first.says('The customer takes the insurance or not, then pays.');
  const again = await first.formPage();
  expect(again).not.toBe(declined);
  await again.getByRole('radio', { name: /^Accept coverage/u }).check({ force: true });
  await again.getByText('With insurance for $1.00').waitFor();
  justifi.holdCharges();
  await cardForm(again).payByCard(CARDS.pays);
  await expect.poll(() => completions().length).toBe(2);
  expect(first.log()).not.toMatch(/Ana|Diaz|55401/u);
  await first.counter.kill();
  justifi.releaseCharges();

  const second = await shop.open({ till: 'result' });
  await second.says('PAID');
  await second.till.getByText('$18.99').first().waitFor();
  await second.till.locator('#root').getByText('Insurance $1.00').waitFor();
  expect([completions().length, justifi.charges()]).toMatchObject([2, [{ amount: 1899 }]]);
  expect(second.journal('test').sales.map(({ kind }) => kind)).toEqual(['unresolved', 'paid']);
});
