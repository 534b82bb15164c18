import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { type Shop, openShop } from '../justifi/shop.ts';

const WEEK_MS = 7 * 24 * 60 * 60 * 1000;

/** The clock stands still unless a test moves it. */
const someNoon = Date.UTC(2026, 5, 1, 12);

let justifi: TestJustifi;
let shop: Shop;

beforeEach(async () => {
  justifi = await startJustifi({ now: () => someNoon });
  shop = await openShop(justifi.origin);
});
afterEach(() => justifi.close());

describe('a new checkout', () => {
  test('has what the checkout component needs', async () => {
    const body = { amount: 1799, description: 'One Chocolate Donut', origin_url: 'http://localhost:3000', metadata: { sale: '7' } };
    expect(await shop.call('POST /v1/checkouts', { body })).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^cho_/),
        type: 'checkout',
        page_info: null,
        data: {
          account_id: 'acc_trainingShop',
          payment_amount: 1799,
          total_amount: 1799,
          payment_currency: 'USD',
          payment_description: 'One Chocolate Donut',
          payment_methods: [],
          payment_settings: { credit_card_payments: true, ach_payments: true, bnpl_payments: true },
          status: 'created',
          mode: 'test',
          successful_payment_id: null,
          metadata: { sale: '7' },
          completions: [],
        },
      },
    });
  });

  test('belongs to the sub account of its header, and is refused without one', async () => {
    const body = { amount: 1000, description: 'x' };
    const withoutHeader = await shop.call('POST /v1/checkouts', { body, subAccount: '' });
    expect(withoutHeader.status).toBe(400);
    expect(withoutHeader.body.error).toMatchObject({
      param: 'base',
      code: 'sub_account_header_required',
      message: 'Missing required header: Sub-Account',
    });
    expect(await shop.call('POST /v1/checkouts', { body, subAccount: 'acc_unknown' })).toMatchObject({ status: 404 });
    const canadian = await shop.call('POST /v1/checkouts', { body, subAccount: 'acc_trainingShopCanada' });
    expect(canadian.body.data).toMatchObject({ payment_currency: 'CAD', payment_settings: { ach_payments: false } });
  });

  test.each([
    ['no amount', undefined, 'amount_required', 'Missing required parameter: amount'],
    ['49 cents', 49, 'amount_below_minimum', 'Amount must be greater than 50'],
    ['50 cents', 50, 'amount_below_minimum', 'Amount must be greater than 50'],
    ['a million dollars', 100_000_000, 'amount_above_maximum', 'Amount must be lower than 100000000 ($1,000,000.00)'],
    ['half a cent', 1000.5, 'amount_must_be_an_integer', 'Amount must be an integer'],
    ['words', '1000', 'amount_must_be_an_integer', 'Amount must be an integer'],
  ])('is refused for %s', async (_what, amount, code, message) => {
    const answer = await shop.call('POST /v1/checkouts', { body: { amount, description: 'x' } });
    expect(answer).toEqual({ status: 422, body: { error: { code, message, param: 'amount' } } });
  });

  test.each([51, 99_999_999])('is made for %d cents', async (amount) => {
    expect(await shop.call('POST /v1/checkouts', { body: { amount, description: 'x' } })).toMatchObject({ status: 201 });
  });

  test.each([
    ['no description', { description: undefined }, 'description'],
    ['a statement descriptor of four letters', { statement_descriptor: 'Shop' }, 'statement_descriptor'],
    ['an origin that is no address', { origin_url: 'http://' }, 'origin_url'],
  ])('is refused with %s', async (_what, change, param) => {
    const answer = await shop.call('POST /v1/checkouts', { body: { amount: 1000, description: 'x', ...change } });
    expect(answer).toMatchObject({ status: 422, body: { error: { param } } });
  });

  test('takes origin_url with and without scheme, or only one of the two', async () => {
    const statusFor = async (origin: string) =>
      shop.call('POST /v1/checkouts', { body: { amount: 1000, description: 'x', origin_url: origin } });
    expect((await statusFor('http://localhost:3000')).status).toBe(201);
    expect((await statusFor('localhost:3000')).status).toBe(201);
    justifi.changeSettings({ originUrl: 'without-scheme' });
    const refused = await statusFor('http://localhost:3000');
    expect(refused).toMatchObject({ status: 403, body: { error: { message: 'Remove http:// from origin_url' } } });
    expect((await statusFor('localhost:3000')).status).toBe(201);
    justifi.changeSettings({ originUrl: 'with-scheme' });
    expect((await statusFor('localhost:3000')).status).toBe(422);
  });
});

describe('a checkout that is changed', () => {
  test('carries the new amount at once, and only the new metadata', async () => {
    const id = await shop.newCheckout({ amount: 51, description: 'preparing', metadata: { sale: '7', prepared: true } });
    const body = { amount: 4321, description: 'Two donuts', metadata: { sale: '7' } };
    const patched = await shop.call(`PATCH /v1/checkouts/${id}`, { body, subAccount: '' });
    const expected = { payment_amount: 4321, total_amount: 4321, payment_description: 'Two donuts', metadata: { sale: '7' } };
    expect(patched).toMatchObject({ status: 200, body: { data: expected } });
    expect(patched.body.data.metadata).toEqual({ sale: '7' });
    expect((await shop.call(`GET /v1/checkouts/${id}`)).body).toEqual(patched.body);
  });

  test('keeps its amount when the new one is refused', async () => {
    const id = await shop.newCheckout({ amount: 1000 });
    expect(await shop.call(`PATCH /v1/checkouts/${id}`, { body: { amount: 50 } })).toMatchObject({ status: 422 });
    expect((await shop.call(`GET /v1/checkouts/${id}`)).body.data.payment_amount).toBe(1000);
  });

  test('is refused once it is paid', async () => {
    const { checkoutId } = await shop.sell(1000);
    expect(await shop.call(`PATCH /v1/checkouts/${checkoutId}`, { body: { amount: 2000 } })).toMatchObject({ status: 422 });
  });
});

test('a checkout expires after a week, and can then be neither changed nor paid', async () => {
  const id = await shop.newCheckout();
  const method = await shop.card('4242424242424242');
  const statusNow = async () => (await shop.call(`GET /v1/checkouts/${id}`)).body.data.status;
  justifi.advanceClock(WEEK_MS - 1);
  await shop.signIn();
  expect(await statusNow()).toBe('created');
  justifi.advanceClock(1);
  expect(await statusNow()).toBe('expired');
  expect(await shop.call(`PATCH /v1/checkouts/${id}`, { body: { amount: 2000 } })).toMatchObject({ status: 422 });
  expect(await shop.complete(id, method.body.id)).toMatchObject({ status: 422 });
  expect(justifi.charges()).toEqual([]);
});

test('a paid checkout never expires', async () => {
  const { checkoutId } = await shop.sell(1000);
  justifi.advanceClock(WEEK_MS);
  await shop.signIn();
  expect((await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.status).toBe('completed');
});

describe('the list of checkouts', () => {
  test('is given in pages, newest first, forward and back', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 5; index += 1) {
      ids.unshift(await shop.newCheckout());
      justifi.advanceClock(1000);
    }
    const idsOf = (page: { body: { data: { id: string }[] } }) => page.body.data.map(({ id }) => id);
    const first = await shop.call('GET /v1/checkouts?limit=2');
    expect(first.body).toMatchObject({ id: null, type: 'array', page_info: { has_previous: false, has_next: true } });
    expect(idsOf(first)).toEqual(ids.slice(0, 2));
    const after = (cursor: string) => shop.call(`GET /v1/checkouts?limit=2&after_cursor=${encodeURIComponent(cursor)}`);
    const second = await after(first.body.page_info.end_cursor);
    expect(idsOf(second)).toEqual(ids.slice(2, 4));
    const third = await after(second.body.page_info.end_cursor);
    expect(idsOf(third)).toEqual(ids.slice(4));
    expect(third.body.page_info).toMatchObject({ has_previous: true, has_next: false });
    const back = encodeURIComponent(third.body.page_info.start_cursor);
    const again = await shop.call(`GET /v1/checkouts?limit=2&before_cursor=${back}`);
    expect(idsOf(again)).toEqual(ids.slice(2, 4));
    expect(idsOf(await shop.call('GET /v1/checkouts?limit=lots'))).toEqual(ids);
    expect(await after('nonsense')).toMatchObject({ status: 422 });
  });

  test('is filtered by status, payment status, payment, account and time', async () => {
    const { checkoutId: paid, completion } = await shop.sell(1000);
    const { checkoutId: declined } = await shop.sell(2000, '4000000000000002');
    justifi.advanceClock(1000);
    const between = new Date(justifi.now()).toISOString();
    justifi.advanceClock(1000);
    const fresh = await shop.newCheckout();
    const found = async (query: string, subAccount = '') =>
      (await shop.call(`GET /v1/checkouts?${query}`, { subAccount })).body.data.map(({ id }: { id: string }) => id);
    expect(await found('status=completed')).toEqual([paid]);
    expect(await found('status=attempted')).toEqual([declined]);
    expect(await found('status=created')).toEqual([fresh]);
    expect(await found('payment_status=failed')).toEqual([declined]);
    expect(await found(`successful_payment_id=${completion.body.data.payment_id}`)).toEqual([paid]);
    expect(await found(`checkout_id=${declined}`)).toEqual([declined]);
    expect(await found(`created_after=${between}`)).toEqual([fresh]);
    expect(await found(`created_before=${between}`)).toEqual([declined, paid]);
    expect(await found('', 'acc_trainingShopCanada')).toEqual([]);
  });
});
