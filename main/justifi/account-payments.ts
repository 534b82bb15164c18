import { z } from 'zod';
import type { PaidBy } from '../../contract/all-registers.ts';
import { firstCharacters } from '../../contract/first-characters.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { answeredId, reportedText } from '../../contract/text.ts';
import type { AccountCheckout, AccountPage, AccountPayment, AccountPayments, AccountRefund, NamedRegister } from '../sale/account-payments.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { JustifiApi } from './api.ts';
import { type PageOrder, readPage } from './pages.ts';
import { cents, maybeId, paidWith, paymentMethod, word } from './payment-method.ts';

/** UTC, in milliseconds. An entry without a time belongs to no day. */
const time = z.string().transform((text) => Date.parse(text)).refine((ms) => !Number.isNaN(ms));
const metadata = z.record(z.string(), z.unknown()).nullish().catch(null);
const ours = z.object({ register_id: answeredId, register: reportedText().nullish().catch(null) });

const paymentData = z.object({
  id: answeredId,
  account_id: z.string().nullish().catch(null),
  is_test: z.boolean().nullish().catch(null),
  currency: z.string().nullish().catch(null),
  checkout_id: maybeId.catch(null),
  metadata,
  status: word,
  amount: cents,
  fee_amount: cents.nullish().catch(null),
  payment_method: paymentMethod.nullish().catch(null),
  payment_mode: word.nullish().catch(null),
  created_at: time,
});
const refundData = z.object({ id: answeredId, payment_id: answeredId, status: word, amount: cents, created_at: time });
const checkoutData = z.object({ id: answeredId, metadata: z.record(z.string(), z.unknown()).nullish().catch(undefined), created_at: time.nullish().catch(null) });

/** Characters of a name on the screen. */
const LONGEST_NAME = 60;

/** The payments, refunds and checkouts of one sub account, made by any program. */
export function createAccountPayments(api: JustifiApi, subAccountId: string): AccountPayments {
  async function page<Data, Item>(schema: z.ZodType<Data>, toItem: (data: Data) => Item, order: Pick<PageOrder<unknown>, 'path' | 'query' | 'cursor'>): Promise<Result<AccountPage<Item>, JustifiFailure>> {
    const read = await readPage(api, { ...order, subAccountId, item: z.unknown() });
    if (read.kind === 'failed') return read;
    const parsed = read.value.items.map((item) => schema.safeParse(item));
    const items = parsed.flatMap(({ data }) => (data === undefined ? [] : [toItem(data)]));
    return ok({ items, unreadable: parsed.length - items.length, next: read.value.next, isCut: read.value.isCut });
  }

  async function one<Data extends { readonly id: string }, Item>(schema: z.ZodType<Data>, toItem: (data: Data) => Item, list: string, id: string): Promise<Result<Item, JustifiFailure>> {
    const answer = await api.send({ method: 'GET', path: `${list}/${encodeURIComponent(id)}`, subAccountId, answer: z.object({ data: schema }) });
    if (answer.kind === 'failed') return answer;
    return answer.value.data.id === id ? ok(toItem(answer.value.data)) : failed({ kind: 'unexpected', code: 'other-object', status: 200 });
  }

  return {
    payments: ({ from, to }, cursor) => page(paymentData, toPayment, { path: '/v1/payments', query: { created_after: justBefore(from), created_before: to }, cursor }),
    refunds: (cursor) => page(refundData, toRefund, { path: '/v1/refunds', cursor }),
    // The filter is JustiFi's component's own. Where it is not honoured, the newest come first.
    checkouts: (to, cursor) => page(checkoutData, toCheckout, { path: '/v1/checkouts', query: { created_before: to }, cursor }),
    payment: (paymentId) => one(paymentData, toPayment, '/v1/payments', paymentId),
    checkout: (checkoutId) => one(checkoutData, toCheckout, '/v1/checkouts', checkoutId),
  };
}

/** Includes entries of exactly that moment. */
function justBefore(utc: string): string {
  return new Date(Date.parse(utc) - 1).toISOString();
}

function toPayment(data: z.infer<typeof paymentData>): AccountPayment {
  return {
    id: data.id,
    accountId: data.account_id ?? null,
    isTest: data.is_test ?? null,
    currency: data.currency?.toUpperCase() ?? null,
    checkoutId: data.checkout_id ?? null,
    register: registerIn(data.metadata),
    status: data.status,
    amountInCents: data.amount,
    feesInCents: data.fee_amount ?? null,
    paidBy: paidByOf(data),
    madeAtMs: data.created_at,
  };
}

function paidByOf({ payment_method: method, payment_mode: mode }: z.infer<typeof paymentData>): PaidBy {
  const { kind } = paidWith(method);
  if (kind === 'bank' || mode === 'ach') return 'bank-account';
  if (kind === 'card-present' || mode === 'card_present') return 'reader';
  return kind === 'card' ? 'card' : 'not-known';
}

function toRefund({ id, payment_id: paymentId, status, amount, created_at: madeAtMs }: z.infer<typeof refundData>): AccountRefund {
  return { id, paymentId, status, amountInCents: amount, madeAtMs };
}

function toCheckout({ id, metadata: named, created_at: madeAtMs }: z.infer<typeof checkoutData>): AccountCheckout {
  return { id, register: registerIn(named), isKnown: named !== undefined, madeAtMs: madeAtMs ?? null };
}

function registerIn(named: Readonly<Record<string, unknown>> | null | undefined): NamedRegister | null {
  const { data } = ours.safeParse(named ?? {});
  return data === undefined ? null : { id: data.register_id, name: firstCharacters(data.register ?? '', LONGEST_NAME).trim() || null };
}
