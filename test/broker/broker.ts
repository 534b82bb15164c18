import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { selfSignedCertificate } from '../justifi/certificate.ts';

/*
 * A token broker as a shop's back office would write one from docs/token-broker.md. It shares no code with Counter: what is
 * checked here is what the document says.
 */

const WINDOW_MS = 5 * 60_000;

export type ShopsBroker = {
  /** For `--provision`, the set-up screen, and NODE_EXTRA_CA_CERTS. */
  readonly url: string;
  readonly authority: string;
  /** The requests as received. */
  readonly requests: readonly { readonly headers: IncomingMessage['headers']; readonly body: string }[];
  /** Its answer from now on; null: the right one. */
  answerWith(answer: { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string } | 'nothing' | null): void;
  revoke(registerId: string): void;
  close(): Promise<void>;
};

export type ShopsBrokerOptions = {
  /** Register id → its key. `any`: every register with this key. */
  readonly keys: ReadonlyMap<string, string>;
  /** Fetches a fresh access token with the shop's client secret. */
  readonly fetchToken: () => Promise<{ readonly access_token: string; readonly expires_in: number }>;
  readonly now?: () => number;
};

export async function startBroker({ keys, fetchToken, now = Date.now }: ShopsBrokerOptions): Promise<ShopsBroker> {
  const certificate = selfSignedCertificate(['localhost']);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate');
  const known = new Map(keys);
  const nonces = new Map<string, number>();
  const requests: { headers: IncomingMessage['headers']; body: string }[] = [];
  let instead: Parameters<ShopsBroker['answerWith']>[0] = null;

  async function answer(request: IncomingMessage, body: string): Promise<{ status: number; body: object }> {
    const refuse = (status: number, code: string) => ({ status, body: { error: { code, message: code } } });
    const at = String(request.headers['counter-timestamp'] ?? '');
    const age = Math.abs(now() - Date.parse(at));
    if (!(age <= WINDOW_MS)) return refuse(401, 'clock');
    const asked = parse(body);
    const key = asked === null ? undefined : (known.get(asked.register_id) ?? known.get('any'));
    if (asked === null || key === undefined) return refuse(403, 'unknown_register');
    const hash = createHash('sha256').update(body).digest('hex');
    const expected = `v1=${createHmac('sha256', key).update(`v1\n${at}\nPOST\n${request.url ?? '/'}\n${hash}`).digest('hex')}`;
    if (!isSame(expected, String(request.headers['counter-signature'] ?? ''))) return refuse(401, 'signature');
    for (const [nonce, until] of nonces) if (until < now()) nonces.delete(nonce);
    if (nonces.has(asked.nonce)) return refuse(409, 'replayed');
    nonces.set(asked.nonce, now() + 2 * WINDOW_MS);
    return { status: 200, body: await fetchToken() };
  }

  const server = createServer(certificate, (request, response) => {
    void text(request).then(async (body) => {
      requests.push({ headers: request.headers, body });
      if (instead === 'nothing') return;
      if (instead !== null) {
        response.writeHead(instead.status, instead.headers).end(instead.body);
        return;
      }
      const { status, body: answered } = await answer(request, body);
      response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(answered));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the broker has no port');
  return {
    url: `https://127.0.0.1:${address.port}/counter/token?shop=1`,
    authority: certificate.cert,
    requests,
    answerWith(next) {
      instead = next;
    },
    revoke: (registerId) => void known.delete(registerId),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function parse(body: string): { readonly register_id: string; readonly nonce: string } | null {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null || !('register_id' in value) || !('nonce' in value)) return null;
    const { register_id: registerId, nonce } = value;
    return typeof registerId === 'string' && typeof nonce === 'string' && nonce.length <= 100 ? { register_id: registerId, nonce } : null;
  } catch {
    return null;
  }
}

function isSame(left: string, right: string): boolean {
  const digest = (value: string) => createHash('sha256').update(value).digest();
  return timingSafeEqual(digest(left), digest(right));
}
