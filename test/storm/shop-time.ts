import type { Timers } from '../../main/sale/timers.ts';

/**
 * The shop of the storm lives faster than we do: its 150 seconds pass in less than four. Register, client and JustiFi get their
 * time as a parameter; none of them knows.
 */
export const FASTER = 40;

export const shopTimers: Timers = {
  after(ms, then) {
    const timer = setTimeout(then, ms / FASTER);
    return () => clearTimeout(timer);
  },
};

export const shopMonotonicMs = (): number => performance.now() * FASTER;

export function shopPause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms / FASTER);
  });
}

/** Real time, in milliseconds and their fractions, the same for every process of this PC. */
export const realNow = (): number => performance.timeOrigin + performance.now();

const began = realNow();

/** JustiFi's clock: epoch milliseconds, as fast as the shop's. */
export const justifiNow = (): number => began + (realNow() - began) * FASTER;

/** When JustiFi's clock showed this, in real time. */
export const realTimeOf = (justifiMs: number): number => began + (justifiMs - began) / FASTER;
