import type { Payment, Payments } from './payments.ts';
import { hasEndedUnpaid, isTaken } from './payments.ts';
import { type Sale, isTransferOpen } from './sale.ts';
import type { TransferEnd } from './sale-event.ts';
import type { SaleLedger } from './sale-ledger.ts';
import type { Timers } from './timers.ts';

/** Asks JustiFi about every bank transfer that it has accepted, until it has settled or failed; live that takes days. */
type TransferWatch = {
  /** The network is back: do not wait for the timers. */
  askAll(): void;
  close(): void;
};

type TransferWatchParts = {
  readonly payments: Pick<Payments, 'read' | 'ofCheckout'>;
  readonly timers: Timers;
  readonly utcNow: () => string;
  readonly businessDay: (utc: string) => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

type OpenTransfer = Extract<Sale, { kind: 'accepted' | 'late' }>;

const FIRST_AFTER_MS = 60_000;
/** Each pause is twice the one before, up to an hour. */
const LONGEST_PAUSE_MS = 60 * 60_000;

export function openTransferWatch(parts: TransferWatchParts, ledger: SaleLedger): TransferWatch {
  const callOffs = new Map<string, () => void>();
  let isClosed = false;

  ledger.onChange((sale) => {
    if (!isTransferOpen(sale)) stop(sale.id);
    else if (!callOffs.has(sale.id)) askLater(sale.id, FIRST_AFTER_MS);
  });

  function stop(id: string): void {
    callOffs.get(id)?.();
    callOffs.delete(id);
  }

  function askLater(id: string, pauseMs: number): void {
    if (isClosed) return;
    callOffs.get(id)?.();
    callOffs.set(id, parts.timers.after(pauseMs, () => void ask(id, pauseMs)));
  }

  async function ask(id: string, pauseMs: number): Promise<void> {
    const sale = ledger.sale(id);
    if (sale === null || !isTransferOpen(sale)) return stop(id);
    const payment = await read(sale);
    const how = payment === null ? null : endOf(payment);
    // Another answer, or a void, may have come meanwhile.
    const now = ledger.sale(id);
    if (isClosed || now === null || !isTransferOpen(now)) return;
    if (how === null) return askLater(id, Math.min(2 * pauseMs, LONGEST_PAUSE_MS));
    const at = parts.utcNow();
    ledger.learn(id, { kind: 'transfer-ended', how, paymentId: payment?.id ?? null, at, businessDay: parts.businessDay(at) });
  }

  /** Null: not known now. */
  async function read({ id, paymentId, checkoutId, purchase, paidWith }: OpenTransfer): Promise<Payment | null> {
    const answer = paymentId === null ? await parts.payments.ofCheckout(checkoutId) : await parts.payments.read(paymentId);
    if (answer.kind === 'failed') {
      parts.log('transfer.unread', { sale: id, failure: answer.failure.kind });
      return null;
    }
    const payments = Array.isArray(answer.value) ? (answer.value as readonly Payment[]) : [answer.value as Payment];
    const open = payments.find(isTaken) ?? payments.find(({ amountInCents, status }) => amountInCents === purchase.totalInCents && status === 'pending');
    // A card that was declined on the same checkout before is not the transfer.
    const own = payments.filter((payment) => payment.paidWith.kind === paidWith.kind);
    return open ?? (own.every(hasEndedUnpaid) ? (own[0] ?? null) : null);
  }

  return {
    askAll: () => [...callOffs.keys()].forEach((id) => void ask(id, FIRST_AFTER_MS)),
    close() {
      isClosed = true;
      callOffs.forEach((callOff) => callOff());
    },
  };
}

/** Null: it is still pending, or in a state that JustiFi has not documented. */
function endOf(payment: Payment): TransferEnd | null {
  if (payment.isDisputed) return 'disputed';
  if (isTaken(payment)) return 'settled';
  if (hasEndedUnpaid(payment)) return payment.status === 'canceled' ? 'canceled' : 'failed';
  return null;
}
