import type { AllRegisters, AllRegistersProblem, RegistersProgress } from '../../contract/all-registers.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { AccountCheckout, AccountPayment, AccountPayments, AccountRefund, NamedRegister } from '../sale/account-payments.ts';
import { type ShopDay, beginningOf, businessDayOf, daysFrom } from '../sale/business-day.ts';
import type { Timers } from '../sale/timers.ts';
import { type CountedAccount, type RefundOfDay, type RegisterOf, allRegistersOf, isOfAccount } from './all-registers.ts';
import { type Read, type RegistersRun, beginRun } from './registers-run.ts';

export type RegistersReadingParts = {
  readonly justifi: AccountPayments;
  readonly account: CountedAccount;
  readonly register: { readonly id: string; readonly name: string };
  readonly timers: Timers;
  /** ISO 8601, by JustiFi's clock where it is known. */
  readonly utcNow: () => string;
  /** By the present setting. */
  readonly shopDay: () => ShopDay;
  readonly onChange: () => void;
};

/** Reads a business day of the whole account from JustiFi, page by page, one day at a time. It does not use the journal. */
export type RegistersReading = {
  /** `day`: "2026-11-25"; null: today. Ends with `stopped` as soon as it is stopped. */
  read(day: string | null): Promise<Result<AllRegisters, AllRegistersProblem>>;
  stop(): void;
  /** Null: nothing is being read. */
  progress(): RegistersProgress | null;
  /** The day that was read last. */
  last(): AllRegisters | null;
};

/** `from`, `to`: UTC, ISO 8601; the day ends just before `to`. */
type Day = { readonly businessDay: string; readonly from: string; readonly to: string; readonly fromMs: number; readonly toMs: number };

/** A hundred each. */
const MOST_PAGES = { payments: 500, refunds: 200, checkouts: 100 } as const;
/** Single payments and checkouts that are read. */
const MOST_SINGLE = 100;
/** Up to this many checkouts are read one by one, instead of looking for them in the list. */
const FEW = 10;
/** Most payments follow their checkout within the time that one is kept prepared; a link's may be a week older. */
const CHECKOUTS_BEFORE_MS = 2 * 60 * 60_000;

export function createRegistersReading(parts: RegistersReadingParts): RegistersReading {
  const { timers, utcNow, shopDay, onChange } = parts;
  let current: RegistersRun | null = null;
  let last: AllRegisters | null = null;
  return {
    async read(wanted) {
      const today = businessDayOf(utcNow(), shopDay());
      if (current !== null) return failed({ kind: 'being-read' });
      if (wanted !== null && wanted > today) return failed({ kind: 'day-not-begun' });
      const run = beginRun(timers, onChange);
      current = run;
      // The answer to a request that is under way at the stop is dropped.
      const answer = await Promise.race([readDay(parts, run, dayOf(wanted ?? today, shopDay())), run.stopped.then(() => failed({ kind: 'stopped' } as const))]);
      if (current === run) current = null;
      if (answer.kind === 'ok') last = answer.value;
      onChange();
      return answer;
    },
    stop() {
      current?.stop();
      current = null;
    },
    progress: () => current?.progress() ?? null,
    last: () => last,
  };
}

function dayOf(businessDay: string, shopDay: ShopDay): Day {
  const [from, to] = [beginningOf(businessDay, shopDay), beginningOf(daysFrom(businessDay, 1), shopDay)];
  return { businessDay, from, to, fromMs: Date.parse(from), toMs: Date.parse(to) };
}

async function readDay(parts: RegistersReadingParts, run: RegistersRun, day: Day): Read<AllRegisters> {
  const { account, register: here, utcNow } = parts;
  const payments = await readPayments(parts, run, day);
  if (payments.kind === 'failed') return payments;
  const refunds = await readRefunds(parts, run, day, payments.value.found);
  if (refunds.kind === 'failed') return refunds;
  const all = [...payments.value.found.values()];
  const registerOf = await readRegisters(parts, run, day, [...all, ...refunds.value.found.flatMap(({ payment }) => payment ?? [])]);
  if (registerOf.kind === 'failed') return registerOf;
  const missing = { unreadable: payments.value.unreadable + refunds.value.unreadable, morePayments: payments.value.isCut, moreRefunds: refunds.value.isCut };
  const figures = allRegistersOf({ payments: all, refunds: refunds.value.found, registerOf: registerOf.value, here, account, missing });
  return ok({ businessDay: day.businessDay, from: day.from, to: day.to, readAt: utcNow(), currency: account.currency, ...figures });
}

type Found<Value> = { readonly found: Value; readonly unreadable: number; readonly isCut: boolean };

/** Of the day, by their id: JustiFi may ignore the filter, or show one twice. */
async function readPayments({ justifi }: RegistersReadingParts, run: RegistersRun, { from, to, fromMs, toMs }: Day): Read<Found<ReadonlyMap<string, AccountPayment>>> {
  const found = new Map<string, AccountPayment>();
  const read = await run.readPages({
    step: 'payments',
    mostPages: MOST_PAGES.payments,
    pageAt: (cursor) => justifi.payments({ from, to }, cursor),
    take(items) {
      for (const payment of items) if (payment.madeAtMs >= fromMs && payment.madeAtMs < toMs) found.set(payment.id, payment);
      return items.length > 0 && items.every(({ madeAtMs }) => madeAtMs < fromMs) ? 'enough' : 'more';
    },
  });
  return read.kind === 'ok' ? ok({ ...read.value, found }) : read;
}

/** Refunds of the day, by their id as above, each with its payment, which may be of any day. */
async function readRefunds({ justifi }: RegistersReadingParts, run: RegistersRun, { fromMs, toMs }: Day, payments: ReadonlyMap<string, AccountPayment>): Read<Found<readonly RefundOfDay[]>> {
  const found = new Map<string, AccountRefund>();
  const read = await run.readPages({
    step: 'refunds',
    mostPages: MOST_PAGES.refunds,
    pageAt: justifi.refunds,
    take(items) {
      for (const refund of items) if (refund.madeAtMs >= fromMs && refund.madeAtMs < toMs) found.set(refund.id, refund);
      return items.length > 0 && items.every(({ madeAtMs }) => madeAtMs < fromMs) ? 'enough' : 'more';
    },
  });
  if (read.kind === 'failed') return read;
  const refunds = [...found.values()];
  const ofEarlier = new Map<string, AccountPayment | null>();
  for (const { paymentId } of refunds) {
    if (payments.has(paymentId) || ofEarlier.has(paymentId) || ofEarlier.size === MOST_SINGLE) continue;
    // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
    const payment = await run.readOne(() => justifi.payment(paymentId));
    if (payment.kind === 'failed') return payment;
    ofEarlier.set(paymentId, payment.value);
  }
  return ok({ ...read.value, found: refunds.map((refund) => ({ refund, payment: payments.get(refund.paymentId) ?? ofEarlier.get(refund.paymentId) ?? null })) });
}

/** Payments that do not name their register: their checkouts do. */
async function readRegisters({ justifi, account }: RegistersReadingParts, run: RegistersRun, { to, fromMs }: Day, payments: readonly AccountPayment[]): Read<RegisterOf> {
  const wanted = new Set(payments.filter((payment) => isOfAccount(payment, account)).flatMap(({ register: named, checkoutId }) => (named === null && checkoutId !== null ? [checkoutId] : [])));
  const found = new Map<string, NamedRegister | null>();
  const note = ({ id, register: named, isKnown }: AccountCheckout) => {
    if (isKnown && wanted.delete(id)) found.set(id, named);
  };
  if (wanted.size > FEW) {
    const listed = await run.readPages({
      step: 'registers',
      mostPages: MOST_PAGES.checkouts,
      pageAt: (cursor) => justifi.checkouts(to, cursor),
      take(items) {
        items.forEach(note);
        return wanted.size === 0 || (items.length > 0 && items.every(({ madeAtMs }) => madeAtMs !== null && madeAtMs < fromMs - CHECKOUTS_BEFORE_MS)) ? 'enough' : 'more';
      },
    });
    if (listed.kind === 'failed') return listed;
  }
  run.tell({ step: 'registers', read: found.size });
  for (const id of [...wanted].slice(0, MOST_SINGLE)) {
    // oxlint-disable-next-line no-await-in-loop -- as above
    const checkout = await run.readOne(() => justifi.checkout(id));
    if (checkout.kind === 'failed') return checkout;
    if (checkout.value !== null) note({ ...checkout.value, isKnown: true });
    run.tell({ read: found.size });
  }
  return ok(({ register: named, checkoutId }) => {
    if (named !== null || checkoutId === null) return named;
    return found.has(checkoutId) ? (found.get(checkoutId) ?? null) : 'not-known';
  });
}
