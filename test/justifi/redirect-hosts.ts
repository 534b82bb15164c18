import { appendFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import tls from 'node:tls';

/*
 * Loaded into the app's main process by `--import`, before it: connections to the named hosts go to a port on
 * loopback instead. The names are checked against the certificate as always. Every host that is asked for, by whatever
 * means, is written down.
 */
const ports: Readonly<Record<string, number>> = JSON.parse(process.env['COUNTER_TEST_HOSTS'] ?? '{}');
const connect = tls.connect.bind(tls);

function note(host: string | undefined): void {
  const file = process.env['COUNTER_TEST_HOSTS_ASKED'];
  if (file !== undefined && host !== undefined) appendFileSync(file, `${host}\n`);
}

tls.connect = ((options: tls.ConnectionOptions, listener?: () => void) => {
  note(options.host);
  const port = typeof options.host === 'string' ? ports[options.host] : undefined;
  return port === undefined ? connect(options, listener) : connect({ ...options, servername: options.host, host: '127.0.0.1', port }, listener);
}) as typeof tls.connect;
// Beneath tls.connect as well, so that it sees the address on loopback; a socket in the file system has no host.
const connectSocket = net.Socket.prototype.connect;
net.Socket.prototype.connect = function connectAndNote(this: net.Socket, ...args: unknown[]) {
  const [options] = args.flat() as (net.TcpNetConnectOpts | undefined)[];
  note(options?.host);
  // The tunnels of the pages: TLS is the browser's business then.
  const port = typeof options?.host === 'string' ? ports[options.host] : undefined;
  const there = port === undefined ? args : [{ ...options, host: '127.0.0.1', port }, ...args.flat().slice(1)];
  return Reflect.apply(connectSocket, this, there) as net.Socket;
};
syncBuiltinESMExports();
