import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Says whether this WebSocket may be opened. */
export type WebSocketQuestion = (url: string) => Promise<boolean>;

/**
 * The way out for a session's WebSockets
 *
 * The DevTools protocol cannot stop a WebSocket, but a browser context can send its WebSockets, and nothing else, through
 * a proxy. This is that proxy: it asks before it connects. Of an encrypted one it sees the host only, not the path.
 */
export class WebSocketGate {
  readonly #server = createServer((socket) => this.#greet(socket)).unref();
  readonly #mayOpen: WebSocketQuestion;
  readonly #listening: Promise<void>;

  constructor(mayOpen: WebSocketQuestion) {
    this.#mayOpen = mayOpen;
    this.#listening = new Promise((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', () => resolve());
    });
  }

  /** How a browser context is created so that its WebSockets come here. */
  async proxySettings(): Promise<{ readonly proxyServer: string; readonly proxyBypassList: string }> {
    await this.#listening;
    const { port } = this.#server.address() as AddressInfo;
    return { proxyServer: `http://127.0.0.1:${port}`, proxyBypassList: '<-loopback>;http://*;https://*' };
  }

  #greet(fromPage: Socket): void {
    fromPage.on('error', () => fromPage.destroy());
    fromPage.once('data', (request) => {
      const target = /^CONNECT (?<host>\[[^\]]+\]|[^:\s]+):(?<port>\d+) /u.exec(request.toString('latin1'))?.groups;
      if (target === undefined) return void fromPage.destroy();
      fromPage.write('HTTP/1.1 200 Connection established\r\n\r\n');
      fromPage.once('data', (hello) => void this.#decide(fromPage, target.host!, Number(target.port), hello));
      return undefined;
    });
  }

  async #decide(fromPage: Socket, host: string, port: number, hello: Buffer): Promise<void> {
    fromPage.pause();
    const path = /^GET (?<path>\S+) HTTP/u.exec(hello.toString('latin1'))?.groups?.path;
    const scheme = path === undefined ? 'wss' : 'ws';
    const authority = port === (scheme === 'ws' ? 80 : 443) ? host : `${host}:${port}`;
    if (!(await this.#mayOpen(`${scheme}://${authority}${path ?? '/'}`))) return void fromPage.destroy();
    const toServer = connect(port, host.replaceAll(/[[\]]/gu, ''));
    toServer.on('error', () => fromPage.destroy());
    toServer.on('close', () => fromPage.destroy());
    fromPage.on('close', () => toServer.destroy());
    toServer.write(hello);
    fromPage.pipe(toServer).pipe(fromPage);
    return undefined;
  }
}
