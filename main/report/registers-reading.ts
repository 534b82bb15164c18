import type { AllRegisters, AllRegistersProblem, RegistersProgress } from '../../contract/all-registers.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { AccountCheckout, AccountPage, AccountPayment, AccountPayments, AccountRefund, NamedRegister } from '../sale/account-payments.ts';
import { type ShopDay, beginningOf, businessDayOf, daysFrom } from '../sale/business-day.ts';
import { isAboutOne } from '../sale/comparison.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { Timers } from '../sale/timers.ts';
import { type CountedAccount, type RefundOfDay, type RegisterOf, allRegistersOf, isOfAccount } from './all-registers.ts';

export type RegistersReadingParts = {
  readonly justifi: AccountPayments;
  readonly account: CountedAccount;
  readonly register: { readonly id: string; readonly name: string };
  readonly timers: Timers;
  readonly utcNow: () => string;
  /** As it is set now. */
  readonly shopDay: () => ShopDay;
  readonly onChange: () => void;
};

/** Reads a business day of the whole account from JustiFi, page by page, one day at a time. The journal takes no part in it. */
export type RegistersReading = {
  /** `day`: "2026-11-25"; null: today. Ends with `stopped` as soon as it is stopped. */
  read(day: string | null): Promise<Result<AllRegisters, AllRegistersProblem>>;
  stop(): void;
  /** Null: nothing is being read. */
  progress(): RegistersProgress | null;
  /** The one that was read last. */
  last(): AllRegisters | null;
};

type Problem = AllRegistersProblem['kind'];
type Run = { isStopped: boolean; progress: RegistersProgress; readonly stopped: Promise<void>; readonly stop: () => void };
type Read<Value> = Promise<Result<Value, AllRegistersProblem>>;

/** A hundred each. */
const MOST_PAGES = { payments: 500, refunds: 200, checkouts: 100 } as const;
/** Single payments and checkouts that are asked about. */
const MOST_SINGLE = 100;
/** So few checkouts are asked about one by one, instead of looking for them in the list. */
const FEW = 10;
/** Most payments follow their checkout within the time that one is kept prepared; a link's may be a week older. */
const CHECKOUTS_BEFORE_MS = 2 * 60 * 60_000;
/** Between two requests: sales of all registers have the same limit at JustiFi, and they come first. */
const BREATH_MS = 100;
/** After a 429 without a time. */
const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 2 * 60_000;
const MOST_PAUSES = 5;

export function createRegistersReading(parts: RegistersReadingParts): RegistersReading {
  const { justifi, account, register, timers, utcNow, shopDay, onChange } = parts;
  let current: Run | null = null;
  let last: AllRegisters | null = null;

  function tell(run: Run, progress: Partial<RegistersProgress>): void {
    run.progress = { ...run.progress, ...progress };
    if (!run.isStopped) onChange();
  }

  async function pause(run: Run, ms: number): Promise<void> {
    let callOff = () => {};
    const over = new Promise<void>((resolve) => {
      callOff = timers.after(ms, resolve);
    });
    await Promise.race([over, run.stopped]);
    callOff();
  }

  /** One request, and again after the pause that JustiFi asks for. */
  async function ask<Value>(run: Run, call: () => Promise<Result<Value, JustifiFailure>>): Promise<Result<Value, JustifiFailure | { readonly kind: 'stopped' }>> {
    for (let pauses = 0; ; pauses += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      await pause(run, BREATH_MS);
      if (run.isStopped) return failed({ kind: 'stopped' });
      // oxlint-disable-next-line no-await-in-loop
      const answer = await call();
      if (answer.kind === 'ok' || answer.failure.kind !== 'rate-limited' || pauses === MOST_PAUSES) return answer;
      const pauseMs = answer.failure.retryAfterMs ?? PAUSE_MS * 2 ** pauses;
      if (pauseMs > LONGEST_PAUSE_MS) return answer;
      tell(run, { isWaiting: true });
      // oxlint-disable-next-line no-await-in-loop
      await pause(run, pauseMs);
      tell(run, { isWaiting: false });
    }
  }

  /** Pages until enough was read. `isCut`: JustiFi has more of them. */
  async function readAll<Item>(run: Run, step: RegistersProgress['step'], mostPages: number, pageAt: (cursor: string | null) => Promise<Result<AccountPage<Item>, JustifiFailure>>, take: (items: readonly Item[]) => 'enough' | 'more'): Read<{ readonly unreadable: number; readonly isCut: boolean }> {
    let cursor: string | null = null;
    let unreadable = 0;
    let read = 0;
    tell(run, { step, read });
    for (let pages = 0; pages < mostPages; pages += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each page names the next
      const page: Result<AccountPage<Item>, JustifiFailure | { readonly kind: 'stopped' }> = await ask(run, () => pageAt(cursor));
      if (page.kind === 'failed') return failed({ kind: problemOf(page.failure) });
      unreadable += page.value.unreadable;
      read += page.value.items.length;
      tell(run, { read });
      cursor = page.value.next;
      if (take(page.value.items) === 'enough') return ok({ unreadable, isCut: false });
      if (cursor === null) return ok({ unreadable, isCut: page.value.isCut });
    }
    return ok({ unreadable, isCut: true });
  }

  /** By its id. Null: JustiFi does not show this one. */
  async function readOne<Value>(run: Run, call: () => Promise<Result<Value, JustifiFailure>>): Read<Value | null> {
    const answer = await ask(run, call);
    if (answer.kind === 'ok') return answer;
    return answer.failure.kind !== 'stopped' && isAboutOne(answer.failure) ? ok(null) : failed({ kind: problemOf(answer.failure) });
  }

  /** Refunds of the day, each with its payment, which may be of any day. */
  async function readRefunds(run: Run, fromMs: number, toMs: number, payments: ReadonlyMap<string, AccountPayment>): Read<{ readonly refunds: readonly RefundOfDay[]; readonly unreadable: number; readonly isCut: boolean }> {
    const found: AccountRefund[] = [];
    const read = await readAll(run, 'refunds', MOST_PAGES.refunds, justifi.refunds, (items) => {
      found.push(...items.filter(({ madeAtMs }) => madeAtMs >= fromMs && madeAtMs < toMs));
      return items.length > 0 && items.every(({ madeAtMs }) => madeAtMs < fromMs) ? 'enough' : 'more';
    });
    if (read.kind === 'failed') return read;
    const ofEarlier = new Map<string, AccountPayment | null>();
    for (const { paymentId } of found) {
      if (payments.has(paymentId) || ofEarlier.has(paymentId) || ofEarlier.size === MOST_SINGLE) continue;
      // oxlint-disable-next-line no-await-in-loop -- as above
      const payment = await readOne(run, () => justifi.payment(paymentId));
      if (payment.kind === 'failed') return payment;
      ofEarlier.set(paymentId, payment.value);
    }
    return ok({ ...read.value, refunds: found.map((refund) => ({ refund, payment: payments.get(refund.paymentId) ?? ofEarlier.get(refund.paymentId) ?? null })) });
  }

  /** Payments that do not name their register: their checkouts do. */
  async function readRegisters(run: Run, between: { readonly from: string; readonly to: string }, payments: readonly AccountPayment[]): Read<RegisterOf> {
    const wanted = new Set(payments.filter((payment) => isOfAccount(payment, account)).flatMap(({ register: named, checkoutId }) => (named === null && checkoutId !== null ? [checkoutId] : [])));
    const found = new Map<string, NamedRegister | null>();
    const note = ({ id, register: named, isKnown }: AccountCheckout) => {
      if (isKnown && wanted.delete(id)) found.set(id, named);
    };
    const earliestMs = Date.parse(between.from) - CHECKOUTS_BEFORE_MS;
    if (wanted.size > FEW) {
      const listed = await readAll(run, 'registers', MOST_PAGES.checkouts, (cursor) => justifi.checkouts(between.to, cursor), (items) => {
        items.forEach(note);
        return wanted.size === 0 || (items.length > 0 && items.every(({ madeAtMs }) => madeAtMs !== null && madeAtMs < earliestMs)) ? 'enough' : 'more';
      });
      if (listed.kind === 'failed') return listed;
    }
    tell(run, { step: 'registers', read: found.size });
    for (const id of [...wanted].slice(0, MOST_SINGLE)) {
      // oxlint-disable-next-line no-await-in-loop -- as above
      const checkout = await readOne(run, () => justifi.checkout(id));
      if (checkout.kind === 'failed') return checkout;
      if (checkout.value !== null) note({ ...checkout.value, isKnown: true });
      tell(run, { read: found.size });
    }
    return ok(({ register: named, checkoutId }) => {
      if (named !== null || checkoutId === null) return named;
      return found.has(checkoutId) ? (found.get(checkoutId) ?? null) : 'not-known';
    });
  }

  async function readDay(run: Run, businessDay: string): Read<AllRegisters> {
    const between = { from: beginningOf(businessDay, shopDay()), to: beginningOf(daysFrom(businessDay, 1), shopDay()) };
    const [fromMs, toMs] = [Date.parse(between.from), Date.parse(between.to)];
    // Where JustiFi ignores the filter, or shows one twice.
    const payments = new Map<string, AccountPayment>();
    const read = await readAll(run, 'payments', MOST_PAGES.payments, (cursor) => justifi.payments(between, cursor), (items) => {
      for (const payment of items) if (payment.madeAtMs >= fromMs && payment.madeAtMs < toMs) payments.set(payment.id, payment);
      return items.length > 0 && items.every(({ madeAtMs }) => madeAtMs < fromMs) ? 'enough' : 'more';
    });
    if (read.kind === 'failed') return read;
    const refunds = await readRefunds(run, fromMs, toMs, payments);
    if (refunds.kind === 'failed') return refunds;
    const all = [...payments.values()];
    const registerOf = await readRegisters(run, between, [...all, ...refunds.value.refunds.flatMap(({ payment }) => payment ?? [])]);
    if (registerOf.kind === 'failed') return registerOf;
    const missing = { unreadable: read.value.unreadable + refunds.value.unreadable, morePayments: read.value.isCut, moreRefunds: refunds.value.isCut };
    const figures = allRegistersOf({ payments: all, refunds: refunds.value.refunds, registerOf: registerOf.value, here: register, account, missing });
    return ok({ businessDay, ...between, readAt: utcNow(), currency: account.currency, ...figures });
  }

  function begin(): Run {
    let stop = () => {};
    const stopped = new Promise<void>((resolve) => {
      stop = resolve;
    });
    return { isStopped: false, progress: { step: 'payments', read: 0, isWaiting: false }, stopped, stop };
  }

  return {
    async read(day) {
      const today = businessDayOf(utcNow(), shopDay());
      if (current !== null) return failed({ kind: 'being-read' });
      if (day !== null && day > today) return failed({ kind: 'day-not-begun' });
      const run = begin();
      current = run;
      // The request that is under way when it is stopped ends unseen.
      const answer = await Promise.race([readDay(run, day ?? today), run.stopped.then(() => failed({ kind: 'stopped' } as const))]);
      if (current === run) current = null;
      if (answer.kind === 'ok') last = answer.value;
      onChange();
      return answer;
    },
    stop() {
      if (current === null) return;
      current.isStopped = true;
      current.stop();
      current = null;
    },
    progress: () => current?.progress ?? null,
    last: () => last,
  };
}

function problemOf(failure: JustifiFailure | { readonly kind: 'stopped' }): Problem {
  switch (failure.kind) {
    case 'stopped':
      return 'stopped';
    case 'network':
      return 'no-connection';
    case 'unauthorised':
      return 'credentials-refused';
    case 'forbidden':
      return 'not-permitted';
    case 'rate-limited':
    case 'conflict':
      return 'justifi-busy';
    case 'server':
      return 'justifi-trouble';
    case 'invalid':
      // Another shop's keys do not find this account.
      return failure.status === 404 ? 'not-permitted' : 'answer-unreadable';
    case 'declined':
    case 'unexpected':
      return 'answer-unreadable';
    default:
      return assertNever(failure);
  }
}
