import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type TestJustifi, startJustifi } from '../justifi/justifi.ts';
import { openPublishedApi } from '../justifi/published-api.ts';
import { type Answer, type Shop, openShop } from '../justifi/shop.ts';

const folder = process.env.JUSTIFI_OPENAPI;
if (folder === undefined) {
  console.warn("Skipped: the training JustiFi against JustiFi's published OpenAPI. Set JUSTIFI_OPENAPI to its multi-yaml folder.");
}

describe.skipIf(folder === undefined)("the training JustiFi answers as JustiFi's OpenAPI says", () => {
  const published = openPublishedApi(folder ?? '');
  let justifi: TestJustifi;
  let shop: Shop;

  beforeEach(async () => {
    justifi = await startJustifi();
    shop = await openShop(justifi.origin);
  });
  afterEach(() => justifi.close());

  /** Checks an answer against the published file of its path, and gives it back. */
  async function asPublished(method: string, path: string, answer: Answer | Promise<Answer>): Promise<Answer> {
    const { status, body } = await answer;
    expect(await published.problemsWith({ path, method, status, body }), `${method} ${path} ${status}`).toEqual([]);
    return { status, body };
  }

  test('to the sign-in and the component token', async () => {
    const credentials = { client_id: 'test_training', client_secret: 'training' };
    await asPublished('POST', 'oauth', shop.call('POST /oauth/token', { body: credentials }));
    const resources = ['write:tokenize:acc_trainingShop'];
    await asPublished('POST', 'web_component_tokens', shop.call('POST /v1/web_component_tokens', { body: { resources } }));
  });

  test('to a checkout, from creation to refund', async () => {
    const body = { amount: 1799, description: 'x', metadata: {}, payment: { description: 'y', metadata: {}, fees: [{ type: 'platform_fee', amount: 50 }] } };
    const { body: checkout } = await asPublished('POST', 'checkouts', shop.call('POST /v1/checkouts', { body }));
    const path = `/v1/checkouts/${checkout.id}`;
    await asPublished('GET', 'checkouts@{id}', shop.call(`GET ${path}`));
    await asPublished('PATCH', 'checkouts@{id}', shop.call(`PATCH ${path}`, { body: { amount: 2000 } }));
    const declined = await shop.card('4000000000000002');
    await shop.complete(checkout.id, declined.body.id);
    await asPublished('GET', 'checkouts@{id}', shop.call(`GET ${path}`));
    const method = await shop.card('4242424242424242');
    await asPublished('POST', 'checkouts@{id}@complete', shop.complete(checkout.id, method.body.id));
    justifi.changeSettings({ declineStatus: 402 });
    // 402 is published for payments only; a checkout that answers with it surely does it alike.
    await asPublished('POST', 'payments', shop.complete(await shop.newCheckout(), declined.body.id));
    await asPublished('GET', 'checkouts', shop.call('GET /v1/checkouts'));
    await asPublished('POST', 'checkouts@{id}@refunds', shop.call(`POST ${path}/refunds`, { key: 'refund' }));
  });

  test('to payment methods, and to groups of them', async () => {
    await asPublished('POST', 'payment_methods', shop.card('4242424242424242'));
    const { body: bank } = await asPublished('POST', 'payment_methods', shop.bankAccount('000123456789'));
    await asPublished('GET', 'payment_methods', shop.call('GET /v1/payment_methods'));
    await asPublished('GET', 'payment_methods@{token}', shop.call(`GET /v1/payment_methods/${bank.id}`));
    const card = { number: '4242424242424242', month: '11', year: '35', verification: '123' };
    const refused = shop.call('POST /v1/payment_methods', { body: { payment_method: { card } }, key: 'card' });
    expect((await asPublished('POST', 'payment_methods', refused)).status).toBe(400);
    const { body: group } = await asPublished('POST', 'payment_method_groups', shop.call('POST /v1/payment_method_groups'));
    await asPublished('GET', 'payment_method_groups', shop.call('GET /v1/payment_method_groups'));
    await asPublished('GET', 'payment_method_groups@{id}', shop.call(`GET /v1/payment_method_groups/${group.id}`));
  });

  test('to payments, voids and refunds', async () => {
    const sold = async () => (await shop.sell(1000)).completion.body.data.payment_id;
    const voided = await sold();
    await asPublished('POST', 'payments@{id}@void', shop.call(`POST /v1/payments/${voided}/void`, { key: 'void' }));
    const refunded = await sold();
    const body = { amount: 400, reason: 'customer_request', description: 'x' };
    const refund = shop.call(`POST /v1/payments/${refunded}/refunds`, { body, key: 'refund' });
    const { body: taken } = await asPublished('POST', 'payments@{id}@refunds', refund);
    await asPublished('GET', 'payments@{id}', shop.call(`GET /v1/payments/${refunded}`));
    await shop.sell(1000, '4000000000009995');
    const transfer = await shop.bankAccount('000222222227');
    await shop.complete(await shop.newCheckout(), transfer.body.id);
    await asPublished('GET', 'payments', shop.call('GET /v1/payments'));
    await asPublished('GET', 'refunds', shop.call('GET /v1/refunds'));
    await asPublished('GET', 'refunds@{id}', shop.call(`GET /v1/refunds/${taken.id}`));
    const note = { body: { metadata: { note: 'x' } }, key: 'note' };
    await asPublished('PATCH', 'refunds@{id}', shop.call(`PATCH /v1/refunds/${taken.id}`, note));
  });

  test('to fees that go back with a refund, and to disputes', async () => {
    justifi.changeSettings({ fees: [{ type: 'processing_fee', amount: 60 }, { type: 'platform_fee', amount: 10 }] });
    const paymentId = (await shop.sell(1000)).completion.body.data.payment_id;
    const body = { amount: 400, fees: [{ type: 'processing_fee', amount: 24 }] };
    await asPublished('POST', 'payments@{id}@refunds', shop.call(`POST /v1/payments/${paymentId}/refunds`, { body, key: 'refund' }));
    await asPublished('GET', 'payments@{id}', shop.call(`GET /v1/payments/${paymentId}`));
    justifi.disputePayment(paymentId);
    await asPublished('GET', 'payments@{id}', shop.call(`GET /v1/payments/${paymentId}`));
    const { body: listed } = await asPublished('GET', 'disputes', shop.call('GET /v1/disputes'));
    await asPublished('GET', 'disputes@{id}', shop.call(`GET /v1/disputes/${listed.data[0].id}`));
  });

  test('to reports, in every state', async () => {
    for (const body of [
      { report_type: 'payment_list', start_date: '2026-11-01', end_date: '2026-11-30', payment_status: 'succeeded', nickname: 'November' },
      ...['proceeds', 'payout', 'interchange_fee', 'sub_account_summary'].map((type) => ({ report_type: type })),
    ]) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await asPublished('POST', 'reports', shop.call('POST /v1/reports', { body }));
    }
    justifi.changeSettings({ reports: 'failed' });
    const { body: failing } = await asPublished('POST', 'reports', shop.call('POST /v1/reports', { body: { report_type: 'proceeds' } }));
    for (const seconds of [0, 10, 30, 7 * 24 * 60 * 60]) {
      justifi.advanceClock(seconds * 1_000);
      // oxlint-disable-next-line no-await-in-loop -- as the clock moves
      await shop.signIn();
      // oxlint-disable-next-line no-await-in-loop
      const { body: listed } = await asPublished('GET', 'reports', shop.call('GET /v1/reports'));
      // oxlint-disable-next-line no-await-in-loop
      await asPublished('GET', 'reports@{id}', shop.call(`GET /v1/reports/${listed.data.at(-1).id}`));
      // oxlint-disable-next-line no-await-in-loop
      await asPublished('GET', 'reports@{id}', shop.call(`GET /v1/reports/${failing.id}`));
    }
  });

  test('to the accounts of the platform', async () => {
    await asPublished('GET', 'sub_accounts', shop.call('GET /v1/sub_accounts'));
    await asPublished('GET', 'sub_accounts@{id}', shop.call('GET /v1/sub_accounts/acc_trainingShop'));
    await asPublished('GET', 'sub_accounts@{id}@settings', shop.call('GET /v1/sub_accounts/acc_trainingShop/settings'));
  });

  test('to card readers, and to what is paid at one', async () => {
    await asPublished('GET', 'terminals', shop.call('GET /v1/terminals'));
    await asPublished('GET', 'terminals@{id}', shop.call('GET /v1/terminals/trm_training1'));
    await asPublished('PATCH', 'terminals@{id}', shop.call('PATCH /v1/terminals/trm_training1', { body: { nickname: 'Front' } }));
    await asPublished('GET', 'terminals@{id}@status', shop.call('GET /v1/terminals/trm_training1/status'));
    const checkoutId = await shop.newCheckout();
    await asPublished('POST', 'terminals_pay', shop.call('POST /v1/terminals/pay', { body: { checkout_id: checkoutId, terminal_id: 'trm_training1' } }));
    await asPublished('GET', 'checkouts@{id}', shop.call(`GET /v1/checkouts/${checkoutId}`));
    await justifi.pressReader('trm_training1', 'tap');
    await asPublished('GET', 'payment_methods', shop.call('GET /v1/payment_methods'));
    await asPublished('GET', 'checkouts@{id}', shop.call(`GET /v1/checkouts/${checkoutId}`));
    const { payment_id: paymentId } = (await shop.call(`GET /v1/checkouts/${checkoutId}`)).body.data.completions[0];
    await asPublished('GET', 'payments@{id}', shop.call(`GET /v1/payments/${paymentId}`));
  });

  test('and the judge is awake: it sees a wrong type, an unknown word, a missing property and an unpublished status', async () => {
    const { body } = await shop.call('GET /v1/sub_accounts/acc_trainingShop');
    const problems = (data: object, status = 200) =>
      published.problemsWith({ path: 'sub_accounts@{id}', method: 'GET', status, body: { ...body, data } });
    expect(await problems(body.data)).toEqual([]);
    expect(await problems({ ...body.data, status: 'open' })).toHaveLength(1);
    expect(await problems({ ...body.data, processing_ready: 'yes' })).toHaveLength(1);
    expect(await problems({ ...body.data, currency: undefined })).not.toEqual([]);
    expect(await problems(body.data, 418)).toEqual(['GET sub_accounts@{id} publishes no answer with status 418']);
  });
});
