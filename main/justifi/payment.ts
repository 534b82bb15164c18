import { z } from 'zod';
import { failed, ok } from '../../contract/result.ts';
import type { Payments } from '../sale/payments.ts';
import type { JustifiApi } from './api.ts';

const voided = z.object({ data: z.object({ id: z.string(), status: z.string() }) });
const refund = z.object({ data: z.object({ id: z.string(), status: z.string() }) });

/** Voids and refunds of one account. The key is required by JustiFi, so both may be repeated after a lost answer. */
export function createPayments(api: JustifiApi, subAccountId: string): Payments {
  return {
    async void(paymentId, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/void`;
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, answer: voided });
      if (answer.kind === 'failed') return answer;
      // A voided payment is "canceled"; any other word means that it was not undone.
      return answer.value.data.status === 'canceled' ? ok(null) : failed({ kind: 'unexpected', code: `void-${answer.value.data.status}`.slice(0, 60), status: 200 });
    },
    async refund(paymentId, amountInCents, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/refunds`;
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, body: { amount: amountInCents }, answer: refund });
      if (answer.kind === 'failed') return answer;
      return answer.value.data.status === 'failed' ? failed({ kind: 'declined', code: 'refund-failed', status: 201 }) : ok(null);
    },
  };
}
