import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import { answeredId } from '../../contract/text.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Reversal } from '../sale/reversal.ts';
import type { JustifiApi } from './api.ts';
import { readPages } from './pages.ts';
import { timeOf, word } from './payment-method.ts';

/** A refund in JustiFi's list, with its state in JustiFi's word. */
type MarkedRefund = { readonly id: string; readonly status: string };

const refundData = z.object({ id: answeredId, status: word, metadata: z.record(z.string(), z.unknown()).nullish() });
const ofAnyPayment = z.object({ payment_id: z.string() });
const dated = z.object({ created_at: z.string() });

/** A hundred refunds each. */
const MOST_PAGES = 50;
/** The PC's clock may be wrong by this. */
const EARLIER_BY_MS = 2 * 24 * 60 * 60_000;

/** JustiFi stores it with the refund, and returns it in its list. */
export function markOf(reversalId: string): Readonly<Record<string, string>> {
  return { reversal_id: reversalId };
}

/**
 * Looks for the refund with the mark of this reversal. JustiFi's list has no filter: it is read from the newest on until before the reversal was
 * asked for. Null: there is none.
 */
export async function findMarkedRefund(api: JustifiApi, subAccountId: string, paymentId: string, reversal: Pick<Reversal, 'id' | 'askedAt'>): Promise<Result<MarkedRefund | null, JustifiFailure>> {
  const isBefore = (item: unknown) => Date.parse(timeOf(dated.safeParse(item).data?.created_at) ?? '') < Date.parse(reversal.askedAt) - EARLIER_BY_MS;
  const read = await readPages(api, { path: '/v1/refunds', subAccountId, item: z.unknown(), mostPages: MOST_PAGES, isEnough: (items) => isBefore(items.at(-1)) });
  if (read.kind === 'failed') return read;
  const ofPayment = read.value.items.filter((item) => (ofAnyPayment.safeParse(item).data?.payment_id ?? paymentId) === paymentId).map((item) => refundData.safeParse(item));
  const marked = ofPayment.find(({ data }) => data?.metadata?.['reversal_id'] === reversal.id)?.data;
  if (marked !== undefined) return ok({ id: marked.id, status: marked.status });
  // An unreadable refund may be this one, and so may one after the last page.
  if (read.value.isCut || ofPayment.some(({ data }) => data === undefined)) return failed({ kind: 'unexpected', code: 'refunds-unread', status: 200 });
  return ok(null);
}
