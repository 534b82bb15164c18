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
};

type DisputeList = Extract<Awaited<ReturnType<Payments['listDisputed']>>, { kind: 'ok' }>['value'];

/** The first comparison is over by then. */
const FIRST_AFTER_MS = 2 * 60_000;
const EVERY_MS = 60 * 60_000;
/** JustiFi did not answer. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Asks JustiFi for the disputed payments of the account: a customer's bank takes a card payment back weeks after it was made. It is one request an hour, by JustiFi's own
 * filter, so that no payment has to be read again one by one.
 */
export function openDisputeWatch({ payments, journal, register, isKnown, timers, log }: DisputeWatchParts): { close(): void } {
  /** Of this run: a dispute that could not be written yet is not reported again. */
  const told = new Set<string>();
  let isClosed = false;
  let callOff = timers.after(FIRST_AFTER_MS, () => void look());
  const hasClosed = () => isClosed;

  async function look(): Promise<void> {
    const listed = await payments.listDisputed();
    if (hasClosed()) return;
    if (listed.kind === 'failed') log('disputes.unread', { failure: listed.failure.kind });
    else take(listed.value);
    callOff = timers.after(listed.kind === 'failed' ? AGAIN_AFTER_MS : EVERY_MS, () => void look());
  }

  function take({ items, unreadable, isCut }: DisputeList): void {
    if (unreadable > 0 || isCut) log('disputes.not-all-read', { unreadable, complete: String(!isCut) });
    for (const payment of items) note(payment);
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
