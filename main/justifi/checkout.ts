import { z } from 'zod';
import { CURRENCIES } from '../../contract/money.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { Checkout, Checkouts, ListedCheckout } from '../sale/checkout.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';
import { cents, maybeId, paidWith, paymentMethod, timeOf, word } from './payment-method.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** Only the fields that a till decides by. Statuses stay strings: an unknown one must reach the decision, not fail the parse. */
const completion = z.object({
  id: answeredId,
  status: word.nullish(),
  payment_status: word.nullish(),
  payment_error_code: word.nullish(),
  payment_id: maybeId,
  // Without `optional` a completion that has none could not be read, and no outcome of its checkout either.
  payment_response: z.unknown().optional(),
  // "legacy": JustiFi publishes no shape of its items.
  additional_transactions: z.array(z.unknown()).nullish().catch(null),
});

/** `insurance_payment` of JustiFi's own examples has these. */
const additionalTransaction = z.object({ amount: cents, status: word.nullish() });

const checkoutData = z.object({
  id: answeredId,
  account_id: answeredId,
  payment_amount: cents,
  // In real answers, but not in the published schema.
  total_amount: cents.nullish(),
  // Upper case in the schema, lower in some examples.
  payment_currency: z.string().transform((value) => value.toUpperCase()).pipe(z.enum(CURRENCIES)),
  payment_description: reportedText().nullish(),
  status: word,
  mode: z.enum(['test', 'live']),
  successful_payment_id: maybeId,
  metadata: z.record(z.string(), z.unknown()).nullish(),
  completions: z.array(completion).nullish(),
});

const checkoutAnswer = z.object({ data: checkoutData });

/** The answer to a request that completes a checkout: JustiFi has accepted the request. The outcome is read from the checkout. */
export const completionMade = z.object({ data: z.object({}) });

/** A line of the list, where another program's checkout of an unknown shape must not hide ours. */
const listed = z.object({
  id: answeredId,
  account_id: z.string().nullish().catch(null),
  created_at: z.string().nullish().catch(null),
  payment_amount: cents.nullish().catch(null),
  payment_currency: checkoutData.shape.payment_currency.nullish().catch(null),
  payment_description: reportedText().nullish().catch(null),
  status: word.nullish().catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
});
/** Not enveloped, unlike every other answer under /v1. */
const componentTokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

/** The payment inside a completion, where there is one; only its payment method is used. */
const paymentResponse = z.object({
  data: z.object({
    amount: cents.nullish(),
    payment_method: paymentMethod.nullish(),
    created_at: z.string().nullish().catch(null),
  }),
});

/** Why it failed, more exactly than in `payment_error_code`. */
const errorResponse = z.object({ error: z.object({ code: word.nullish(), decline_code: word.nullish() }) });

type CheckoutsParts = {
  readonly api: JustifiApi;
  readonly subAccountId: string;
  /** Where the checkout page is served: "http://localhost:<port>". */
  readonly originUrl: string;
  /** JustiFi's own material sends origin_url with and without scheme; which one this account takes is remembered. */
  readonly originForm: { read(): OriginForm; remember(form: OriginForm): void };
};
export type OriginForm = 'url' | 'host';

type NewCheckout = Parameters<Checkouts['create']>[0];

/** The checkouts of one sub account. Contract: docs/justifi.md. */
export function createCheckouts({ api, subAccountId, originUrl, originForm }: CheckoutsParts): Checkouts {
  async function create(order: NewCheckout, form: OriginForm): Promise<Result<Checkout, JustifiFailure>> {
    const answer = await api.send({
      method: 'POST',
      path: '/v1/checkouts',
      subAccountId,
      // Not asked for here by JustiFi, accepted by it everywhere: should it be honoured, a repeat makes no second checkout.
      // A checkout made twice is harmless in any case, because only one of the two is ever shown.
      idempotencyKey: `${order.idempotencyKey}-${form}`,
      body: newCheckoutBody(order, form === 'url' ? originUrl : new URL(originUrl).host),
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
    async list({ mostPages, isEnough }) {
      const readable = (items: readonly unknown[]) => items.flatMap((item) => toListed(item, subAccountId) ?? []);
      const read = await readPages(api, { path: '/v1/checkouts', subAccountId, item: z.unknown(), mostPages, isEnough: (items) => isEnough(readable(items)) });
      if (read.kind === 'failed') return read;
      const { items, isCut } = read.value;
      return ok({ checkouts: readable(items), unreadable: items.filter((item) => !listed.safeParse(item).success).length, isCut });
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

function newCheckoutBody({ amountInCents, description, metadata }: NewCheckout, origin: string) {
  return {
    amount: amountInCents,
    description,
    origin_url: origin,
    metadata,
    // Only the fields of the payment that never change: a prepared checkout may serve another sale, by another cashier.
    payment: { metadata: { register: metadata.register, register_id: metadata.register_id } },
  };
}

function isAboutOriginUrl(failure: JustifiFailure): boolean {
  return (failure.kind === 'forbidden' && failure.aboutOriginUrl) || (failure.kind === 'invalid' && failure.parameter === 'origin_url');
}

/** Null: it has no id, or is another account's. */
function toListed(item: unknown, subAccountId: string): ListedCheckout | null {
  const { data } = listed.safeParse(item);
  if (data === undefined || (typeof data.account_id === 'string' && data.account_id !== subAccountId)) return null;
  const createdAtMs = Date.parse(data.created_at ?? '');
  return {
    id: data.id,
    createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs,
    amountInCents: data.payment_amount ?? null,
    currency: data.payment_currency ?? null,
    description: data.payment_description ?? '',
    status: data.status ?? null,
    registerId: metadataText(data, 'register_id'),
    pc: metadataText(data, 'pc'),
    ...tipOf(data),
    hasMetadata: data.metadata !== null && data.metadata !== undefined,
  };
}

function metadataText({ metadata }: Pick<z.infer<typeof checkoutData>, 'metadata'>, name: string): string | null {
  const value = metadata?.[name];
  return typeof value === 'string' ? value : null;
}

/** Counter's own entry; one that is no part of the amount is ignored. */
function tipOf(data: Pick<z.infer<typeof listed>, 'metadata' | 'payment_amount'>): Pick<ListedCheckout, 'tipInCents'> {
  const said = metadataText(data, 'tip_cents') ?? '';
  const tipInCents = /^\d{1,8}$/u.test(said) ? Number(said) : 0;
  return tipInCents > 0 && tipInCents < (data.payment_amount ?? 0) ? { tipInCents } : {};
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
    saleId: metadataText(data, 'sale'),
    registerId: metadataText(data, 'register_id'),
    pc: metadataText(data, 'pc'),
    ...tipOf(data),
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
        apartInCents: apartInCents(attempt.additional_transactions ?? []),
        paidWith: paidWith(payment.success ? payment.data.data.payment_method : null),
        madeAt: timeOf(payment.success ? payment.data.data.created_at : null),
      };
    }),
  };
}

function apartInCents(transactions: readonly unknown[]): number {
  return transactions.reduce<number>((sum, item) => {
    const { data } = additionalTransaction.safeParse(item);
    return data === undefined || data.status === 'failed' || data.status === 'canceled' ? sum : sum + data.amount;
  }, 0);
}
