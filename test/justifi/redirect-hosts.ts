import { syncBuiltinESMExports } from 'node:module';
import tls from 'node:tls';

/*
 * Loaded into the app's main process by `--import`, before it: TLS connections to the named hosts go to a port on
 * loopback instead. The names are checked against the certificate as always.
 */
const ports: Readonly<Record<string, number>> = JSON.parse(process.env['COUNTER_TEST_HOSTS'] ?? '{}');
const connect = tls.connect.bind(tls);

tls.connect = ((options: tls.ConnectionOptions, listener?: () => void) => {
  const port = typeof options.host === 'string' ? ports[options.host] : undefined;
  return port === undefined ? connect(options, listener) : connect({ ...options, servername: options.host, host: '127.0.0.1', port }, listener);
}) as typeof tls.connect;
syncBuiltinESMExports();
