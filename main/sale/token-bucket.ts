/** `burst` at once, and `perSecond` in the long run. */
export type Budget = { readonly burst: number; readonly perSecond: number };

export type TokenBucket = {
  /** False when the budget is used up; it fills again with time. */
  take(): boolean;
};

export function createTokenBucket({ burst, perSecond }: Budget, monotonicMs: () => number): TokenBucket {
  let tokens = burst;
  let filledAtMs = monotonicMs();
  return {
    take() {
      const nowMs = monotonicMs();
      tokens = Math.min(burst, tokens + ((nowMs - filledAtMs) / 1_000) * perSecond);
      filledAtMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
