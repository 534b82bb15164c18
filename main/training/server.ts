import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import { cardFieldPage } from './card-field-page.ts';
import { type TrainingAnswer, type TrainingRequest, answerOf } from './exchange.ts';
import type { TrainingJustifi } from './justifi.ts';
import { refuse } from './refusal.ts';

const LARGEST_BODY_BYTES = 64 * 1024;
/** Longer than a cashier pauses between two sales, so that a sale rarely waits for a new connection. */
const KEEP_ALIVE_MS = 120_000;

export type TrainingServer = { readonly origin: string; readonly close: () => Promise<void> };

/**
 * Serves the training JustiFi on a loopback origin of its own: the API and the pages of the hosted card fields.
 *
 * @throws when the port is taken
 */
export async function startTrainingServer(
  justifi: Pick<TrainingJustifi, 'handle'>,
  options: { readonly host: '127.0.0.1'; readonly port?: number },
): Promise<TrainingServer> {
  const hosts = new Set<string>();
  const server = createServer((request, response) => {
    void serve(justifi, hosts, request, response);
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, options.host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The training server has no port');
  const host = `${options.host}:${address.port}`;
  hosts.add(host);
  return {
    origin: `http://${host}`,
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}

async function serve(
  justifi: Pick<TrainingJustifi, 'handle'>,
  hosts: ReadonlySet<string>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const read = await readRequest(request).catch(() => 'aborted' as const);
  if (read === 'aborted') {
    response.destroy();
    return;
  }
  // A bug in here must look like one of JustiFi's: an error to check again after, never a decline.
  const answer = await answerRequest(justifi, hosts, read).catch(() => answerOf(refuse('internal_server_error')));
  writeAnswer(response, answer);
}

/** Answers one request: card field pages, cross-origin permissions, and everything else by JustiFi itself. */
export async function answerRequest(
  justifi: Pick<TrainingJustifi, 'handle'>,
  hosts: ReadonlySet<string>,
  request: TrainingRequest | 'too-large',
): Promise<TrainingAnswer> {
  if (request === 'too-large') return answerOf(refuse('request_too_large'));
  // SECURITY: an exact Host keeps out a web site whose name was re-bound to 127.0.0.1.
  if (!hosts.has(request.headers.host ?? '')) return { status: 421, headers: {}, body: '' };
  const page = cardFieldPage(request.method, request.path);
  if (page) return page;
  const permissions = crossOriginPermissions(request);
  if (request.method === 'OPTIONS') return { status: 204, headers: permissions, body: '' };
  const answer = await justifi.handle(request);
  return { ...answer, headers: { ...answer.headers, ...permissions, 'cache-control': 'no-store' } };
}

/** SECURITY: the only pages with business here are served on this PC, the checkout page above all. */
function crossOriginPermissions({ method, headers }: TrainingRequest): Readonly<Record<string, string>> {
  const { origin } = headers;
  if (origin === undefined || !/^http:\/\/localhost(:\d+)?$/.test(origin)) return { vary: 'Origin' };
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
