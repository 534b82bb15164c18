import type { SendRequest } from './connection.ts';

/** JustiFi's clock, by the `Date` header of its answers. It goes on by monotonic time, so that it cannot be set at this PC. */
export type JustifiClock = {
  /** Milliseconds since 1970, UTC; null: no answer had its date yet. After the PC slept it may be behind until the next answer. */
  nowMs(): number | null;
  /** The same requests, each answer of JustiFi's noted. */
  noting(send: SendRequest, justifiUrl: string): SendRequest;
};

export function createJustifiClock(monotonicMs: () => number): JustifiClock {
  let last: { readonly dateMs: number; readonly atMs: number } | null = null;
  return {
    nowMs: () => (last === null ? null : last.dateMs + (monotonicMs() - last.atMs)),
    noting(send, justifiUrl) {
      const { origin } = new URL(justifiUrl);
      return async (request) => {
        const answer = await send(request);
        const dateMs = Date.parse(answer.date ?? '');
        if (!Number.isNaN(dateMs) && new URL(request.url).origin === origin) last = { dateMs, atMs: monotonicMs() };
        return answer;
      };
    },
  };
}
