import { fetch } from 'undici';
import type { CheckoutForm, CheckoutFormListener, CheckoutFormOrder, CheckoutForms } from '../../main/sale/card-form/checkout-form.ts';
import type { PaymentHint } from '../../main/sale/tender.ts';
import type { CustomerFormParts } from './customer-form.ts';
import type { SezzleWindow } from './plan.ts';

/** Presses the button, and signs in at Sezzle. */
const PRESSES_AFTER_MS = 800;
const SIGNS_IN_MS = 6_000;
/** From the press in the window to the report of its page. */
const WORD_AFTER_MS = 400;
const MOST_PRESSES = 3;
/** Longer than Counter waits for a window without a report. */
const STAYS_OPEN_MS = 16 * 60_000;

const COMPLETE: PaymentHint = { kind: 'submitted', word: 'sezzle-complete' };
const ended = (how: string): PaymentHint => ({ kind: 'failed', word: `sezzle-${how}` });
/** The press in the window (null: none), and the end that its page sees. */
const WINDOWS: Readonly<Record<Exclude<SezzleWindow, 'no-script'>, { readonly presses: 'approve' | 'cancel' | 'fail' | null; readonly ends: PaymentHint | 'crashes' | 'stays-open' }>> = {
  approve: { presses: 'approve', ends: COMPLETE },
  'approve-then-close': { presses: 'approve', ends: ended('closed') },
  'approve-then-cancel': { presses: 'approve', ends: ended('cancelled') },
  'approve-then-crash': { presses: 'approve', ends: 'crashes' },
  'approve-then-stays-open': { presses: 'approve', ends: 'stays-open' },
  cancel: { presses: 'cancel', ends: ended('cancelled') },
  fail: { presses: 'fail', ends: ended('failed') },
  close: { presses: null, ends: ended('closed') },
  blocked: { presses: null, ends: ended('blocked') },
  crash: { presses: null, ends: 'crashes' },
  'stays-open': { presses: null, ends: 'stays-open' },
};

/**
 * Stands in for the document of Sezzle, for Sezzle's window over it, and for the customer in both. It charges nothing: main completes the order, and this
 * only says how the window ended.
 */
export function openSezzleForms(parts: Pick<CustomerFormParts, 'customer' | 'time' | 'say'>): CheckoutForms {
  return { open: (order, listener) => openSezzleForm(parts, order, listener) };
}

function openSezzleForm({ customer, time, say }: Pick<CustomerFormParts, 'customer' | 'time' | 'say'>, { checkoutId, sezzle }: CheckoutFormOrder, listener: CheckoutFormListener): CheckoutForm {
  const document = new AbortController();
  const isGone = () => document.signal.aborted;
  const tell = (what: string) => say({ kind: 'page', what, checkout: checkoutId });

  async function visit(): Promise<void> {
    if (customer.expectsAtSezzle() === 'no-script') return withoutScript();
    for (let presses = 1; presses <= MOST_PRESSES; presses += 1) {
      await time.pause(PRESSES_AFTER_MS);
      if (isGone()) return;
      const allowed = await listener.submit({ checkoutId, componentAmountInCents: null, methodType: 'sezzle', isAuthorisationShown: false });
      if (isGone()) return;
      const how = allowed.kind === 'ok' ? customer.atSezzle() : null;
      if (how !== null && how !== 'no-script') return atSezzle(how);
      tell('may not open Sezzle');
    }
  }

  async function atSezzle(how: keyof typeof WINDOWS): Promise<void> {
    const { presses, ends } = WINDOWS[how];
    tell(`opens Sezzle: ${how}`);
    await time.pause(SIGNS_IN_MS);
    if (isGone()) return;
    const isTaken = presses === null || (await press(presses));
    await time.pause(WORD_AFTER_MS);
    if (isGone()) return;
    if (ends === 'crashes') return crash();
    if (ends === 'stays-open') return staysOpen();
    // As Sezzle's window shows an ended order.
    listener.hinted(isTaken ? ends : ended('failed'));
  }

  async function press(pressed: 'approve' | 'cancel' | 'fail'): Promise<boolean> {
    try {
      const { ok } = await fetch(sezzle?.address ?? '', { method: 'POST', body: pressed, signal: document.signal });
      return ok;
    } catch {
      return false;
    }
  }

  /** The page says so and has no button: the cashier takes it back. */
  function withoutScript(): void {
    customer.atSezzle();
    say({ kind: 'trouble', what: 'the script of Sezzle does not load' });
  }

  /** The customer leaves without closing the window. */
  function staysOpen(): void {
    say({ kind: 'trouble', what: 'the window of Sezzle stays open' });
    time.skip(STAYS_OPEN_MS);
  }

  function crash(): void {
    say({ kind: 'trouble', what: 'the document of Sezzle crashed' });
    document.abort();
    listener.lost('crashed at Sezzle');
  }

  return {
    ready: Promise.resolve(true),
    show(purchase) {
      if (isGone()) return Promise.resolve(false);
      tell(`shows ${purchase.totalInCents}`);
      void visit();
      return Promise.resolve(true);
    },
    hide: () => document.abort(),
    close: () => document.abort(),
  };
}
