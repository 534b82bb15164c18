import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import { chargeProblem } from '../charge-problem.ts';
import type { CheckoutForm, CheckoutFormListener } from './checkout-form.ts';
import type { CurrentSale } from '../current-sale.ts';
import { type MountParts, type MountedForm, mountForm } from './mounted-form.ts';
import type { EarlyForm, SaleCheckout } from './sale-checkout.ts';
import { type Timers, within } from '../timers.ts';

/** From Charge on. A card form that takes longer is not coming: the field host hangs or is blocked, and the cashier is told. */
const FORM_READY_WITHIN_MS = 10_000;
/** JustiFi takes ten attempts with one component token. */
const TRIES_ON_ONE_TOKEN = 8;
/** Details refused twice: perhaps it is not the card but the token, which a PC that slept has outlived. */
const REFUSALS_ON_ONE_TOKEN = 2;
/** And the token lives 60 minutes. */
const RENEW_TOKEN_AFTER_MS = 55 * 60_000;

/** The form of the sale at the counter: brought to the screen, renewed before its token runs out, taken away. */
export type SaleForm = {
  /** The form on the screen, or about to be. */
  shown(): CheckoutForm | null;
  /** Gets the checkout confirmed and its form ready, and shows it. However it ends, the sale says so. */
  bringToScreen(saleId: string): Promise<void>;
  /** After a decline: mounts a fresh document on the same checkout while the cashier reads the reason. */
  prepareRetry(checkoutId: string): void;
  /** A try failed inside the form; the requests that it cost count against its token. */
  countFailedTry(what: 'refused' | 'other'): void;
  /** The token may be older than it seems: the PC slept. */
  renew(): void;
  /** Off the screen; a request of the component may still be under way. */
  hide(): void;
  close(): void;
};

/** What the form tells of itself. */
export type SaleFormEvents = { shown(): void; lost(why: string): void };

export type SaleFormParts = MountParts & { readonly timers: Timers };

export function openSaleForm(parts: SaleFormParts, current: CurrentSale, checkout: SaleCheckout, listener: CheckoutFormListener, events: SaleFormEvents): SaleForm {
  /** On the screen, or about to be. */
  let form: CheckoutForm | null = null;
  let retry: EarlyForm | null = null;
  let triesOnToken = 0;
  let refusalsOnToken = 0;
  let callOffRenewal = () => {};

  async function bringToScreen(saleId: string): Promise<void> {
    const mounted = await readyForm(saleId);
    if (!current.isStillPreparing(saleId)) {
      if (mounted.kind === 'ok') mounted.value.form.close();
      return;
    }
    if (mounted.kind === 'ok') return show(mounted.value);
    const sale = current.get();
    const hasCheckout = sale.kind === 'preparing' && sale.checkoutId !== null;
    current.learn(hasCheckout ? { kind: 'form-lost', why: mounted.failure.kind } : { kind: 'preparation-failed', problem: mounted.failure });
  }

  async function show({ form: opened, tokenSinceMs }: MountedForm): Promise<void> {
    const sale = current.get();
    if (sale.kind !== 'preparing' || sale.checkoutId === null) return opened.close();
    form = opened;
    triesOnToken = 0;
    refusalsOnToken = 0;
    callOffRenewal = parts.timers.after(Math.max(0, tokenSinceMs + RENEW_TOKEN_AFTER_MS - parts.monotonicMs()), () => renew('age'));
    const noted = current.intend({ kind: 'form-shown', checkoutId: sale.checkoutId });
    if (noted.kind === 'failed') {
      close();
      current.learn({ kind: 'preparation-failed', problem: noted.failure });
      return;
    }
    const shown = await opened.show(sale.purchase);
    if (form !== opened) return;
    if (shown) events.shown();
    else events.lost('not-shown');
  }

  /** A form that is ready, on a checkout whose amount JustiFi has confirmed. */
  async function readyForm(saleId: string): Promise<Result<MountedForm, ChargeProblem>> {
    const early = await earlyForm(saleId);
    if (early.kind === 'failed') return early;
    const untilMs = parts.monotonicMs() + FORM_READY_WITHIN_MS;
    const first = await early.value;
    if (first !== null && (await isReady(first, untilMs))) return ok(first);
    first?.form.close();
    const sale = current.get();
    if (!current.isStillPreparing(saleId) || sale.kind !== 'preparing' || sale.checkoutId === null) return failed({ kind: 'sale-in-progress' });

    const fresh = await mountForm(parts, sale.checkoutId, listener);
    if (fresh.kind === 'failed') return failed(chargeProblem(fresh.failure));
    if (await isReady(fresh.value, untilMs)) return fresh;
    fresh.value.form.close();
    return failed({ kind: 'form-did-not-load' });
  }

  /** The form that stands ready already, if there is one; on the way the sale gets its checkout, if it has none. */
  async function earlyForm(saleId: string): Promise<Result<EarlyForm, ChargeProblem>> {
    const spare = retry;
    retry = null;
    if (spare !== null) return ok(spare);
    const sale = current.get();
    const hasCheckout = sale.kind !== 'preparing' || sale.checkoutId !== null;
    return hasCheckout ? ok(Promise.resolve(null)) : checkout.confirm(saleId);
  }

  function isReady(mounted: MountedForm, untilMs: number): Promise<boolean> {
    return within(parts.timers, Math.max(0, untilMs - parts.monotonicMs()), mounted.form.ready, false);
  }

  /** A fresh document with a fresh token on the same checkout, before the old token stops working under the customer's hands. */
  function renew(why: string): void {
    const sale = current.get();
    if (sale.kind !== 'ready') return;
    if (current.intend({ kind: 'form-renewed', why }).kind === 'failed') return;
    close();
    void bringToScreen(sale.id);
  }

  function close(): void {
    callOffRenewal();
    form?.close();
    form = null;
    const spare = retry;
    retry = null;
    void spare?.then((mounted) => mounted?.form.close());
  }

  return {
    shown: () => form,
    bringToScreen,
    prepareRetry(checkoutId) {
      retry = mountForm(parts, checkoutId, listener).then((mounted) => (mounted.kind === 'ok' ? mounted.value : null));
    },
    countFailedTry(what) {
      triesOnToken += 1;
      if (what === 'refused') refusalsOnToken += 1;
      if (refusalsOnToken >= REFUSALS_ON_ONE_TOKEN) renew('refused');
      else if (triesOnToken >= TRIES_ON_ONE_TOKEN) renew('tries');
    },
    renew: () => renew('asked'),
    hide: () => form?.hide(),
    close,
  };
}
