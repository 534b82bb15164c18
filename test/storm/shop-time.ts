import { setTimeout as realPause } from 'node:timers/promises';
import type { Timers } from '../../main/sale/timers.ts';
import { type Pace, TURN_LASTS_MS, openFreePace, openPaceOfTurns } from './pace.ts';

/** After the storm no payment is under way; the till only waits, and some of its waits take an hour. */
export const FASTER_WHEN_CALM = 2_000;

export type ShopTime = {
  readonly timers: Timers;
  readonly monotonicMs: () => number;
  readonly pause: (ms: number) => Promise<void>;
  /** Skips idle time: the clock and every timer are advanced by it. */
  readonly skip: (ms: number) => void;
};

/** At this pace; a number: always so many times faster than real time. */
export function openShopTime(given: number | Pace): ShopTime {
  const pace = typeof given === 'number' ? openFreePace(given) : given;
  let skippedMs = 0;
  /** The running timers, each with its time. */
  const running = new Set<{ readonly atMs: number; start(): void }>();
  const monotonicMs = () => pace.shopMs() + skippedMs;
  /** A timer of Node's may ring a millisecond early. */
  const isNow = (leftMs: number) => leftMs < pace.faster;

  function after(ms: number, then: () => void): () => void {
    let timer: NodeJS.Timeout | undefined;
    const one = {
      atMs: monotonicMs() + ms,
      start() {
        clearTimeout(timer);
        timer = setTimeout(ring, Math.max(0, one.atMs - monotonicMs()) / pace.faster);
      },
    };
    function ring(): void {
      // The shop's time has passed more slowly.
      if (!isNow(one.atMs - monotonicMs())) return one.start();
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
    async pause(ms) {
      const untilMs = pace.shopMs() + ms;
      let leftMs = ms;
      do {
        // oxlint-disable-next-line no-await-in-loop -- the shop's time has passed more slowly
        await realPause(Math.max(0, leftMs) / pace.faster);
        leftMs = untilMs - pace.shopMs();
      } while (!isNow(leftMs));
    },
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

/**
 * The shop of the storm runs faster than real time: at forty times, its 150 seconds pass in less than four. Register, client and
 * JustiFi get their time as a parameter; none of them knows.
 */
export type ShopClock = Pick<Pace, 'faster' | 'shopMs' | 'runFreely'> & {
  /** The till has had its turn, and JustiFi. The end of the next one, for the till, whose clock so keeps up with this one. */
  readonly nextTurn: () => number;
  /** JustiFi's clock: epoch milliseconds, as fast as the shop's. */
  readonly justifiNow: () => number;
  /** When JustiFi's clock showed this, in real time. */
  readonly realTimeOf: (justifiMs: number) => number;
  /** The shop's time between two real ones. */
  readonly between: (fromMs: number, toMs: number) => number;
  readonly after: Timers['after'];
  readonly pause: ShopTime['pause'];
};

export function openShopClock(faster: number): ShopClock {
  const pace = openPaceOfTurns(faster, 0);
  const { timers, pause } = openShopTime(pace);
  const epochMs = Date.now() - pace.shopMs();
  return {
    faster,
    shopMs: pace.shopMs,
    nextTurn() {
      const untilMs = pace.shopMs() + TURN_LASTS_MS * faster;
      pace.turn(untilMs);
      return untilMs;
    },
    runFreely: pace.runFreely,
    justifiNow: () => epochMs + pace.shopMs(),
    realTimeOf: (justifiMs) => pace.realMsAt(justifiMs - epochMs),
    between: (fromMs, toMs) => pace.shopMsAt(toMs) - pace.shopMsAt(fromMs),
    after: timers.after,
    pause,
  };
}
