import { assertNever } from '../../../contract/result.ts';
import type { JustifiFailure } from '../justifi-failure.ts';
import type { OutcomeWatches } from '../outcome-watches.ts';
import { CANNOT_ARRIVE_AFTER_MS, NEVER_ARRIVED_AFTER_MS } from '../reconcile.ts';
import type { Sale } from '../sale.ts';
import type { SaleLedger } from '../sale-ledger.ts';
import type { RequestRefusal } from '../tender.ts';
import type { Timers } from '../timers.ts';
import type { SezzleOrders } from './sezzle-orders.ts';

/** The longest pause before the next try. */
const ASK_AGAIN_MS = [1_000, 3_000, 10_000, 30_000] as const;
/** When NOT CHARGED is shown, the last request is old enough never to arrive. */
const ASKED_FOR_MS = CANNOT_ARRIVE_AFTER_MS - NEVER_ARRIVED_AFTER_MS;

type SezzleCompletionsParts = {
  readonly completeOrder: SezzleOrders['complete'];
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
};

/**
 * Completes orders at Sezzle with the key that is in the journal: when Sezzle's window says that the customer has agreed, and when its
 * answer was lost with the window, its page or Counter. With the same key until JustiFi answers, for nearly an hour, and never two requests at once. The outcome
 * is read from the checkout.
 */
export type SezzleCompletions = { send(saleId: string): void; close(): void };

export function openSezzleCompletions(parts: SezzleCompletionsParts, ledger: SaleLedger, watches: Pick<OutcomeWatches, 'askNow' | 'saw' | 'submitted' | 'refused'>): SezzleCompletions {
  /** Keys that are on their way, or that JustiFi has answered. */
  const asked = new Set<string>();
  let isClosed = false;

  ledger.onChange((sale) => {
    if (sale.kind === 'checking' || sale.kind === 'unresolved') send(sale);
  });

  function send(sale: Sale | null): void {
    const order = openOrder(sale);
    if (order === null || asked.has(order.idempotencyKey)) return;
    asked.add(order.idempotencyKey);
    watches.submitted(order.saleId);
    void ask(order, 0, parts.monotonicMs());
  }

  async function ask(order: OpenOrder, tries: number, sinceMs: number): Promise<void> {
    const { saleId, checkoutId, idempotencyKey } = order;
    const answer = await parts.completeOrder({ checkoutId, idempotencyKey });
    if (isClosed) return;
    const failure = answer.kind === 'failed' ? answer.failure : null;
    parts.log('sezzle.asked', { sale: saleId, checkout: checkoutId, answer: failure?.kind ?? 'answered', code: failure?.code ?? null });
    if (failure?.kind === 'declined') watches.saw(saleId, failure.status);
    const refusal = failure === null ? null : refusalOf(failure);
    if (refusal !== null) return watches.refused(saleId, refusal);
    watches.askNow(saleId);
    if (failure === null || failure.kind === 'declined') return;
    parts.timers.after(ASK_AGAIN_MS[Math.min(tries, ASK_AGAIN_MS.length - 1)]!, () => {
      if (isClosed || parts.monotonicMs() - sinceMs > ASKED_FOR_MS) return;
      // The sale has ended meanwhile, or another try is paid.
      if (openOrder(ledger.sale(saleId))?.idempotencyKey === idempotencyKey) void ask(order, tries + 1, sinceMs);
    });
  }

  return {
    send: (saleId) => send(ledger.sale(saleId)),
    close() {
      isClosed = true;
    },
  };
}

type OpenOrder = { readonly saleId: string; readonly checkoutId: string; readonly idempotencyKey: string };

/** The order of a sale whose request has no proven end. */
function openOrder(sale: Sale | null): OpenOrder | null {
  if (sale === null || sale.kind === 'draft' || sale.checkoutId === null || 'paymentId' in sale) return null;
  const { open, completionKey } = sale.attempts;
  return open > 0 && completionKey !== null ? { saleId: sale.id, checkoutId: sale.checkoutId, idempotencyKey: completionKey } : null;
}

/** JustiFi's refusal; null: it may have accepted, and is asked again. */
function refusalOf(failure: JustifiFailure): RequestRefusal | null {
  switch (failure.kind) {
    case 'invalid':
      // Also of an order that the customer has not approved. It answers every request with this key.
      return { reason: 'method-gone', isCertain: true };
    case 'forbidden':
    case 'unauthorised':
      // Checked before the key: an earlier request may have been accepted.
      return { reason: 'refused', isCertain: false };
    case 'conflict':
    case 'rate-limited':
    case 'declined':
    case 'network':
    case 'server':
    case 'unexpected':
      return null;
    default:
      return assertNever(failure);
  }
}
