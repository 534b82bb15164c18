import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;

/** The clock stands still unless a test moves it. */
const someNoon = Date.UTC(2026, 5, 1, 12);

let justifi: TestJustifi;
let shop: Shop;
let checkoutId: string;
let paymentId: string;

beforeEach(async () => {
  justifi = await startJustifi({ now: () => someNoon });
  shop = await openShop(justifi.origin);
  const sale = await shop.sell(5000);
  checkoutId = sale.checkoutId;
  paymentId = sale.completion.body.data.payment_id;
});
afterEach(() => justifi.close());

const readPayment = async () => (await shop.call(`GET /v1/payments/${paymentId}`)).body.data;
const voidPayment = (key = 'void-1') => shop.call(`POST /v1/payments/${paymentId}/void`, { key });
const refund = (body: object, key: string) => shop.call(`POST /v1/payments/${paymentId}/refunds`, { body, key });

describe('a void', () => {
  test('24 minutes and 59 seconds after the payment cancels it', async () => {
    justifi.advanceClock(25 * MINUTE_MS - SECOND_MS);
    expect(await voidPayment()).toMatchObject({ status: 200, body: { data: { status: 'canceled', amount_refundable: 0 } } });
    expect(await readPayment()).toMatchObject({ status: 'canceled' });
  });

  test('25 minutes and 1 second after the payment is refused, and a refund still works', async () => {
    justifi.advanceClock(25 * MINUTE_MS + SECOND_MS);
    const refused = await voidPayment();
    expect(refused).toMatchObject({ status: 422, body: { error: { code: 'payment_outside_void_window' } } });
    expect(await readPayment()).toMatchObject({ status: 'succeeded' });
    expect(await refund({ amount: 5000 }, 'refund-1')).toMatchObject({ status: 201 });
  });

  test('sent twice with its key is done once; a second void is refused', async () => {
    const first = await voidPayment();
    expect(await voidPayment()).toEqual(first);
    expect(await voidPayment('void-2')).toMatchObject({ status: 422 });
    expect(await shop.call(`POST /v1/payments/${paymentId}/void`)).toMatchObject({ status: 400 });
  });

  test('is refused once something was refunded', async () => {
    await refund({ amount: 100 }, 'refund-1');
    expect(await voidPayment()).toMatchObject({ status: 422 });
  });

  test('does not rewrite the log of the checkout', async () => {
    await voidPayment();
    const { body } = await shop.call(`GET /v1/checkouts/${checkoutId}`);
    expect(body.data).toMatchObject({ status: 'completed', completions: [{ payment_status: 'succeeded' }] });
  });
});

describe('a refund', () => {
  test('can be taken in parts until nothing is left', async () => {
    const part = { amount: 2000, reason: 'customer_request', description: 'One donut back', metadata: { by: 'Ann' } };
    expect(await refund(part, 'refund-1')).toMatchObject({
      status: 201,
      body: { id: expect.stringMatching(/^re_/), type: 'refund', data: { ...part, payment_id: paymentId, status: 'succeeded' } },
    });
    expect(await readPayment()).toMatchObject({ status: 'partially_refunded', amount_refunded: 2000, amount_refundable: 3000 });
    expect(await refund({}, 'refund-2')).toMatchObject({ status: 201, body: { data: { amount: 3000 } } });
    expect(await readPayment()).toMatchObject({ status: 'fully_refunded', refunded: true, amount_refundable: 0 });
    expect(await refund({ amount: 1 }, 'refund-3')).toMatchObject({ status: 422, body: { error: { code: 'payment_fully_refunded' } } });
  });

  test('sent twice with its key is taken once', async () => {
    const first = await refund({ amount: 2000 }, 'refund-1');
    expect(await refund({ amount: 2000 }, 'refund-1')).toEqual(first);
    expect(await refund({ amount: 2500 }, 'refund-1')).toMatchObject({ status: 422, body: { error: { code: 'idempotency_params_mismatch' } } });
    expect(await readPayment()).toMatchObject({ amount_refunded: 2000 });
  });

  test.each([
    ['more than was paid', { amount: 5001 }, 'refund_exceeds_payment_amount'],
    ['more than is left', { amount: 4001 }, 'refund_exceeds_amount_available'],
    ['half a cent', { amount: 0.5 }, 'amount_must_be_an_integer'],
    ['nothing', { amount: 0 }, 'invalid_parameter'],
    ['an unknown reason', { amount: 1, reason: 'because' }, 'refund_reason_invalid'],
  ])('of %s is refused', async (_what, body, code) => {
    await refund({ amount: 1000 }, 'earlier');
    expect(await refund(body, 'refund-1')).toMatchObject({ status: 422, body: { error: { code } } });
    expect(await readPayment()).toMatchObject({ amount_refunded: 1000 });
  });

  test('of a declined, voided or unknown payment is refused', async () => {
    await voidPayment();
    expect(await refund({}, 'refund-1')).toMatchObject({ status: 422 });
    expect(await shop.call('POST /v1/payments/py_gone/refunds', { body: {}, key: 'refund-2' })).toMatchObject({ status: 404 });
  });

  test('is refused while the shop is disabled', async () => {
    justifi.setSubAccountStatus('acc_trainingShop', 'disabled');
    expect(await refund({}, 'refund-1')).toMatchObject({ status: 400 });
    expect(await voidPayment()).toMatchObject({ status: 400 });
  });

  test('can be taken by way of the checkout, and says there when it failed', async () => {
    const path = `POST /v1/checkouts/${checkoutId}/refunds`;
    expect(await shop.call(path, { body: { amount: 2000 }, key: 'refund-1' })).toMatchObject({
      status: 200,
      body: { id: expect.stringMatching(/^chr_/), data: { checkout_id: checkoutId, status: 'succeeded', refund_amount: 2000 } },
    });
    expect(await shop.call(path, { body: { amount: 4000 }, key: 'refund-2' })).toMatchObject({
      status: 200,
      body: { data: { status: 'failed', refund_response: 'refund_exceeds_amount_available' } },
    });
    expect(await readPayment()).toMatchObject({ amount_refunded: 2000 });
    const unpaid = await shop.newCheckout();
    expect(await shop.call(`POST /v1/checkouts/${unpaid}/refunds`, { key: 'refund-3' })).toMatchObject({ status: 422 });
  });

  test('can be found again, and noted on', async () => {
    const { body } = await refund({ amount: 2000 }, 'refund-1');
    const listed = await shop.call(`GET /v1/refunds?payment_id=${paymentId}`);
    expect(listed.body.data).toEqual([body.data]);
    const patched = await shop.call(`PATCH /v1/refunds/${body.id}`, { body: { metadata: { note: 'x' } }, key: 'note-1' });
    expect(patched).toMatchObject({ status: 200, body: { data: { metadata: { note: 'x' } } } });
    expect((await shop.call(`GET /v1/refunds/${body.id}`)).body.data.metadata).toEqual({ note: 'x' });
  });
});

test('payments are listed by status, the failed ones too', async () => {
  await shop.sell(2000, '4000000000000002');
  await refund({ amount: 1000 }, 'refund-1');
  const amounts = async (query: string, subAccount = 'acc_trainingShop') =>
    (await shop.call(`GET /v1/payments?${query}`, { subAccount })).body.data.map(({ amount }: { amount: number }) => amount);
  expect(await amounts('')).toEqual([2000, 5000]);
  expect(await amounts('payment_status=failed')).toEqual([2000]);
  expect(await amounts('payment_status=refunded')).toEqual([5000]);
  expect(await amounts('payment_status=succeeded')).toEqual([]);
  expect(await amounts(`checkout_id=${checkoutId}`)).toEqual([5000]);
  expect(await amounts('', 'acc_trainingShopCanada')).toEqual([]);
});

describe('the accounts of the platform', () => {
  test('are the shop, a Canadian one and a disabled one', async () => {
    const { body } = await shop.call('GET /v1/sub_accounts', { subAccount: '' });
    expect(body.data).toHaveLength(3);
    expect(body.data).toContainEqual(
      expect.objectContaining({ name: 'Training Shop', status: 'enabled', currency: 'usd', account_type: 'test' }),
    );
    const disabled = await shop.call('GET /v1/sub_accounts?status=disabled');
    expect(disabled.body.data).toMatchObject([{ status: 'disabled', processing_ready: false }]);
  });

  test('tell their settings', async () => {
    expect(await shop.call('GET /v1/sub_accounts/acc_trainingShop')).toMatchObject({ body: { type: 'sub_account' } });
    expect(await shop.call('GET /v1/sub_accounts/acc_trainingShopCanada/settings')).toMatchObject({
      body: { data: { payments: { credit_card_payments: true, ach_payments: false } } },
    });
    expect(await shop.call('GET /v1/sub_accounts/acc_gone')).toMatchObject({ status: 404 });
  });
});

describe('fees', () => {
  const FEES = [{ type: 'processing_fee', amount: 60 }, { type: 'platform_fee', amount: 10 }] as const;

  test('go back with a refund as far as they are asked for, until nothing is left of them', async () => {
    justifi.changeSettings({ fees: [...FEES] });
    const { payment_id: id } = (await shop.sell(1000)).completion.body.data;
    const ask = (fees: object, key: string) => shop.call(`POST /v1/payments/${id}/refunds`, { body: { amount: 100, fees }, key });
    const left = async () => (await shop.call(`GET /v1/payments/${id}`)).body.data.fees.map((fee: { remaining_amount: number }) => fee.remaining_amount);
    expect(await left()).toEqual([60, 10]);
    expect(await ask([{ type: 'processing_fee', amount: 25 }], 'r1')).toMatchObject({ status: 201, body: { data: { returned_fees: [{ type: 'processing_fee', returned_amount: 25, original_amount: 60, remaining_amount: 35 }] } } });
    expect(await left()).toEqual([35, 10]);
    expect(await ask([{ type: 'processing_fee', amount: 36 }], 'r2')).toMatchObject({ status: 422 });
    expect(await ask([{ type: 'processing_fee', amount: 35 }, { type: 'platform_fee', amount: 10 }], 'r3')).toMatchObject({ status: 201 });
    expect(await left()).toEqual([0, 0]);
    expect(await ask([], 'r4')).toMatchObject({ status: 201, body: { data: { returned_fees: [] } } });
  });

  test('of a payment that has none are not returned, nor with a refund that failed', async () => {
    expect(await refund({ amount: 100, fees: [{ type: 'processing_fee', amount: 1 }] }, 'r1')).toMatchObject({ status: 422 });
    justifi.changeSettings({ fees: [...FEES], refunds: 'failed' });
    const { payment_id: id } = (await shop.sell(1000)).completion.body.data;
    expect(await shop.call(`POST /v1/payments/${id}/refunds`, { body: { amount: 100, fees: [{ type: 'platform_fee', amount: 10 }] }, key: 'r2' })).toMatchObject({ status: 201, body: { data: { status: 'failed', returned_fees: [] } } });
  });
});

test('a disputed payment says so, and is not refunded', async () => {
  expect(justifi.disputePayment(paymentId)).toBe(true);
  expect(await readPayment()).toMatchObject({ status: 'disputed', disputed: true, amount_disputed: 5000, amount_refundable: 0, disputes: [{ payment_id: paymentId, status: 'needs_response' }] });
  expect(await refund({ amount: 100 }, 'r1')).toMatchObject({ status: 422, body: { error: { code: 'payment_not_refundable' } } });
  expect((await shop.call('GET /v1/disputes')).body.data).toMatchObject([{ payment_id: paymentId, amount: 5000 }]);
});
