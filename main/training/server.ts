import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { REQUEST_TIMEOUTS, keepFewConnections } from '../network/few-connections.ts';
import { cardFieldPage } from './card-field-page.ts';
import { type TrainingAnswer, type TrainingRequest, answerOf } from './exchange.ts';
import type { TrainingJustifi } from './justifi.ts';
import { plaidPage } from './plaid-page.ts';
import { refuse } from './refusal.ts';
import { sezzleScript } from './sezzle-page.ts';

const LARGEST_BODY_BYTES = 64 * 1024;
/** A still longer body is not read to its end. */
const LONGEST_READ_BYTES = 16 * LARGEST_BODY_BYTES;
/** Longer than a cashier pauses between two sales, so that a sale rarely waits for a new connection. */
const KEEP_ALIVE_MS = 120_000;

export type TrainingServer = { readonly origin: string; readonly close: () => Promise<void> };

type TrainingServerOptions = {
  readonly host: '127.0.0.1';
  readonly port?: number;
  /** The origin of the checkout page: the only page that has business here. */
  readonly checkoutPage: string;
};

/**
 * Serves the training JustiFi on a loopback origin of its own: the API and the pages of the hosted card fields.
 *
 * @throws when the port is taken
 */
export async function startTrainingServer(justifi: Pick<TrainingJustifi, 'handle'>, { host, port, checkoutPage }: TrainingServerOptions): Promise<TrainingServer> {
  let own = '';
  const server = createServer({ ...REQUEST_TIMEOUTS, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void serve(justifi, { hosts: new Set([own]), checkoutPage }, request, response);
  });
  keepFewConnections(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port ?? 0, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The training server has no port');
  own = `${host}:${address.port}`;
  return {
    origin: `http://${own}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

/** The host names of the server, and the page that may call it; `http://localhost:*` is any page of this PC. */
type Visitors = { readonly hosts: ReadonlySet<string>; readonly checkoutPage: string };

async function serve(justifi: Pick<TrainingJustifi, 'handle'>, visitors: Visitors, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const read = await readRequest(request).catch(() => 'aborted' as const);
  if (read === 'aborted') {
    response.destroy();
    return;
  }
  if (read !== 'too-large' && isStranger(read, visitors)) {
    writeAnswer(response, { status: 403, headers: { connection: 'close' }, body: '' });
    return;
  }
  // A bug in here must look like one at JustiFi: an error after which the till asks again, never a decline.
  const answer = await answerRequest(justifi, visitors, read).catch(() => answerOf(refuse('internal_server_error')));
  writeAnswer(response, answer);
}

/**
 * SECURITY: a browser sends an Origin header with every request from another page. Main is no browser and sends none.
 * https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Sec-Fetch-Site
 */
function isStranger({ method, path, headers }: TrainingRequest, { hosts, checkoutPage }: Visitors): boolean {
  const { origin, referer } = headers;
  const fromPage = origin ?? (referer === undefined ? undefined : originOf(referer));
  const isBrowser = fromPage !== undefined || headers['sec-fetch-site'] !== undefined;
  if (!isBrowser) return false;
  // Only main asks for a token.
  if (path === '/oauth/token') return true;
  const isOurs = fromPage !== undefined && (isPage(fromPage, checkoutPage) || [...hosts].some((host) => fromPage === `http://${host}`));
  // The request for the frame of a card field does not name the page around it; the frame's own policy decides which page may frame it.
  return fromPage === undefined ? method !== 'GET' : !isOurs;
}

function originOf(referer: string): string {
  return URL.canParse(referer) ? new URL(referer).origin : 'null';
}

function isPage(origin: string, checkoutPage: string): boolean {
  return checkoutPage === 'http://localhost:*' ? /^http:\/\/localhost(:\d+)?$/.test(origin) : origin === checkoutPage;
}

/** Answers one request: card field pages, Plaid's, Sezzle's script, cross-origin permissions, and everything else by JustiFi itself. */
export async function answerRequest(justifi: Pick<TrainingJustifi, 'handle'>, { hosts, checkoutPage }: Visitors, request: TrainingRequest | 'too-large'): Promise<TrainingAnswer> {
  if (request === 'too-large') return answerOf(refuse('request_too_large'));
  // SECURITY: an exact Host keeps out a web site whose name was re-bound to 127.0.0.1.
  if (!hosts.has(request.headers.host ?? '')) return { status: 421, headers: {}, body: '' };
  const page = cardFieldPage(request.method, request.path, checkoutPage) ?? plaidPage(request.method, request.path, checkoutPage) ?? sezzleScript(request.method, request.path);
  if (page) return page;
  const permissions = crossOriginPermissions(request, checkoutPage);
  if (request.method === 'OPTIONS') return { status: 204, headers: permissions, body: '' };
  const answer = await justifi.handle(request);
  return { ...answer, headers: { ...answer.headers, ...permissions, 'cache-control': 'no-store' } };
}

/** SECURITY: the only page with business here is served on this PC: the checkout page. */
function crossOriginPermissions({ method, headers }: TrainingRequest, checkoutPage: string): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !isPage(origin, checkoutPage)) return { vary: 'Origin' };
  const allowed = { vary: 'Origin', 'access-control-allow-origin': origin };
  if (method !== 'OPTIONS') return allowed;
  return {
    ...allowed,
    'access-control-allow-methods': 'GET, POST, PATCH, DELETE',
    'access-control-allow-headers':
      'Authorization, Content-Type, Idempotency-Key, Justifi-Web-Component-Version, Sub-Account, Account',
    'access-control-max-age': '600',
  };
}

/** Reads a whole request off the wire. */
export async function readRequest(message: IncomingMessage): Promise<TrainingRequest | 'too-large'> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LONGEST_READ_BYTES) throw new Error('A request without an end');
    if (size <= LARGEST_BODY_BYTES) chunks.push(chunk);
  }
  if (size > LARGEST_BODY_BYTES) return 'too-large';
  const target = message.url ?? '/';
  const [path = '/'] = target.split('?', 1);
  return {
    method: message.method ?? 'GET',
    path,
    query: new URLSearchParams(target.slice(path.length + 1)),
    headers: Object.fromEntries(
      Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
    ),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

export function writeAnswer(response: ServerResponse, answer: TrainingAnswer): void {
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(answer.status === 204 ? {} : { 'content-length': String(body.length) }),
  });
  response.end(body);
}
