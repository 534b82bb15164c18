import { Agent, fetch as undiciFetch } from 'undici';

/** What the client needs of the network: one request, one answer with its text. Rejects when there was none. */
export type SendRequest = (request: HttpRequest) => Promise<HttpAnswer>;
export type HttpRequest = {
  readonly url: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
};
export type HttpAnswer = { readonly status: number; readonly text: string };

/** An answer longer than this is not one of JustiFi's. */
const LONGEST_ANSWER_CHARACTERS = 2_000_000;

/**
 * Connections that stay open between sales, so that Charge pays one round trip and no handshake.
 * Node's built-in fetch closes idle ones after four seconds, and a counter is often idle longer than that.
 */
export function openConnections(): { readonly send: SendRequest; close(): Promise<void> } {
  // SECURITY: said aloud, because otherwise NODE_TLS_REJECT_UNAUTHORIZED in somebody's environment would decide.
  const agent = new Agent({ keepAliveTimeout: 120_000, keepAliveMaxTimeout: 600_000, connect: { timeout: 8_000, rejectUnauthorized: true } });
  return {
    async send({ url, method, headers, body, timeoutMs }) {
      // `redirect: error`: a bearer token must never follow a redirect.
      const response = await undiciFetch(url, { method, headers, body, redirect: 'error', dispatcher: agent, signal: AbortSignal.timeout(timeoutMs) });
      const text = await response.text();
      return { status: response.status, text: text.slice(0, LONGEST_ANSWER_CHARACTERS) };
    },
    close: () => agent.destroy(),
  };
}

/** The same, and `tell` hears of each request whether it was answered at all, whatever the answer. */
export function tellAnswers(send: SendRequest, tell: (answered: boolean) => void): SendRequest {
  return async (request) => {
    try {
      const answer = await send(request);
      tell(true);
      return answer;
    } catch (error) {
      tell(false);
      throw error;
    }
  };
}

const PROBE_WITHIN_MS = 2_500;

/** Does anything answer there? */
export async function isAnswering(send: SendRequest, baseUrl: string): Promise<boolean> {
  try {
    await send({ url: `${baseUrl}/`, method: 'GET', headers: {}, body: null, timeoutMs: PROBE_WITHIN_MS });
    return true;
  } catch {
    return false;
  }
}
