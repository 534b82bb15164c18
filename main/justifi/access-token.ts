import { type Result, failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** JustiFi's access tokens live 24 hours and cannot be refreshed; a new one well before that keeps a sale from meeting the end. */
const RENEW_AFTER_MS = 20 * 60 * 60 * 1000;

/** Where access tokens come from: the client credentials now, a shop's own token broker later. */
export type AccessTokenSource = () => Promise<Result<string, JustifiFailure>>;

export type AccessTokens = {
  /** A token that should work now. Callers at the same moment share one request. */
  current(): Promise<Result<string, JustifiFailure>>;
  /** JustiFi answered 401 to this token. Forgets it, unless a newer one has come meanwhile. */
  refused(token: string): void;
};

/** Keeps one access token, renewed by monotonic time: a wrong clock on the PC does not matter. */
export function keepAccessToken(fetchToken: AccessTokenSource, monotonicMs: () => number): AccessTokens {
  let held: { readonly token: string; readonly sinceMs: number } | null = null;
  let underWay: Promise<Result<string, JustifiFailure>> | null = null;

  async function renew(): Promise<Result<string, JustifiFailure>> {
    const askedAtMs = monotonicMs();
    const answer = await fetchToken();
    if (answer.kind === 'ok') held = { token: answer.value, sinceMs: askedAtMs };
    return answer.kind === 'ok' ? ok(answer.value) : failed(answer.failure);
  }

  return {
    async current() {
      if (held !== null && monotonicMs() - held.sinceMs < RENEW_AFTER_MS) return ok(held.token);
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
