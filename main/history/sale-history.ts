import type { ChargedTwice, HistoryPage, HistoryProblem, SaleRecord } from '../../contract/history.ts';
import type { Language } from '../../contract/language.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { daysFrom } from '../sale/business-day.ts';
import type { SaleQueries } from '../sale/journal.ts';
import type { Payments } from '../sale/payments.ts';
import { type Purchase, beforeTip } from '../sale/purchase.ts';
import type { Register } from '../sale/register.ts';
import type { Sale } from '../sale/sale.ts';
import type { JournaledStep } from '../storage/journal-steps.ts';
import { chargedTwiceOf } from './charged-twice.ts';
import type { History } from './history-thread.ts';
import { saleRecordOf } from './sale-record.ts';
import { readSearch } from './search-text.ts';

type SaleProblem = HistoryProblem | { readonly kind: 'sale-unknown' };

/** The sales of one register, as its window asks about them. */
export type SaleHistory = {
  listSales(order: { readonly search: string; readonly before: number | null }): Promise<Result<HistoryPage, HistoryProblem>>;
  readSale(saleId: string): Result<SaleRecord, SaleProblem>;
  /** In cents; 0: none, or JustiFi does not say now. */
  readFees(saleId: string): Promise<Result<number, SaleProblem>>;
  askChargedTwice(saleId: string): Promise<Result<ChargedTwice, SaleProblem>>;
};

type SaleHistoryParts = {
  readonly history: Pick<History, 'ask'>;
  readonly register: Pick<Register, 'find' | 'isUnread'>;
  readonly payments: Pick<Payments, 'read' | 'listMade'>;
  readonly steps: (saleId: string) => Result<readonly JournaledStep[], unknown>;
  readonly journal: Pick<SaleQueries, 'saleOn'>;
  readonly utcNow: () => string;
  readonly businessDay: (utc: string) => string;
  readonly language: () => Language;
};

/** Lines of one answer. */
const PAGE_LENGTH = 50;
const DAY_MS = 24 * 60 * 60_000;

export function createSaleHistory(parts: SaleHistoryParts): SaleHistory {
  const { history, register, payments, utcNow, businessDay } = parts;

  function find(saleId: string): Result<Exclude<Sale, { kind: 'draft' }>, SaleProblem> {
    const found = register.find(saleId);
    if (found.kind === 'failed') return failed({ kind: 'history-unreadable' });
    return found.value === null || found.value.kind === 'draft' ? failed({ kind: 'sale-unknown' }) : ok(found.value);
  }

  return {
    listSales({ search, before }) {
      const wanted = readSearch(search, { today: businessDay(utcNow()), language: parts.language() });
      return history.ask({ kind: 'page', order: { search: wanted, before, length: PAGE_LENGTH } });
    },
    readSale(saleId) {
      const sale = find(saleId);
      if (sale.kind === 'failed') return sale;
      const steps = parts.steps(saleId);
      if (steps.kind === 'failed') return failed({ kind: 'history-unreadable' });
      return ok(saleRecordOf({ sale: sale.value, steps: steps.value }, utcNow(), register.isUnread));
    },
    async readFees(saleId) {
      const sale = find(saleId);
      if (sale.kind === 'failed') return sale;
      const paymentId = 'paymentId' in sale.value ? sale.value.paymentId : null;
      const payment = paymentId === null ? null : await payments.read(paymentId);
      return ok(payment?.kind === 'ok' ? payment.value.fees.reduce((sum, { amountInCents }) => sum + amountInCents, 0) : 0);
    },
    async askChargedTwice(saleId) {
      const found = find(saleId);
      if (found.kind === 'failed') return found;
      const sale = found.value;
      if (!('reversals' in sale)) return ok({ verdict: 'no-payment', count: 0, evidence: [] });
      const atMs = Date.parse(sale.at);
      const day = businessDay(sale.at);
      const { last4 } = sale.paidWith;
      const [ours, theirs] = await Promise.all([
        last4 === null ? ok([]) : history.ask({ kind: 'twins', order: { amountInCents: sale.chargedInCents, purchaseInCents: beforeTip(sale.purchase), last4, from: daysFrom(day, -1), to: daysFrom(day, 1) } }),
        payments.listMade({ afterUtc: new Date(atMs - DAY_MS).toISOString(), beforeUtc: new Date(atMs + DAY_MS).toISOString() }),
      ]);
      if (ours.kind === 'failed' && theirs.kind === 'failed') return ours;
      return ok(chargedTwiceOf({ sale, ours: ours.kind === 'ok' ? ours.value : [], theirs, saleOn }));
    },
  };

  function saleOn(checkoutId: string): { readonly id: string; readonly purchase: Purchase } | null {
    const sale = parts.journal.saleOn(checkoutId);
    return sale.kind === 'ok' && sale.value !== null && sale.value.kind !== 'draft' ? sale.value : null;
  }
}
