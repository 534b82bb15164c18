import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import type { CurrentSale } from '../current-sale.ts';
import type { Purchase } from '../purchase.ts';
import { type TimeBudget, type Timers, createTimeBudget } from '../timers.ts';
import type { CheckoutForm, CheckoutFormListener } from './checkout-form.ts';
import { createComponentTokenUse } from './component-token-use.ts';
import { closeWhenMounted, loadForm } from './loading-form.ts';
import { type MountParts, type MountedForm, mountForm } from './mounted-form.ts';
import type { EarlyForm, SaleCheckout } from './sale-checkout.ts';

/** The form of the sale at the counter: brought to the screen, renewed before its token runs out, taken away. */
type SaleForm = {
  /** The form on the screen, or about to be. */
  shown(): CheckoutForm | null;
  /** Gets the checkout confirmed and its form ready, and shows it. The sale tells how it ended. */
  bringToScreen(saleId: string): Promise<void>;
  /** After a decline: mounts a fresh document on the same checkout while the cashier reads the reason. */
  prepareRetry(checkoutId: string): void;
  /** A try failed inside the form. Its requests count for the token. */
  countFailedTry(what: 'refused' | 'other'): void;
  /** The token may be older than it seems: the PC slept. */
  renew(): void;
  /** Off the screen; a request of the component may still be under way. */
  hide(): void;
  close(): void;
};

/** The reports of the form. */
type SaleFormEvents = { shown(): void; lost(why: string): void };

/** The cashier is told within ten seconds after Charge what to do next, unless the PC slept meanwhile. */
const CHARGE_WITHIN_MS = 10_000;

export type SaleFormParts = MountParts & {
  readonly timers: Timers;
  /** The authorisation that the customer gives by paying this amount from a bank account. */
  readonly bankAuthorisation: (purchase: Purchase) => string;
};

export function openSaleForm(parts: SaleFormParts, current: CurrentSale, checkout: SaleCheckout, listener: CheckoutFormListener, events: SaleFormEvents): SaleForm {
  /** On the screen, or about to be. */
  let form: CheckoutForm | null = null;
  let retry: EarlyForm | null = null;
  const tokenUse = createComponentTokenUse(parts, (why) => void renew(why));

  async function bringToScreen(saleId: string): Promise<void> {
    const time = createTimeBudget(parts, CHARGE_WITHIN_MS);
    const early = retry === null ? checkoutOf(current, checkout, saleId, time) : Promise.resolve(ok(retry));
    retry = null;
    const mounted = await readyForm(parts, current, listener, { early, time }, saleId);
    if (mounted.kind === 'ok') return current.isStillPreparing(saleId) ? show(mounted.value) : mounted.value.form.close();
    if (!current.isStillPreparing(saleId)) return;
    const sale = current.get();
    const hasCheckout = sale.kind === 'preparing' && sale.checkoutId !== null;
    current.learn(hasCheckout ? { kind: 'form-lost', why: mounted.failure.kind } : { kind: 'preparation-failed', problem: mounted.failure });
  }

  async function show({ form: opened, tokenSinceMs }: MountedForm): Promise<void> {
    const sale = current.get();
    if (sale.kind !== 'preparing' || sale.checkoutId === null) return opened.close();
    form = opened;
    tokenUse.begin(tokenSinceMs);
    const noted = await current.intendSoon({ kind: 'form-shown', checkoutId: sale.checkoutId }, () => form === opened && current.isStillPreparing(sale.id));
    if (form !== opened) return;
    if (noted.kind === 'failed') {
      close();
      return current.learn({ kind: 'preparation-failed', problem: noted.failure });
    }
    const shown = await opened.show(sale.purchase, parts.bankAuthorisation(sale.purchase));
    if (form !== opened) return;
    if (shown) events.shown();
    else events.lost('not-shown');
  }

  /** A fresh document with a fresh token on the same checkout, before the old token stops working. */
  async function renew(why: string): Promise<void> {
    const sale = current.get();
    const renewed = form;
    if (sale.kind !== 'ready') return;
    const noted = await current.intendSoon({ kind: 'form-renewed', why }, () => form === renewed && current.get().id === sale.id);
    if (noted.kind === 'failed') return;
    close();
    await bringToScreen(sale.id);
  }

  function close(): void {
    tokenUse.end();
    form?.close();
    form = null;
    if (retry !== null) closeWhenMounted(retry);
    retry = null;
  }

  return {
    shown: () => form,
    bringToScreen,
    prepareRetry(checkoutId) {
      retry = mountForm(parts, checkoutId, listener).then((mounted) => (mounted.kind === 'ok' ? mounted.value : null));
    },
    countFailedTry: tokenUse.countFailedTry,
    renew: () => void renew('asked'),
    hide: () => form?.hide(),
    close,
  };
}

/** Gives the sale its checkout, if it has none. Returns the form that was prepared with it; null: none was. */
async function checkoutOf(current: CurrentSale, checkout: SaleCheckout, saleId: string, time: TimeBudget): Promise<Result<EarlyForm, ChargeProblem>> {
  const sale = current.get();
  const hasCheckout = sale.kind !== 'preparing' || sale.checkoutId !== null;
  return hasCheckout ? ok(Promise.resolve(null)) : checkout.confirm(saleId, time);
}

/** A form that is ready to be shown: the one mounted early, or a fresh one. */
async function readyForm(parts: SaleFormParts, current: CurrentSale, listener: CheckoutFormListener, getting: { readonly early: Promise<Result<EarlyForm, ChargeProblem>>; readonly time: TimeBudget }, saleId: string): Promise<Result<MountedForm, ChargeProblem>> {
  const early = await getting.early;
  if (early.kind === 'failed') return early;
  const sale = current.get();
  if (!current.isStillPreparing(saleId) || sale.kind !== 'preparing' || sale.checkoutId === null) {
    closeWhenMounted(early.value);
    return failed({ kind: 'sale-in-progress' });
  }
  const { checkoutId } = sale;
  const fresh = () => mountForm(parts, checkoutId, listener);
  const first = early.value.then((mounted) => (mounted === null ? fresh() : ok(mounted)));
  return loadForm(getting.time, first, fresh, () => current.isStillPreparing(saleId));
}
