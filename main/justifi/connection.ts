import type { Agent, Response, fetch as fetchOfUndici } from 'undici';
import { type ConnectionFailure, connectionFailure } from '../../contract/connection-failure.ts';
import { type SystemNetwork, PLAIN_NETWORK } from '../network/system-network.ts';

/** Sends one request; resolves with the answer and its text. Rejects when there was none. */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>;
type HttpRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
};
/** `retryAfter`: the header as received: seconds or a date. `date`: the server's clock, as received. */
export type HttpAnswer = { readonly status: number; readonly text: string; readonly retryAfter?: string | null; readonly date?: string | null };

/** No answer of JustiFi's is longer than this, compressed or not. */
const LONGEST_ANSWER_BYTES = 4_000_000;

export type Connections = { readonly send: SendRequest; close(): Promise<void> };

/**
 * Connections that stay open between sales, so that Charge pays one round trip and no handshake.
 * Node's built-in fetch closes idle ones after four seconds, and a counter is often idle longer than that.
 */
export function openConnections(network: SystemNetwork = PLAIN_NETWORK): Connections {
  let opened: Promise<Line> | null = null;
  return {
    async send({ url, method, headers, body, timeoutMs }) {
      const { undiciFetch, agent } = await (opened ??= openLine(network));
      // `redirect: error`: a bearer token must never follow a redirect.
      const response = await undiciFetch(url, { method, headers, body, redirect: 'error', dispatcher: agent, signal: AbortSignal.timeout(Math.ceil(timeoutMs)) });
      return { status: response.status, text: await readBounded(response), retryAfter: response.headers.get('retry-after'), date: response.headers.get('date') };
    },
    close: async () => (await opened)?.agent.destroy(),
  };
}

type Line = { readonly undiciFetch: typeof fetchOfUndici; readonly agent: Agent };

/** Loaded at the first request: the till's window does not wait for it. */
async function openLine(network: SystemNetwork): Promise<Line> {
  const [{ Agent, fetch: undiciFetch }, { systemConnector }] = await Promise.all([import('undici'), import('../network/system-connector.ts')]);
  return { undiciFetch, agent: new Agent({ keepAliveTimeout: 120_000, keepAliveMaxTimeout: 600_000, connect: systemConnector(network) }) };
}

/** SECURITY: bytes are counted while they are read and decompressed. '' for an answer that is too long, or compressed more than once. */
async function readBounded({ headers, body }: Response): Promise<string> {
  if (body === null) return '';
  if ((headers.get('content-encoding') ?? '').includes(',')) {
    await body.cancel();
    return '';
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of body) {
    length += part.length;
    // Leaving the loop closes the connection.
    if (length > LONGEST_ANSWER_BYTES) return '';
    parts.push(part);
  }
  return new TextDecoder().decode(Buffer.concat(parts));
}

/**
 * The same, and `tell` is called for each request to JustiFi: why there was no answer; null: there was one. Requests to a
 * token broker don't count.
 */
export function tellAnswers(send: SendRequest, justifiUrl: string, tell: (failure: ConnectionFailure | null) => void): SendRequest {
  const { origin } = new URL(justifiUrl);
  return async (request) => {
    if (new URL(request.url).origin !== origin) return send(request);
    try {
      const answer = await send(request);
      tell(null);
      return answer;
    } catch (error) {
      tell(connectionFailure(networkCode(error)));
      throw error;
    }
  };
}

const PROBE_WITHIN_MS = 2_500;

/** Why no answer comes from there; null: one does. */
export async function probe(send: SendRequest, baseUrl: string): Promise<ConnectionFailure | null> {
  try {
    await send({ url: `${baseUrl}/`, method: 'GET', headers: {}, body: null, timeoutMs: PROBE_WITHIN_MS });
    return null;
  } catch (error) {
    return connectionFailure(networkCode(error));
  }
}

/** "ECONNREFUSED", "TimeoutError": the network failure in one word, for the log. */
export function networkCode(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  // undici has no code for it. The network of a hotel or a café answers so before one has signed in.
  if (cause.message === 'unexpected redirect') return 'redirect-refused';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}
