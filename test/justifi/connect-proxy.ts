import { type IncomingMessage, createServer } from 'node:http';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** A network's proxy: it makes tunnels, and is the only way to some hosts. */
export type ConnectProxy = {
  readonly port: number;
  /** The hosts that tunnels were asked for, in order. */
  asked(): readonly string[];
  /** Refuses every request with this status from now on, and cuts open tunnels. */
  refuse(status: number): void;
  close(): Promise<void>;
};

/** `ports`: where a host really is. A host that is not among them is refused; so is everything with `refuseWith`, the status of the answer. */
export async function startConnectProxy(ports: Readonly<Record<string, number>>, { refuseWith }: { readonly refuseWith?: number } = {}): Promise<ConnectProxy> {
  const asked: string[] = [];
  let refusal = refuseWith;
  const open = new Set<Duplex>();
  const server = createServer((_request, response) => response.writeHead(405).end());
  server.on('connect', (request: IncomingMessage, client: Socket) => {
    const [host = ''] = (request.url ?? '').split(':');
    asked.push(host);
    const port = ports[host];
    if (port === undefined || refusal !== undefined) return void client.end(`HTTP/1.1 ${refusal ?? 403} No\r\nContent-Length: 0\r\n\r\n`);
    const there = connect(port, '127.0.0.1', () => {
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      client.pipe(there).pipe(client);
    });
    for (const [socket, other] of [[client, there], [there, client]] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => {
        open.delete(socket);
        other.destroySoon();
      });
    }
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    asked: () => [...asked],
    refuse(status) {
      refusal = status;
      for (const socket of open) socket.destroy();
    },
    async close() {
      for (const socket of open) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
