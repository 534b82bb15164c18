import type { QrDrawing } from '../../../contract/qr-drawing.ts';
import type { CurrentSale } from '../current-sale.ts';
import { type NewCheckoutParts, checkoutOfSale } from '../new-checkout.ts';
import type { PresentedLink, Tender, TenderHost } from '../tender.ts';
import { type Timers, createTimeBudget } from '../timers.ts';

/** The cashier is told within this after Charge what to do next. */
const CHARGE_WITHIN_MS = 10_000;
/** Of JustiFi's. A checkout of Counter's is made at most 45 minutes before, so this is the latest. */
const CHECKOUT_LIVES_MS = 7 * 24 * 60 * 60_000;

type PhoneParts = NewCheckoutParts & {
  /** The address of the checkout's page at JustiFi; null: it may not be shown. */
  readonly addressOf: (checkoutId: string) => string | null;
  readonly draw: (address: string) => QrDrawing;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** UTC, ISO 8601. */
  readonly utcNow: () => string;
};

/**
 * The customer pays on their own phone, on JustiFi's page of the sale's checkout. Nothing is submitted here: from the moment the link is shown the
 * checkout may be paid at any time, so that moment is what is journaled first, and taking the link off the screen ends nothing. JustiFi's answer right
 * before matches the sale exactly: it created the checkout, or was read when this way was chosen.
 */
export function createPhone(parts: PhoneParts, current: CurrentSale, host: TenderHost): Tender {
  let presented: PresentedLink | null = null;
  /** Of the last present(); an older one is not wanted any more. */
  let presentation = 0;

  async function present(saleId: string): Promise<void> {
    presentation += 1;
    const mine = presentation;
    const isWanted = () => presentation === mine && current.isStillPreparing(saleId);
    const checkout = await checkoutOfSale(parts, current, saleId, createTimeBudget(parts, CHARGE_WITHIN_MS));
    if (!isWanted()) return;
    if (checkout.kind === 'failed') return current.learn({ kind: 'preparation-failed', problem: checkout.failure });
    const address = parts.addressOf(checkout.value);
    if (address === null) return host.lost('link-unusable');
    // It is shown only when it is in the journal, and then at once.
    presented = { address, code: parts.draw(address) };
    const shownAt = parts.utcNow();
    const payableUntil = new Date(Date.parse(shownAt) + CHECKOUT_LIVES_MS).toISOString();
    const noted = await current.intendSoon({ kind: 'link-shown', checkoutId: checkout.value, link: { shownAt, payableUntil } }, isWanted);
    if (noted.kind === 'failed') {
      if (presentation === mine) presented = null;
      return isWanted() ? current.learn({ kind: 'preparation-failed', problem: noted.failure }) : undefined;
    }
    parts.log('link.shown', { sale: saleId, checkout: checkout.value });
  }

  return {
    kind: 'phone',
    preparedAmounts: [],
    // The page is JustiFi's: nothing is submitted here.
    methodTypes: [],
    authorisation: () => null,
    // Never reached: nothing is submitted here.
    unclearAfterMs: CHARGE_WITHIN_MS,
    prepare() {},
    discard() {},
    present: (saleId) => void present(saleId),
    presented: () => presented,
    link: () => presented,
    secondsLeft: () => null,
    prepareRetry() {},
    hide() {},
    withdraw() {
      presentation += 1;
      presented = null;
    },
    woke() {},
  };
}
