import type { ChargeDoubt, ChargeProblem } from '../../contract/problem.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { openCardForm } from '../../main/sale/card-form/card-form.ts';
import type { Checkout, Checkouts, Completion } from '../../main/sale/checkout.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import type { Payment } from '../../main/sale/payments.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import type { ReversalAnswer } from '../../main/sale/reversal.ts';
import { type Register, openRegister } from '../../main/sale/register.ts';
import { latePayment } from '../../main/sale/sale-view.ts';
import { NO_ATTEMPTS, type Sale } from '../../main/sale/sale.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';

const START_MS = Date.parse('2026-11-23T15:00:00.000Z');

type Kept = { saleId: string; amountInCents: number; description: string };

/** A counter whose JustiFi, windows, disk and clock are moved by hand. */
export function setTheCounter(unfinished: readonly Sale[] = [], known: readonly Checkout[] = [], { unseen = null, recentlyPaid = [], mode = 'test' }: { readonly unseen?: Sale | null; readonly recentlyPaid?: readonly Sale[]; readonly mode?: 'test' | 'live' } = {}) {
  const checkouts = new Map(known.map((checkout) => [checkout.id, checkout]));
  const forms: { checkoutId: string; listener: CheckoutFormListener; state: 'hidden' | 'shown' | 'closed'; becomeReady: () => void; failToLoad: () => void }[] = [];
  const journal: { sale: Sale; event: SaleEvent; kept: Kept | undefined }[] = [];
  const timers: { atMs: number; ring: () => void }[] = [];
  const requests: string[] = [];
  const returnKeys: string[] = [];
  const kept: Kept[] = [];
  const payments = new Map<string, Payment>();
  const trouble = { create: null as JustifiFailure | null, update: null as JustifiFailure | null, read: null as JustifiFailure | null, void: null as JustifiFailure | null, refund: null as JustifiFailure | null, refundStatus: 'succeeded', disk: false, reachable: true, mode, account: null as ChargeProblem | null, confirm: (checkout: Checkout) => checkout };
  let nowMs = 0;
  let count = 0;
  let onChange = () => {};
  let readsHeld: Promise<void> | null = null;
  const hooks = { onVoid: () => {} };

  const refundAnswer = (refundId: string): ReversalAnswer =>
    trouble.refundStatus === 'failed' ? { state: 'refused', code: 'refund-failed' } : { state: trouble.refundStatus === 'pending' ? 'pending' : 'done', refundId };
  const answer = <Value>(value: Value, failure: JustifiFailure | null): Promise<Result<Value, JustifiFailure>> =>
    Promise.resolve(failure === null ? ok(value) : failed(failure));
  const api: Checkouts = {
    create(order) {
      requests.push(`create ${order.amountInCents}`);
      if (trouble.create !== null) return Promise.resolve(failed(trouble.create));
      const created: Checkout = {
        id: `cho_${checkouts.size + 1}`,
        accountId: 'acc_1',
        amountInCents: order.amountInCents,
        totalInCents: order.amountInCents,
        currency: 'USD',
        description: order.description,
        status: 'created',
        mode: trouble.mode,
        successfulPaymentId: null,
        saleId: order.metadata.sale,
        completions: [],
      };
      checkouts.set(created.id, created);
      return answer(created, null);
    },
    update(checkoutId, change) {
      requests.push(`update ${checkoutId} ${change.amountInCents}`);
      const changed = { ...checkouts.get(checkoutId)!, amountInCents: change.amountInCents, totalInCents: change.amountInCents, description: change.description, saleId: change.metadata.sale };
      if (trouble.update === null) checkouts.set(checkoutId, changed);
      return answer(trouble.confirm(changed), trouble.update);
    },
    read(checkoutId) {
      requests.push(`read ${checkoutId}`);
      return (readsHeld ?? Promise.resolve()).then(() => answer(checkouts.get(checkoutId)!, trouble.read));
    },
    listSince: () => answer([], null),
    issueComponentToken(checkoutId) {
      requests.push(`token ${checkoutId}`);
      return answer(`token-of-${checkoutId}`, null);
    },
  };

  const timing = {
    timers: {
      after(ms: number, ring: () => void) {
        const timer = { atMs: nowMs + ms, ring };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    monotonicMs: () => nowMs,
    newId: () => `id-${(count += 1)}`,
    log: () => {},
    cashier: () => null,
  };
  const windows: CheckoutForms = {
    open({ checkoutId }, listener): CheckoutForm {
      const ready = Promise.withResolvers<boolean>();
      const opened = { checkoutId, listener, state: 'hidden' as 'hidden' | 'shown' | 'closed', becomeReady: () => ready.resolve(true), failToLoad: () => ready.resolve(false) };
      forms.push(opened);
      return {
        ready: ready.promise,
        show() {
          opened.state = 'shown';
          return Promise.resolve(true);
        },
        hide: () => void (opened.state = 'hidden'),
        close() {
          opened.state = 'closed';
          ready.resolve(false);
        },
      };
    },
  };
  const register: Register = openRegister({
    ...timing,
    checkouts: api,
    payments: {
      void(paymentId, key) {
        requests.push(`void ${paymentId}`);
        returnKeys.push(key);
        hooks.onVoid();
        return answer(null, trouble.void);
      },
      read(paymentId) {
        requests.push(`payment ${paymentId}`);
        return answer(payments.get(paymentId)!, trouble.read);
      },
      ofCheckout(checkoutId) {
        requests.push(`payments of ${checkoutId}`);
        return answer([...payments.values()].filter((payment) => payment.checkoutId === checkoutId), trouble.read);
      },
      readRefund: (refundId) => answer(refundAnswer(refundId), null),
      refund(paymentId, cents, key) {
        requests.push(`refund ${paymentId} ${cents}`);
        returnKeys.push(key);
        return answer(refundAnswer('re_1'), trouble.refund);
      },
    },
    unfinished,
    unseen,
    keepDraft: (draft) => void kept.push(draft),
    openTender: (current, host) => openCardForm({ ...timing, checkouts: api, forms: windows, mode, metadata: { register: 'Register 1', register_id: 'register-1', app_version: '0.1.0' } }, current, host),
    journal: {
      record(sale, event) {
        if (trouble.disk) return failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: 'disk full' });
        journal.push({ sale, event, kept: kept.at(-1) });
        return ok(null);
      },
    },
    utcNow: () => new Date(START_MS + nowMs).toISOString(),
    businessDay: () => '2026-11-23',
    random: () => 0.5,
    recentlyPaid,
    draft: { saleId: 'sale-1', amountInCents: 0, description: '' },
    currency: 'USD',
    account: { subAccountId: 'acc_1', mode },
    register: { id: 'register-1', name: 'Register 1' },
    lastSale: null,
    limits: () => ({ smallestInCents: 51, largestInCents: 99_999_999, confirmAboveInCents: 100_000, sameAgainWithinMs: 180_000 }),
    isReachable: () => trouble.reachable,
    accountProblem: () => Promise.resolve(trouble.account),
    onChange: () => onChange(),
  });

  return {
    register,
    set onVoid(happens: () => void) {
      hooks.onVoid = happens;
    },
    /** JustiFi does not answer to GET checkout until the gate is opened. */
    holdReads() {
      const gate = Promise.withResolvers<void>();
      readsHeld = gate.promise;
      return { open: () => gate.resolve() };
    },
    views: () => register.late().map(latePayment),
    whenDrawn: (draw: () => void) => void (onChange = draw),
    api: checkouts,
    forms,
    journal,
    requests,
    returnKeys,
    kept,
    trouble,
    /** Lets every promise that can settle do so. */
    async settle() {
      for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    },
    async pass(ms: number) {
      await this.settle();
      const until = nowMs + ms;
      for (;;) {
        const next = timers.filter((timer) => timer.atMs <= until).sort((one, other) => one.atMs - other.atMs)[0];
        if (next === undefined) break;
        timers.splice(timers.indexOf(next), 1);
        nowMs = next.atMs;
        next.ring();
        await this.settle();
      }
      nowMs = until;
      await this.settle();
    },
    kinds: () => journal.map(({ event }) => event.kind),
    form: () => forms.findLast((opened) => opened.state !== 'closed')!,
    async type(amountInCents = 1799, description = 'One donut') {
      const { id } = register.sale();
      register.edit({ saleId: id, amountInCents, description });
      await this.settle();
    },
    async charge(amountInCents = 1799, description = 'One donut', confirmed: readonly ChargeDoubt[] = []) {
      register.charge({ saleId: register.sale().id, amountInCents, description, confirmed });
      await this.settle();
    },
    async toReady() {
      await this.type();
      this.form().becomeReady();
      await this.charge();
    },
    pay: async (claim: Partial<{ checkoutId: string; componentAmountInCents: number | null }> = {}, listener = forms.find((opened) => opened.state === 'shown')!.listener) =>
      listener.submit({ checkoutId: forms.find((opened) => opened.state === 'shown')?.checkoutId ?? '', componentAmountInCents: 51, methodType: 'new_card', ...claim }),
    late: register.late,
    toConfirm: register.unresolved,
    reverse: register.reverse,
    payments,
    /** The till was killed, and is started again with what its journal holds. JustiFi remembers everything. */
    restart() {
      const last = new Map(journal.map(({ sale }) => [sale.id, sale]));
      const again = setTheCounter([...last.values()].filter(({ kind }) => UNFINISHED_KINDS.includes(kind)), [...checkouts.values()], { recentlyPaid: [...last.values()] });
      for (const payment of payments.values()) again.payments.set(payment.id, payment);
      return again;
    },
    /** An attempt as JustiFi lists it. A list is in no promised order. */
    attempt(checkoutId: string, attempt: Partial<Completion> & { readonly id: string }, change: Partial<Checkout> = {}) {
      const checkout = checkouts.get(checkoutId)!;
      const completion: Completion = { status: 'failed', paymentStatus: 'failed', errorCode: 'card_declined', paymentId: null, chargedInCents: null, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, ...attempt };
      checkouts.set(checkoutId, { ...checkout, status: 'attempted', ...change, completions: [...checkout.completions.filter(({ id }) => id !== attempt.id), completion] });
    },
    /** A payment in JustiFi's books, whatever its checkout says. */
    payment(id: string, checkoutId: string, change: Partial<Payment> = {}) {
      const { amountInCents } = checkouts.get(checkoutId)!;
      payments.set(id, { id, checkoutId, status: 'succeeded', amountInCents, refundedInCents: 0, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, ...change });
    },
    /** To the form, Pay, and 165 seconds in which JustiFi shows nothing. */
    async toNotCharged() {
      await this.toReady();
      await this.pay();
      await this.pass(170_000);
    },
    /** Another try: the form is on the screen again. */
    async again() {
      register.tryAgain(register.sale().id);
      await this.settle();
      this.form().becomeReady();
      await this.settle();
    },
    /** JustiFi's side of a payment. */
    complete(checkoutId: string, paymentStatus: 'succeeded' | 'failed' | 'pending', chargedInCents?: number) {
      const checkout = checkouts.get(checkoutId)!;
      const worked = paymentStatus !== 'failed';
      if (worked) this.payment('py_1', checkoutId, { status: paymentStatus, amountInCents: chargedInCents ?? checkout.amountInCents });
      checkouts.set(checkoutId, {
        ...checkout,
        status: worked ? 'completed' : 'attempted',
        successfulPaymentId: worked ? 'py_1' : null,
        completions: [
          ...checkout.completions,
          {
            id: `chc_${checkout.completions.length + 1}`,
            status: worked ? 'succeeded' : 'failed',
            paymentStatus,
            errorCode: worked ? null : 'card_declined',
            paymentId: worked ? 'py_1' : null,
            chargedInCents: worked ? (chargedInCents ?? checkout.amountInCents) : null,
            paidWith: { kind: 'card', brand: 'visa', last4: '4242' },
          },
        ],
      });
    },
  };
}


/** A sale of the last run. */
export function earlierSale(amountInCents = 1799, description = 'One donut') {
  return { id: 'sale-0', purchase: purchaseOf(amountInCents, 'USD', description), checkoutId: 'cho_1', attempts: { ...NO_ATTEMPTS, shown: true } } as const;
}
