import type { SaleQueries } from './journal.ts';
import type { DisputedPayment, Payments } from './payments.ts';
import type { Register } from './register.ts';
import { isDisputable } from './sale.ts';
import type { Timers } from './timers.ts';

export type DisputeWatchParts = {
  readonly payments: Pick<Payments, 'listDisputed'>;
  readonly journal: Pick<SaleQueries, 'saleOn'>;
  readonly register: Pick<Register, 'disputed'>;
  /** The journal has the dispute of this sale, or cannot say now. */
  readonly isKnown: (saleId: string) => boolean;
  readonly timers: Timers;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  /** The list was read, as far as it can be. */
  readonly onRead: (read: DisputesRead) => void;
};

/** `isComplete`: false when JustiFi has more disputed payments than are looked through. */
export type DisputesRead = { readonly unreadable: number; readonly isComplete: boolean };

type DisputeList = Extract<Awaited<ReturnType<Payments['listDisputed']>>, { kind: 'ok' }>['value'];

/** The first comparison is over by then. */
const FIRST_AFTER_MS = 2 * 60_000;
const EVERY_MS = 60 * 60_000;
/** JustiFi did not answer. */
const AGAIN_AFTER_MS = 10 * 60_000;
/** A hundred payments each, with a pause after each: sales come first. */
const MOST_PAGES = 50;
const NEXT_PAGE_AFTER_MS = 1_000;

type Place = { readonly cursor: string | null; readonly pages: number; readonly unreadable: number };
const BEGINNING: Place = { cursor: null, pages: 0, unreadable: 0 };

/**
 * Asks JustiFi for the disputed payments of the account: a customer's bank takes a card payment back weeks after it was made. It is one request an hour for each hundred of them, by JustiFi's
 * own filter, so that no payment has to be read again one by one.
 */
export function openDisputeWatch({ payments, journal, register, isKnown, timers, log, onRead }: DisputeWatchParts): { close(): void } {
  /** Of this run: a dispute that could not be written yet is not reported again. */
  const told = new Set<string>();
  let isClosed = false;
  let callOff = timers.after(FIRST_AFTER_MS, () => void look(BEGINNING));
  const hasClosed = () => isClosed;

  async function look(place: Place): Promise<void> {
    const listed = await payments.listDisputed(place.cursor);
    if (hasClosed()) return;
    if (listed.kind === 'failed') log('disputes.unread', { failure: listed.failure.kind });
    const next = listed.kind === 'ok' ? take(place, listed.value) : BEGINNING;
    const pauseMs = listed.kind === 'failed' ? AGAIN_AFTER_MS : next === BEGINNING ? EVERY_MS : NEXT_PAGE_AFTER_MS;
    callOff = timers.after(pauseMs, () => void look(next));
  }

  /** Where to read on. */
  function take(place: Place, { items, next, isCut, ...page }: DisputeList): Place {
    for (const payment of items) note(payment);
    const unreadable = place.unreadable + page.unreadable;
    const pages = place.pages + 1;
    if (next !== null && pages < MOST_PAGES) return { cursor: next, pages, unreadable };
    const isComplete = next === null && !isCut;
    if (unreadable > 0 || !isComplete) log('disputes.not-all-read', { unreadable, complete: String(isComplete) });
    onRead({ unreadable, isComplete });
    return BEGINNING;
  }

  /** An unsettled bank transfer has its own watch, and a late payment is decided first. */
  function note({ id, checkoutId }: DisputedPayment): void {
    const found = checkoutId === null ? null : journal.saleOn(checkoutId);
    if (found === null || found.kind === 'failed' || found.value === null || !isDisputable(found.value) || found.value.paymentId !== id) return;
    const saleId = found.value.id;
    if (told.has(saleId) || isKnown(saleId)) return;
    told.add(saleId);
    log('payment.disputed', { sale: saleId, payment: id });
    register.disputed(saleId);
  }

  return {
    close() {
      isClosed = true;
      callOff();
    },
  };
}
