import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A foreign website on this machine, for the specs of this folder: its requests, and its answers. */
export type RemoteSite = {
  /** `http://127.0.0.1:port` and `http://localhost:port`: two origins, and two sites, for a browser. */
  readonly origin: string;
  readonly otherOrigin: string;
  /** Method and path of each request, in order. */
  readonly asked: readonly string[];
  close(): void;
};

const page = (body: string) => `<!doctype html><title>Remote</title>${body}`;

export async function startRemoteSite(): Promise<RemoteSite> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method!} ${request.url!}`);
    answer(request, response, otherOrigin());
  });
  server.on('upgrade', (request, socket) => {
    asked.push(`WEBSOCKET ${request.url!}`);
    const key = `${request.headers['sec-websocket-key']!}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
    const accept = createHash('sha1').update(key).digest('base64');
    socket.on('error', () => undefined);
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, resolve);
  });
  const { port } = server.address() as AddressInfo;

  function otherOrigin(): string {
    return `http://localhost:${port}`;
  }

  return {
    origin: `http://127.0.0.1:${port}`,
    otherOrigin: otherOrigin(),
    asked,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function answer(request: IncomingMessage, response: ServerResponse, otherOrigin: string): void {
  const { pathname } = new URL(request.url!, otherOrigin);
  const html = (body: string) => response.setHeader('content-type', 'text/html').end(page(body));
  switch (pathname) {
    case '/redirect':
      response.writeHead(302, { location: `${otherOrigin}/redirected` }).end();
      break;
    case '/refresh':
      html('<meta http-equiv="refresh" content="0;url=/refreshed">');
      break;
    case '/card':
      html('<label>Card <input id="card"></label>');
      break;
    case '/nested':
      html(`<iframe src="${otherOrigin}/card"></iframe><script>fetch('/from-nested').catch(() => {})</script>`);
      break;
    case '/worker.js':
      response.setHeader('content-type', 'text/javascript').end("fetch('/from-worker').then(() => postMessage('let through'), () => postMessage('cancelled'))");
      break;
    case '/file':
      response.setHeader('content-disposition', 'attachment; filename="report.csv"').end('1,2');
      break;
    case '/cors':
      response.setHeader('access-control-allow-origin', '*').setHeader('access-control-allow-headers', '*').setHeader('access-control-allow-methods', '*');
      response.end(request.headers['x-added'] ?? 'plain');
      break;
    default:
      html(`<h1>${pathname}</h1><input id="here">`);
  }
}
