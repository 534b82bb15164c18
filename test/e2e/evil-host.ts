import { createServer } from 'node:https';
import { selfSignedCertificate } from '../justifi/certificate.ts';
import { publicKeyHash } from '../justifi/live-names.ts';

/** Another site, at every name below evil.example: a real server that records its requests. */
export type EvilHost = {
  readonly visits: readonly string[];
  readonly chromiumArgs: readonly string[];
  close(): void;
};

export async function startEvilHost(): Promise<EvilHost> {
  const certificate = selfSignedCertificate(['*.evil.example']);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate; `npm run setup test` installs it on Debian');
  const visits: string[] = [];
  const server = createServer(certificate, ({ method, headers, url }, response) => {
    visits.push(`${method} ${headers.host}${url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('hello');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The evil host has no port');
  return {
    visits,
    chromiumArgs: [
      `--host-resolver-rules=MAP *.evil.example:443 127.0.0.1:${address.port}`,
      `--ignore-certificate-errors-spki-list=${publicKeyHash(certificate)}`,
    ],
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
