import type { ChargeProblem } from '../../../contract/problem.ts';
import { type Result, failed, ok } from '../../../contract/result.ts';
import type { CheckoutForm, CheckoutFormListener, CheckoutForms } from '../card-form/checkout-form.ts';
import { chargeProblem } from '../charge-problem.ts';
import type { CurrentSale } from '../current-sale.ts';
import { type NewCheckoutParts, checkoutOfSale } from '../new-checkout.ts';
import type { Purchase } from '../purchase.ts';
import type { Sale } from '../sale.ts';
import type { PaymentHint, Tender, TenderHost } from '../tender.ts';
import { type Timers, createTimeBudget } from '../timers.ts';
import { type SezzleOrder, type SezzleOrders, mayBeApproved } from './sezzle-orders.ts';

/** The cashier is told within this after Charge what to do next. */
const CHARGE_WITHIN_MS = 10_000;
/** Sezzle's script comes within this, or the page says that it cannot be used. */
const READY_WITHIN_MS = 6_000;
/** JustiFi opens the order a moment after the checkout. */
const LOOK_AGAIN_MS = 500;
const LOOKS = 6;
/** The customer signs in at Sezzle, perhaps for the first time. */
const UNCLEAR_AFTER_MS = 15 * 60_000;

/** Counter's name of it; JustiFi's component never pays it. */
const SEZZLE = 'sezzle';
/** Sezzle's own word for no, or there was no window to say yes in. */
const CALLED_OFF: ReadonlySet<string> = new Set(['sezzle-cancelled', 'sezzle-failed', 'sezzle-blocked', 'sezzle-broken']);

/** `forms`: documents that offer Sezzle and nothing else. */
type SezzleParts = NewCheckoutParts & {
  readonly forms: CheckoutForms;
  readonly orders: Pick<SezzleOrders, 'read'>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** The customer has finished at Sezzle. */
  readonly onChange: () => void;
};

/**
 * The customer pays later, in Sezzle's own window. The order at Sezzle is opened by JustiFi with the checkout, so it has a checkout of its own, and so has each try.
 * The charge is allowed and in the journal, with the key of main's request, before the window opens: from then on the customer may agree at any time. Only main
 * completes the order, and only the checkout tells how that ended (docs/justifi.md).
 */
export function createSezzle(parts: SezzleParts, current: CurrentSale, host: TenderHost): Tender {
  let form: CheckoutForm | null = null;
  let order: SezzleOrder | null = null;
  let untilMs = 0;
  /** Of the last present(); an older one is not wanted any more. */
  let presentation = 0;

  const listener: CheckoutFormListener = {
    submit(claim) {
      untilMs = parts.monotonicMs() + UNCLEAR_AFTER_MS;
      return host.submit({ ...claim, componentAmountInCents: order?.balanceInCents ?? 0, completion: { methodId: null, idempotencyKey: parts.newId() } });
    },
    goBack: host.goBack,
    hinted: (hint) => void heard(hint),
    lost: (why) => isAtCustomer(current.get()) && lost(why),
  };

  function close(): void {
    presentation += 1;
    form?.close();
    form = null;
  }

  function lost(why: string): void {
    close();
    host.lost(why);
  }

  /** The window has ended. Its page's report is a hint: anything but a plain no makes main ask JustiFi to complete the order, which it refuses when the customer has not agreed. */
  async function heard(hint: PaymentHint): Promise<void> {
    const sale = current.get();
    const opened = order;
    if (sale.kind !== 'submitting' || opened === null) return;
    // Its first report counts.
    order = null;
    parts.onChange();
    parts.log('sezzle.window', { sale: sale.id, word: hint.kind === 'answered' ? hint.status : hint.word });
    const isOff = await isCalledOff(parts.orders, hint, sale.checkoutId, opened);
    if (current.get().id !== sale.id || current.get().kind !== 'submitting') return;
    // Main has not sent its request.
    return isOff ? host.refused({ reason: 'method-gone', isCertain: true }) : host.complete();
  }

  async function show(opened: CheckoutForm, purchase: Purchase): Promise<void> {
    const isShown = await opened.show(purchase, '');
    if (form === opened) return isShown ? host.shown() : lost('not-shown');
  }

  async function present(saleId: string): Promise<void> {
    const mine = (presentation += 1);
    const isWanted = () => presentation === mine && current.isStillPreparing(saleId);
    const opened = await openOrdered(parts, current, saleId, listener, isWanted);
    if (opened.kind === 'failed') return isWanted() ? current.learn({ kind: 'preparation-failed', problem: opened.failure }) : undefined;
    if (!isWanted()) return opened.value.form.close();
    ({ form, order } = opened.value);
    const noted = await current.intendSoon({ kind: 'form-shown', checkoutId: opened.value.checkoutId }, isWanted);
    if (form !== opened.value.form) return;
    if (noted.kind === 'ok') return show(opened.value.form, opened.value.purchase);
    close();
    current.learn({ kind: 'preparation-failed', problem: noted.failure });
  }

  return {
    ...UNCHANGING,
    present: (saleId) => void present(saleId),
    presented: () => form,
    // Null: they have finished there.
    secondsLeft: () => order && Math.max(0, Math.ceil((untilMs - parts.monotonicMs()) / 1000)),
    // Sezzle's window closes with the document: the customer must not agree in it any more.
    hide: close,
    withdraw: close,
  };
}

const isAtCustomer = ({ kind }: Sale): boolean => kind === 'ready' || kind === 'submitting';

/** Each try has a checkout of its own, and no token that expires. */
const UNCHANGING = { kind: SEZZLE, methodTypes: [SEZZLE], unclearAfterMs: UNCLEAR_AFTER_MS, preparedAmounts: [], authorisation: () => null, link: () => null, prepare() {}, discard() {}, prepareRetry() {}, woke() {} } as const;

const NO_ORDER = failed({ kind: 'service-trouble', code: 'sezzle-no-order' } as const);

type OrderedForm = { readonly form: CheckoutForm; readonly order: SezzleOrder; readonly checkoutId: string; readonly purchase: Purchase };

/** A document with exactly this sale's order in it, ready to be shown. */
async function openOrdered(parts: SezzleParts, current: CurrentSale, saleId: string, listener: CheckoutFormListener, isWanted: () => boolean): Promise<Result<OrderedForm, ChargeProblem>> {
  const time = createTimeBudget(parts, CHARGE_WITHIN_MS);
  const checkout = await checkoutOfSale(parts, current, saleId, time);
  if (checkout.kind === 'failed') return checkout;
  const read = await time.spend(LOOKS * LOOK_AGAIN_MS, readOrder(parts, checkout.value, isWanted, 0), NO_ORDER);
  if (read.kind === 'failed') return read;
  const sale = current.get();
  if (!isWanted() || sale.kind !== 'preparing') return failed({ kind: 'sale-in-progress' });
  if (read.value.balanceInCents !== sale.purchase.totalInCents) return failed({ kind: 'service-trouble', code: 'sezzle-amount' });
  const { publicKey, mode, apiVersion, address } = read.value;
  const form = parts.forms.open({ checkoutId: checkout.value, componentToken: '', sezzle: { publicKey, mode, apiVersion, address } }, listener);
  if (await time.spend(READY_WITHIN_MS, form.ready, false)) return ok({ form, order: read.value, checkoutId: checkout.value, purchase: sale.purchase });
  form.close();
  return failed({ kind: 'form-did-not-load' });
}

async function readOrder(parts: SezzleParts, checkoutId: string, isWanted: () => boolean, looks: number): Promise<Result<SezzleOrder, ChargeProblem>> {
  const read = await parts.orders.read(checkoutId);
  if (read.kind === 'failed') return failed(chargeProblem(read.failure));
  if (read.value !== null) return ok(read.value);
  if (looks + 1 >= LOOKS || !isWanted()) return NO_ORDER;
  await new Promise<void>((resolve) => parts.timers.after(LOOK_AGAIN_MS, resolve));
  return readOrder(parts, checkoutId, isWanted, looks + 1);
}

/** Sezzle said no, and JustiFi knows nothing else: false when it does not answer. */
async function isCalledOff(orders: SezzleParts['orders'], hint: PaymentHint, checkoutId: string, opened: SezzleOrder): Promise<boolean> {
  if (hint.kind !== 'failed' || !CALLED_OFF.has(hint.word)) return false;
  const now = await orders.read(checkoutId);
  return now.kind === 'ok' && !mayBeApproved(opened, now.value);
}
