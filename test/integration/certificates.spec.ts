import { createServer } from 'node:https';
import tls from 'node:tls';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { clientCredentialsSource } from '../../main/justifi/client-credentials.ts';
import { openConnections } from '../../main/justifi/connection.ts';
import { type Certificate, expiredCertificate, selfSignedCertificate } from '../justifi/certificate.ts';

/* S-24: an attacker between this PC and JustiFi without JustiFi's certificate gets nothing, however the PC is set up. */

const usual = tls.getCACertificates('default');
const environment = process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
const SECRET = 'sk_4b1e7c93a05d4f6e8d2b';
let connections: ReturnType<typeof openConnections>;

beforeEach(() => {
  connections = openConnections();
});
afterEach(async () => {
  tls.setDefaultCACertificates(usual);
  if (environment === undefined) delete process.env['NODE_TLS_REJECT_UNAUTHORIZED'];
  else process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = environment;
  await connections.close();
});

/** Signs in at a server with this certificate; returns the result, and the bytes that the server could read. */
async function signIn(certificate: Certificate | undefined): Promise<{ readonly code: string; readonly read: string }> {
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate; `npm run setup test` installs it on Debian');
  let read = '';
  const server = createServer(certificate, (request, response) => {
    request.on('data', (piece: Buffer) => (read += piece.toString()));
    request.on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"access_token":"token"}'));
  });
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const token = await clientCredentialsSource(`https://127.0.0.1:${address.port}`, { clientId: 'live_shop', clientSecret: SECRET }, connections.send)();
  server.close();
  server.closeAllConnections();
  return { code: token.kind === 'ok' ? 'ok' : token.failure.code, read };
}

function trust(certificate: Certificate | undefined): Certificate | undefined {
  if (certificate !== undefined) tls.setDefaultCACertificates([...usual, certificate.cert]);
  return certificate;
}

describe.each([
  ['as it comes', undefined],
  ['that is told to look away', '0'],
])('S-24: on a PC %s', (_how, value) => {
  beforeEach(() => {
    if (value !== undefined) process.env['NODE_TLS_REJECT_UNAUTHORIZED'] = value;
  });

  test('the right name with a trusted certificate is accepted, so that the others are refused for their own fault', async () => {
    expect(await signIn(trust(selfSignedCertificate(['localhost'])))).toEqual({ code: 'ok', read: expect.stringContaining(SECRET) as string });
  });

  test.each<[what: string, make: () => Certificate | undefined, code: string]>([
    ['that is not trusted', () => selfSignedCertificate(['localhost']), 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['of another address', () => trust(selfSignedCertificate(['localhost'], '127.0.0.9')), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['of another name', () => trust(selfSignedCertificate(['api.justifi.ai.evil.example'], '127.0.0.9')), 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['that has expired', () => trust(expiredCertificate()), 'CERT_HAS_EXPIRED'],
  ])('a certificate %s ends it before the secret is sent', async (_what, make, code) => {
    expect(await signIn(make())).toEqual({ code, read: '' });
  });
});
