import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

/** The clock stands still unless a test moves it. */
const someNoon = Date.UTC(2026, 5, 1, 12);

let justifi: TestJustifi;
let shop: Shop;

beforeEach(async () => {
  justifi = await startJustifi({ now: () => someNoon });
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

const readCheckout = async (id: string) => (await shop.call(`GET /v1/checkouts/${id}`)).body.data;

describe('a card that is approved', () => {
  test('completes the checkout with the amount that it stands at', async () => {
    const { checkoutId, completion } = await shop.sell(1799);
    expect(completion).toMatchObject({
      status: 201,
      body: {
        type: 'checkout_completion',
        data: {
          id: expect.stringMatching(/^chc_/),
          status: 'succeeded',
          payment_status: 'succeeded',
          payment_error_code: null,
          additional_transactions: [],
          payment_response: {
            type: 'payment',
            data: {
              amount: 1799,
              currency: 'usd',
              status: 'succeeded',
              captured: true,
              is_test: true,
              checkout_id: checkoutId,
              payment_method: { card: { brand: 'visa', acct_last_four: '4242' } },
            },
          },
          checkout: { id: checkoutId, status: 'completed' },
        },
      },
    });
    const paymentId = completion.body.data.payment_id;
    expect(await readCheckout(checkoutId)).toMatchObject({ status: 'completed', successful_payment_id: paymentId });
    expect(justifi.charges(checkoutId)).toEqual([{ checkoutId, paymentId, amount: 1799, at: expect.any(Number) }]);
  });

  test('is not charged again on the same checkout, by any request', async () => {
    const { checkoutId } = await shop.sell(1799);
    const another = await shop.card('5555555555554444');
    const second = await shop.complete(checkoutId, another.body.id);
    expect(second).toMatchObject({ status: 422, body: { error: { code: 'checkout_already_completed' } } });
    expect(justifi.charges()).toHaveLength(1);
  });

  test.each([
    ['4242424242424242', 'visa', '4242'],
    ['5555555555554444', 'mastercard', '4444'],
    ['378282246310005', 'american_express', '0005'],
    ['6011000990139424', 'discover', '9424'],
  ])('%s shows as %s ending in %s', async (number, brand, lastFour) => {
    expect((await shop.card(number)).body.data.card).toMatchObject({ brand, acct_last_four: lastFour });
  });
});

describe('a card that is declined', () => {
  test.each([
    ['4000000000000002', 'card_declined', 'generic_decline'],
    ['4000000000009995', 'card_declined', 'insufficient_funds'],
    ['4000000000000069', 'card_declined', 'expired_card'],
    ['4000000000000119', 'gateway_error', null],
  ])('%s arrives as a success with payment_status failed (%s, %s)', async (number, code, declineCode) => {
    const { checkoutId, completion } = await shop.sell(1799, number);
    expect(completion).toMatchObject({
      status: 201,
      body: {
        data: {
          status: 'failed',
          payment_status: 'failed',
          payment_error_code: code,
          payment_error_description: expect.any(String),
          payment_id: null,
          payment_response: { error: { code, decline_code: declineCode } },
          checkout: { status: 'attempted' },
        },
      },
    });
    expect(await readCheckout(checkoutId)).toMatchObject({ status: 'attempted', successful_payment_id: null });
    expect(justifi.charges()).toEqual([]);
  });

  test('arrives as 402 where JustiFi is set so, and is recorded all the same', async () => {
    justifi.changeSettings({ declineStatus: 402 });
    const { checkoutId, completion } = await shop.sell(1799, '4000000000009995');
    expect(completion).toMatchObject({
      status: 402,
      body: { error: { code: 'card_declined', decline_code: 'insufficient_funds', network_error_code: '116' } },
    });
    const { completions } = await readCheckout(checkoutId);
    expect(completions).toMatchObject([{ payment_status: 'failed', payment_error_code: 'card_declined' }]);
  });

  test('leaves the checkout open for another card, and both attempts stay in its log', async () => {
    const { checkoutId } = await shop.sell(1799, '4000000000000002');
    const another = await shop.card('4242424242424242');
    expect(await shop.complete(checkoutId, another.body.id)).toMatchObject({ body: { data: { payment_status: 'succeeded' } } });
    const { completions, status } = await readCheckout(checkoutId);
    expect(status).toBe('completed');
    expect(completions.map((attempt: { payment_status: string }) => attempt.payment_status)).toEqual(['failed', 'succeeded']);
    expect(justifi.charges()).toHaveLength(1);
  });
});

describe('a card that is not accepted at all', () => {
  test.each([
    ['a wrong digit', { number: '4242424242424241' }, 'card_number_invalid'],
    ['a month that is none', { month: '13' }, 'invalid_expiry_month'],
    ['a year that is none', { year: '1' }, 'invalid_expiry_year'],
    ['a date that has passed', { month: '10', year: '25' }, 'expired_card'],
    ['a security code that is too short', { verification: '12' }, 'invalid_cvc'],
  ])('has %s', async (_what, change, code) => {
    const answer = await shop.card('4242424242424242', change);
    expect(answer).toMatchObject({ status: 402, body: { error: { code, message: expect.any(String) } } });
  });

  test('is a real one: training never looks as if it had been charged', async () => {
    const answer = await shop.card('4111111111111111');
    expect(answer).toMatchObject({ status: 402, body: { error: { decline_code: 'test_mode_live_card' } } });
    expect(justifi.books.paymentMethods()).toEqual([]);
  });

  test('has four digits on its back, if it is an American Express', async () => {
    expect(await shop.card('378282246310005', { verification: '123' })).toMatchObject({ status: 402 });
    expect(await shop.card('378282246310005', { verification: '1234' })).toMatchObject({ status: 201 });
  });
});

test('a card expires when its month is over', async () => {
  const now = new Date(justifi.now());
  const thisMonth = { month: String(now.getUTCMonth() + 1), year: String(now.getUTCFullYear()) };
  expect(await shop.card('4242424242424242', thisMonth)).toMatchObject({ status: 201 });
  justifi.advanceClock(31 * 24 * 60 * 60 * 1000);
  await shop.signIn();
  expect(await shop.card('4242424242424242', thisMonth)).toMatchObject({ body: { error: { code: 'expired_card' } } });
});

test.each([
  ['55114', 'pass'],
  ['00000', 'fail'],
  [undefined, 'unchecked'],
])('the postal code %s checks as %s', async (postalCode, check) => {
  const answer = await shop.card('4242424242424242', { address_postal_code: postalCode });
  expect(answer.body.data.card.address_postal_code_check).toBe(check);
});

test('JustiFi forgets the card: nothing it keeps has more than the last four digits', async () => {
  const { checkoutId } = await shop.sell(1799);
  await shop.bankAccount('000123456789');
  await shop.call('POST /v1/js/payment_methods', {
    body: { payment_method: { card: { number: '4242424242424242', month: '11', year: '2035', verification: '987' } } },
    key: 'with-a-key',
  });
  const { checkouts, payments, paymentMethods } = justifi.books;
  const kept = JSON.stringify([checkouts(), payments(), paymentMethods(), await readCheckout(checkoutId)]);
  expect(kept).toContain('4242');
  for (const secret of ['4242424242424242', '42424242', '987', '2035', '000123456789', '110000000']) {
    expect(kept).not.toContain(`"${secret}"`);
  }
  expect(kept).not.toMatch(/\d{13,19}"/);
});

describe('a bank transfer', () => {
  const transfer = async (accountNumber: string) => {
    const checkoutId = await shop.newCheckout();
    const method = await shop.bankAccount(accountNumber);
    return { checkoutId, completion: await shop.complete(checkoutId, method.body.id) };
  };
  const readPayment = async (id: string) => (await shop.call(`GET /v1/payments/${id}`)).body.data;

  test('is accepted as pending, and settles later', async () => {
    const { checkoutId, completion } = await transfer('000123456789');
    expect(completion.body.data).toMatchObject({
      payment_status: 'pending',
      payment_response: { data: { status: 'pending', payment_mode: 'ach' } },
      checkout: { status: 'completed' },
    });
    const paymentId = completion.body.data.payment_id;
    justifi.advanceClock(59_999);
    expect(await readPayment(paymentId)).toMatchObject({ status: 'pending', amount_refundable: 0 });
    justifi.advanceClock(1);
    expect(await readPayment(paymentId)).toMatchObject({ status: 'succeeded', amount_refundable: 1799 });
    expect((await readCheckout(checkoutId)).completions).toMatchObject([{ payment_status: 'pending' }]);
  });

  test.each([
    ['000222222227', 'insufficient_funds'],
    ['000333333335', 'bank_account_restricted'],
    ['000111111113', 'account_closed'],
    ['000111111116', 'no_account'],
  ])('from %s is accepted as pending, and fails later: %s', async (accountNumber, code) => {
    const { checkoutId, completion } = await transfer(accountNumber);
    expect(completion.body.data.payment_status).toBe('pending');
    justifi.advanceClock(60_000);
    const payment = await readPayment(completion.body.data.payment_id);
    expect(payment).toMatchObject({ status: 'failed', error_code: code, error_description: expect.any(String) });
    expect(await readCheckout(checkoutId)).toMatchObject({ status: 'completed' });
  });

  test('is not for Canada, and not for an account that is no test account', async () => {
    const canada = await openShop(justifi.origin, 'acc_trainingShopCanada');
    expect(await canada.bankAccount('000123456789')).toMatchObject({ status: 422 });
    expect(await shop.bankAccount('000987654321')).toMatchObject({ status: 422 });
  });
});

describe('a completion that is sent twice', () => {
  let checkoutId: string;
  let token: string;
  beforeEach(async () => {
    checkoutId = await shop.newCheckout();
    token = (await shop.card('4242424242424242')).body.id;
  });

  test('with the same key is charged once and answered alike', async () => {
    const first = await shop.complete(checkoutId, token, { key: 'sale-1' });
    const second = await shop.complete(checkoutId, token, { key: 'sale-1' });
    expect(second).toEqual(first);
    expect(justifi.charges()).toHaveLength(1);
  });

  test('with the same key for something else is refused', async () => {
    await shop.complete(checkoutId, token, { key: 'sale-1' });
    const otherCard = await shop.card('5555555555554444');
    const otherParameters = await shop.complete(checkoutId, otherCard.body.id, { key: 'sale-1' });
    expect(otherParameters).toMatchObject({ status: 422, body: { error: { code: 'idempotency_params_mismatch' } } });
    const otherCheckout = await shop.complete(await shop.newCheckout(), token, { key: 'sale-1' });
    expect(otherCheckout).toMatchObject({ status: 422, body: { error: { code: 'idempotency_params_mismatch' } } });
    expect(justifi.charges()).toHaveLength(1);
  });

  test('at the same time is charged once: the same key and another key are both told to wait', async () => {
    justifi.holdCharges();
    const first = shop.complete(checkoutId, token, { key: 'sale-1' });
    await expect.poll(() => justifi.requests('POST /v1/checkouts/*/complete')).toHaveLength(1);
    const sameKey = await shop.complete(checkoutId, token, { key: 'sale-1' });
    const otherKey = await shop.complete(checkoutId, token, { key: 'sale-2' });
    expect(sameKey).toMatchObject({ status: 409, body: { error: { code: 'idempotency_concurrent_request' } } });
    expect(otherKey).toMatchObject({ status: 409, body: { error: { code: 'token_in_use' } } });
    expect(await shop.call(`PATCH /v1/checkouts/${checkoutId}`, { body: { amount: 99 } })).toMatchObject({ status: 409 });
    justifi.releaseCharges();
    expect(await first).toMatchObject({ status: 201, body: { data: { payment_status: 'succeeded' } } });
    expect(await shop.complete(checkoutId, token, { key: 'sale-1' })).toMatchObject({ status: 201 });
    expect(justifi.charges()).toHaveLength(1);
  });

  test('is tried again after a refusal, with the same key', async () => {
    justifi.changeSettings({ declineStatus: 402 });
    justifi.setSubAccountStatus('acc_trainingShop', 'disabled');
    const refused = await shop.complete(checkoutId, token, { key: 'sale-1' });
    expect(refused).toMatchObject({ status: 400, body: { error: { message: 'Sub account not enabled' } } });
    justifi.setSubAccountStatus('acc_trainingShop', 'enabled');
    expect(await shop.complete(checkoutId, token, { key: 'sale-1' })).toMatchObject({ status: 201 });
  });

  test('needs a key of at most 100 characters', async () => {
    const body = { payment_token: token };
    const withoutKey = await shop.call(`POST /v1/checkouts/${checkoutId}/complete`, { body });
    expect(withoutKey).toMatchObject({ status: 400, body: { error: { code: 'idempotency_key_required' } } });
    expect(await shop.complete(checkoutId, token, { key: 'k'.repeat(101) })).toMatchObject({
      status: 422,
      body: { error: { message: 'Validation failed: Idempotency key is too long (maximum is 100 characters)' } },
    });
    expect(await shop.complete(checkoutId, token, { key: 'k'.repeat(100) })).toMatchObject({ status: 201 });
  });
});

test('a payment method of another account pays for nothing here', async () => {
  const canada = await openShop(justifi.origin, 'acc_trainingShopCanada');
  const theirs = await canada.card('4242424242424242');
  const answer = await shop.complete(await shop.newCheckout(), theirs.body.id);
  expect(answer).toMatchObject({ status: 404, body: { error: { code: 'payment_method_not_found' } } });
});

test('a shop that is disabled can neither take cards nor money', async () => {
  const closed = await openShop(justifi.origin, 'acc_trainingShopClosed');
  expect(await closed.card('4242424242424242')).toMatchObject({ status: 400 });
  const method = await shop.card('4242424242424242');
  const checkoutId = await shop.newCheckout();
  justifi.setSubAccountStatus('acc_trainingShop', 'disabled');
  expect(await shop.complete(checkoutId, method.body.id)).toMatchObject({ status: 400 });
  expect(justifi.charges()).toEqual([]);
});

test('a saved card is offered by the checkouts of its group, and can pay', async () => {
  const group = await shop.call('POST /v1/payment_method_groups');
  expect(group).toMatchObject({ status: 201, body: { id: expect.stringMatching(/^pmg_/) } });
  const card = await shop.card('5555555555554444');
  const patch = { body: { payment_method_ids: [card.body.id] } };
  expect(await shop.call(`PATCH /v1/payment_method_groups/${group.body.id}`, patch)).toMatchObject({ status: 200 });
  const checkoutId = await shop.newCheckout({ payment_method_group_id: group.body.id });
  expect((await readCheckout(checkoutId)).payment_methods).toMatchObject([
    { id: card.body.id, type: 'card', brand: 'mastercard', acct_last_four: '4444', status: 'valid' },
  ]);
  const listed = await shop.call(`GET /v1/payment_methods?payment_method_group_id=${group.body.id}`);
  expect(listed.body.data).toHaveLength(1);
  expect(await shop.complete(checkoutId, card.body.id)).toMatchObject({ status: 201 });
  const removed = await shop.call(`DELETE /v1/payment_method_groups/${group.body.id}/payment_methods/${card.body.id}`);
  expect(removed).toMatchObject({ status: 200 });
  expect((await readCheckout(checkoutId)).payment_methods).toEqual([]);
});

test('a back end may not send card numbers, unless JustiFi has approved it', async () => {
  const card = { number: '4242424242424242', month: '11', year: '35', verification: '123' };
  const send = (key: string) => shop.call('POST /v1/payment_methods', { body: { payment_method: { card } }, key });
  expect(await send('first')).toMatchObject({ status: 400, body: { error: { code: 'full_pan_not_allowed' } } });
  justifi.changeSettings({ rawCardNumbers: 'accepted' });
  expect(await send('second')).toMatchObject({ status: 201 });
});
