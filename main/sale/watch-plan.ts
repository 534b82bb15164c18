import { assertNever } from '../../contract/result.ts';
import { CANNOT_ARRIVE_AFTER_MS, NEVER_ARRIVED_AFTER_MS } from './reconcile.ts';
import type { Attempts, Sale } from './sale.ts';

/** The plan of the questions to JustiFi about a sale. */
export type WatchPlan = {
  readonly checkoutId: string;
  readonly attempts: Attempts;
  /** As in `ReconcileInput`. */
  readonly waitMs: number | null;
  readonly isLast: boolean;
  /** The customer waits for the answer. */
  readonly isUrgent: boolean;
  /** The pause between two questions while a person waits; null: it grows. */
  readonly everyMs: number | null;
};

const WHILE_AT_READER_MS = 1_500;
/** As JustiFi's own component for such codes asks (`justifi-qr-terminal`). */
const WHILE_AT_PHONE_MS = 3_000;
/** The customer may pay by the link as long as it lives, so silence means nothing. */
const LINK_OPEN = { waitMs: null, isLast: false, isUrgent: false } as const;

/** Null: JustiFi is not asked about this sale any more. */
export function watchPlan(sale: Sale): WatchPlan | null {
  if (sale.kind === 'draft' || sale.checkoutId === null) return null;
  const { checkoutId, attempts } = sale;
  // At a reader the customer has up to 90 seconds, and then waits for the answer.
  const everyMs = sale.kind === 'submitting' && sale.tender === 'reader' ? WHILE_AT_READER_MS : null;
  const base = { checkoutId, attempts, everyMs };
  switch (sale.kind) {
    case 'submitting':
    case 'checking':
      return { ...base, waitMs: attempts.open > 0 ? arrivesWithinMs(attempts) : 0, isLast: false, isUrgent: true };
    case 'unresolved':
      if (sale.why === 'link-open') return { ...base, ...LINK_OPEN };
      return { ...base, waitMs: sale.why === 'not-received' ? CANNOT_ARRIVE_AFTER_MS : arrivesWithinMs(attempts), isLast: sale.why !== 'unknown', isUrgent: sale.why === 'unknown' };
    case 'not-charged':
    case 'preparing':
    case 'ready':
    case 'declined':
      // A request that may still arrive is watched on every screen.
      if (attempts.open > 0) return { ...base, waitMs: CANNOT_ARRIVE_AFTER_MS, isLast: true, isUrgent: false };
      if (attempts.link !== null) return { ...base, ...LINK_OPEN, ...(isAtPhone(sale) ? { isUrgent: true, everyMs: WHILE_AT_PHONE_MS } : {}) };
      return sale.kind === 'not-charged' && attempts.shown ? { ...base, waitMs: NEVER_ARRIVED_AFTER_MS, isLast: true, isUrgent: false } : null;
    case 'paid':
    case 'accepted':
    case 'wrong-amount':
    case 'wrong-amount-seen':
    case 'late':
    case 'reversing':
    case 'reversed':
    case 'transfer-failed':
    case 'transfer-failed-seen':
    case 'disputed':
    case 'abandoned':
      return null;
    default:
      return assertNever(sale);
  }
}

/** At Sezzle the customer takes their time, and then main asks until it is answered: silence of the checkout means nothing before that. */
function arrivesWithinMs({ completionKey }: Attempts): number {
  return completionKey === null ? NEVER_ARRIVED_AFTER_MS : CANNOT_ARRIVE_AFTER_MS;
}

/** The link is before the customer now. */
function isAtPhone({ kind, tender }: Exclude<Sale, { kind: 'draft' }>): boolean {
  return kind === 'ready' && tender === 'phone';
}

/** When to ask JustiFi again after the n-th question (from 0). After ten minutes the pauses grow in any case: the person may have gone away. */
export function pauseMs({ everyMs }: Pick<WatchPlan, 'everyMs'>, asked: number, random: number): number {
  return everyMs !== null && asked * everyMs < STEADY_FOR_MS ? everyMs : askAgainInMs(asked, random);
}
const STEADY_FOR_MS = 10 * 60_000;

const ASK_AGAIN_AFTER_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** Questions at the longest of these pauses, for a sale that no customer waits for. */
export const NOT_URGENT = ASK_AGAIN_AFTER_MS.length - 1;
/** After an hour of questions every five minutes is enough, and after a day every fifteen, for the week that a checkout lives. */
const SLOW_AFTER = 240;
const SLOW_PAUSE_MS = 300_000;
const SLOWEST_AFTER = 520;
const SLOWEST_PAUSE_MS = 900_000;
/** Registers that lost the same line must not all ask again at the same moment. */
const JITTER = 0.2;

/** When to ask JustiFi again after the n-th question (from 0). `random` is from 0 up to 1. */
function askAgainInMs(asked: number, random: number): number {
  const slowMs = asked >= SLOWEST_AFTER ? SLOWEST_PAUSE_MS : SLOW_PAUSE_MS;
  const pause = asked >= SLOW_AFTER ? slowMs : ASK_AGAIN_AFTER_MS[Math.min(asked, NOT_URGENT)]!;
  return Math.round(pause * (1 - JITTER / 2 + JITTER * random));
}
