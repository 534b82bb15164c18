/** Timers as a parameter, so that tests move time by hand. */
export type Timers = {
  /** Calls `then` once after `ms`; the returned function cancels it. */
  after(ms: number, then: () => void): () => void;
};

/** Time for several steps together. */
export type TimeBudget = {
  /** The value of `promise`, or `late` after `mostMs`, or sooner when the time is up. */
  spend<Value, Late>(mostMs: number, promise: Promise<Value>, late: Late): Promise<Value | Late>;
  /** Whole milliseconds: `AbortSignal.timeout()` takes no others. */
  leftMs(): number;
};

/** Each step counts as long as it took, and never longer than it was given: a PC that stood still meanwhile leaves the next step its time. */
export function createTimeBudget({ timers, monotonicMs }: { readonly timers: Timers; readonly monotonicMs: () => number }, ms: number): TimeBudget {
  let leftMs = ms;
  return {
    leftMs: () => leftMs,
    async spend(mostMs, promise, late) {
      const givenMs = Math.min(mostMs, leftMs);
      const sinceMs = monotonicMs();
      const value = await within(timers, givenMs, promise, late);
      leftMs -= Math.min(givenMs, Math.ceil(monotonicMs() - sinceMs));
      return value;
    },
  };
}

/** The value of `promise`, or `late` after `ms`. */
export async function within<Value, Late>(timers: Timers, ms: number, promise: Promise<Value>, late: Late): Promise<Value | Late> {
  let callOff = () => {};
  const timeout = new Promise<Late>((resolve) => {
    callOff = timers.after(ms, () => resolve(late));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    callOff();
  }
}
