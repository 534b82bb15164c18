import { z } from 'zod';
import { failed, ok } from '../../contract/result.ts';
import { answeredId } from '../../contract/text.ts';
import { type ListedPayment, type Payment, type Payments, isPending, isTaken } from '../sale/payments.ts';
import { FEE_TYPES, type ReversalAnswer } from '../sale/reversal.ts';
import type { JustifiApi } from './api.ts';
import { findMarkedRefund, markOf } from './marked-refund.ts';
import { readPage, readPages } from './pages.ts';
import { cents, maybeId, paidWith, paymentMethod, timeOf, word } from './payment-method.ts';

/** A fee of an unknown type cannot be returned. */
const fee = z.object({ type: z.enum(FEE_TYPES), remaining_amount: cents.nullish() });

/** Only the fields that a till decides by. Statuses stay strings: an unknown one must reach the decision, not fail the parse. */
const paymentData = z.object({
  id: answeredId,
  amount: cents,
  amount_refunded: cents.nullish(),
  checkout_id: maybeId,
  status: word,
  payment_method: paymentMethod.nullish(),
  created_at: z.string().nullish().catch(null),
  disputed: z.boolean().nullish().catch(null),
  fees: z.array(fee.nullable().catch(null)).nullish().catch(null),
});
/** A line of the list of all payments, with the fields that find its checkout. Lines of other programs may have any shape. */
const listedPayment = z.object({ checkout_id: maybeId.catch(null), status: word.nullish().catch(null), created_at: z.string().nullish().catch(null) });
/** A line of the list of disputed payments. The journal has the amount. */
const disputedPayment = paymentData.pick({ id: true, checkout_id: true, status: true, disputed: true });
/** The field that shows that an item of the list belongs to another checkout. */
const listedOn = z.object({ checkout_id: z.string().nullable() });
const payment = z.object({ data: paymentData });
const voided = z.object({ data: z.object({ id: answeredId, status: word }) });
const refund = z.object({ data: z.object({ id: answeredId, status: word }) });

/** The filter by checkout is JustiFi's component's own; should it not be honoured, the newest payments are looked through. */
const MOST_PAGES = 5;
/** A hundred payments each. */
const MOST_PAGES_OF_DAYS = 50;

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
      const read = await readPages(api, { path: '/v1/payments', query: { checkout_id: checkoutId }, subAccountId, item: z.unknown(), mostPages: MOST_PAGES });
      if (read.kind === 'failed') return read;
      // Where JustiFi ignores the filter, another program's payment of another shape is left out.
      const items = read.value.items.filter((item) => mayBeOn(item, checkoutId)).map((item) => paymentData.safeParse(item));
      // A payment without a checkout id may belong to this checkout.
      if (!items.every(({ data }) => data?.checkout_id !== undefined)) return failed({ kind: 'unexpected', code: 'payment-unreadable', status: 200 });
      const payments = items.flatMap(({ data }) => (data === undefined ? [] : [toPayment(data)])).filter((one) => one.checkoutId === checkoutId);
      // Not among the newest, and older ones were not read: not known.
      if (read.value.isCut && payments.length === 0) return failed({ kind: 'unexpected', code: 'endless-list', status: 200 });
      return ok(payments);
    },
    async listTaken({ mostPages, isEnough }) {
      const read = await readPages(api, { path: '/v1/payments', subAccountId, item: listedPayment, mostPages, isEnough: (items) => isEnough(items.map(toListedPayment)) });
      if (read.kind === 'failed') return read;
      const taken = read.value.items.map(({ status, ...item }) => ({ ...item, status: status ?? '' })).filter((item) => isTaken(item) || isPending(item));
      return ok({ items: taken.map(toListedPayment), isCut: read.value.isCut });
    },
    async listMade({ afterUtc, beforeUtc }) {
      const read = await readPages(api, { path: '/v1/payments', query: { created_after: afterUtc, created_before: beforeUtc }, subAccountId, item: z.unknown(), mostPages: MOST_PAGES_OF_DAYS });
      if (read.kind === 'failed') return read;
      const parsed = read.value.items.map((item) => paymentData.safeParse(item));
      const items = parsed.flatMap(({ data }) => (data === undefined ? [] : [toPayment(data)]));
      // Where JustiFi ignores the filter.
      const within = items.filter(({ madeAt }) => madeAt === null || (madeAt > afterUtc && madeAt < beforeUtc));
      return ok({ items: within, unreadable: parsed.length - items.length, isCut: read.value.isCut });
    },
    listDisputed: (cursor) => listDisputed(api, subAccountId, cursor),
    async void(paymentId, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/void`;
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, answer: voided });
      if (answer.kind === 'failed') return answer;
      if (answer.value.data.id !== paymentId) return failed({ kind: 'unexpected', code: 'other-payment', status: 200 });
      // A voided payment is "canceled"; with any other status it was not voided.
      return answer.value.data.status === 'canceled' ? ok(null) : failed({ kind: 'declined', code: `void-${answer.value.data.status}`, status: 200 });
    },
    async refund(paymentId, { id, amountInCents, reason, fees }, idempotencyKey) {
      const path = `/v1/payments/${encodeURIComponent(paymentId)}/refunds`;
      const body = { amount: amountInCents, metadata: markOf(id), ...(reason === null ? {} : { reason }), ...(fees.length === 0 ? {} : { fees: fees.map(({ type, amountInCents: amount }) => ({ type, amount })) }) };
      const answer = await api.send({ method: 'POST', path, subAccountId, idempotencyKey, body, answer: refund });
      return answer.kind === 'ok' ? ok(toAnswer(answer.value.data)) : answer;
    },
    findRefund: async (paymentId, reversal) => toMade(await findMarkedRefund(api, subAccountId, paymentId, reversal)),
    async readRefund(refundId) {
      const path = `/v1/refunds/${encodeURIComponent(refundId)}`;
      const answer = await api.send({ method: 'GET', path, subAccountId, timeoutMs: 8_000, answer: refund });
      if (answer.kind === 'ok' && answer.value.data.id !== refundId) return failed({ kind: 'unexpected', code: 'other-refund', status: 200 });
      return answer.kind === 'ok' ? ok(toAnswer(answer.value.data)) : answer;
    },
  };
}

async function listDisputed(api: JustifiApi, subAccountId: string, cursor: string | null): ReturnType<Payments['listDisputed']> {
  const read = await readPage(api, { path: '/v1/payments', query: { payment_status: 'disputed' }, subAccountId, item: z.unknown(), cursor });
  if (read.kind === 'failed') return read;
  const parsed = read.value.items.map((item) => disputedPayment.safeParse(item));
  const items = parsed.flatMap(({ data }) => data ?? []);
  // Where JustiFi ignores the filter.
  const disputed = items.filter(isDisputed).map(({ id, checkout_id: checkoutId = null }) => ({ id, checkoutId }));
  return ok({ items: disputed, unreadable: parsed.length - items.length, next: read.value.next, isCut: read.value.isCut });
}

function mayBeOn(item: unknown, checkoutId: string): boolean {
  const { data } = listedOn.safeParse(item);
  return data === undefined || data.checkout_id === checkoutId;
}

function toListedPayment({ checkout_id: checkoutId, created_at: createdAt }: z.infer<typeof listedPayment>): ListedPayment {
  const createdAtMs = Date.parse(createdAt ?? '');
  return { checkoutId: checkoutId ?? null, createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs };
}

function toPayment({ id, amount, amount_refunded: refunded, checkout_id: checkoutId, status, payment_method: method, created_at: createdAt, disputed, fees }: z.infer<typeof paymentData>): Payment {
  return {
    id,
    checkoutId: checkoutId ?? null,
    status,
    amountInCents: amount,
    refundedInCents: refunded ?? 0,
    paidWith: paidWith(method),
    madeAt: timeOf(createdAt),
    isDisputed: isDisputed({ disputed, status }),
    fees: (fees ?? []).flatMap((one) => (one === null || (one.remaining_amount ?? 0) === 0 ? [] : [{ type: one.type, amountInCents: one.remaining_amount ?? 0 }])),
  };
}

function toMade(found: Awaited<ReturnType<typeof findMarkedRefund>>): Awaited<ReturnType<Payments['findRefund']>> {
  return found.kind === 'failed' ? found : ok(found.value && toAnswer(found.value));
}

function isDisputed({ disputed, status }: Pick<z.infer<typeof paymentData>, 'disputed' | 'status'>): boolean {
  return disputed === true || status === 'disputed';
}

/** An unknown status is not final: it is asked for again. */
function toAnswer({ id, status }: z.infer<typeof refund>['data']): ReversalAnswer {
  if (status === 'succeeded') return { state: 'done', refundId: id };
  return status === 'failed' ? { state: 'refused', code: 'refund-failed' } : { state: 'pending', refundId: id };
}
