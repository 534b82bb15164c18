/** Real time in milliseconds, from a beginning that all processes of this PC share. No wall clock: theirs may be set meanwhile. */
export const realNow = (): number => Number(process.hrtime.bigint()) / 1e6;

/** How fast the shop's time passes. It never stands still, so that each moment of it is one of real time as well. */
export type Pace = {
  readonly faster: number;
  /** Milliseconds of the shop's time now. */
  readonly shopMs: () => number;
  /** The same at an earlier real time. */
  readonly shopMsAt: (realMs: number) => number;
  /** The real time at which it was so late in the shop. */
  readonly realMsAt: (shopMs: number) => number;
  /** The till and JustiFi have both had a turn: fast until then, in the shop's time. */
  readonly turn: (untilMs: number) => void;
  /** From now on without turns. */
  readonly runFreely: () => void;
};

/** So long after a turn the shop's time passes fast, in real time: at forty times, an answer that the PC delays comes some hundred milliseconds late. */
export const TURN_LASTS_MS = 10;
/** Between two turns, in real time. */
export const TURNS_EVERY_MS = 5;

type Stretch = { readonly realMs: number; readonly shopMs: number; readonly speed: number };

/** Always `faster` times real time. */
export const openFreePace = (faster: number): Pace => openPace(faster, performance.now() * faster, Number.POSITIVE_INFINITY, realNow);

/**
 * `faster` times real time, as long as the turns come in time. A till or a JustiFi that waits for a busy processor, or a disk, lets its turn wait as well: until
 * then the shop's time passes as slowly as real time, and those delays are not taken for JustiFi's.
 */
export const openPaceOfTurns = (faster: number, fromMs: number, now = realNow): Pace => openPace(faster, fromMs, TURN_LASTS_MS, now);

function openPace(faster: number, fromMs: number, turnLastsMs: number, now: () => number): Pace {
  const stretches: Stretch[] = [{ realMs: now(), shopMs: fromMs, speed: faster }];
  let fastUntilMs = stretches[0]!.realMs + turnLastsMs;

  const last = () => stretches.at(-1)!;

  /** The turn has not come until now. */
  function slowDown(realMs: number): void {
    if (realMs > fastUntilMs && last().speed !== 1) stretches.push({ realMs: fastUntilMs, shopMs: shopMsIn(last(), fastUntilMs), speed: 1 });
  }

  function speedUp(untilMs: number): void {
    const realMs = now();
    slowDown(realMs);
    if (untilMs <= shopMsIn(last(), realMs)) return;
    if (last().speed !== faster) stretches.push({ realMs, shopMs: shopMsIn(last(), realMs), speed: faster });
    fastUntilMs = Math.max(fastUntilMs, realMs + (untilMs - shopMsIn(last(), realMs)) / faster);
  }

  return {
    faster,
    shopMs() {
      const realMs = now();
      slowDown(realMs);
      return shopMsIn(last(), realMs);
    },
    shopMsAt(realMs) {
      slowDown(now());
      return shopMsIn(lastBefore(stretches, (stretch) => stretch.realMs <= realMs), realMs);
    },
    realMsAt(shopMs) {
      slowDown(now());
      const stretch = lastBefore(stretches, (one) => one.shopMs <= shopMs);
      return stretch.realMs + (shopMs - stretch.shopMs) / stretch.speed;
    },
    turn: speedUp,
    runFreely: () => speedUp(Number.POSITIVE_INFINITY),
  };
}

function shopMsIn({ realMs: from, shopMs, speed }: Stretch, realMs: number): number {
  return shopMs + (realMs - from) * speed;
}

/** They are in order, and there may be thousands. The first one when none has begun. */
function lastBefore(stretches: readonly Stretch[], hasBegun: (stretch: Stretch) => boolean): Stretch {
  let low = 0;
  for (let high = stretches.length - 1; low < high; ) {
    const middle = Math.ceil((low + high) / 2);
    if (hasBegun(stretches[middle]!)) low = middle;
    else high = middle - 1;
  }
  return stretches[low]!;
}
