import { readFileSync } from 'node:fs';
import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { join } from 'node:path';
import { REQUEST_TIMEOUTS, keepFewConnections } from '../network/few-connections.ts';
import { CHECKOUT_WAYS, WAY_PATHS } from './checkout-policy.ts';
import { PERMISSIONS_POLICY } from './permissions-policy.ts';
import { type Result, failed, ok } from '../../contract/result.ts';

/*
 * Plain http on loopback is used here, and only here: JustiFi's `origin_url` must be the http(s) domain on which its
 * component is rendered, and http://localhost is the one that JustiFi itself documents and tests. Nothing secret passes
 * through it: static files, the same for every sale.
 */

/** The first choice, so that JustiFi sees the same origin every day; when it is taken, any free port does. */
const PREFERRED_PORT = 47_615;
/** The page is loaded in one go; the next one comes with the next sale. */
const KEEP_ALIVE_MS = 5_000;
/** Read once, into memory: a file handle inside Electron's asar archive is not a real one. */
export const PAGE_FILES: Readonly<Record<string, { readonly name: string; readonly type: string }>> = {
  // The same page for each way to pay, under its own policy and inventory.
  ...Object.fromEntries(CHECKOUT_WAYS.map((way) => [WAY_PATHS[way], { name: 'index.html', type: 'text/html; charset=utf-8' }])),
  '/checkout/checkout.js': { name: 'checkout.js', type: 'text/javascript; charset=utf-8' },
  '/checkout/checkout.css': { name: 'checkout.css', type: 'text/css; charset=utf-8' },
};

/** Headers of each file, besides the policy. */
const PAGE_HEADERS = {
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Cache-Control': 'no-store',
} as const;

export function pageHeaders(path: string): Readonly<Record<string, string>> {
  // Otherwise Sezzle's window would lose its opener, by which it reports how it ended.
  return path === WAY_PATHS.sezzle ? { ...PAGE_HEADERS, 'Cross-Origin-Opener-Policy': 'same-origin-allow-popups' } : PAGE_HEADERS;
}

export type LocalOrigin = { readonly origin: string; close(): void };

type LocalOriginParts = {
  /** The built checkout page. */
  readonly folder: string;
  /** The present Content-Security-Policy of a path: training and JustiFi allow different hosts. */
  readonly policy: (path: string) => string;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
  readonly preferredPort?: number;
};

/**
 * Serves the checkout page on http://localhost. Bound to the loopback addresses only; to both of them where there is
 * IPv6, because a program with [::1] on our port would be "localhost" to a browser too.
 */
export async function serveLocalOrigin(parts: LocalOriginParts): Promise<Result<LocalOrigin, { readonly kind: 'no-local-origin'; readonly detail: string }>> {
  const files = new Map(Object.entries(PAGE_FILES).map(([path, { name, type }]) => [path, { type, body: readFileSync(join(parts.folder, name)) }]));
  let host = '';

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const file = files.get(request.url ?? '');
    const wrongHost = request.headers.host !== host;
    const wrongMethod = request.method !== 'GET' && request.method !== 'HEAD';
    if (wrongHost || wrongMethod || file === undefined) {
      // SECURITY: an exact Host keeps out a web page elsewhere whose name was re-bound to 127.0.0.1.
      parts.log('local-origin.refused', { method: request.method ?? '', status: wrongHost ? 421 : wrongMethod ? 405 : 404 });
      response.writeHead(wrongHost ? 421 : wrongMethod ? 405 : 404, { 'Content-Length': 0, Connection: 'close' }).end();
      return;
    }
    response.writeHead(200, {
      'Content-Type': file.type,
      'Content-Length': file.body.length,
      'Content-Security-Policy': parts.policy(request.url ?? ''),
      ...pageHeaders(request.url ?? ''),
    });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  }

  for (const port of [parts.preferredPort ?? PREFERRED_PORT, 0, 0, 0]) {
    // oxlint-disable-next-line no-await-in-loop -- the next port is tried only when this one is taken
    const servers = await listenOnLoopback(port, answer);
    if (servers.kind === 'failed') {
      parts.log('local-origin.port-taken', { port, detail: servers.failure });
      continue;
    }
    host = `localhost:${servers.value.port}`;
    return ok({ origin: `http://${host}`, close: () => servers.value.servers.forEach((server) => server.close()) });
  }
  return failed({ kind: 'no-local-origin', detail: 'no free port on loopback' });
}

type Listening = { readonly port: number; readonly servers: readonly Server[] };

async function listenOnLoopback(port: number, answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Result<Listening, string>> {
  const four = await listen('127.0.0.1', port, answer);
  if (four.kind === 'failed') return four;
  const six = await listen('::1', four.value.port, answer);
  if (six.kind === 'ok') return ok({ port: four.value.port, servers: [four.value.server, six.value.server] });
  // No IPv6 on this PC: then no other program has it either.
  if (six.failure === 'EADDRNOTAVAIL' || six.failure === 'EAFNOSUPPORT') return ok({ port: four.value.port, servers: [four.value.server] });
  four.value.server.close();
  return six;
}

function listen(
  address: string,
  port: number,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Result<{ readonly port: number; readonly server: Server }, string>> {
  return new Promise((resolve) => {
    const server = createServer({ ...REQUEST_TIMEOUTS, keepAliveTimeout: KEEP_ALIVE_MS }, answer);
    keepFewConnections(server);
    server.once('error', (error: NodeJS.ErrnoException) => resolve(failed(error.code ?? error.message)));
    server.listen(port, address, () => {
      const bound = server.address();
      resolve(bound !== null && typeof bound === 'object' ? ok({ port: bound.port, server }) : failed('no address'));
    });
  });
}
