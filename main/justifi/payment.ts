import { z } from 'zod';
import { failed, ok } from '../../contract/result.ts';
import type { Payment, Payments } from '../sale/payments.ts';
import type { ReversalAnswer } from '../sale/reversal.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';
import { cents, paidWith, paymentMethod, word } from './payment-method.ts';

/** Only what a till decides by. Statuses stay plain words: an unknown one must reach the decision, not break the parse. */
const paymentData = z.object({
  id: z.string().min(1),
  amount: cents,
  amount_refunded: cents.nullish(),
  checkout_id: z.string().nullish(),
  status: word,
  payment_method: paymentMethod.nullish(),
});
const payment = z.object({ data: paymentData });
const voided = z.object({ data: z.object({ id: z.string(), status: word }) });
const refund = z.object({ data: z.object({ id: z.string(), status: word }) });

/** The filter by checkout is JustiFi's component's own; should it not be honoured, the newest payments are looked through. */
const MOST_PAGES = 5;

/** Payments, voids and refunds of one account. The keys of both are required by JustiFi, so they may be repeated after a lost answer. */
export function createPayments(api: JustifiApi, subAccountId: string): Payments {
  return {
    async read(paymentId) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}`;
      const answer = await api.send({ method: 'GET', path, subAccountId, timeoutMs: 8_000, answer: payment });
      if (answer.kind === 'failed') return answer;
      if (answer.value.data.id !== paymentId) return failed({ kind: 'unexpected', code: 'other-payment', status: 200 });
      return ok(toPayment(answer.value.data));
    },
    async ofCheckout(checkoutId) {
      const read = await readPages(api, { path: '/v1/payments', query: { checkout_id: checkoutId }, subAccountId, item: paymentData, mostPages: MOST_PAGES });
      if (read.kind === 'failed') return read;
      const payments = read.value.items.map(toPayment).filter((one) => one.checkoutId === checkoutId);
      // Not among the newest, and there are older ones: that says nothing.
      if (read.value.isCut && payments.length === 0) return failed({ kind: 'unexpected', code: 'endless-list', status: 200 });
      return ok(payments);
    },
    async void(paymentId, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/void`;
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, answer: voided });
      if (answer.kind === 'failed') return answer;
      // A voided payment is "canceled"; any other word means that it was left as it was.
      return answer.value.data.status === 'canceled' ? ok(null) : failed({ kind: 'declined', code: `void-${answer.value.data.status}`, status: 200 });
    },
    async refund(paymentId, amountInCents, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/refunds`;
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, body: { amount: amountInCents }, answer: refund });
      return answer.kind === 'ok' ? ok(toAnswer(answer.value.data)) : answer;
    },
    async readRefund(refundId) {
      const path = `/v1/refunds/${encodeURIComponent(refundId)}`;
      const answer = await api.send({ method: 'GET', path, subAccountId, timeoutMs: 8_000, answer: refund });
      return answer.kind === 'ok' ? ok(toAnswer(answer.value.data)) : answer;
    },
  };
}

function toPayment({ id, amount, amount_refunded: refunded, checkout_id: checkoutId, status, payment_method: method }: z.infer<typeof paymentData>): Payment {
  return { id, checkoutId: checkoutId ?? null, status, amountInCents: amount, refundedInCents: refunded ?? 0, paidWith: paidWith(method) };
}

/** An unknown word is not an end: it is asked about again. */
function toAnswer({ id, status }: z.infer<typeof refund>['data']): ReversalAnswer {
  if (status === 'succeeded') return { state: 'done', refundId: id };
  return status === 'failed' ? { state: 'refused', code: 'refund-failed' } : { state: 'pending', refundId: id };
}
