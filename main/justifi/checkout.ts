import { z } from 'zod';
import { CURRENCIES } from '../../contract/money.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { Checkout, Checkouts, ListedCheckout } from '../sale/checkout.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';
import { cents, paidWith, paymentMethod, word } from './payment-method.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** Only what a till decides by. Statuses stay plain words: an unknown one must reach the decision, not break the parse. */
const completion = z.object({
  id: z.string(),
  status: word.nullish(),
  payment_status: word.nullish(),
  payment_error_code: word.nullish(),
  payment_id: z.string().nullish(),
  payment_response: z.unknown(),
});

const checkoutData = z.object({
  id: z.string().min(1),
  account_id: z.string().min(1),
  payment_amount: cents,
  // In real answers, but not in the published schema.
  total_amount: cents.nullish(),
  // Upper case in the schema, lower in some examples.
  payment_currency: z.string().transform((value) => value.toUpperCase()).pipe(z.enum(CURRENCIES)),
  payment_description: z.string().nullish(),
  status: word,
  mode: z.enum(['test', 'live']),
  successful_payment_id: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  completions: z.array(completion).nullish(),
});

const checkoutAnswer = z.object({ data: checkoutData });
/** More pages than a register fills in a year. */
const MOST_PAGES = 1_000;
/** Not enveloped, unlike everything under /v1 but this. */
const componentTokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

/** The payment inside a completion, where there is one; how it was paid is all we want of it. */
const paymentResponse = z.object({
  data: z.object({
    amount: cents.nullish(),
    payment_method: paymentMethod.nullish(),
  }),
});

/** Why it failed, more exactly than `payment_error_code` says. */
const errorResponse = z.object({ error: z.object({ code: word.nullish(), decline_code: word.nullish() }) });

export type CheckoutsParts = {
  readonly api: JustifiApi;
  readonly subAccountId: string;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly originUrl: string;
  /** JustiFi's own material sends origin_url with and without scheme; which one this account takes is remembered. */
  readonly originForm: { read(): OriginForm; remember(form: OriginForm): void };
};
export type OriginForm = 'url' | 'host';

/** The checkouts of one sub account. Contract: docs/justifi.md. */
export function createCheckouts({ api, subAccountId, originUrl, originForm }: CheckoutsParts): Checkouts {
  async function create(order: Parameters<Checkouts['create']>[0], form: OriginForm): Promise<Result<Checkout, JustifiFailure>> {
    const answer = await api.send({
      method: 'POST',
      path: '/v1/checkouts',
      subAccountId,
      // Not asked for here by JustiFi, accepted by it everywhere: should it be honoured, a repeat makes no second checkout.
      // A checkout made twice is harmless in any case, because only one of the two is ever shown.
      idempotencyKey: `${order.idempotencyKey}-${form}`,
      body: {
        amount: order.amountInCents,
        description: order.description,
        origin_url: form === 'url' ? originUrl : new URL(originUrl).host,
        metadata: order.metadata,
        ...(order.paymentMethodGroupId === undefined ? {} : { payment_method_group_id: order.paymentMethodGroupId }),
      },
      answer: checkoutAnswer,
    });
    return answer.kind === 'ok' ? ok(toCheckout(answer.value.data)) : answer;
  }

  return {
    async create(order) {
      const form = originForm.read();
      const first = await create(order, form);
      if (first.kind === 'ok' || !isAboutOriginUrl(first.failure)) return first;
      const other = form === 'url' ? 'host' : 'url';
      const second = await create(order, other);
      if (second.kind === 'ok') originForm.remember(other);
      return second;
    },
    async update(checkoutId, change) {
      const answer = await api.send({
        method: 'PATCH',
        path: `/v1/checkouts/${encodeURIComponent(checkoutId)}`,
        subAccountId,
        timeoutMs: change.timeoutMs,
        body: { amount: change.amountInCents, description: change.description, metadata: change.metadata },
        answer: checkoutAnswer,
      });
      return answer.kind === 'ok' ? ok(toCheckout(answer.value.data)) : answer;
    },
    async read(checkoutId) {
      const path = `/v1/checkouts/${encodeURIComponent(checkoutId)}`;
      const answer = await api.send({ method: 'GET', path, subAccountId, timeoutMs: 8_000, answer: checkoutAnswer });
      if (answer.kind === 'failed') return answer;
      if (answer.value.data.id !== checkoutId) return failed({ kind: 'unexpected', code: 'other-checkout', status: 200 });
      return ok(toCheckout(answer.value.data));
    },
    async listSince(sinceUtc) {
      const read = await readPages(api, { path: '/v1/checkouts', query: { created_after: sinceUtc }, subAccountId, item: checkoutData, mostPages: MOST_PAGES });
      if (read.kind === 'failed') return read;
      if (read.value.isCut) return failed({ kind: 'unexpected', code: 'endless-list', status: 200 });
      return ok(read.value.items.filter((item) => item.account_id === subAccountId).map(toListed));
    },
    async issueComponentToken(checkoutId) {
      const answer = await api.send({
        method: 'POST',
        path: '/v1/web_component_tokens',
        // Exactly these two: the page can pay this checkout and do nothing else.
        body: { resources: [`write:checkout:${checkoutId}`, `write:tokenize:${subAccountId}`] },
        answer: componentTokenAnswer,
      });
      return answer.kind === 'ok' ? ok(answer.value.access_token) : answer;
    },
  };
}

function isAboutOriginUrl(failure: JustifiFailure): boolean {
  return (failure.kind === 'forbidden' && failure.aboutOriginUrl) || (failure.kind === 'invalid' && failure.parameter === 'origin_url');
}

function toListed(data: z.infer<typeof checkoutData>): ListedCheckout {
  const registerId = data.metadata?.['register_id'];
  return {
    id: data.id,
    amountInCents: data.payment_amount,
    currency: data.payment_currency,
    description: data.payment_description ?? '',
    status: data.status,
    registerId: typeof registerId === 'string' ? registerId : null,
  };
}

function toCheckout(data: z.infer<typeof checkoutData>): Checkout {
  return {
    id: data.id,
    accountId: data.account_id,
    amountInCents: data.payment_amount,
    totalInCents: data.total_amount ?? data.payment_amount,
    currency: data.payment_currency,
    description: data.payment_description ?? '',
    status: data.status,
    mode: data.mode,
    successfulPaymentId: data.successful_payment_id ?? null,
    saleId: typeof data.metadata?.['sale'] === 'string' ? data.metadata['sale'] : null,
    completions: (data.completions ?? []).map((attempt) => {
      const payment = paymentResponse.safeParse(attempt.payment_response);
      const error = errorResponse.safeParse(attempt.payment_response);
      return {
        id: attempt.id,
        status: attempt.status ?? '',
        paymentStatus: attempt.payment_status ?? '',
        errorCode: (error.success ? error.data.error.decline_code : null) ?? attempt.payment_error_code ?? null,
        paymentId: attempt.payment_id ?? null,
        chargedInCents: payment.success ? (payment.data.data.amount ?? null) : null,
        paidWith: paidWith(payment.success ? payment.data.data.payment_method : null),
      };
    }),
  };
}
