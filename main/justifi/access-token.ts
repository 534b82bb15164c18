import { type Result, disregard, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

const HOUR_MS = 60 * 60_000;
/** Lifetime of JustiFi's access tokens when the answer has none; they cannot be refreshed. */
const USUAL_LIFE_MS = 24 * HOUR_MS;
/** Shorter lifetimes are raised to this: otherwise every request would fetch a token. */
const SHORTEST_LIFE_MS = 30_000;
/** A renewal that failed is tried again, but not with every request. */
const RENEW_AGAIN_AFTER_MS = 60_000;

/** `livesMs` from now; null: not stated. */
export type AccessToken = { readonly token: string; readonly livesMs: number | null };

/** Where access tokens come from: the shop's own client credentials, or its token broker. */
export type AccessTokenSource = () => Promise<Result<AccessToken, JustifiFailure>>;

export type AccessTokens = {
  /** A token that should work now. Callers at the same moment share one request. */
  current(): Promise<Result<string, JustifiFailure>>;
  /** JustiFi answered 401 to this token. Forgets it, unless a newer one has replaced it. */
  refused(token: string): void;
};

/**
 * Keeps one access token, and renews it after five sixths of its life, so that it does not expire during a sale. While a renewal
 * fails or hangs, the old token is used until it expires; only then does a request wait. By monotonic time: a wrong clock on the PC
 * does not matter.
 */
export function createAccessTokens(fetchToken: AccessTokenSource, monotonicMs: () => number): AccessTokens {
  let held: HeldToken | null = null;
  let underWay: Promise<Result<string, JustifiFailure>> | null = null;

  async function fetchAnother(): Promise<Result<string, JustifiFailure>> {
    const askedAtMs = monotonicMs();
    const answer = await fetchToken();
    if (answer.kind === 'failed') return answer;
    const { token, livesMs } = answer.value;
    const lifeMs = Math.min(Math.max(livesMs ?? USUAL_LIFE_MS, SHORTEST_LIFE_MS), USUAL_LIFE_MS);
    held = { token, renewAtMs: askedAtMs + (lifeMs * 5) / 6, endsAtMs: askedAtMs + lifeMs };
    return ok(token);
  }

  function renew(): Promise<Result<string, JustifiFailure>> {
    underWay ??= fetchAnother().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  return {
    async current() {
      const good = held;
      const nowMs = monotonicMs();
      if (good === null || nowMs >= good.endsAtMs) return renew();
      if (nowMs >= good.renewAtMs) {
        held = { ...good, renewAtMs: nowMs + RENEW_AGAIN_AFTER_MS };
        disregard(renew(), 'the good token is used on, and it is tried again');
      }
      return ok(good.token);
    },
    refused(token) {
      if (held?.token === token) held = null;
    },
  };
}

type HeldToken = { readonly token: string; readonly renewAtMs: number; readonly endsAtMs: number };
