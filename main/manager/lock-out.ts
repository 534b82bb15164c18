import { type Result, disregard, failed, ok } from '../../contract/result.ts';

/** Seconds to wait after so many wrong PINs in a row; fewer than four wait for nothing, ten and more for half an hour. */
const WAITS_IN_SECONDS: readonly number[] = [0, 0, 0, 0, 5, 15, 30, 60, 120, 300];
const LOCKED_OUT_SECONDS = 30 * 60;

function waitAfter(failures: number): number {
  return WAITS_IN_SECONDS[failures] ?? LOCKED_OUT_SECONDS;
}

/** From this failure on it is called a lock-out. */
export const LOCKED_OUT_FROM = WAITS_IN_SECONDS.length;

export type LockOut = {
  /** 0: a try is allowed now. */
  waitSeconds(): number;
  /** Counts a try as failed, on the disk, before the PIN is compared: ending the app undoes nothing. */
  begin(): Result<null, { readonly kind: 'locked-out'; readonly waitSeconds: number } | { readonly kind: 'settings-unwritable' }>;
  /** The PIN was right: the count is reset. */
  succeeded(): void;
  failures(): number;
};

export type LockOutParts = {
  /** The count on the disk. */
  readonly failures: () => number;
  readonly keep: (failures: number) => Result<null, unknown>;
  readonly monotonicMs: () => number;
};

/**
 * Makes guessing slow. SECURITY: the wall clock decides nothing; after a restart the wait for the stored count begins
 * again. Checking and counting happen in one step, so that tries sent at the same time are counted one by one.
 */
export function createLockOut({ failures, keep, monotonicMs }: LockOutParts): LockOut {
  const until = (count: number) => monotonicMs() + waitAfter(count) * 1_000;
  let blockedUntilMs = until(failures());

  const waitSeconds = () => Math.max(0, Math.ceil((blockedUntilMs - monotonicMs()) / 1_000));

  return {
    waitSeconds,
    begin() {
      if (waitSeconds() > 0) return failed({ kind: 'locked-out', waitSeconds: waitSeconds() });
      const count = failures() + 1;
      if (keep(count).kind === 'failed') return failed({ kind: 'settings-unwritable' });
      blockedUntilMs = until(count);
      return ok(null);
    },
    succeeded() {
      disregard(keep(0), 'the tries stay counted, which only makes the next wait longer');
      blockedUntilMs = 0;
    },
    failures,
  };
}
