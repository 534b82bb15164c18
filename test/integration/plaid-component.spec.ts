import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findViolations } from '../e2e/axe.ts';
import { type CheckoutBrowser, type CheckoutPage, startCheckoutBrowser } from '../justifi/checkout-browser.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { openShop } from '../justifi/shop.ts';

/* Plaid in Counter's own checkout page: each trap of JustiFi's component, and the guard before it. */

const LINK = 'POST /v1/plaid/*/link';
const TOKENIZE = 'POST /v1/plaid/*/tokenize';
const COMPLETE = 'POST /v1/checkouts/*/complete';

let browser: CheckoutBrowser;
let justifi: TestJustifi;
let checkoutId: string;
let customer: CheckoutPage;

beforeAll(async () => {
  browser = await startCheckoutBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  justifi = await startJustifi();
});
afterEach(async () => {
  await customer.close();
  await justifi.close();
});

async function toLogin(given: { readonly in?: CheckoutBrowser; readonly policy?: (policy: string) => string } = {}): Promise<void> {
  const shop = await openShop(justifi.origin);
  checkoutId = await shop.newCheckout();
  const componentToken = await shop.componentToken(`write:checkout:${checkoutId}`, 'write:tokenize:acc_trainingShop');
  customer = await (given.in ?? browser).open({ way: 'plaid', origin: justifi.origin, checkoutId, componentToken, ...(given.policy && { policy: given.policy }) });
  await customer.show();
}

const login = () => customer.page.getByRole('button', { name: 'Log in to your bank' });
const pay = () => customer.page.getByRole('button', { name: 'Pay', exact: true });
const atBank = (name: string) => customer.page.frameLocator('iframe[title="Plaid"]').getByRole('button', { name, exact: true });
const says = (sentence: string) => customer.page.getByText(sentence).waitFor();
const bodies = (on: string) => justifi.requests(on).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

async function connect(bank = 'Connect the account'): Promise<void> {
  await login().click();
  await atBank(bank).click();
  await says('Your bank account is connected.');
}

describe('a customer logs in to their bank', () => {
  test('and pays: nothing but Plaid is offered, no card field is there, and the checkout has its bank account', async () => {
    await toLogin();
    expect(await customer.page.locator('iframe').count()).toBe(0);
    expect(await pay().isDisabled()).toBe(true);
    expect(await findViolations(customer.page)).toEqual([]);
    await connect();
    expect(await findViolations(customer.page)).toEqual([]);
    await pay().click();
    await expect.poll(() => customer.told('submitted')).toEqual([{ checkoutId, paymentStatus: 'pending' }]);
    expect(await customer.told('submit')).toEqual([{ checkoutId, componentAmountInCents: 1799, methodType: 'plaid', isAuthorisationShown: true }]);
    const [method] = justifi.books.paymentMethods();
    expect(bodies(COMPLETE)).toEqual([{ payment_mode: 'ecom', payment_token: method!.id }]);
    expect(method!.details).toMatchObject({ kind: 'bank-account', lastFour: '6789' });
    expect([justifi.requests(LINK).length, justifi.requests(TOKENIZE).length]).toEqual([1, 1]);
    expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 1799 }]);
    expect([customer.violations, await customer.told('trouble')]).toEqual([[], []]);
  });

  test('by keyboard alone', async () => {
    await toLogin();
    await expect.poll(() => login().evaluate((button) => button === document.activeElement)).toBe(true);
    await customer.page.keyboard.press('Enter');
    await atBank('Connect the account').waitFor();
    await customer.page.keyboard.press('Enter');
    await expect.poll(() => pay().evaluate((button) => button === document.activeElement)).toBe(true);
    await customer.page.keyboard.press('Enter');
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
  });

  test('closes Plaid, and opens it again', async () => {
    await toLogin();
    await login().click();
    await atBank('Close').waitFor();
    await customer.page.keyboard.press('Escape');
    await customer.page.locator('iframe').waitFor({ state: 'detached' });
    expect(await pay().isDisabled()).toBe(true);
    await connect();
    expect(justifi.requests(LINK)).toHaveLength(1);
  });

  test.each(['The bank does not answer', 'The bank has locked the account'])('in vain (%s): one sentence, a new link, and the next try pays', async (trouble) => {
    await toLogin();
    await login().click();
    await atBank(trouble).click();
    await says('The login at the bank did not work. Nothing was charged.');
    await expect.poll(() => login().isEnabled()).toBe(true);
    expect(justifi.requests(LINK).length).toBeLessThanOrEqual(2);
    await connect();
    await pay().click();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
  });

  test('and main does not allow the charge at first: the next Pay charges the same bank account, once', async () => {
    await toLogin();
    await connect();
    await customer.answerSubmit('not-now');
    await pay().click();
    await says('The payment was not sent. Nothing was charged.');
    expect(justifi.requests(COMPLETE)).toEqual([]);
    await customer.answerSubmit('ok');
    await pay().click();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
    expect([justifi.requests(TOKENIZE).length, justifi.charges().length]).toEqual([1, 1]);
  });

  test('and JustiFi does not take it: Pay says so, and nothing was charged', async () => {
    await toLogin();
    await connect();
    justifi.addFault({ on: TOKENIZE, kind: 'status', status: 422, moment: 'before', code: 'invalid_parameter' });
    await pay().click();
    await says('The login at the bank did not work. Nothing was charged.');
    expect(await customer.told('failed')).toEqual([{ checkoutId, errorCode: 'tokenize-error' }]);
    expect(justifi.requests(COMPLETE)).toEqual([]);
  });
});

describe('a token that was there before', () => {
  const EARLIER = 'pm_of_an_earlier_card';
  /** As another way to pay in this document leaves it behind. */
  const leaveToken = (type: string) => customer.page.evaluate(([id, left]) => document.querySelector('justifi-modular-checkout')!.setSelectedPaymentMethod({ type: left as never, id }), [EARLIER, type] as const);

  test('is not charged in place of the bank account: choosing Plaid clears it', async () => {
    await toLogin();
    await leaveToken('saved_card');
    await connect();
    await pay().click();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
    expect(bodies(COMPLETE)).toMatchObject([{ payment_token: justifi.books.paymentMethods()[0]!.id }]);
  });

  test('and comes later is not charged either: nothing is asked of main, and nothing is sent', async () => {
    await toLogin();
    await connect();
    await leaveToken('plaid');
    await pay().click();
    await says('The payment was not sent. Nothing was charged.');
    expect([await customer.told('submit'), justifi.requests(COMPLETE)]).toEqual([[], []]);
    expect(await customer.told('trouble')).toEqual([{ what: 'token-refused', detail: 'plaid' }]);
  });

  test('would be charged in place of the bank account without the two guards', async () => {
    const unguarded = await startCheckoutBrowser([
      { file: 'checkout/token-guard.ts', from: "type === 'plaid' ||", to: '' },
      { file: 'checkout/plaid-form.ts', from: '&& tokens.isUnused(paymentToken)', to: '|| paymentToken !== undefined' },
    ]);
    try {
      await toLogin({ in: unguarded });
      await leaveToken('saved_card');
      await connect();
      await pay().click();
      await expect.poll(() => bodies(COMPLETE)).toEqual([{ payment_mode: 'ecom', payment_token: EARLIER }]);
      expect(justifi.requests(TOKENIZE)).toEqual([]);
    } finally {
      await unguarded.close();
    }
  });
});

describe('Plaid cannot be used', () => {
  const GONE = 'The bank login cannot be used now. Nothing was charged. Choose another way to pay.';

  test('because JustiFi gives no link: it is asked twice, not for ever, and the customer is told', async () => {
    justifi.addFault({ on: LINK, kind: 'status', status: 503, moment: 'before' });
    await toLogin();
    await says(GONE);
    expect([await login().count(), await findViolations(customer.page)]).toEqual([0, []]);
    // The component goes on asking; nothing of it leaves the page.
    await expect.poll(() => customer.page.evaluate(() => performance.now()), { timeout: 10_000 }).toBeGreaterThan(5_000);
    expect(justifi.requests(LINK)).toHaveLength(2);
    expect(await customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'plaid-link-token-failed' }]);
  });

  test('at first: the second link is taken, without a word', async () => {
    justifi.addFault({ on: LINK, kind: 'status', status: 503, moment: 'before', times: 1 });
    await toLogin();
    await connect();
    expect(await customer.told('trouble')).toEqual([]);
  });

  test('because its script does not come', async () => {
    justifi.addFault({ on: 'GET /link/*/*/*', kind: 'disconnect', moment: 'before' });
    await toLogin();
    await says(GONE);
    expect(await customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'plaid-sdk-load-failed' }]);
  });

  test('because its script hangs', async () => {
    justifi.addFault({ on: 'GET /link/*/*/*', kind: 'hang', moment: 'before' });
    await toLogin();
    await says(GONE);
    expect(await customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'too-late' }]);
  });

  test('under the policy of the card form, which has nothing of Plaid', async () => {
    await toLogin({ policy: (own) => own.replace(/script-src [^;]*/u, "script-src 'self'") });
    await says(GONE);
    expect(customer.violations.join()).toContain('link-initialize.js');
  });
});
