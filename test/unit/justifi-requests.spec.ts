import { describe, expect, test } from 'vitest';
import { ok } from '../../contract/result.ts';
import type { ApiRequest, JustifiApi } from '../../main/justifi/api.ts';
import { createCheckouts } from '../../main/justifi/checkout.ts';
import { createPayments } from '../../main/justifi/payment.ts';

/** A JustiFi API that answers every request with this, and records the requests. */
function answering(body: unknown) {
  const asked: ApiRequest<unknown>[] = [];
  const api: JustifiApi = {
    send(request) {
      asked.push(request);
      return Promise.resolve(ok(request.answer.parse(body)));
    },
  };
  return { asked, payments: createPayments(api, 'acc_1'), checkouts: createCheckouts({ api, subAccountId: 'acc_1', originUrl: 'http://localhost:47615', originForm: { read: () => 'url', remember: () => {} } }) };
}

describe('a reversal is done only when JustiFi says so', () => {
  test.each([
    ['succeeded', { state: 'done', refundId: 're_1' }],
    ['pending', { state: 'pending', refundId: 're_1' }],
    ['failed', { state: 'refused', code: 'refund-failed' }],
    ['surprise', { state: 'pending', refundId: 're_1' }],
  ])('a refund that is %s', async (status, made) => {
    const { payments } = answering({ data: { id: 're_1', status } });
    expect(await payments.refund('py_1', { id: 'r1', amountInCents: 500, reason: null, fees: [] }, 'key')).toEqual(ok(made));
    expect(await payments.readRefund('re_1')).toEqual(ok(made));
  });

  test('and about this one: another payment or refund in the answer ends nothing', async () => {
    expect(await answering({ data: { id: 'py_2', status: 'canceled' } }).payments.void('py_1', 'key')).toMatchObject({ failure: { kind: 'unexpected', code: 'other-payment' } });
    expect(await answering({ data: { id: 're_2', status: 'succeeded' } }).payments.readRefund('re_1')).toMatchObject({ failure: { kind: 'unexpected', code: 'other-refund' } });
  });

  test('a void leaves the payment canceled, or is refused', async () => {
    expect(await answering({ data: { id: 'py_1', status: 'canceled' } }).payments.void('py_1', 'key')).toEqual(ok(null));
    expect(await answering({ data: { id: 'py_1', status: 'succeeded' } }).payments.void('py_1', 'key')).toMatchObject({ failure: { kind: 'declined', code: 'void-succeeded' } });
  });
});

describe('F-20: a refund that was made is found again', () => {
  const reversal = { id: 'r1', askedAt: '2026-11-23T15:00:00.000Z' };
  const listed = (id: string, more: object = {}) => ({ id, payment_id: 'py_1', status: 'succeeded', metadata: { reversal_id: id.replace('re_', 'r') }, created_at: '2026-11-23T15:00:01Z', ...more });

  test('by the mark that it was sent with', async () => {
    const { payments, asked } = answering({ data: { id: 're_1', status: 'succeeded' } });
    await payments.refund('py_1', { id: 'r1', amountInCents: 500, reason: null, fees: [] }, 'key');
    expect(asked[0]!.body).toEqual({ amount: 500, metadata: { reversal_id: 'r1' } });
    expect(await answering({ data: [listed('re_2'), listed('re_1')] }).payments.findRefund('py_1', reversal)).toEqual(ok({ state: 'done', refundId: 're_1' }));
    expect(await answering({ data: [listed('re_1', { status: 'pending' })] }).payments.findRefund('py_1', reversal)).toEqual(ok({ state: 'pending', refundId: 're_1' }));
    expect(await answering({ data: [listed('re_1', { status: 'failed' })] }).payments.findRefund('py_1', reversal)).toEqual(ok({ state: 'refused', code: 'refund-failed' }));
  });

  test('and no other matches: not one of the same payment and amount, not one of another payment, of whatever shape', async () => {
    expect(await answering({ data: [listed('re_2'), listed('re_3', { metadata: {} }), listed('re_1', { payment_id: 'py_2' }), { payment_id: 'py_2', id: 7 }] }).payments.findRefund('py_1', reversal)).toEqual(ok(null));
  });

  test.each([
    ['one of this payment cannot be read', { data: [listed('re_2', { status: 7 })] }],
    ['one does not say its payment and cannot be read', { data: [{ id: 7 }] }],
    ['the list does not say where it goes on', { data: [listed('re_2')], page_info: { has_next: true, end_cursor: null } }],
  ])('where %s, it is not known', async (_name, body) => {
    expect(await answering(body).payments.findRefund('py_1', reversal)).toMatchObject({ failure: { kind: 'unexpected', code: 'refunds-unread' } });
  });

  test('refunds older than the reversal are not read', async () => {
    const { payments, asked } = answering({ data: [listed('re_2', { created_at: '2026-11-20T15:00:00Z' })], page_info: { has_next: true, end_cursor: 'next' } });
    expect(await payments.findRefund('py_1', reversal)).toEqual(ok(null));
    expect(asked).toHaveLength(1);
  });
});

describe('payments as proof', () => {
  const payment = { id: 'py_1', amount: 71_700, amount_refunded: 500, checkout_id: 'cho_1', status: 'partially_refunded', payment_method: { card: { brand: 'visa', acct_last_four: '4242' } }, created_at: '2026-11-23T15:00:00Z', disputed: false, fees: [{ type: 'processing_fee', amount: 90, remaining_amount: 55 }, { type: 'of_tomorrow', amount: 1 }] };

  test('are read one by one', async () => {
    const { payments } = answering({ data: payment });
    expect(await payments.read('py_1')).toEqual(ok({ id: 'py_1', checkoutId: 'cho_1', status: 'partially_refunded', amountInCents: 71_700, refundedInCents: 500, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, madeAt: '2026-11-23T15:00:00.000Z', isDisputed: false, fees: [{ type: 'processing_fee', amountInCents: 55 }] }));
    expect(await payments.read('py_2')).toMatchObject({ failure: { kind: 'unexpected' } });
  });

  test('that are disputed are listed by JustiFi’s own filter, also where it does not know it; a line of another shape is counted', async () => {
    const disputed = { ...payment, id: 'py_2', status: 'disputed' };
    const { payments, asked } = answering({ data: [payment, disputed, { ...disputed, id: 'py_3', amount: '12.00', payment_method: 7 }, { ...payment, id: 'py_4', disputed: true }, { id: 5 }, null], page_info: null });
    expect(await payments.listDisputed(null)).toEqual(ok({ items: ['py_2', 'py_3', 'py_4'].map((id) => ({ id, checkoutId: 'cho_1' })), unreadable: 2, next: null, isCut: false }));
    expect(asked).toMatchObject([{ method: 'GET', path: expect.stringContaining('payment_status=disputed'), subAccountId: 'acc_1' }]);
  });

  test('of one checkout are looked for, also where JustiFi does not know the filter', async () => {
    const { payments, asked } = answering({ data: [payment, { ...payment, id: 'py_2', checkout_id: 'cho_2' }], page_info: null });
    expect(await payments.ofCheckout('cho_1')).toMatchObject({ value: [{ id: 'py_1' }] });
    expect(asked[0]).toMatchObject({ method: 'GET', path: expect.stringContaining('checkout_id=cho_1'), subAccountId: 'acc_1' });
  });

  test('of a list without a next cursor are incomplete: a missing payment is unknown, a listed one is known', async () => {
    const page_info = { has_next: true, end_cursor: null };
    expect(await answering({ data: [{ ...payment, checkout_id: 'cho_2' }], page_info }).payments.ofCheckout('cho_1')).toMatchObject({ failure: { kind: 'unexpected', code: 'endless-list' } });
    expect(await answering({ data: [payment], page_info }).payments.ofCheckout('cho_1')).toMatchObject({ value: [{ id: 'py_1' }] });
    expect(await answering({ data: [payment], page_info }).payments.listTaken({ mostPages: 5, isEnough: () => false })).toMatchObject({ value: { isCut: true } });
  });

  test('another checkout’s payment of an unknown shape decides nothing; one that may be this checkout’s does', async () => {
    const odd = { id: 'py_odd', amount: '12.00', status: null };
    expect(await answering({ data: [{ ...odd, checkout_id: 'cho_2' }, { ...odd, checkout_id: null }, payment] }).payments.ofCheckout('cho_1')).toMatchObject({ value: [{ id: 'py_1' }] });
    const { checkout_id: _, ...unsaid } = payment;
    for (const one of [odd, { ...odd, checkout_id: 'cho_1' }, null, { ...unsaid, id: 'py_2', status: 'succeeded' }]) {
      expect(await answering({ data: [one, payment] }).payments.ofCheckout('cho_1')).toMatchObject({ kind: 'failed', failure: { kind: 'unexpected' } });
    }
  });
});

test('the page gets a token that can pay one checkout and tokenise, and nothing else', async () => {
  const { checkouts, asked } = answering({ access_token: 'token' });
  await checkouts.issueComponentToken('cho_1');
  expect(asked[0]!.body).toEqual({ resources: ['write:checkout:cho_1', 'write:tokenize:acc_1'] });
});
