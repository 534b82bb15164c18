import type { Timers } from './timers.ts';

/** One question without an answer may be chance. */
const UNREACHABLE_AFTER = 2;
/** With the probe's own time-out: the till knows within five seconds that the network is back. */
const ASK_AGAIN_MS = 2_000;
/** While all is well. The cashier is to see a dead line before the customer takes out a card. */
const ASK_IDLE_MS = 45_000;

/** Can JustiFi be reached? Any answer at all counts, a refusal too. */
export type Reachability = {
  isReachable(): boolean;
  /** Some request of the till was answered, or was not. */
  noted(answered: boolean): void;
  /** Something has changed, says the operating system: ask now. */
  askNow(): void;
  close(): void;
};

export type ReachabilityParts = {
  /** Asks JustiFi anything; resolves to whether an answer came. Never rejects. */
  readonly probe: () => Promise<boolean>;
  readonly timers: Timers;
  readonly onChange: (reachable: boolean) => void;
};

export function watchReachability({ probe, timers, onChange }: ReachabilityParts): Reachability {
  let reachable = true;
  let unanswered = 0;
  let asking = false;
  let closed = false;
  let callOff = timers.after(ASK_IDLE_MS, () => void ask());

  function noted(answered: boolean): void {
    unanswered = answered ? 0 : unanswered + 1;
    const next = unanswered < UNREACHABLE_AFTER;
    if (next === reachable || closed) return;
    reachable = next;
    onChange(reachable);
  }

  async function ask(): Promise<void> {
    if (asking || closed) return;
    asking = true;
    callOff();
    const answered = await probe();
    asking = false;
    if (isClosed()) return;
    noted(answered);
    const pause = unanswered === 0 ? ASK_IDLE_MS : reachable ? 0 : ASK_AGAIN_MS;
    callOff = timers.after(pause, () => void ask());
  }

  const isClosed = () => closed;

  return {
    isReachable: () => reachable,
    noted(answered) {
      noted(answered);
      if (!answered) void ask();
    },
    askNow: () => void ask(),
    close() {
      closed = true;
      callOff();
    },
  };
}
