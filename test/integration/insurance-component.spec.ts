import { describe, expect, test } from 'vitest';
import { CARDS, cardForm } from '../e2e/card-form.ts';
import { findViolations } from '../e2e/axe.ts';
import { checkoutDocument, payingToken } from '../justifi/checkout-document.ts';

/* JustiFi's insurance in Counter's own checkout page: each trap of its component, and the guard before it. */

const QUOTE = 'POST /v1/insurance/quotes';
const ANSWER = 'POST /v1/insurance/quotes/*/toggle';
const COMPLETE = 'POST /v1/checkouts/*/complete';

const given = checkoutDocument();

async function open(): Promise<void> {
  const insurance = { firstName: 'Ana', lastName: 'Diaz', email: 'ana@example.com', state: 'mn', postalCode: '55401', country: 'US', insurableInCents: 1799 } as const;
  await given.open(async (shop, checkoutId) => ({ way: 'insured', componentToken: await payingToken(shop, checkoutId), insurance }));
  await given.customer.show();
}

const choose = (what: RegExp) => given.customer.page.getByRole('radio', { name: what }).check({ force: true });
const accept = () => choose(/^Accept coverage/u);
const decline = () => choose(/^Decline coverage/u);
const says = (sentence: string) => given.customer.page.getByText(sentence).waitFor();
const amount = () => given.customer.page.locator('#amount');
const pay = (card = CARDS.pays) => cardForm(given.customer.page).payByCard(card);
const total = async (text: string) => expect.poll(() => amount().textContent()).toBe(text);

describe('a customer is offered an insurance', () => {
  test('by nothing but plain marks: the insurer’s links lead nowhere; JustiFi does not take their answer, and it has to be given again; they take it, read the total with it, and pay that', async () => {
    given.justifi.addFault({ on: ANSWER, kind: 'status', status: 500, moment: 'before', times: 1 });
    await open();
    await says('Nothing is insured.');
    expect(await given.customer.page.locator('justifi-season-interruption-insurance').evaluate((offer) => [...offer.shadowRoot!.querySelectorAll('a, small [style]')].length)).toBe(0);
    expect(await findViolations(given.customer.page, { exclude: 'justifi-checkout' })).toEqual([]);
    await accept();
    await expect.poll(() => given.justifi.requests(ANSWER).length).toBe(1);
    await pay();
    await says('Accept or decline the insurance first. Nothing was charged.');
    expect(await amount().textContent()).toBe('$17.99');
    await decline();
    await accept();
    await total('$18.99');
    await says('With insurance for $1.00');
    await cardForm(given.customer.page).pay();
    await expect.poll(() => given.customer.told('submitted')).toEqual([{ checkoutId: given.checkoutId, paymentStatus: 'succeeded' }]);
    expect(await given.customer.told('submit')).toEqual([{ checkoutId: given.checkoutId, componentAmountInCents: 1899, methodType: 'new_card', isAuthorisationShown: false }]);
    expect(given.justifi.charges()).toMatchObject([{ checkoutId: given.checkoutId, amount: 1899 }]);
    expect(JSON.parse(given.justifi.requests(QUOTE)[0]!.body)).toMatchObject({ checkout_id: given.checkoutId, primary_identity: { state: 'MN', first_name: 'Ana', country: 'US' }, policy_attributes: { insurable_amount: 1799 } });
    expect([given.customer.violations, await given.customer.told('trouble')]).toEqual([[], []]);
  });

  test('and presses Pay without an answer: nothing is sent, not even the card, until there is one; then they change their mind twice, and pay without it', async () => {
    await open();
    await pay();
    await says('Accept or decline the insurance first. Nothing was charged.');
    expect([given.justifi.requests('POST /v1/js/payment_methods'), given.justifi.requests(COMPLETE)]).toEqual([[], []]);
    await decline();
    await expect.poll(() => given.justifi.requests(ANSWER).length).toBe(1);
    await total('$17.99');
    await accept();
    await total('$18.99');
    await decline();
    await total('$17.99');
    await cardForm(given.customer.page).pay();
    await expect.poll(() => given.customer.told('submitted')).toHaveLength(1);
    expect(given.justifi.charges()).toMatchObject([{ amount: 1799 }]);
    expect(await given.customer.page.locator('#insured').isVisible()).toBe(false);
  });
});

describe('no insurance can be had', () => {
  const NONE = 'The insurance cannot be had now. You can pay without it.';

  test.each([
    ['the quote fails', () => given.justifi.addFault({ on: QUOTE, kind: 'status', status: 503, moment: 'before' })],
    ['the quote is never answered', () => given.justifi.addFault({ on: QUOTE, kind: 'disconnect', moment: 'before' })],
  ])('because %s: it is taken off the page, and the customer pays without it', async (_why, fail) => {
    fail();
    await open();
    await says(NONE);
    expect(await given.customer.page.locator('justifi-season-interruption-insurance').count()).toBe(0);
    await pay();
    await expect.poll(() => given.customer.told('submitted')).toHaveLength(1);
    expect(given.justifi.charges()).toMatchObject([{ amount: 1799 }]);
    expect(await given.customer.told('trouble')).toEqual([{ what: 'no-insurance', detail: '' }]);
  });

  test.each(['accept', 'decline'] as const)('because the quote expired before the customer’s answer, to %s: it is taken off the page, and the customer pays without it', async (answer) => {
    given.justifi.addFault({ on: ANSWER, kind: 'status', status: 404, moment: 'before', code: 'resource_not_found' });
    await open();
    // Not by `check`, which would look at the radio afterwards: it is gone with the insurance.
    await given.customer.page.getByRole('radio', { name: answer === 'accept' ? /^Accept coverage/u : /^Decline coverage/u }).click({ force: true });
    await says(NONE);
    await pay();
    await expect.poll(() => given.customer.told('submitted')).toHaveLength(1);
    expect(given.justifi.charges()).toMatchObject([{ amount: 1799 }]);
  });
});
