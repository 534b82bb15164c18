import type { Timers } from '../sale/timers.ts';

/** Two minutes without a manager's call, and the side is locked. */
const IDLE_MS = 2 * 60_000;

type OpenedBy = 'pin' | 'secret';

/** Whether the manager's side is open. It is kept here only: a page that is taken over cannot open it. */
type ManagerSession = {
  open(by: OpenedBy): void;
  lock(): void;
  /** Whether the side is still open. Each call keeps it open for two more minutes. */
  extend(): boolean;
  current(): { readonly by: OpenedBy; readonly secondsLeft: number } | null;
};

type SessionParts = {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  /** Wall clock, in ms. It can only end the session: other clocks stop while the PC sleeps. */
  readonly wallMs: () => number;
  readonly onChange: () => void;
  /** Called when it ended by time-out. */
  readonly onIdle: () => void;
};

export function createSession({ timers, monotonicMs, wallMs, onChange, onIdle }: SessionParts): ManagerSession {
  let opened: { readonly by: OpenedBy; readonly usedMs: number; readonly usedWallMs: number } | null = null;
  let callOff = () => {};

  const leftMs = () => (opened === null ? 0 : IDLE_MS - Math.max(monotonicMs() - opened.usedMs, wallMs() - opened.usedWallMs));

  function use(by: OpenedBy): void {
    opened = { by, usedMs: monotonicMs(), usedWallMs: wallMs() };
    callOff();
    callOff = timers.after(IDLE_MS, endIfIdle);
    onChange();
  }

  function end(): void {
    opened = null;
    callOff();
    onChange();
  }

  function endIfIdle(): void {
    if (opened === null) return;
    if (leftMs() > 0) {
      // A timer may come a little early.
      callOff();
      callOff = timers.after(leftMs(), endIfIdle);
      return;
    }
    end();
    onIdle();
  }

  return {
    open: use,
    lock: end,
    extend() {
      endIfIdle();
      if (opened === null) return false;
      use(opened.by);
      return true;
    },
    current() {
      return opened === null || leftMs() <= 0 ? null : { by: opened.by, secondsLeft: Math.ceil(leftMs() / 1_000) };
    },
  };
}
