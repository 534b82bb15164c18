import type { Timers } from '../../main/sale/timers.ts';

/** After the storm no payment is under way; the till only waits, and some of its waits take an hour. */
export const FASTER_WHEN_CALM = 2_000;

export type ShopTime = {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Skips idle time: the clock and every timer are advanced by it. */
  readonly skip: (ms: number) => void;
};

export function openShopTime(faster: number): ShopTime {
  let skippedMs = 0;
  /** The running timers, each with its time. */
  const running = new Set<{ readonly atMs: number; start(): void }>();
  const monotonicMs = () => performance.now() * faster + skippedMs;

  function after(ms: number, then: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const one = {
      atMs: monotonicMs() + ms,
      start() {
        clearTimeout(timer);
        timer = setTimeout(ring, Math.max(0, one.atMs - monotonicMs()) / faster);
      },
    };
    function ring(): void {
      running.delete(one);
      then();
    }
    running.add(one);
    one.start();
    return () => {
      clearTimeout(timer);
      running.delete(one);
    };
  }

  return {
    timers: { after },
    monotonicMs,
    pause: (ms) =>
      new Promise((resolve) => {
        setTimeout(resolve, ms / faster);
      }),
    skip(ms) {
      skippedMs += ms;
      for (const one of [...running].toSorted((first, second) => first.atMs - second.atMs)) one.start();
    },
  };
}

/** Time that stands still until `skip` moves it: every timer that is due then rings, each at its own moment. */
export function openStandingTime(): ShopTime {
  let nowMs = 0;
  const waiting = new Set<{ readonly atMs: number; ring(): void }>();

  function after(ms: number, ring: () => void): () => void {
    const timer = { atMs: nowMs + ms, ring };
    waiting.add(timer);
    return () => void waiting.delete(timer);
  }

  return {
    timers: { after },
    monotonicMs: () => nowMs,
    pause: (ms) =>
      new Promise((resolve) => {
        after(ms, resolve);
      }),
    skip(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = [...waiting].filter(({ atMs }) => atMs <= untilMs).toSorted((one, other) => one.atMs - other.atMs);
        if (next === undefined) break;
        waiting.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.ring();
      }
      nowMs = untilMs;
    },
  };
}

/** Real time in milliseconds, from a beginning that all processes of this PC share. No wall clock: theirs may be set meanwhile. */
export const realNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/**
 * The shop of the storm runs faster than real time: at forty times, its 150 seconds pass in less than four. Register, client and
 * JustiFi get their time as a parameter; none of them knows.
 */
export type ShopClock = {
  readonly faster: number;
  /** JustiFi's clock: epoch milliseconds, as fast as the shop's. */
  readonly justifiNow: () => number;
  /** When JustiFi's clock showed this, in real time. */
  readonly realTimeOf: (justifiMs: number) => number;
  /** How long that takes really, in whole milliseconds. */
  readonly really: (shopMs: number) => number;
};

export function openShopClock(faster: number): ShopClock {
  const began = { real: realNow(), epoch: Date.now() };
  return {
    faster,
    justifiNow: () => began.epoch + (realNow() - began.real) * faster,
    realTimeOf: (justifiMs) => began.real + (justifiMs - began.epoch) / faster,
    really: (shopMs) => Math.ceil(shopMs / faster),
  };
}
