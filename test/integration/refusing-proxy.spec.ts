import { type AddressInfo, type Server, Socket, connect, createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RefusingProxy, startRefusingProxy } from '../../main/network/refusing-proxy.ts';

/* A-05: the only way out of the windows' sessions, with raw requests of a browser or a page. */

const servers: Server[] = [];
let proxy: RefusingProxy;
let route: string;
let asked: string[];
let logged: { readonly what: string; readonly host: unknown }[];

async function serve(answer: (socket: Socket) => void): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    answer(socket);
  });
  servers.push(server);
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Sends this to the proxy, and returns the answer up to its end or to `until`. */
function say(text: string, until?: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(proxy.port, '127.0.0.1', () => socket.write(text));
    let heard = '';
    socket.setEncoding('latin1').on('data', (part: string) => {
      heard += part;
      if (until !== undefined && heard.includes(until)) socket.destroy();
    });
    socket.on('error', () => {}).on('close', () => resolve(heard));
  });
}
const tunnel = (authority: string, first = '') => `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n${first}`;
const echo = () =>
  serve((socket) => {
    socket.write('hello, ');
    socket.pipe(socket);
  });

let reachable: ReadonlySet<string>;
beforeEach(async () => {
  [route, asked, logged, reachable] = ['DIRECT', [], [], new Set()];
  const started = await startRefusingProxy({
    mayReach: (host, port) => reachable.has(`${host}:${port}`),
    async findRoute(url) {
      asked.push(url);
      return route;
    },
    log: (what, { host }) => logged.push({ what, host }),
  });
  if (started.kind === 'failed') throw new Error(started.failure.detail);
  proxy = started.value;
});
afterEach(() => {
  proxy.close();
  for (const server of servers.splice(0)) server.close();
});

describe('A-05: the refusing proxy', () => {
  test('makes a tunnel to a listed host, and passes on what is said', async () => {
    const port = await echo();
    reachable = new Set([`localhost:${port}`]);
    expect(await say(tunnel(`LOCALHOST:${port}`, 'who is there?'), 'there?')).toBe('HTTP/1.1 200 Connection established\r\n\r\nhello, who is there?');
    expect(asked).toEqual([`https://localhost:${port}/`]);
    expect(logged).toEqual([]);
  });

  test('delays no small piece of TLS, and keeps a quiet connection alive, as Chromium does with its own', async () => {
    const port = await echo();
    reachable = new Set([`localhost:${port}`]);
    const told: string[] = [];
    const { setNoDelay, setKeepAlive } = Socket.prototype;
    vi.spyOn(Socket.prototype, 'setNoDelay').mockImplementation(function tell(this: Socket, isOn) {
      if (this.remotePort === port) told.push(`no delay ${isOn}`);
      return setNoDelay.call(this, isOn);
    });
    vi.spyOn(Socket.prototype, 'setKeepAlive').mockImplementation(function tell(this: Socket, isOn, ms) {
      if (this.remotePort === port) told.push(`alive ${isOn} ${ms}`);
      return setKeepAlive.call(this, isOn, ms);
    });
    await say(tunnel(`localhost:${port}`, 'who?'), 'who?');
    vi.restoreAllMocks();
    expect(told).toEqual(['no delay true', 'alive true 45000']);
  });

  test('makes none to any other host, port or address, and sends it no byte', async () => {
    let connections = 0;
    const port = await serve(() => (connections += 1));
    reachable = new Set([`localhost:${port + 1}`, 'listed.example:443']);
    for (const authority of [`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`, `localhost.:${port}`, `user:text@localhost:${port}`, 'listed.example:80', 'listed.example', '']) expect(await say(tunnel(authority)), authority).toMatch(/^HTTP\/1\.1 4\d\d/u);
    expect(connections).toBe(0);
    expect(asked).toEqual([]);
    expect(logged.length).toBeGreaterThanOrEqual(6);
    // The page's own text is not in the log.
    expect(JSON.stringify(logged)).not.toContain('text');
  });

  test('asks for nothing itself: no page of http, not even of a listed host', async () => {
    let connections = 0;
    const port = await serve(() => (connections += 1));
    reachable = new Set([`localhost:${port}`]);
    expect(await say(`GET http://localhost:${port}/?text HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 403/u);
    expect(connections).toBe(0);
    expect(logged).toEqual([{ what: 'network.refused', host: 'localhost' }]);
  });

  test('goes through the system’s own proxy where there is one, and the next way where one leads nowhere', async () => {
    const heard: string[] = [];
    const port = await serve((socket) => {
      socket.once('data', (part) => {
        heard.push(part.toString());
        socket.write('HTTP/1.1 200 OK\r\nVia: shop\r\n\r\nfrom afar');
      });
    });
    const refusing = await serve((socket) => void socket.once('data', () => socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n')));
    reachable = new Set(['listed.example:443']);
    route = `SOCKS5 localhost:${port}; PROXY localhost:${refusing}; PROXY localhost:${port}; DIRECT`;
    expect(await say(tunnel('listed.example:443'), 'afar')).toBe('HTTP/1.1 200 Connection established\r\n\r\nfrom afar');
    expect(heard).toEqual(['CONNECT listed.example:443 HTTP/1.1\r\nHost: listed.example:443\r\n\r\n']);
    route = `PROXY localhost:${refusing}`;
    expect(await say(tunnel('listed.example:443'))).toMatch(/^HTTP\/1\.1 502/u);
    expect(logged).toEqual([{ what: 'network.unreachable', host: 'listed.example' }]);
  });
});
