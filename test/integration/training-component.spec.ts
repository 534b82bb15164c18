import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ComponentBrowser, type ComponentPage, startComponentBrowser } from '../justifi/component-browser.ts';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

let browser: ComponentBrowser;
let justifi: TestJustifi;
let shop: Shop;
let checkoutId: string;
let customer: ComponentPage;

beforeAll(async () => {
  browser = await startComponentBrowser();
});
afterAll(() => browser.close());

beforeEach(async () => {
  justifi = await startJustifi();
  shop = await openShop(justifi.origin);
  checkoutId = await shop.newCheckout();
  const authToken = await shop.componentToken(`write:checkout:${checkoutId}`, 'write:tokenize:acc_trainingShop');
  customer = await browser.open({ origin: justifi.origin, authToken, checkoutId });
});
afterEach(async () => {
  customer.close();
  await justifi.close();
});

/** The parts of a card field that Counter relies on. */
async function cardFieldWorks(): Promise<void> {
  const cardNumber = customer.field('cardNumber');
  await cardNumber.pressSequentially('378282246310005');
  expect(await cardNumber.inputValue()).toBe('3782 822463 10005');
  const inField = customer.page.frameLocator('iframe[name="cardNumber"]');
  expect(await inField.locator('output').textContent()).toBe('American Express');
  expect(await inField.getByRole('textbox', { name: 'Card number' }).count()).toBe(1);
  await customer.field('CVV').pressSequentially('12345');
  expect(await customer.field('CVV').inputValue()).toBe('1234');

  await cardNumber.fill('4242424242424242');
  await cardNumber.press('Home');
  await cardNumber.press('Delete');
  expect(await cardNumber.inputValue()).toBe('2424 2424 2424 242');
  await cardNumber.press('4');
  expect(await cardNumber.inputValue()).toBe('4242 4242 4242 4242');
  expect(await cardNumber.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(1);

  const fontInField = await customer.field('cardNumber').evaluate((input) => getComputedStyle(input).fontFamily);
  const src = await customer.frame('cardNumber').getAttribute('src');
  const encoded = new URLSearchParams(src?.split('?').at(-1)).get('fontFamily') ?? '';
  expect(atob(encoded)).not.toBe('');
  expect(fontInField).toBe(atob(encoded));
  expect(await customer.frame('cardNumber').evaluate((frame) => frame.getBoundingClientRect().height)).toBeGreaterThan(20);
}

describe("with JustiFi's own component in a real browser", () => {
  test('a card field groups its digits, names the brand, has a name for those who cannot see it, and wears the font of the page around it; a mistyped card number is not tokenized, and nothing is charged; a declined card arrives as a success, and another card pays the same checkout; the page asks for nothing besides that', async () => {
    await customer.cardFieldsReady();
    await cardFieldWorks();
    expect(customer.problems).toEqual([]);
    await customer.payByCard({ number: '4242424242424241' });
    await expect.poll(() => customer.heard('error-event')).toContainEqual(
      expect.objectContaining({ errorCode: 'tokenize-error', message: 'Format is invalid for parameter: card_number' }),
    );
    expect(justifi.requests('POST /v1/checkouts/*/complete')).toEqual([]);

    await customer.payByCard({ number: '4000000000009995' });
    await expect.poll(() => customer.heard('submit-event')).toHaveLength(1);
    expect((await customer.heard('submit-event'))[0]?.checkout).toMatchObject({ payment_status: 'failed' });
    expect(justifi.charges()).toEqual([]);

    await customer.payByCard({ number: '4242424242424242' });
    await expect.poll(() => customer.heard('submit-event')).toHaveLength(2);
    const paid = (await customer.heard('submit-event'))[1];
    expect(paid?.checkout).toMatchObject({ payment_status: 'succeeded' });
    expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 1799, paymentId: paid?.checkout?.payment_id }]);
    expect(justifi.books.paymentMethods().at(-1)).toMatchObject({ details: { lastFour: '4242', postalCodeCheck: 'pass' } });
    // The card number that JustiFi refused.
    expect(customer.problems).toEqual(['Failed to load resource: the server responded with a status of 402 (Payment Required)']);
    const asked = justifi.requests().filter(({ path, headers }) => !path.startsWith('/v2/') && headers.origin !== undefined);
    const withoutPreflights = asked.filter(({ method }) => method !== 'OPTIONS');
    const [tokenize, complete] = ['POST /v1/js/payment_methods', `POST /v1/checkouts/${checkoutId}/complete`];
    expect(withoutPreflights.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET /v1/checkouts/${checkoutId}`, tokenize, tokenize, complete, tokenize, complete]);
  });

  test('a card declined as 402 arrives as an error without words; the customer pays by bank account, which stays pending', async () => {
    justifi.changeSettings({ declineStatus: 402 });
    await customer.cardFieldsReady();
    await customer.payByCard({ number: '4000000000000002' });
    await expect.poll(() => customer.heard('error-event')).toHaveLength(1);
    const [error] = await customer.heard('error-event');
    expect(error?.errorCode).toBe('complete-checkout-error');
    expect(error?.message).toBeUndefined();
    expect((await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.status).toBe('attempted');
    expect([await customer.heard('submit-event'), justifi.charges()]).toEqual([[], []]);

    await customer.page.getByText('New bank account').click();
    await customer.bankFieldsReady();
    await customer.field('routingNumber').fill('110000000');
    await customer.field('accountNumber').fill('000123456789');
    await customer.page.getByRole('textbox', { name: 'Full Name' }).fill('Leslie Knope');
    await customer.pay();
    await expect.poll(() => customer.heard('submit-event')).toHaveLength(1);
    expect((await customer.heard('submit-event'))[0]?.checkout).toMatchObject({ payment_status: 'pending' });
    expect(justifi.charges()).toMatchObject([{ checkoutId, amount: 1799 }]);
  });
});
