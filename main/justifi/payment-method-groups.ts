import { z } from 'zod';
import type { SavedMethod } from '../../contract/customer.ts';
import { failed, ok } from '../../contract/result.ts';
import { answeredId } from '../../contract/text.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Completions, MethodGroups } from '../sale/saved/method-groups.ts';
import type { JustifiApi } from './api.ts';
import { completionMade } from './checkout.ts';
import { maybeId, paidWith, paymentMethod, word } from './payment-method.ts';

const group = z.object({ data: z.object({ id: answeredId }) });
const expiry = z.union([z.string(), z.number()]).nullish();
/** A method of another kind than a card has no `card`. */
const method = z.object({
  data: z.object({
    status: word.nullish(),
    card: z.object({ id: answeredId, brand: word.nullish(), acct_last_four: z.string().nullish(), month: expiry, year: expiry }).nullish(),
  }),
});
/** The payment method of the sale: of the completion that took the money. */
const paidCheckout = z.object({
  data: z.object({
    id: answeredId,
    completions: z.array(
      z.object({
        payment_mode: word.nullish(),
        payment_status: word.nullish(),
        payment_method_id: maybeId,
        payment_token: maybeId,
        payment_response: z.object({ data: z.object({ payment_method: paymentMethod.nullish() }) }).nullish().catch(null),
      }),
    ).nullish(),
  }),
});
/** The card network may take its time. */
const COMPLETE_WITHIN_MS = 30_000;

type GroupParts = { readonly api: JustifiApi; readonly subAccountId: string; /** Milliseconds since 1970, UTC. */ readonly nowMs: () => number };

export function createMethodGroups({ api, subAccountId, nowMs }: GroupParts): MethodGroups {
  const path = (groupId: string, methodId?: string) => `/v1/payment_method_groups/${encodeURIComponent(groupId)}${methodId === undefined ? '' : `/payment_methods/${encodeURIComponent(methodId)}`}`;

  return {
    async create() {
      const answer = await api.send({ method: 'POST', path: '/v1/payment_method_groups', subAccountId, answer: group });
      return answer.kind === 'ok' ? ok(answer.value.data.id) : answer;
    },
    async put(groupId, methodIds) {
      const answer = await api.send({ method: 'PATCH', path: path(groupId), subAccountId, body: { payment_method_ids: methodIds }, answer: z.unknown() });
      return answer.kind === 'ok' ? ok(null) : answer;
    },
    async remove(groupId, methodId) {
      const answer = await api.send({ method: 'DELETE', path: path(groupId, methodId), subAccountId, answer: z.unknown() });
      return answer.kind === 'ok' || isUnknown(answer.failure) ? ok(null) : answer;
    },
    async read(methodId) {
      const answer = await api.send({ method: 'GET', path: `/v1/payment_methods/${encodeURIComponent(methodId)}`, subAccountId, answer: method });
      if (answer.kind === 'failed') return isUnknown(answer.failure) ? ok(null) : answer;
      const { card } = answer.value.data;
      return ok(card?.id === methodId ? toSaved(answer.value.data, nowMs()) : null);
    },
    async paidMethod(checkoutId) {
      const answer = await api.send({ method: 'GET', path: `/v1/checkouts/${encodeURIComponent(checkoutId)}`, subAccountId, answer: paidCheckout });
      if (answer.kind === 'failed') return answer;
      if (answer.value.data.id !== checkoutId) return failed({ kind: 'unexpected', code: 'other-checkout', status: 200 });
      const paid = answer.value.data.completions?.find((one) => one.payment_status === 'succeeded' && one.payment_mode === 'ecom');
      const methodId = paid?.payment_method_id ?? paid?.payment_token ?? null;
      const { kind, brand, last4 } = paidWith(paid?.payment_response?.data.payment_method);
      return ok(methodId === null || kind !== 'card' ? null : { methodId, brand, last4, standing: 'usable' });
    },
  };
}

export function createCompletions(api: JustifiApi, subAccountId: string): Completions {
  return {
    async complete({ checkoutId, methodId, idempotencyKey }) {
      const answer = await api.send({
        method: 'POST',
        path: `/v1/checkouts/${encodeURIComponent(checkoutId)}/complete`,
        subAccountId,
        idempotencyKey,
        isSentOnce: true,
        timeoutMs: COMPLETE_WITHIN_MS,
        body: { payment_token: methodId, payment_mode: 'ecom' },
        // It proves nothing: the checkout is read instead.
        answer: completionMade,
      });
      return answer.kind === 'ok' ? ok(null) : answer;
    },
  };
}

function isUnknown(failure: JustifiFailure): boolean {
  return failure.kind === 'invalid' && failure.status === 404;
}

/** Null: it is no card. SECURITY: the card's expiry date is read here for one comparison, and stored nowhere. */
function toSaved({ status, card }: z.infer<typeof method>['data'], nowMs: number): SavedMethod | null {
  if (!card) return null;
  const { brand, last4 } = paidWith({ card });
  const [month, year] = [Number(card.month ?? Number.NaN), Number(card.year ?? Number.NaN)];
  // Valid to the end of its month.
  const isExpired = year > 0 && month > 0 && Date.UTC(year < 100 ? 2000 + year : year, month) <= nowMs;
  return { methodId: card.id, brand, last4, standing: status === 'invalid' ? 'refused' : isExpired ? 'expired' : 'usable' };
}
