import { describe, expect, test } from 'vitest';
import { findViolations } from '../e2e/axe.ts';
import { hurry } from '../e2e/card-form.ts';
import { type CheckoutBrowser, startCheckoutBrowser } from '../justifi/checkout-browser.ts';
import { checkoutDocument, payingToken } from '../justifi/checkout-document.ts';

/* Plaid in Counter's own checkout page: each trap of JustiFi's component, and the guard before it. */

const LINK = 'POST /v1/plaid/*/link';
const TOKENIZE = 'POST /v1/plaid/*/tokenize';
const COMPLETE = 'POST /v1/checkouts/*/complete';

const given = checkoutDocument();

async function toLogin(options: { readonly in?: CheckoutBrowser; readonly policy?: (policy: string) => string } = {}): Promise<void> {
  await given.open(async (shop, checkoutId) => ({ way: 'plaid', componentToken: await payingToken(shop, checkoutId), ...(options.policy && { policy: options.policy }) }), options.in);
  await given.customer.show();
}

const login = () => given.customer.page.getByRole('button', { name: 'Log in to your bank' });
const pay = () => given.customer.page.getByRole('button', { name: 'Pay', exact: true });
const atBank = (name: string) => given.customer.page.frameLocator('iframe[title="Plaid"]').getByRole('button', { name, exact: true });
const says = (sentence: string) => given.customer.page.getByText(sentence).waitFor();
const bodies = (on: string) => given.justifi.requests(on).map(({ body }) => JSON.parse(body) as Record<string, unknown>);

async function connect(bank = 'Connect the account'): Promise<void> {
  await login().click();
  await atBank(bank).click();
  await says('Your bank account is connected.');
}

/** One sentence, and a new link. */
async function inVain(trouble: string): Promise<void> {
  await atBank(trouble).click();
  await says('The login at the bank did not work. Nothing was charged.');
  await expect.poll(() => login().isEnabled()).toBe(true);
  expect(given.justifi.requests(LINK).length).toBeLessThanOrEqual(2);
}

describe('a customer logs in to their bank', () => {
  test('and pays, by keyboard alone: nothing but Plaid is offered, no card field is there, and the checkout has its bank account', async () => {
    await toLogin();
    expect(await given.customer.page.locator('iframe').count()).toBe(0);
    expect(await pay().isDisabled()).toBe(true);
    expect(await findViolations(given.customer.page)).toEqual([]);
    await expect.poll(() => login().evaluate((button) => button === document.activeElement)).toBe(true);
    await given.customer.page.keyboard.press('Enter');
    await atBank('Connect the account').waitFor();
    await given.customer.page.keyboard.press('Enter');
    await says('Your bank account is connected.');
    await expect.poll(() => pay().evaluate((button) => button === document.activeElement)).toBe(true);
    expect(await findViolations(given.customer.page)).toEqual([]);
    await given.customer.page.keyboard.press('Enter');
    await expect.poll(() => given.customer.told('submitted')).toEqual([{ checkoutId: given.checkoutId, paymentStatus: 'pending' }]);
    expect(await given.customer.told('submit')).toEqual([{ checkoutId: given.checkoutId, componentAmountInCents: 1799, methodType: 'plaid', isAuthorisationShown: true }]);
    const [method] = given.justifi.books.paymentMethods();
    expect(bodies(COMPLETE)).toEqual([{ payment_mode: 'ecom', payment_token: method!.id }]);
    expect(method!.details).toMatchObject({ kind: 'bank-account', lastFour: '6789' });
    expect([given.justifi.requests(LINK).length, given.justifi.requests(TOKENIZE).length]).toEqual([1, 1]);
    expect(given.justifi.charges()).toMatchObject([{ checkoutId: given.checkoutId, amount: 1799 }]);
    expect([given.customer.violations, await given.customer.told('trouble')]).toEqual([[], []]);
  });

  test('closes Plaid, opens it again, and the bank does not answer; then they connect, JustiFi does not take it, and main does not allow the charge: the next Pay charges the same bank account, once', async () => {
    await toLogin();
    await login().click();
    await atBank('Close').waitFor();
    await given.customer.page.keyboard.press('Escape');
    await given.customer.page.locator('iframe').waitFor({ state: 'detached' });
    expect(await pay().isDisabled()).toBe(true);
    await expect.poll(() => login().evaluate((button) => button === document.activeElement)).toBe(true);
    await given.customer.page.keyboard.press('Enter');
    await atBank('The bank does not answer').waitFor();
    expect(given.justifi.requests(LINK)).toHaveLength(1);
    await inVain('The bank does not answer');
    await connect();
    await hurry(given.customer.page);
    given.justifi.addFault({ on: TOKENIZE, kind: 'status', status: 422, moment: 'before', code: 'invalid_parameter', times: 1 });
    await pay().click();
    await says('The login at the bank did not work. Nothing was charged.');
    expect(await given.customer.told('failed')).toEqual([{ checkoutId: given.checkoutId, errorCode: 'tokenize-error' }]);
    expect([await given.customer.told('submit'), given.justifi.requests(COMPLETE)]).toEqual([[], []]);
    await given.customer.page.locator('#pause').waitFor({ state: 'hidden' });
    await given.customer.answerSubmit('not-now');
    await pay().click();
    await says('The payment was not sent. Nothing was charged.');
    expect(given.justifi.requests(COMPLETE)).toEqual([]);
    await given.customer.answerSubmit('ok');
    await pay().click();
    await expect.poll(() => given.customer.told('submitted')).toHaveLength(1);
    // One that was refused, and one that was taken.
    expect([given.justifi.requests(TOKENIZE).length, given.justifi.charges().length]).toEqual([2, 1]);
  });
});

describe('a token that was there before', () => {
  const EARLIER = 'pm_of_an_earlier_card';
  /** As an earlier way to pay in this document leaves it. */
  const leaveToken = (type: string) => given.customer.page.evaluate(([id, left]) => document.querySelector('justifi-modular-checkout')!.setSelectedPaymentMethod({ type: left as never, id }), [EARLIER, type] as const);

  test('is not charged in place of the bank account: choosing Plaid clears it, also after a login in vain, because the bank has locked the account', async () => {
    await toLogin();
    await login().click();
    await inVain('The bank has locked the account');
    await leaveToken('saved_card');
    await connect();
    await pay().click();
    await expect.poll(() => given.customer.told('submitted')).toHaveLength(1);
    expect(bodies(COMPLETE)).toMatchObject([{ payment_token: given.justifi.books.paymentMethods()[0]!.id }]);
  });

  test('and comes later is not charged either, also where the first link failed, without a word, and the second was taken: nothing is asked of main, and nothing is sent', async () => {
    given.justifi.addFault({ on: LINK, kind: 'status', status: 503, moment: 'before', times: 1 });
    await toLogin();
    await connect();
    expect(await given.customer.told('trouble')).toEqual([]);
    await leaveToken('plaid');
    await pay().click();
    await says('The payment was not sent. Nothing was charged.');
    expect([await given.customer.told('submit'), given.justifi.requests(COMPLETE)]).toEqual([[], []]);
    expect(await given.customer.told('trouble')).toEqual([{ what: 'token-refused', detail: 'plaid' }]);
  });

  test('would be charged in place of the bank account without the two guards', async () => {
    const unguarded = await startCheckoutBrowser([
      // renderer/checkout/token-guard.ts, and the second line behind it in plaid-form.ts.
      { guard: /\w+===`plaid`\|\|(?=\w+===`sezzle`)/u, without: '' },
      { guard: /&&\w+\.isUnused\(/u, without: '||Boolean(' },
    ]);
    try {
      await toLogin({ in: unguarded });
      await leaveToken('saved_card');
      await connect();
      await pay().click();
      await expect.poll(() => bodies(COMPLETE)).toEqual([{ payment_mode: 'ecom', payment_token: EARLIER }]);
      expect(given.justifi.requests(TOKENIZE)).toEqual([]);
    } finally {
      await unguarded.close();
    }
  });
});

describe('Plaid cannot be used', () => {
  const GONE = 'The bank login cannot be used now. Nothing was charged. Choose another way to pay.';

  test('because JustiFi gives no link: it is asked twice, not for ever, and the customer is told', async () => {
    given.justifi.addFault({ on: LINK, kind: 'status', status: 503, moment: 'before' });
    await toLogin();
    await says(GONE);
    expect([await login().count(), await findViolations(given.customer.page)]).toEqual([0, []]);
    // The component goes on asking; none of its requests leaves the page.
    await expect.poll(() => given.customer.page.evaluate(() => performance.now()), { timeout: 10_000 }).toBeGreaterThan(5_000);
    expect(given.justifi.requests(LINK)).toHaveLength(2);
    expect(await given.customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'plaid-link-token-failed' }]);
  });

  test('because its script does not come', async () => {
    given.justifi.addFault({ on: 'GET /link/*/*/*', kind: 'disconnect', moment: 'before' });
    await toLogin();
    await says(GONE);
    expect(await given.customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'plaid-sdk-load-failed' }]);
  });

  test('because its script hangs', async () => {
    given.justifi.addFault({ on: 'GET /link/*/*/*', kind: 'hang', moment: 'before' });
    await toLogin();
    await says(GONE);
    expect(await given.customer.told('trouble')).toEqual([{ what: 'plaid-unavailable', detail: 'too-late' }]);
  });

  test('under the policy of the card form, which has nothing of Plaid', async () => {
    await toLogin({ policy: (own) => own.replace(/script-src [^;]*/u, "script-src 'self'") });
    await says(GONE);
    expect(given.customer.violations.join()).toContain('link-initialize.js');
  });
});
