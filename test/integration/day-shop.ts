import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ChargeProblem } from '../../contract/problem.ts';
import type { DayReport, DayView, KeptDay, ReportTotals } from '../../contract/report.ts';
import { type Result, failed } from '../../contract/result.ts';
import type { TenderKind } from '../../contract/tender.ts';
import type { History } from '../../main/history/history-thread.ts';
import { type DayClose, type DayCloseParts, createDayClose } from '../../main/report/day-close.ts';
import { businessDayOf } from '../../main/sale/business-day.ts';
import { purchaseOf, withTip } from '../../main/sale/purchase.ts';
import { type Outcome, type Sale, newDraft } from '../../main/sale/sale.ts';
import type { SaleEvent, TransferEnd } from '../../main/sale/sale-event.ts';
import { after } from '../../main/sale/transition.ts';
import type { Journal } from '../../main/storage/journal.ts';
import { historyHere } from './history-here.ts';
import { makeFolder, openOrFail } from './journal-shop.ts';

/** `tip`: the tip in the cents. `premium`: of an insurance, added after Charge. */
export type Charge = { readonly id: string; readonly cents: number; readonly tip?: number; readonly premium?: number; readonly tender?: TenderKind; readonly cashier?: string | null };
export type Success = { readonly isTransfer?: boolean; readonly takenAt?: string };

/** A shop, in New York where nothing else is said, whose day begins at four, with its real journal, its real history and the closing of its days; the clock is moved by hand. */
export type DayShop = {
  /** UTC, ISO 8601. */
  setClock(utc: string): void;
  /** Charge is pressed, and the customer has pressed Pay. */
  pay(charge: Charge): void;
  /** The sale was left unresolved, and the next one served. */
  leave(id: string): void;
  /** JustiFi says that it took the money, or accepted a transfer. */
  succeed(id: string, success?: Success): void;
  sell(charge: Charge & Success): void;
  askBack(saleId: string, reversal: { readonly id: string; readonly kind?: 'void' | 'refund'; readonly cents: number; readonly cashier?: string | null }): void;
  answerBack(saleId: string, reversalId: string, state?: 'done' | 'refused'): void;
  giveBack(saleId: string, reversal: Parameters<DayShop['askBack']>[1]): void;
  endTransfer(saleId: string, how: TransferEnd): void;
  state(id: string): Sale;
  x(before?: number | null): Promise<DayView>;
  z(): Promise<KeptDay>;
  readonly days: DayClose;
  readonly journal: Journal;
  readonly history: History;
  /** Quits and starts the till again. `registerId`: on another PC. */
  reopen(registerId?: string): void;
  end(): void;
};

/** No JustiFi, so no comparison. */
export const NO_JUSTIFI: Pick<DayCloseParts, 'payments' | 'checkouts'> = {
  payments: { listMade: () => Promise.resolve(failed({ kind: 'network', code: '' })), read: () => Promise.resolve(failed({ kind: 'network', code: '' })) },
  checkouts: { read: () => Promise.resolve(failed({ kind: 'network', code: '' })) },
};

export function openDayShop(justifi = NO_JUSTIFI, timeZone = 'America/New_York'): DayShop {
  const folder = makeFolder();
  const file = join(folder, 'test-acc_1.db');
  const states = new Map<string, Sale>();
  let utc = '2026-11-25T15:00:00.000Z';
  let journal: Journal;
  let history: History;
  let days: DayClose;
  const businessDay = (at: string) => businessDayOf(at, { timeZone, beginsAtHour: 4 });

  function open(registerId: string): void {
    ({ journal } = openOrFail(file, { utcNow: () => utc, utcOffsetInMinutes: () => -300 }));
    history = historyHere({ history: join(folder, 'test-acc_1.history.db'), journal: file }, (detail) => {
      throw new Error(detail);
    });
    days = createDayClose({ ...justifi, journal, history, register: { id: registerId, name: 'Register 1' }, currency: 'USD', cashier: () => 'Ana', utcNow: () => utc, shopDay: () => ({ timeZone, beginsAtHour: 4 }) });
  }

  function close(): void {
    history.close();
    journal.close();
  }

  function happen(id: string, event: SaleEvent): void {
    const next = after(states.get(id) ?? newDraft(id), event);
    if (next.kind === 'failed') throw new Error(`${next.failure.event} in ${next.failure.sale}`);
    states.set(id, next.value);
    orThrow(journal.record(next.value, event));
  }

  function state(id: string): Sale {
    const sale = states.get(id);
    if (sale === undefined) throw new Error(`there is no sale ${id}`);
    return sale;
  }

  open('register-1');
  const shop: DayShop = {
    setClock(next) {
      utc = next;
    },
    pay({ id, cents, tip = 0, premium = 0, tender = 'card-form', cashier = null }) {
      happen(id, { kind: 'charge-asked', purchase: withTip(purchaseOf(cents - tip, 'USD', `Sale ${id}`), tip), header: { account: { subAccountId: 'acc_1', mode: 'test' }, register: { id: 'register-1', name: 'Register 1' }, cashier, tender, businessDay: businessDay(utc) } });
      happen(id, { kind: 'amount-confirmed', checkoutId: `cho_${id}`, amountInCents: cents });
      happen(id, { kind: 'form-shown', checkoutId: `cho_${id}` });
      happen(id, { kind: 'submit-allowed', checkoutId: `cho_${id}`, amountInCents: cents + premium, ...(premium > 0 && { premiumInCents: premium }), failed: [], authorisation: null });
    },
    leave: (id) => happen(id, { kind: 'marked-unresolved', at: utc }),
    succeed(id, { isTransfer = false, takenAt = utc } = {}) {
      const sale = state(id);
      const paid = { paymentId: `py_${id}`, paidWith: { kind: isTransfer ? 'bank' : 'tender' in sale && sale.tender === 'reader' ? 'card-present' : 'card', brand: null, last4: '4242' }, chargedInCents: 'purchase' in sale ? sale.purchase.totalInCents : 0, takenAt } as const;
      const outcome: Outcome = isTransfer ? { kind: 'accepted', ...paid } : { kind: 'paid', ...paid };
      happen(id, { kind: 'outcome-known', outcome, at: utc, businessDay: businessDay(takenAt) });
    },
    sell({ isTransfer, takenAt, ...charge }) {
      shop.pay(charge);
      shop.succeed(charge.id, { ...(isTransfer === undefined ? {} : { isTransfer }), ...(takenAt === undefined ? {} : { takenAt }) });
    },
    askBack(saleId, { id, kind = 'refund', cents, cashier = null }) {
      happen(saleId, { kind: 'reversal-asked', reversal: { id, paymentId: `py_${saleId}`, kind, amountInCents: cents, reason: null, fees: [], idempotencyKey: `key-${id}`, cashier, askedAt: utc, state: 'asked', refundId: null, code: null } });
    },
    answerBack(saleId, reversalId, answer = 'done') {
      happen(saleId, { kind: 'reversal-answered', reversalId, answer: answer === 'done' ? { state: 'done', refundId: `re_${reversalId}` } : { state: 'refused', code: 'no' }, books: null, at: utc, businessDay: businessDay(utc) });
    },
    giveBack(saleId, reversal) {
      shop.askBack(saleId, reversal);
      shop.answerBack(saleId, reversal.id);
    },
    endTransfer: (saleId, how) => happen(saleId, { kind: 'transfer-ended', how, at: utc, businessDay: businessDay(utc) }),
    state,
    x: async (before = null) => orThrow(await days.read(before)),
    async z() {
      const { number } = await shop.x();
      return orThrow(await days.close(number));
    },
    get days() {
      return days;
    },
    get journal() {
      return journal;
    },
    get history() {
      return history;
    },
    reopen(registerId = 'register-1') {
      close();
      open(registerId);
    },
    end() {
      close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return shop;
}

function orThrow<Value>(result: Result<Value, { readonly kind: string } | ChargeProblem>): Value {
  if (result.kind === 'failed') throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** The sums by tender, by cashier and by day come to the report's totals. */
export function addsUp({ totals, byTender, byCashier, byDay }: DayReport): boolean {
  const { payments, voids, refunds, failedTransfers, netInCents } = totals;
  const isSum = payments.amountInCents + voids.amountInCents + refunds.amountInCents + failedTransfers.amountInCents === netInCents;
  const total = (rows: readonly ReportTotals[]) => JSON.stringify([rows.reduce((sum, row) => sum + row.netInCents, 0), rows.reduce((sum, row) => sum + row.payments.count, 0), rows.reduce((sum, row) => sum + row.refunds.amountInCents + row.voids.amountInCents, 0), rows.reduce((sum, row) => sum + row.tips.amountInCents, 0), rows.reduce((sum, row) => sum + row.tipsBack.amountInCents, 0)]);
  return isSum && [byTender, byCashier, byDay].every((rows) => total(rows) === total([totals]));
}
