import type { z } from 'zod';
import { parseJson } from '../../contract/json.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import type { AccessTokens } from './access-token.ts';
import { type HttpAnswer, type SendRequest, networkCode } from './connection.ts';
import type { JustifiFailure } from '../sale/justifi-failure.ts';
import { failureFromStatus } from './failure.ts';

type HttpMethod = 'GET' | 'POST' | 'PATCH' | 'DELETE';

export type ApiRequest<Answer> = {
  readonly method: HttpMethod;
  /** From the root of the API: "/v1/checkouts". */
  readonly path: string;
  readonly answer: z.ZodType<Answer>;
  readonly body?: unknown;
  readonly subAccountId?: string;
  /** Given: the request may be repeated after a network failure, a 409 or a 5xx, with this same key and these same parameters. */
  readonly idempotencyKey?: string;
  /** Never repeated, not even with its key: its outcome is read instead. */
  readonly isSentOnce?: true;
  readonly timeoutMs?: number;
};

export type JustifiApi = {
  send<Answer>(request: ApiRequest<Answer>): Promise<Result<Answer, JustifiFailure>>;
};

type ApiParts = {
  readonly baseUrl: string;
  readonly sendRequest: SendRequest;
  readonly accessTokens: AccessTokens;
  readonly pause: (ms: number) => Promise<void>;
};

const DEFAULT_TIMEOUT_MS = 10_000;
/** JustiFi's idempotency guide: repeat after a time-out, a 409 or a 5xx; any other 4xx would only be refused again. */
const REPEATS = 2;
const PAUSE_BEFORE_REPEAT_MS = 300;

/** JustiFi's API with an access token: every answer parsed, every failure one of the named ones, repeats only where they are safe. */
export function createApi(parts: ApiParts): JustifiApi {
  async function send<Answer>(request: ApiRequest<Answer>): Promise<Result<Answer, JustifiFailure>> {
    const repeatable = request.isSentOnce !== true && (request.method === 'GET' || request.idempotencyKey !== undefined);
    let tokenWasRenewed = false;
    for (let repeats = 0; ; ) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is the point
      const token = await parts.accessTokens.current();
      if (token.kind === 'failed') return token;
      // oxlint-disable-next-line no-await-in-loop
      const answer = await attempt(request, token.value);
      if (answer.kind === 'ok') return answer;
      if (answer.failure.kind === 'unauthorised' && !tokenWasRenewed) {
        // A token can be revoked before its time. Once: wrong credentials must not become a storm of requests.
        tokenWasRenewed = true;
        parts.accessTokens.refused(token.value);
        continue;
      }
      if (!repeatable || !mayPass(answer.failure) || repeats === REPEATS) return answer;
      repeats += 1;
      // oxlint-disable-next-line no-await-in-loop
      await parts.pause(PAUSE_BEFORE_REPEAT_MS * repeats);
    }
  }

  async function attempt<Answer>(request: ApiRequest<Answer>, token: string): Promise<Result<Answer, JustifiFailure>> {
    const answer = await exchange(parts.sendRequest, {
      url: parts.baseUrl + request.path,
      method: request.method,
      timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      headers: {
        Authorization: `Bearer ${token}`,
        ...(request.subAccountId === undefined ? {} : { 'Sub-Account': request.subAccountId }),
        ...(request.idempotencyKey === undefined ? {} : { 'Idempotency-Key': request.idempotencyKey }),
      },
      body: request.body,
    });
    return answer.kind === 'ok' ? parseAnswer(answer.value, request.answer) : answer;
  }

  return { send };
}

function mayPass(failure: JustifiFailure): boolean {
  return failure.kind === 'network' || failure.kind === 'conflict' || failure.kind === 'server';
}

/** One HTTP request. No answer is a `network` failure; an answer of any status is ok here. */
export async function exchange(
  sendRequest: SendRequest,
  request: {
    readonly url: string;
    readonly method: HttpMethod;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: unknown;
    readonly timeoutMs: number;
  },
): Promise<Result<HttpAnswer, JustifiFailure>> {
  const hasBody = request.body !== undefined;
  try {
    return ok(
      await sendRequest({
        url: request.url,
        method: request.method,
        timeoutMs: request.timeoutMs,
        headers: { Accept: 'application/json', ...(hasBody ? { 'Content-Type': 'application/json' } : {}), ...request.headers },
        body: hasBody ? JSON.stringify(request.body) : null,
      }),
    );
  } catch (error) {
    return failed({ kind: 'network', code: networkCode(error) });
  }
}

/** Reads an answer: a refusal by its status, a success by its schema; anything else is `unexpected`. A body that is not JSON comes from a proxy or is cut off, whatever the schema allows. */
export function parseAnswer<Answer>(answer: HttpAnswer, schema: z.ZodType<Answer>): Result<Answer, JustifiFailure> {
  const body = parseJson(answer.text);
  if (answer.status < 200 || answer.status > 299) return failed(failureFromStatus(answer.status, body, answer.retryAfter));
  const isJsonOrEmpty = body !== undefined || answer.text.trim() === '';
  const parsed = schema.safeParse(body);
  if (isJsonOrEmpty && parsed.success) return ok(parsed.data);
  const where = parsed.error?.issues[0]?.path.join('.') ?? '';
  return failed({ kind: 'unexpected', code: body === undefined ? 'not-json' : `shape:${where}`, status: answer.status });
}
