import type { ChargeDoubt, ChargeProblem } from '../../contract/problem.ts';
import { failed, ok } from '../../contract/result.ts';
import { registerSettings } from '../../contract/register-settings.ts';
import type { TenderKind } from '../../contract/tender.ts';
import { tipOffer } from '../../contract/tip.ts';
import { createCardForm } from '../../main/sale/card-form/card-form.ts';
import type { Checkout } from '../../main/sale/checkout.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { JustifiFailure } from '../../main/sale/justifi-failure.ts';
import { UNFINISHED_KINDS } from '../../main/sale/journal.ts';
import { compare } from '../../main/sale/comparison.ts';
import { openComparisons } from '../../main/sale/comparisons.ts';
import { purchaseOf } from '../../main/sale/purchase.ts';
import { createPhone } from '../../main/sale/phone/phone.ts';
import { createInsured } from '../../main/sale/insured/insured.ts';
import { createPlaid } from '../../main/sale/plaid/plaid.ts';
import { createReader } from '../../main/sale/reader/reader.ts';
import type { InsuranceOrder } from '../../contract/insured.ts';
import { createSezzle } from '../../main/sale/sezzle/sezzle.ts';
import { type Saved, createSaved } from '../../main/sale/saved/saved.ts';
import { type Register, openRegister } from '../../main/sale/register.ts';
import { latePayment } from '../../main/sale/sale-view.ts';
import { NO_ATTEMPTS, type Sale, isLastSale } from '../../main/sale/sale.ts';
import { START_MS, scriptJustifi } from './scripted-justifi.ts';
import type { SaleEvent } from '../../main/sale/sale-event.ts';

type Kept = { saleId: string; amountInCents: number; description: string };

/** The bank debit authorisation. */
export const AUTHORISATION = 'I authorize this debit.';

/** A counter with a scripted JustiFi, scripted windows and disk, and a clock that the test moves. */
export function setTheCounter(unfinished: readonly Sale[] = [], known: readonly Checkout[] = [], { unseen = null, lastSales = [], recentlyPaid = [], mode = 'test', voidFails = null, ways = ['card-form'], disk = false, refunds = new Set() }: { readonly refunds?: Set<string>; readonly ways?: readonly TenderKind[]; readonly disk?: boolean; readonly unseen?: Sale | null; readonly lastSales?: readonly Sale[]; readonly recentlyPaid?: readonly Sale[]; readonly mode?: 'test' | 'live'; readonly voidFails?: JustifiFailure | null } = {}) {
  const justifi = scriptJustifi({ known, mode, voidFails, refunds });
  const forms: { checkoutId: string; insurance: InsuranceOrder | null | undefined; listener: CheckoutFormListener; state: 'hidden' | 'shown' | 'closed'; becomeReady: () => void; failToLoad: () => void }[] = [];
  const journal: { sale: Sale; event: SaleEvent; kept: Kept | undefined }[] = [];
  const timers: { atMs: number; ring: () => void }[] = [];
  const kept: Kept[] = [];
  const lines: string[] = [];
  const shop = Object.assign(justifi.shop, { usualDescription: null as string | null, largestInCents: 99_999_999, tips: registerSettings.shape.tips.parse({}) });
  const trouble = Object.assign(justifi.trouble, { isAddressWrong: false, clockAheadMs: 0, knowsJustifiTime: true, disk, isClosed: false, unwritable: null as SaleEvent['kind'] | null, inUse: false, isWriting: false, reachable: true, account: null as ChargeProblem | null });
  let nowMs = 0;
  let reads = 0;
  let count = 0;
  let onChange = () => {};
  const waysNow = { all: ways };

  const utcNow = () => new Date(START_MS + nowMs + trouble.clockAheadMs).toISOString();
  const timing = {
    timers: {
      after(ms: number, ring: () => void) {
        const timer = { atMs: nowMs + ms, ring };
        timers.push(timer);
        return () => void (timers.includes(timer) && timers.splice(timers.indexOf(timer), 1));
      },
    },
    // As performance.now(): never a whole number.
    monotonicMs: () => nowMs + (reads += 1) / 1e6,
    newId: () => `id-${(count += 1)}`,
    log: (what: string) => void lines.push(what),
    cashier: () => null,
  };
  const windows: CheckoutForms = {
    open({ checkoutId, insurance }, listener): CheckoutForm {
      const ready = Promise.withResolvers<boolean>();
      const opened = { checkoutId, insurance, listener, state: 'hidden' as 'hidden' | 'shown' | 'closed', becomeReady: () => ready.resolve(true), failToLoad: () => ready.resolve(false) };
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
  const lastStates = () => [...new Map(journal.map(({ sale }) => [sale.id, sale])).values()];
  const saleOn = (checkoutId: string) => ok(lastStates().find((sale) => 'checkoutId' in sale && sale.checkoutId === checkoutId) ?? null);
  let saved: Saved | null = null;
  const register: Register = openRegister({
    ...timing,
    checkouts: justifi.checkouts,
    payments: justifi.payments,
    completeOrder: justifi.orders.complete,
    unfinished,
    unseen,
    keepDraft: (draft) => void kept.push(draft),
    createTenders: (current, hostOf) => {
      const parts = { ...timing, checkouts: justifi.checkouts, mode, metadata: { register: 'Register 1', register_id: 'register-1', pc: 'pc-1', app_version: '0.1.0' } };
      const phone = { addressOf: (checkoutId: string) => (trouble.isAddressWrong ? null : `https://components.justifi.ai/hosted-checkout/${checkoutId}`), draw: () => ({ size: 45, path: 'M4 4h7v1h-7z' }), utcNow };
      saved = createSaved({ ...parts, completions: justifi.completions }, current, hostOf('saved'));
      return [
        createReader({ ...parts, onChange: () => onChange(), terminals: justifi.terminals, paired: () => ({ terminalId: 'trm_1' }) }, current, hostOf('reader')),
        createCardForm({ ...parts, forms: windows, bankAuthorisation: () => AUTHORISATION }, current, hostOf('card-form')),
        createPlaid({ ...parts, forms: windows, bankAuthorisation: () => AUTHORISATION }, current, hostOf('plaid')),
        createInsured({ ...parts, forms: windows }, current, hostOf('insured')),
        createSezzle({ ...parts, onChange: () => onChange(), forms: windows, orders: justifi.orders }, current, hostOf('sezzle')),
        saved.tender,
        createPhone({ ...parts, ...phone }, current, hostOf('phone')),
      ];
    },
    ways: () => waysNow.all,
    journal: {
      record(sale, event) {
        if (trouble.isClosed) return failed({ kind: 'journal-unwritable', reason: 'unknown', detail: 'CLOSED' });
        // Another program writes: reading goes on.
        if (trouble.inUse || trouble.isWriting) return failed({ kind: 'journal-unwritable', reason: 'in-use', detail: 'database is locked' });
        if (trouble.disk || event.kind === trouble.unwritable) return failed({ kind: 'journal-unwritable', reason: 'disk-full', detail: 'disk full' });
        journal.push({ sale, event, kept: kept.at(-1) });
        return ok(null);
      },
      sale: (id) => (trouble.inUse ? failed({ kind: 'journal-unreadable', detail: 'database is locked' }) : ok(journal.findLast(({ sale }) => sale.id === id)?.sale ?? null)),
      saleOn,
    },
    utcNow,
    upMs: () => nowMs,
    justifiNowMs: () => (trouble.knowsJustifiTime ? START_MS + nowMs : null),
    businessDay: () => '2026-11-23',
    random: () => 0.5,
    recentlyPaid: recentlyPaid.flatMap((sale) => ('at' in sale ? [{ sale, agoMs: START_MS - Date.parse(sale.at) }] : [])),
    // A draft that became a sale is not typed again.
    draft: { saleId: unfinished.some((sale) => sale.kind === 'accepted' || (sale.kind === 'unresolved' && sale.why === 'link-open')) ? 'sale-2' : 'sale-1', amountInCents: 0, description: '' },
    currency: 'USD',
    account: { subAccountId: 'acc_1', mode },
    register: { id: 'register-1', name: 'Register 1' },
    lastSales,
    tipOffer: (purchaseInCents) => tipOffer(shop.tips, purchaseInCents, 99_999_999),
    limits: () => ({ smallestInCents: 51, largestInCents: shop.largestInCents, confirmAboveInCents: 100_000, sameAgainWithinMs: 180_000 }),
    usualDescription: () => shop.usualDescription,
    connectionFailure: () => (trouble.reachable ? null : { trouble: 'no-answer', code: 'ECONNREFUSED' }),
    accountProblem: () => Promise.resolve(trouble.account),
    onChange: () => onChange(),
  });

  return {
    ...justifi.controls,
    register,
    /** The ways to pay from now on. */
    offer: (now: readonly TenderKind[]) => void (waysNow.all = now),
    /** A saved card is chosen for the sale at the counter. */
    async paySaved(methodId = 'pm_1', saleId = register.sale().id) {
      const answered = saved!.pay(saleId, methodId);
      await this.settle();
      return answered;
    },
    views: () => register.late().map(latePayment),
    whenDrawn: (draw: () => void) => void (onChange = draw),
    api: justifi.books.checkouts,
    forms,
    journal,
    requests: justifi.requests,
    returnKeys: justifi.returnKeys,
    kept,
    shop,
    lines,
    trouble,
    /** The register and its journal are closed, as when the account or the name of the register is changed. */
    close() {
      register.close();
      trouble.isClosed = true;
    },
    /** Waits until every promise that can settle has settled. */
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
        nowMs = Math.max(nowMs, next.atMs);
        next.ring();
        await this.settle();
      }
      nowMs = until;
      await this.settle();
    },
    /** The PC is suspended for this long: the clock goes on, and due timers fire only afterwards. */
    async standStill(ms: number) {
      await this.settle();
      nowMs += ms;
      await this.pass(0);
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
    pay: async (claim: Partial<{ checkoutId: string; componentAmountInCents: number | null; methodType: string; isAuthorisationShown: boolean }> = {}, listener = forms.find((opened) => opened.state === 'shown')!.listener) =>
      listener.submit({ checkoutId: forms.find((opened) => opened.state === 'shown')?.checkoutId ?? '', componentAmountInCents: 51, methodType: 'new_card', isAuthorisationShown: true, ...claim }),
    late: register.late,
    toConfirm: register.unresolved,
    reverse: register.reverse,
    payments: justifi.books.payments,
    /** JustiFi's checkouts and payments are compared with the journal, a minute from now and every hour. */
    openComparisons() {
      const parts = {
        checkouts: justifi.checkouts,
        payments: justifi.payments,
        journal: { saleOn, paidSince: () => ok(lastStates().filter(({ kind }) => kind === 'paid')) },
        registerId: 'register-1',
        pc: 'pc-1',
        utcNow: () => new Date(START_MS + nowMs).toISOString(),
      };
      return openComparisons({ ...timing, compare: (isWanted) => compare({ ...parts, isWanted }, { kind: 'recent' }), register, onFinding: () => {}, onChange: () => {} });
    },
    /** Kills the till, and starts it again on its journal. JustiFi keeps its state. */
    restart(more: { readonly voidFails?: JustifiFailure; readonly ways?: readonly TenderKind[] } = {}) {
      const last = new Map(journal.map(({ sale }) => [sale.id, sale]));
      const again = setTheCounter([...last.values()].filter(({ kind }) => UNFINISHED_KINDS.includes(kind)), [...justifi.books.checkouts.values()], { recentlyPaid: [...last.values()], lastSales: [...last.values()].filter(isLastSale), refunds, ...more });
      for (const payment of justifi.books.payments.values()) again.payments.set(payment.id, payment);
      return again;
    },
    /** The first sale, by card, until the next can be typed. */
    async sell() {
      await this.toReady();
      await this.pay();
      this.complete('cho_1', 'succeeded');
      await this.pass(1_100);
      register.newSale('sale-1');
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
  };
}

/** A sale of the last run. */
export function earlierSale(amountInCents = 1799, description = 'One donut') {
  return { id: 'sale-0', purchase: purchaseOf(amountInCents, 'USD', description), checkoutId: 'cho_1', attempts: { ...NO_ATTEMPTS, shown: true }, tender: 'card-form' } as const;
}
