import { type IncomingMessage, type Server, createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Result, failed, ok } from '../../contract/result.ts';
import { REQUEST_TIMEOUTS } from './few-connections.ts';
import { type FindRoute, type Target, dialRoute, readTarget } from './route.ts';

/*
 * SECURITY: a Content-Security-Policy and a request filter do not see all of a page's ways to the network: WebRTC takes a TURN server of the
 * page's choice, and its user name is text (A-05). So the windows' sessions have no other way out than this proxy on loopback, which makes
 * tunnels to the listed hosts and to no other. It reads nothing: the traffic is TLS, from the browser to the host.
 */

/** Each form opens at most six to each of its hosts, and two forms may be open. */
const MOST_TUNNELS = 64;

type RefusingProxyParts = {
  /** Whether a page may reach this host over TLS. Called for each tunnel. */
  readonly mayReach: (host: string, port: number) => boolean;
  readonly findRoute: FindRoute;
  readonly log: (what: string, detail: Readonly<Record<string, string | number>>) => void;
};

export type RefusingProxy = { readonly port: number; close(): void };

/** Listens on loopback. Anything but a tunnel to an allowed host is answered with 403 and logged. */
export async function startRefusingProxy(parts: RefusingProxyParts): Promise<Result<RefusingProxy, { readonly kind: 'no-proxy'; readonly detail: string }>> {
  const tunnels = new Set<Duplex>();
  const server = createServer(REQUEST_TIMEOUTS, (request, response) => {
    parts.log('network.refused', { method: request.method ?? '', host: hostOf(request.headers.host ?? '') });
    response.writeHead(403, { 'Content-Length': 0, Connection: 'close' }).end();
  });
  server.on('connect', (request: IncomingMessage, fromPage: Duplex, head: Buffer) => {
    fromPage.on('error', () => fromPage.destroy());
    const target = readTarget(request.url ?? '');
    if (target === null || !parts.mayReach(target.host, target.port)) {
      parts.log('network.refused', { method: 'CONNECT', host: hostOf(request.url ?? '') });
      fromPage.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
      return;
    }
    tunnels.add(fromPage);
    fromPage.on('close', () => tunnels.delete(fromPage));
    const [oldest] = tunnels;
    if (tunnels.size > MOST_TUNNELS) oldest?.destroy();
    void join(fromPage, head, target, parts);
  });
  const port = await listen(server);
  if (port.kind === 'failed') return failed({ kind: 'no-proxy', detail: port.failure });
  return ok({
    port: port.value,
    close() {
      server.close();
      for (const tunnel of tunnels) tunnel.destroy();
    },
  });
}

/** The destination for the log, without any text that a page could put into it. */
function hostOf(authority: string): string {
  return readTarget(authority)?.host ?? 'unreadable';
}

async function join(fromPage: Duplex, head: Buffer, target: Target, { findRoute, log }: RefusingProxyParts): Promise<void> {
  const route = await findRoute(`https://${target.host}:${target.port}/`).catch(() => 'DIRECT');
  const dialled = await dialRoute(route, target);
  if (dialled.kind === 'failed') {
    log('network.unreachable', { host: target.host, route, code: dialled.failure });
    fromPage.end('HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n');
    return;
  }
  const toHost = dialled.value;
  if (fromPage.destroyed) return void toHost.destroy();
  toHost.on('error', () => fromPage.destroy()).on('close', () => fromPage.destroy());
  fromPage.on('close', () => toHost.destroy());
  fromPage.write('HTTP/1.1 200 Connection established\r\n\r\n');
  toHost.write(head);
  fromPage.pipe(toHost).pipe(fromPage);
}

function listen(server: Server): Promise<Result<number, string>> {
  return new Promise((resolve) => {
    server.once('error', (error: NodeJS.ErrnoException) => resolve(failed(error.code ?? error.message)));
    server.listen(0, '127.0.0.1', () => {
      const bound = server.address();
      resolve(bound !== null && typeof bound === 'object' ? ok(bound.port) : failed('no address'));
    });
  });
}
