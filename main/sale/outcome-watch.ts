import type { Result } from '../../contract/result.ts';
import type { Checkout } from './checkout.ts';
import type { JustifiFailure } from './justifi-failure.ts';
import { type Reconciled, reconcile } from './reconcile.ts';
import type { Outcome } from './sale.ts';
import type { Timers } from './timers.ts';

const ASK_AGAIN_AFTER_MS = [1_000, 1_000, 2_000, 4_000, 8_000, 15_000] as const;
/** After an hour without an answer there is no hurry left: every five minutes, for the week that a checkout lives. */
const PATIENT_AFTER = 240;
const PATIENT_MS = 300_000;
/** Registers that lost the same line must not all ask again in the same instant. */
const JITTER = 0.2;

/** When to ask JustiFi again after the n-th question (from 0). `random` is from 0 up to 1. */
export function askAgainInMs(asked: number, random: number): number {
  const pause = asked >= PATIENT_AFTER ? PATIENT_MS : ASK_AGAIN_AFTER_MS[Math.min(asked, ASK_AGAIN_AFTER_MS.length - 1)]!;
  return Math.round(pause * (1 - JITTER / 2 + JITTER * random));
}

export type OutcomeWatch = {
  /** Something happened that may have brought an answer: do not wait for the timer. */
  askNow(): void;
  /** The page saw this HTTP status on the component's own request. */
  saw(status: number): void;
  stop(): void;
};

export type OutcomeWatchParts = {
  readonly read: () => Promise<Result<Checkout, JustifiFailure>>;
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly random: () => number;
};

/**
 * Asks JustiFi what became of a submitted payment until it is known. `onKnown` is called once, at the end;
 * `onUnclear` after every question that did not tell. One question is under way at a time.
 */
export function watchOutcome(
  parts: OutcomeWatchParts,
  submission: { readonly completionsBefore: number; readonly patienceMs: number },
  onKnown: (outcome: Outcome) => void,
  onUnclear: (why: string) => void,
): OutcomeWatch {
  const submittedAtMs = parts.monotonicMs();
  let asked = 0;
  let seenStatus: number | null = null;
  let stopped = false;
  const isStopped = () => stopped;
  let asking = false;
  let askOnceMore = false;
  let cancelTimer = later();

  function later(): () => void {
    return parts.timers.after(askAgainInMs(asked, parts.random()), () => void ask());
  }

  async function ask(): Promise<void> {
    if (stopped) return;
    if (asking) {
      askOnceMore = true;
      return;
    }
    cancelTimer();
    asking = true;
    const reconciled = await question();
    asking = false;
    // `stop` may have been called while we waited.
    if (isStopped()) return;
    if (reconciled.kind === 'known') {
      stopped = true;
      onKnown(reconciled.outcome);
      return;
    }
    asked += 1;
    onUnclear(reconciled.why);
    if (askOnceMore) {
      askOnceMore = false;
      await ask();
      return;
    }
    cancelTimer = later();
  }

  async function question(): Promise<Reconciled> {
    const answer = await parts.read();
    return reconcile({ answer, ...submission, elapsedMs: parts.monotonicMs() - submittedAtMs, seenStatus });
  }

  return {
    askNow() {
      asked = 0;
      void ask();
    },
    saw(status) {
      seenStatus = status;
    },
    stop() {
      stopped = true;
      cancelTimer();
    },
  };
}
