import { expect, test } from 'vitest';
import { trainingSubAccounts } from '../../main/training/sub-account.ts';
import { componentCalls } from '../justifi/component-calls.ts';

/* JustiFi's side of its insurance, as its component 6.14.3 speaks to it. */

const given = componentCalls('/v1/insurance/quotes');
const { post } = given;
const ANA = { state: 'MN', email: 'ana@example.com', first_name: 'Ana', last_name: 'Diaz', postal_code: '55401', country: 'US' };
const order = (checkout = given.checkoutId) => ({ checkout_id: checkout, policy_type: 'season_interruption', primary_identity: ANA, policy_attributes: { insurable_amount: 10_000, covered_identity: {} } });
const totals = async () => {
  const { body } = await given.shop.call(`GET /v1/checkouts/${given.checkoutId}`);
  return [body.data.payment_amount, body.data.total_amount, body.data.insurance_amount];
};
const card = async () => (await given.shop.card('4242424242424242')).body.id as string;

async function take(accepted = 'true'): Promise<string> {
  const { body } = await post('', order());
  expect((await post(`/${body.id}/toggle`, { accepted })).status).toBe(200);
  return body.id;
}

test('a quote is answered with its premium, and counts for the total only when it was accepted', async () => {
  const { status, body } = await post('', order());
  expect([status, body.data]).toMatchObject([201, { checkout_id: given.checkoutId, accepted: null, total_cents: 500, policy_type: 'season_interruption' }]);
  expect(await totals()).toEqual([1799, 1799, 0]);
  await post(`/${body.id}/toggle`, { accepted: 'true' });
  expect(await totals()).toEqual([1799, 2299, 500]);
  await post(`/${body.id}/toggle`, { accepted: 'false' });
  expect(await totals()).toEqual([1799, 1799, 0]);
});

test.each([
  ['in-payment', 2299, []],
  ['apart', 1799, [{ type: 'insurance_payment', amount: 500, status: 'succeeded' }]],
] as const)('the premium is charged %s', async (premiums, charged, apart) => {
  given.justifi.changeSettings({ premiums });
  await take();
  const paid = await given.shop.complete(given.checkoutId, await card(), { key: 'once' });
  expect(paid.body.data).toMatchObject({ payment_status: 'succeeded', payment_response: { data: { amount: charged } }, additional_transactions: apart });
});

test('a second quote takes the place of the first, and of its answer', async () => {
  await take();
  await post('', order());
  expect(await totals()).toEqual([1799, 1799, 0]);
});

test.each([
  ['another checkout than the token’s', async () => post('', order(await given.shop.newCheckout())), 'resource_not_found'],
  ['a quote that is not there', () => post('/iqu_other/toggle', { accepted: 'true' }), 'resource_not_found'],
  ['an answer that is none', async () => post(`/${await take()}/toggle`, { accepted: true }), 'invalid_parameter'],
  ['a checkout that is paid', async () => (await given.shop.complete(given.checkoutId, await card(), { key: 'once' }), post('', order())), 'checkout_already_completed'],
])('%s is refused', async (_what, call, code) => {
  expect((await call()).body.error.code).toBe(code);
});

test('an account without insurance has no quote, and nothing of the customer is kept', async () => {
  await post('', order());
  expect(JSON.stringify([...given.justifi.books.checkouts()])).not.toContain('Ana');
  given.justifi.changeSettings({ subAccounts: trainingSubAccounts.map(({ ways: _ways, ...account }) => account) });
  expect((await post('', order())).body.error.code).toBe('service_not_allowed');
});
