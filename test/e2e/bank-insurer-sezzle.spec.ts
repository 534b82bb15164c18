import { join } from 'node:path';
import type { Page } from 'playwright';
import { JUSTIFI_ORIGINS } from '../../main/local-origin/checkout-policy.ts';
import { INSURED_INVENTORY, PLAID_INVENTORY, SEZZLE_INVENTORY } from '../../main/local-origin/page-inventory.ts';
import { openSettings } from '../../main/storage/settings.ts';
import { CARDS, cardForm } from './card-form.ts';
import { type Shop, expect, test } from './connected-till.ts';
import { requestsOfDocument } from './requests-of-document.ts';
import { justifiFromNowOn } from './running-till.ts';
import type { FirstScreen, TillApp } from './till-app.ts';
import type { Target } from './till.ts';

/* The ways to pay that need another company beside JustiFi: the customer's bank, an insurer, Sezzle. */

/** At a till that prints its requests. `justifi`: from this customer on. */
type Visit = { readonly app: TillApp; readonly justifi: Shop['network']['justifi']; readonly target: Target; readonly start: (till: FirstScreen) => Promise<TillApp> };
/** Until the result is on the screen. Returns the till that shows it. */
type Customer = (visit: Visit) => Promise<TillApp>;

const DEBUG = { COUNTER_HOST_DEBUG: '1' };
/** Of the inventories, as requests have them. */
const HOSTS = { page: 'http://localhost:<port>', ...JUSTIFI_ORIGINS, sezzleWindows: '' };
const completionsAt = (justifi: Visit['justifi']) => justifi.requests('POST /v1/checkouts/*/complete');

/** `isIts`: of the requests, those to look at. */
async function requestsAreListed({ app, target }: Visit, path: string, listed: readonly string[], isIts: (request: string) => boolean = () => true): Promise<void> {
  if (target === 'electron') return;
  await expect.poll(() => requestsOfDocument(app, path).filter(isIts)).toEqual(listed.toSorted());
  expect(app.log()).not.toMatch(/page\.changed|window\.request-refused|checkout-page\./u);
}

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

async function connectBank(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Log in to your bank' }).click();
  await atBank(page, 'Connect the account');
  await page.getByText('authorize').waitFor();
}

const withBank: Customer = async (visit) => {
  const { app, justifi } = visit;
  await app.enter('1799', 'One donut');
  await app.charge();
  await app.form();
  await chooseLogin(app);
  const declined = await loginPage(app);
  await declined.getByRole('button', { name: 'Log in to your bank' }).click();
  await atBank(declined, 'Close');
  expect(completionsAt(justifi)).toHaveLength(0);
  await connectBank(declined);
  justifi.addFault({ on: 'POST /v1/checkouts/*/complete', kind: 'completion', status: 'failed', paymentStatus: 'failed', times: 1 });
  await declined.getByRole('button', { name: 'Pay', exact: true }).click();
  await app.says('DECLINED');
  await expect.poll(() => declined.isClosed()).toBe(true);
  await requestsAreListed(visit, '/plaid', PLAID_INVENTORY.filter(({ type }) => type !== 'inside').map(({ type, method, at, path }) => `${type} ${method} ${HOSTS[at]}${path === '*' ? '/link/v2/stable/link.html' : path}`));

  await app.till.getByRole('button', { name: /^Try again/u }).click();
  const again = await loginPage(app);
  await connectBank(again);
  await again.getByRole('button', { name: 'Pay', exact: true }).click();
  await app.says('ACCEPTED');
  const tokens = completionsAt(justifi).map(({ body }) => String(JSON.parse(body).payment_token));
  expect([tokens.length, new Set(tokens).size]).toEqual([2, 2]);
  expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
  return app;
};

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

const withInsurance: Customer = async (visit) => {
  const { app, justifi } = visit;
  await app.enter('1850', 'Summer camp');
  await app.charge();
  await app.form();
  await app.till.getByRole('button', { name: 'Card + insurance' }).click();
  await app.till.getByRole('textbox', { name: 'First name' }).fill('Ana');
  await app.till.getByRole('button', { name: 'Back' }).click();
  await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$18.50');

  await app.charge();
  const declined = await chooseInsurance(app);
  expect(declined.url()).toMatch(/\/insured$/u);
  await declined.getByRole('radio', { name: /^Decline coverage/u }).check({ force: true });
  await cardForm(declined).payByCard(CARDS.declined);
  await app.says('DECLINED');
  await app.says('Nothing was charged');
  // The bank account’s fields are not there.
  const listed = INSURED_INVENTORY.filter(({ type, path }) => type !== 'inside' && !path.endsWith('Number') || path === '/v2/cardNumber').map(({ type, method, at, path }) => `${type} ${method} ${HOSTS[at]}${path}`);
  // The requests inside a hosted field's frame are JustiFi’s.
  await requestsAreListed(visit, '/insured', listed, (request) => !request.includes(` ${HOSTS.fields}/`) || request.startsWith('subFrame'));

  await app.till.getByRole('button', { name: /^Try again/u }).click();
  // The customer is known.
  await app.says('The customer takes the insurance or not, then pays.');
  const again = await app.formPage();
  expect(again).not.toBe(declined);
  await again.getByRole('radio', { name: /^Accept coverage/u }).check({ force: true });
  await again.getByText('With insurance for $1.00').waitFor();
  await cardForm(again).payByCard(CARDS.pays);
  await app.says('PAID');
  await app.till.getByText('$19.50').first().waitFor();
  await app.till.locator('#root').getByText('Insurance $1.00').waitFor();
  expect([completionsAt(justifi).length, justifi.charges()]).toMatchObject([2, [{ amount: 1950 }]]);
  expect(app.log()).not.toMatch(/Ana|Diaz|55401/u);
  return app;
};

const find = ({ counter }: TillApp, end: string) => counter.windows().findLast((window) => window.url().includes(end));

async function windowAt(app: TillApp, end: string): Promise<Page> {
  await expect.poll(() => find(app, end)).toBeDefined();
  return find(app, end)!;
}

/** The customer goes to Sezzle. Returns Sezzle's window. */
async function toSezzle(app: TillApp): Promise<Page> {
  await (await windowAt(app, '/sezzle')).getByRole('button', { name: 'Pay with Sezzle' }).click();
  return windowAt(app, 'sandbox.checkout.sezzle.com');
}

const withSezzle: Customer = async (visit) => {
  const { app, justifi, start } = visit;
  await app.enter('1901', 'Two donuts');
  await app.charge();
  await app.form();
  await app.till.getByRole('button', { name: 'Pay later (Sezzle)' }).click();
  const canceled = await toSezzle(app);
  await app.says('The customer is at Sezzle');
  // S-12: one window, of Sezzle's hosts only, and it stays there.
  expect(await (await windowAt(app, '/sezzle')).evaluate(() => [open('https://checkout.sezzle.com.evil.example/'), open('https://checkout.sezzle.com/')])).toEqual([null, null]);
  await canceled.evaluate(() => {
    location.href = 'https://evil.example/';
  });
  await canceled.getByRole('button', { name: 'Cancel' }).click();
  await app.says('NOT CHARGED');
  await expect.poll(() => find(app, '/sezzle')).toBeUndefined();

  const tryAgain = () => app.till.getByRole('button', { name: /^Try again/u }).click();
  await tryAgain();
  await (await toSezzle(app)).getByRole('button', { name: 'Sezzle refuses the customer' }).click();
  await app.says(/DECLINED|NOT CHARGED/u);
  await expect.poll(() => find(app, '/sezzle')).toBeUndefined();
  expect(completionsAt(justifi)).toHaveLength(0);

  await tryAgain();
  const window = await toSezzle(app);
  justifi.holdCharges();
  await window.getByRole('button', { name: 'Approve the order' }).click();
  await expect.poll(() => completionsAt(justifi).length).toBe(1);
  await requestsAreListed(visit, '/sezzle', SEZZLE_INVENTORY.filter(({ at }) => at !== 'sezzleWindows').map(({ type, method, at, path }) => `${type} ${method} ${HOSTS[at]}${path}`));
  await app.counter.kill();
  justifi.releaseCharges();
  const next = await start('result');
  await paidAtSezzle(visit, next);
  return next;
};

async function paidAtSezzle({ justifi }: Visit, next: TillApp): Promise<void> {
  await next.says('PAID');
  // Main reads the checkout, and asks once more with the same key; whichever is answered first.
  await expect.poll(() => next.log()).toContain('sezzle.asked');
  const completions = completionsAt(justifi);
  expect(new Set(completions.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  expect(completions.map(({ body }) => JSON.parse(body) as unknown)).toEqual(completions.map(() => ({ payment_mode: 'bnpl' })));
  // Neither the checkout of the order that was cancelled, nor of the one that was refused.
  const orderedOn = [...justifi.books.sezzleOrders().keys()];
  expect(orderedOn).toHaveLength(3);
  expect(new Set(completions.map(({ path }) => path))).toEqual(new Set([`/v1/checkouts/${orderedOn[2]}/complete`]));
  expect(justifi.charges()).toMatchObject([{ amount: 1901, checkoutId: orderedOn[2] }]);
}

const CUSTOMERS: readonly (readonly [does: string, customer: Customer])[] = [
  ['S-02: the customer closes the login at their bank, comes back to it, is declined, and pays at the second try: ACCEPTED once', withBank],
  ['S-02: the customer leaves the insurance, comes back to it without cover and is declined, then takes it and pays: PAID once, with the premium', withInsurance],
  ['S-02: the customer cancels at Sezzle, is refused at the second try and agrees at the third, each on a checkout of its own, and Counter is killed while main pays: PAID once, with one key', withSezzle],
];

test('S-02: one customer each pays by a login at their bank, with an insurance and at Sezzle, after a change of mind and a decline; Counter is killed during the last payment, and tells it once after the restart; each document makes only the requests of its inventory', async ({ connectedShop: shop, target }) => {
  test.setTimeout(240_000);
  openSettings(join(shop.userData, 'settings.json'), () => {}).change({ form: { cards: true, bankAccounts: true, billing: 'short', bankAuthorisation: '', plaid: true, insurance: true, sezzle: true, phone: false, saved: false, savedConsent: '' } });
  const start = (till: FirstScreen) => shop.open({ till, env: DEBUG });
  let app = await start('keypad');
  for (const [does, customer] of CUSTOMERS) {
    await test.step(does, async () => {
      const justifi = justifiFromNowOn(shop.network.justifi);
      app = await customer({ app, justifi, target, start });
      await app.till.getByRole('button', { name: /^New sale/u }).click();
      await expect(app.till.getByRole('heading', { level: 1 })).toHaveText('$0.00');
    });
  }
  expect(app.journal('test').sales.filter(({ kind }) => kind !== 'draft').map(({ kind, amount_in_cents: amount }) => `${kind} ${amount}`)).toEqual(['accepted 1799', 'unresolved 1850', 'paid 1950', 'unresolved 1901', 'unresolved 1901', 'unresolved 1901', 'paid 1901']);
});
