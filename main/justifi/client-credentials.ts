import { z } from 'zod';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { AccessToken, AccessTokenSource } from './access-token.ts';
import { exchange, parseAnswer } from './api.ts';
import type { SendRequest } from './connection.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';

/** These decide between test and live, not the host. They never leave the main process. */
type ClientCredentials = { readonly clientId: string; readonly clientSecret: string };

const TIMEOUT_MS = 10_000;
/** JustiFi documents only the token; its own tools expect OAuth's `expires_in`, in seconds. */
const tokenAnswer = z.object({ access_token: z.string().min(1), expires_in: z.number().positive().nullish() });

/** Access tokens from the shop's own client id and secret: POST /oauth/token, whose answer is not enveloped. */
export function clientCredentialsSource(baseUrl: string, credentials: ClientCredentials, sendRequest: SendRequest): AccessTokenSource {
  return async (): Promise<Result<AccessToken, JustifiFailure>> => {
    const answer = await exchange(sendRequest, {
      url: `${baseUrl}/oauth/token`,
      method: 'POST',
      headers: {},
      timeoutMs: TIMEOUT_MS,
      body: { client_id: credentials.clientId, client_secret: credentials.clientSecret },
    });
    if (answer.kind === 'failed') return answer;
    const parsed = parseAnswer(answer.value, tokenAnswer);
    if (parsed.kind === 'ok') {
      const { access_token: token, expires_in: seconds } = parsed.value;
      return ok({ token, livesMs: seconds === undefined || seconds === null ? null : seconds * 1000 });
    }
    // JustiFi does not document how it refuses wrong credentials; its own SDKs have seen 401, 403 and 404.
    const { failure } = parsed;
    const refused = failure.kind !== 'unexpected' && 'status' in failure && [400, 401, 403, 404, 422].includes(failure.status);
    return refused ? failed({ kind: 'unauthorised', code: failure.code, status: failure.status }) : parsed;
  };
}
