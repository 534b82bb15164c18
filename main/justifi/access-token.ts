import { type Result, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

const HOUR_MS = 60 * 60_000;
/** What JustiFi's access tokens live, where nobody says; none can be refreshed. */
const USUAL_LIFE_MS = 24 * HOUR_MS;
/** No life is shorter: a token that was said to be over already would be asked for before every request. */
const SHORTEST_LIFE_MS = 30_000;

/** `livesMs` from now; null where nobody said. */
export type AccessToken = { readonly token: string; readonly livesMs: number | null };

/** Where access tokens come from: the shop's own client credentials, or its token broker. */
export type AccessTokenSource = () => Promise<Result<AccessToken, JustifiFailure>>;

export type AccessTokens = {
  /** A token that should work now. Callers at the same moment share one request. */
  current(): Promise<Result<string, JustifiFailure>>;
  /** JustiFi answered 401 to this token. Forgets it, unless a newer one has come meanwhile. */
  refused(token: string): void;
};

/**
 * Keeps one access token, and renews it after five sixths of its life, so that a sale does not meet its end. By monotonic time:
 * a wrong clock on the PC does not matter.
 */
export function keepAccessToken(fetchToken: AccessTokenSource, monotonicMs: () => number): AccessTokens {
  let held: { readonly token: string; readonly sinceMs: number; readonly renewAfterMs: number } | null = null;
  let underWay: Promise<Result<string, JustifiFailure>> | null = null;

  async function renew(): Promise<Result<string, JustifiFailure>> {
    const askedAtMs = monotonicMs();
    const answer = await fetchToken();
    if (answer.kind === 'failed') return answer;
    const { token, livesMs } = answer.value;
    const lifeMs = Math.min(Math.max(livesMs ?? USUAL_LIFE_MS, SHORTEST_LIFE_MS), USUAL_LIFE_MS);
    held = { token, sinceMs: askedAtMs, renewAfterMs: (lifeMs * 5) / 6 };
    return ok(token);
  }

  return {
    async current() {
      if (held !== null && monotonicMs() - held.sinceMs < held.renewAfterMs) return ok(held.token);
      underWay ??= renew().finally(() => {
        underWay = null;
      });
      return underWay;
    },
    refused(token) {
      if (held?.token === token) held = null;
    },
  };
}
