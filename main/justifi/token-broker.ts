import { createHash, createHmac } from 'node:crypto';
import { z } from 'zod';
import { failed, ok } from '../../contract/result.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import type { AccessTokenSource } from './access-token.ts';
import { exchange, parseAnswer } from './api.ts';
import type { SendRequest } from './connection.ts';

/** `url` is https (contract/broker-url.ts). The key signs and never travels. */
type BrokerAccess = { readonly url: string; readonly registerId: string; readonly key: string };

type BrokerEffects = {
  readonly sendRequest: SendRequest;
  /** Wall clock, ISO 8601. The broker refuses requests older than a few minutes. */
  readonly utcNow: () => string;
  /** Never the same twice: the broker refuses a request that it has seen. */
  readonly newNonce: () => string;
};

const TIMEOUT_MS = 10_000;
const brokerAnswer = z.object({ access_token: z.string().min(1).max(10_000), expires_in: z.number().positive().nullish() });

/** The signed text, one a line: the version, the time, the method, the path with its query, and the hash of the body. */
export function signedText({ at, path, body }: { readonly at: string; readonly path: string; readonly body: string }): string {
  return ['v1', at, 'POST', path, createHash('sha256').update(body).digest('hex')].join('\n');
}

export function signatureOf(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Access tokens from the shop's own token broker (docs/token-broker.md): the client secret stays in its back office. */
export function tokenBrokerSource({ url, registerId, key }: BrokerAccess, { sendRequest, utcNow, newNonce }: BrokerEffects): AccessTokenSource {
  return async () => {
    const at = utcNow();
    const body = { register_id: registerId, nonce: newNonce() };
    const { pathname, search } = new URL(url);
    const signature = signatureOf(key, signedText({ at, path: pathname + search, body: JSON.stringify(body) }));
    const answer = await exchange(sendRequest, { url, method: 'POST', headers: { 'Counter-Timestamp': at, 'Counter-Signature': `v1=${signature}` }, timeoutMs: TIMEOUT_MS, body });
    if (answer.kind === 'failed') return failed({ ...answer.failure, code: `broker-${answer.failure.code}` });
    const parsed = parseAnswer(answer.value, brokerAnswer);
    if (parsed.kind === 'failed') return failed(brokerFailure(parsed.failure));
    const { access_token: token, expires_in: seconds } = parsed.value;
    return ok({ token, livesMs: seconds === undefined || seconds === null ? null : seconds * 1000 });
  };
}

/** Only the status decides; the broker's reason goes into the log. */
function brokerFailure(failure: JustifiFailure): JustifiFailure {
  const code = `broker-${failure.code}`;
  if ('status' in failure && [400, 401, 403, 404, 409, 422].includes(failure.status)) return { kind: 'unauthorised', code, status: failure.status };
  return { ...failure, code };
}
