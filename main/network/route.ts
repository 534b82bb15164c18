import { type Socket, connect } from 'node:net';
import { type Result, failed, ok } from '../../contract/result.ts';

/** How the operating system would reach an address, in Chromium's format: "DIRECT", "PROXY proxy.shop:3128; DIRECT". */
export type FindRoute = (url: string) => Promise<string>;
export const directly: FindRoute = async () => 'DIRECT';

export type Target = { readonly host: string; readonly port: number };

/** Time limit of one connection, for the answer of the host or of the network's proxy. */
const CONNECT_WITHIN_MS = 10_000;
const LONGEST_PROXY_ANSWER = 16 * 1024;
/** The same as Chromium's (net/socket/tcp_socket.cc): a router drops an idle connection after some minutes without telling either side. */
const KEEP_ALIVE_MS = 45_000;

/** "host:port"; names and IPv4 addresses only. */
export function readTarget(authority: string): Target | null {
  const parts = /^(?<host>[a-z0-9.-]{1,253}):(?<port>\d{1,5})$/iu.exec(authority)?.groups;
  return parts === undefined ? null : { host: parts['host']!.toLowerCase(), port: Number(parts['port']) };
}

/**
 * Connects to the target by the first entry of the route that works. The failure is the last one's code: the system's, or
 * `proxy-unreachable`, `proxy-refused-407` (its status), `proxy-unreadable`, `proxy-kind-socks5` (docs/operator.md says which kinds are taken).
 */
export async function dialRoute(route: string, target: Target): Promise<Result<Socket, string>> {
  let last: Result<Socket, string> = failed('no-route');
  for (const way of route.split(';').map((each) => each.trim().split(/\s+/u))) {
    // oxlint-disable-next-line no-await-in-loop -- the next entry is tried only when this one fails
    last = await dialWay(way, target);
    if (last.kind === 'ok') return last;
  }
  return last;
}

async function dialWay([kind = '', address = '']: readonly string[], target: Target): Promise<Result<Socket, string>> {
  const name = kind.toLowerCase();
  if (name === 'direct') return dial(target);
  const proxy = name === 'proxy' ? readTarget(address) : null;
  if (proxy === null) return failed(`proxy-kind-${name}`);
  const reached = await dial(proxy);
  return reached.kind === 'ok' ? askProxy(reached.value, target) : failed('proxy-unreachable');
}

function dial({ host, port }: Target): Promise<Result<Socket, string>> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, autoSelectFamily: true });
    const giveUp = (code: string) => {
      socket.destroy();
      resolve(failed(code));
    };
    const onError = (error: NodeJS.ErrnoException) => giveUp(error.code ?? error.name);
    socket.setTimeout(CONNECT_WITHIN_MS, () => giveUp('ETIMEDOUT'));
    socket.once('error', onError);
    socket.once('connect', () => {
      socket.removeAllListeners('timeout').setTimeout(0).off('error', onError);
      // No Nagle delay: each of TLS's small pieces would wait for the answer to the one before.
      socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
      resolve(ok(socket));
    });
  });
}

/** Asks the network's proxy for a tunnel. */
function askProxy(socket: Socket, { host, port }: Target): Promise<Result<Socket, string>> {
  return new Promise((resolve) => {
    let answer = Buffer.alloc(0);
    const giveUp = (code: string) => {
      socket.destroy();
      resolve(failed(code));
    };
    const onGone = () => giveUp('proxy-unreachable');
    const onTimeout = () => giveUp('proxy-unreachable');
    function read(part: Buffer): void {
      answer = Buffer.concat([answer, part]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0 && answer.length < LONGEST_PROXY_ANSWER) return;
      socket.off('data', read).off('error', onGone).off('close', onGone).off('timeout', onTimeout).pause().setTimeout(0);
      const status = /^HTTP\/1\.[01] (?<status>\d{3})\b/u.exec(answer.toString('latin1'))?.groups?.['status'];
      if (end < 0 || status === undefined) return giveUp('proxy-unreadable');
      if (!status.startsWith('2')) return giveUp(`proxy-refused-${status}`);
      socket.unshift(answer.subarray(end + 4));
      resolve(ok(socket));
    }
    socket.setTimeout(CONNECT_WITHIN_MS).once('timeout', onTimeout);
    socket.on('data', read).once('error', onGone).once('close', onGone);
    socket.write(`CONNECT ${host}:${port} HTTP/1.1\r\nHost: ${host}:${port}\r\n\r\n`);
  });
}
