import type { ChargeProblem } from '../../contract/problem.ts';
import type { Result } from '../../contract/result.ts';
import type { Timers } from './timers.ts';

/** Another program seldom uses the journal for long. */
const AGAIN_AFTER_MS = 100;
/** A step of a payment that waits longer fails, and the cashier is told. */
const STEP_WAITS_MS = 6_000;

/** Retries while another program is using the journal, without blocking the main thread. */
export type JournalRetry = {
  isWaiting(): boolean;
  /** A press of a button. Answers at once, and is retried until the journal takes it or another press replaces it. */
  press<Value>(move: () => Result<Value, ChargeProblem>): Result<Value, ChargeProblem>;
  /** Cancels the press that is waiting. */
  forgetPress(): void;
  /** A step of a payment. `attempt` checks each time whether it is still wanted. */
  step<Value>(attempt: () => Result<Value, ChargeProblem>): Promise<Result<Value, ChargeProblem>>;
};

export function createJournalRetry(timers: Timers, onChange: () => void): JournalRetry {
  let callOffPress: (() => void) | null = null;
  let steps = 0;

  function forgetPress(): void {
    if (callOffPress === null) return;
    callOffPress();
    callOffPress = null;
    onChange();
  }

  function press<Value>(move: () => Result<Value, ChargeProblem>): Result<Value, ChargeProblem> {
    callOffPress?.();
    const wasWaiting = callOffPress !== null;
    callOffPress = null;
    const done = move();
    if (isInUse(done)) callOffPress = timers.after(AGAIN_AFTER_MS, () => void press(move));
    if ((callOffPress !== null) !== wasWaiting) onChange();
    return done;
  }

  async function step<Value>(attempt: () => Result<Value, ChargeProblem>): Promise<Result<Value, ChargeProblem>> {
    let done = attempt();
    if (!isInUse(done)) return done;
    steps += 1;
    onChange();
    for (let waitedMs = 0; isInUse(done) && waitedMs < STEP_WAITS_MS; waitedMs += AGAIN_AFTER_MS) {
      await new Promise<void>((resolve) => timers.after(AGAIN_AFTER_MS, resolve));
      done = attempt();
    }
    steps -= 1;
    onChange();
    return done;
  }

  return { isWaiting: () => callOffPress !== null || steps > 0, press, forgetPress, step };
}

function isInUse(done: Result<unknown, ChargeProblem>): boolean {
  return done.kind === 'failed' && done.failure.kind === 'journal-in-use';
}
