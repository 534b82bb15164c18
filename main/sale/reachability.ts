import type { ConnectionFailure } from '../../contract/connection-failure.ts';
import type { Timers } from './timers.ts';

/** A single request without an answer may be chance. */
const UNREACHABLE_AFTER = 2;
/** With the probe's own time-out: the till knows within five seconds that the network is back. */
const ASK_AGAIN_MS = 2_000;
/** While JustiFi answers. The cashier should see that JustiFi is unreachable before the customer takes out a card. */
const ASK_IDLE_MS = 45_000;

/** Whether JustiFi can be reached. Any answer counts, also a refusal. */
export type Reachability = {
  /** Why JustiFi cannot be reached; null: it can. */
  failure(): ConnectionFailure | null;
  /** A request of the till was not answered, for this reason; null: it was answered. */
  noted(failure: ConnectionFailure | null): void;
  /** The operating system reports a change of the network: ask now. */
  askNow(): void;
  close(): void;
};

type ReachabilityParts = {
  /** Sends a request to JustiFi. Why there was no answer; null: there was one. Never rejects. */
  readonly probe: () => Promise<ConnectionFailure | null>;
  readonly timers: Timers;
  /** It can be reached again, or not any more; or it still cannot, for another reason. */
  readonly onChange: (failure: ConnectionFailure | null) => void;
};

export function openReachability({ probe, timers, onChange }: ReachabilityParts): Reachability {
  let shown: ConnectionFailure | null = null;
  let unanswered = 0;
  let asking = false;
  let closed = false;
  let callOff = timers.after(ASK_IDLE_MS, () => void ask());

  function noted(failure: ConnectionFailure | null): void {
    unanswered = failure === null ? 0 : unanswered + 1;
    const next = unanswered < UNREACHABLE_AFTER ? null : failure;
    if (next?.trouble === shown?.trouble || closed) return;
    shown = next;
    onChange(shown);
  }

  async function ask(): Promise<void> {
    if (asking || closed) return;
    asking = true;
    callOff();
    const failure = await probe();
    asking = false;
    if (isClosed()) return;
    noted(failure);
    const pause = unanswered === 0 ? ASK_IDLE_MS : shown === null ? 0 : ASK_AGAIN_MS;
    callOff = timers.after(pause, () => void ask());
  }

  const isClosed = () => closed;

  return {
    failure: () => shown,
    noted(failure) {
      noted(failure);
      if (failure !== null) void ask();
    },
    askNow: () => void ask(),
    close() {
      closed = true;
      callOff();
    },
  };
}
