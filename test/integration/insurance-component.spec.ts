import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { CARDS, cardForm } from '../e2e/card-form.ts';
import { findViolations } from '../e2e/axe.ts';
import { type CheckoutBrowser, type CheckoutPage, startCheckoutBrowser } from '../justifi/checkout-browser.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { openShop } from '../justifi/shop.ts';

/* JustiFi's insurance in Counter's own checkout page: each trap of its component, and the guard before it. */

const QUOTE = 'POST /v1/insurance/quotes';
const ANSWER = 'POST /v1/insurance/quotes/*/toggle';
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

async function open(): Promise<void> {
  const shop = await openShop(justifi.origin);
  checkoutId = await shop.newCheckout();
  const componentToken = await shop.componentToken(`write:checkout:${checkoutId}`, 'write:tokenize:acc_trainingShop');
  const insurance = { firstName: 'Ana', lastName: 'Diaz', email: 'ana@example.com', state: 'mn', postalCode: '55401', country: 'US', insurableInCents: 1799 } as const;
  customer = await browser.open({ way: 'insured', origin: justifi.origin, checkoutId, componentToken, insurance });
  await customer.show();
}

const choose = (what: RegExp) => customer.page.getByRole('radio', { name: what }).check({ force: true });
const accept = () => choose(/^Accept coverage/u);
const decline = () => choose(/^Decline coverage/u);
const says = (sentence: string) => customer.page.getByText(sentence).waitFor();
const amount = () => customer.page.locator('#amount');
const pay = (card = CARDS.pays) => cardForm(customer.page).payByCard(card);
const total = async (text: string) => expect.poll(() => amount().textContent()).toBe(text);

describe('a customer is offered an insurance', () => {
  test('takes it, reads the total with it, and pays that', async () => {
    await open();
    expect(await findViolations(customer.page, { exclude: 'justifi-checkout' })).toEqual([]);
    await accept();
    await total('$18.99');
    await says('With insurance for $1.00');
    await pay();
    await expect.poll(() => customer.told('submitted')).toEqual([{ checkoutId, paymentStatus: 'succeeded' }]);
    expect(await customer.told('submit')).toEqual([{ checkoutId, componentAmountInCents: 1899, methodType: 'new_card', isAuthorisationShown: false }]);
    expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 1899 }]);
    expect(JSON.parse(justifi.requests(QUOTE)[0]!.body)).toMatchObject({ checkout_id: checkoutId, primary_identity: { state: 'MN', first_name: 'Ana', country: 'US' }, policy_attributes: { insurable_amount: 1799 } });
    expect([customer.violations, await customer.told('trouble')]).toEqual([[], []]);
  });

  test('changes their mind, and pays without it', async () => {
    await open();
    await accept();
    await total('$18.99');
    await decline();
    await total('$17.99');
    await pay();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
    expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
    expect(await customer.page.locator('#insured').isVisible()).toBe(false);
  });

  test('and presses Pay without an answer: nothing is sent, not even the card, until there is one', async () => {
    await open();
    await pay();
    await says('Accept or decline the insurance first. Nothing was charged.');
    expect([justifi.requests('POST /v1/js/payment_methods'), justifi.requests(COMPLETE)]).toEqual([[], []]);
    await decline();
    await expect.poll(() => justifi.requests(ANSWER).length).toBe(1);
    await total('$17.99');
    await cardForm(customer.page).pay();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
  });

  test('and JustiFi does not take the answer: it has to be given again', async () => {
    justifi.addFault({ on: ANSWER, kind: 'status', status: 500, moment: 'before', times: 1 });
    await open();
    await accept();
    await expect.poll(() => justifi.requests(ANSWER).length).toBe(1);
    await pay();
    await says('Accept or decline the insurance first. Nothing was charged.');
    expect(await amount().textContent()).toBe('$17.99');
    await decline();
    await accept();
    await total('$18.99');
  });

  test('by nothing but plain marks: the insurer’s links lead nowhere', async () => {
    await open();
    await says('Nothing is insured.');
    expect(await customer.page.locator('justifi-season-interruption-insurance').evaluate((offer) => [...offer.shadowRoot!.querySelectorAll('a, small [style]')].length)).toBe(0);
  });
});

describe('no insurance can be had', () => {
  const NONE = 'The insurance cannot be had now. You can pay without it.';

  test.each([
    ['the quote fails', () => justifi.addFault({ on: QUOTE, kind: 'status', status: 503, moment: 'before' })],
    ['the quote is never answered', () => justifi.addFault({ on: QUOTE, kind: 'disconnect', moment: 'before' })],
  ])('because %s: it is taken off the page, and the customer pays without it', async (_why, fail) => {
    fail();
    await open();
    await says(NONE);
    expect(await customer.page.locator('justifi-season-interruption-insurance').count()).toBe(0);
    await pay();
    await expect.poll(() => customer.told('submitted')).toHaveLength(1);
    expect(justifi.charges()).toMatchObject([{ amount: 1799 }]);
    expect(await customer.told('trouble')).toEqual([{ what: 'no-insurance', detail: '' }]);
  });
});
