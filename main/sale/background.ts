import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { ChargeProblem } from '../../contract/problem.ts';
import { chargeProblem } from './charge-problem.ts';
import type { Checkouts } from './checkout.ts';
import { type OutcomeWatch, watchOutcome } from './outcome-watch.ts';
import type { Payments } from './payments.ts';
import { PATIENCE_MS } from './reconcile.ts';
import type { ReturnWay, Sale, SaleEvent } from './sale.ts';
import type { Timers } from './timers.ts';

/** Sales that were left behind with an open end, and late payments that somebody has to decide on. */
export type Background = {
  /** Takes a sale over and watches it until JustiFi tells. */
  take(sale: Sale): void;
  /** Those whose end is not known, and that were submitted: the badge counts them. */
  toConfirm(): readonly Extract<Sale, { kind: 'behind' }>[];
  late(): readonly Extract<Sale, { kind: 'late' | 'returning' }>[];
  keep(saleId: string): Result<null, ChargeProblem>;
  giveBack(saleId: string, how: ReturnWay): Promise<Result<null, ChargeProblem>>;
  /** The network is back: do not wait for the timers. */
  askNow(): void;
  close(): void;
};

export type BackgroundParts = {
  readonly checkouts: Checkouts;
  readonly payments: Payments;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly utcNow: () => string;
  readonly random: () => number;
  readonly newId: () => string;
  /** Allowed by the state machine and journaled; the sale as it is then. */
  readonly record: (sale: Sale, event: SaleEvent) => Result<Sale, ChargeProblem>;
  readonly log: (what: string, detail: Readonly<Record<string, string | number | null>>) => void;
  readonly onChange: () => void;
};

/** A void or refund without an answer is asked again this often, always with the same key. */
const RETURN_AGAIN_MS = 20_000;

export function openBackground(parts: BackgroundParts): Background {
  const sales = new Map<string, Sale>();
  const watches = new Map<string, OutcomeWatch>();
  /** Ways to call off what will be asked again. */
  const again = new Map<string, () => void>();

  function apply(sale: Sale, event: SaleEvent): Result<Sale, ChargeProblem> {
    const next = parts.record(sale, event);
    if (next.kind === 'failed') return next;
    if (next.value.kind === 'behind' || next.value.kind === 'late' || next.value.kind === 'returning') sales.set(sale.id, next.value);
    else sales.delete(sale.id);
    parts.onChange();
    return next;
  }

  function take(sale: Sale): void {
    sales.set(sale.id, sale);
    if (sale.kind === 'behind') watch(sale);
    // The answer to a return may have been lost with the last run: ask again with the same key.
    if (sale.kind === 'returning') void finishReturn(sale);
    parts.onChange();
  }

  function watch(sale: Extract<Sale, { kind: 'behind' }>): void {
    const { checkoutId, completionsBefore, why } = sale;
    const started = watchOutcome(
      { read: () => parts.checkouts.read(checkoutId), timers: parts.timers, monotonicMs: parts.monotonicMs, random: parts.random },
      { completionsBefore, patienceMs: PATIENCE_MS[why] },
      (outcome) => {
        watches.delete(sale.id);
        apply(sale, { kind: 'outcome-known', outcome, at: parts.utcNow() });
      },
      (unclear) => parts.log('outcome.unclear', { sale: sale.id, checkout: checkoutId, why: unclear }),
    );
    watches.set(sale.id, started);
    started.askNow();
  }

  function askAgain(sale: Extract<Sale, { kind: 'returning' }>): void {
    again.get(sale.id)?.();
    again.set(
      sale.id,
      parts.timers.after(RETURN_AGAIN_MS, () => {
        again.delete(sale.id);
        if (sales.get(sale.id) === sale) void finishReturn(sale);
      }),
    );
  }

  async function finishReturn(sale: Extract<Sale, { kind: 'returning' }>): Promise<Result<null, ChargeProblem>> {
    if (sale.paymentId === null) return failed({ kind: 'sale-in-progress' });
    const { paymentId, idempotencyKey, how, chargedInCents } = sale;
    const answer = how === 'void' ? await parts.payments.void(paymentId, idempotencyKey) : await parts.payments.refund(paymentId, chargedInCents, idempotencyKey);
    // Pressed twice: the other answer has settled it already.
    if (sales.get(sale.id) !== sale) return ok(null);
    if (answer.kind === 'ok') {
      const noted = apply(sale, { kind: 'returned', at: parts.utcNow() });
      return noted.kind === 'ok' ? ok(null) : noted;
    }
    const { failure } = answer;
    parts.log('return.refused', { sale: sale.id, how, failure: failure.kind, code: failure.code });
    const mustRefund = how === 'void' && failure.kind === 'invalid';
    // No answer: it may have been done. It stays `returning`, and is asked again with its key until there is one.
    if (failure.kind === 'invalid' || failure.kind === 'declined') apply(sale, { kind: 'return-refused', code: failure.code, mustRefund });
    else askAgain(sale);
    return failed(chargeProblem(failure));
  }

  return {
    take,
    toConfirm: () => [...sales.values()].filter((sale) => sale.kind === 'behind').filter(({ why }) => why === 'unknown'),
    late: () => [...sales.values()].filter((sale) => sale.kind === 'late' || sale.kind === 'returning'),
    keep(saleId) {
      const sale = sales.get(saleId);
      if (sale?.kind !== 'late') return failed({ kind: 'sale-in-progress' });
      const kept = apply(sale, { kind: 'late-kept' });
      return kept.kind === 'ok' ? ok(null) : kept;
    },
    async giveBack(saleId, how) {
      const sale = sales.get(saleId);
      if (sale?.kind === 'returning') return finishReturn(sale);
      if (sale?.kind !== 'late') return failed({ kind: 'sale-in-progress' });
      const asked = apply(sale, { kind: 'return-asked', how, idempotencyKey: parts.newId() });
      if (asked.kind === 'failed') return asked;
      return asked.value.kind === 'returning' ? finishReturn(asked.value) : failed({ kind: 'sale-in-progress' });
    },
    askNow() {
      for (const started of watches.values()) started.askNow();
      for (const sale of sales.values()) if (sale.kind === 'returning' && again.has(sale.id)) void finishReturn(sale);
    },
    close() {
      for (const started of watches.values()) started.stop();
      for (const callOff of again.values()) callOff();
    },
  };
}

/** What a sale of the last run needs now. A sale that was submitted comes back to the counter; the rest goes to the background or is over. */
export function afterRestart(sale: Sale): 'counter' | 'background' | 'leave' | 'nothing' {
  switch (sale.kind) {
    case 'submitting':
    case 'checking':
    // The till stopped for it, and does not go on by being restarted.
    case 'wrong-amount':
      return 'counter';
    case 'behind':
    case 'late':
    case 'returning':
      return 'background';
    case 'preparing':
    case 'ready':
    case 'declined':
    case 'not-charged':
      return 'leave';
    case 'draft':
    case 'paid':
    case 'accepted':
    case 'wrong-amount-seen':
    case 'returned':
    case 'left':
      return 'nothing';
    default:
      return assertNever(sale);
  }
}
