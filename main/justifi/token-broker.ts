import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { failed, ok } from '../../contract/result.ts';
import type { AccessTokenSource } from './access-token.ts';
import { exchange, parseAnswer } from './api.ts';
import type { SendRequest } from './connection.ts';

/** `url` is https. The key signs and never travels. */
export type BrokerAccess = { readonly url: string; readonly registerId: string; readonly key: string };

const TIMEOUT_MS = 10_000;
const brokerAnswer = z.object({ access_token: z.string().min(1).max(10_000) });

/** Access tokens from the shop's own token broker (docs/token-broker.md): the client secret stays in the back office. */
export function tokenBrokerSource({ url, registerId, key }: BrokerAccess, sendRequest: SendRequest): AccessTokenSource {
  return async () => {
    const body = { register_id: registerId, nonce: randomUUID(), at: new Date().toISOString() };
    const signature = createHmac('sha256', key).update(JSON.stringify(body)).digest('hex');
    const answer = await exchange(sendRequest, { url, method: 'POST', headers: { 'Counter-Signature': `v1=${signature}` }, timeoutMs: TIMEOUT_MS, body });
    if (answer.kind === 'failed') return answer;
    const parsed = parseAnswer(answer.value, brokerAnswer);
    return parsed.kind === 'ok' ? ok(parsed.value.access_token) : failed(parsed.failure);
  };
}
