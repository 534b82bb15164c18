import { type OutcomeQuestionParts, createOutcomeQuestion } from './outcome-question.ts';
import { type Outcome, isSuccess } from './sale.ts';
import type { RequestRefusal } from './tender.ts';
import type { Timers } from './timers.ts';
import { type Budget, createTokenBucket } from './token-bucket.ts';
import { NOT_URGENT, type WatchPlan, pauseMs } from './watch-plan.ts';

/** This many hints of a page make the next question come at once; after that the timer decides. */
const HINTS: Budget = { burst: 6, perSecond: 0.2 };

export type OutcomeWatch = {
  /** There may be an answer: do not wait for the timer. */
  askNow(): void;
  /** The page saw this HTTP status on the component's own request. */
  saw(status: number): void;
  /** JustiFi's own answer to main's request to pay: it was not taken. */
  refused(refusal: RequestRefusal): void;
  /** A charge was allowed just now: the time to wait begins anew. */
  submitted(): void;
  /** Ends the questions. A payment in an answer that is on its way still counts. */
  stop(): void;
  /** The register is closed. */
  close(): void;
};

export type OutcomeWatchParts = OutcomeQuestionParts & {
  readonly timers: Timers;
  readonly random: () => number;
};

/**
 * Asks JustiFi how a sale ended for as long as there is a plan to ask, one question at a time. `onKnown` is called with every outcome,
 * `onUnclear` after every other answer.
 */
export function openOutcomeWatch(parts: OutcomeWatchParts, plan: () => WatchPlan | null, onKnown: (outcome: Outcome) => void, onUnclear: (why: string) => void): OutcomeWatch {
  const hints = createTokenBucket(HINTS, parts.monotonicMs);
  const question = createOutcomeQuestion(parts);
  let asked = plan()?.isUrgent === true ? 0 : NOT_URGENT;
  let state: 'open' | 'stopped' | 'closed' = 'open';
  const now = () => state;
  let asking = false;
  let askOnceMore = false;
  let cancelTimer = () => {};

  async function ask(): Promise<void> {
    if (asking) {
      askOnceMore = true;
      return;
    }
    const before = plan();
    if (state !== 'open' || before === null) return;
    cancelTimer();
    asking = true;
    const answer = await question.ask(before, plan);
    asking = false;
    if (now() === 'closed') return;
    // The manager may have ended the sale meanwhile. A payment is a fact all the same.
    if (now() === 'stopped' || plan() === null) {
      if (answer.kind === 'known' && isSuccess(answer.outcome)) onKnown(answer.outcome);
      return;
    }
    asked += 1;
    if (answer.kind === 'known') onKnown(answer.outcome);
    else onUnclear(answer.why);
    if (now() !== 'open' || plan() === null) return;
    if (!askOnceMore) return startTimer();
    askOnceMore = false;
    await ask();
  }

  function startTimer(): void {
    cancelTimer();
    cancelTimer = parts.timers.after(pauseMs(plan() ?? { everyMs: null }, asked, parts.random()), () => void ask());
  }

  function end(how: 'stopped' | 'closed'): void {
    if (state !== 'closed') state = how;
    cancelTimer();
  }

  startTimer();
  return {
    askNow() {
      if (!hints.take()) return;
      asked = 0;
      void ask();
    },
    saw: question.saw,
    refused: question.refused,
    submitted() {
      question.submitted();
      asked = 0;
      startTimer();
    },
    stop: () => end('stopped'),
    close: () => end('closed'),
  };
}
