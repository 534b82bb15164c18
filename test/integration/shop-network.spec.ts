import { execFile } from 'node:child_process';
import { type Server, createServer } from 'node:https';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import { connectionFailure } from '../../contract/connection-failure.ts';
import { openConnections, probe } from '../../main/justifi/connection.ts';
import { type Certificate, expiredCertificate, selfSignedCertificate } from '../justifi/certificate.ts';
import { type ConnectProxy, startConnectProxy } from '../justifi/connect-proxy.ts';

/* C-40 to C-42: the networks of shops, through which main has to connect as Chromium does. */

/** A name that cannot be resolved without the proxy. */
const NAME = 'api.justifi.invalid';
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function serve(certificate: Certificate | undefined): Promise<{ readonly port: number; readonly certificate: Certificate }> {
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate; `npm run setup test` installs it on Debian');
  const server: Server = createServer(certificate, (_request, response) => response.end('here'));
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  ends.push(() => server.close());
  return { port: (server.address() as AddressInfo).port, certificate };
}

async function proxyTo(ports: Readonly<Record<string, number>>, refuseWith?: number): Promise<ConnectProxy> {
  const proxy = await startConnectProxy(ports, refuseWith === undefined ? {} : { refuseWith });
  ends.push(proxy.close);
  return proxy;
}

/** Why this address is not reached by this route, with these authorities; null: it is. */
async function ask(url: string, route: string | Error, authorities: readonly string[] = []) {
  const routesAsked: string[] = [];
  const connections = openConnections({
    async findRoute(asked) {
      routesAsked.push(asked);
      if (route instanceof Error) throw route;
      return route;
    },
    readAuthorities: async () => authorities,
  });
  ends.push(connections.close);
  return { failure: await probe(connections.send, url), routesAsked };
}

describe('C-41: a proxy', () => {
  test('that is the only way out is taken by main as well; TLS goes through it to JustiFi itself', async () => {
    const { port, certificate } = await serve(selfSignedCertificate([NAME]));
    const proxy = await proxyTo({ [NAME]: port });
    expect(await ask(`https://${NAME}`, 'DIRECT', [certificate.cert])).toMatchObject({ failure: { trouble: 'no-answer' } });
    expect(await ask(`https://${NAME}`, `PROXY 127.0.0.1:${proxy.port}`, [certificate.cert])).toEqual({ failure: null, routesAsked: [`https://${NAME}:443/`] });
    // Its certificate is asked for the name, whatever the proxy is.
    expect(await ask(`https://${NAME}`, `PROXY 127.0.0.1:${proxy.port}`)).toMatchObject({ failure: { trouble: 'untrusted' } });
  });

  test('of a list is tried in its order, until one way leads there', async () => {
    const { port, certificate } = await serve(selfSignedCertificate([NAME]));
    const [refusing, open] = [await proxyTo({}, 503), await proxyTo({ [NAME]: port })];
    const route = `SOCKS5 127.0.0.1:9; PROXY 127.0.0.1:${refusing.port}; PROXY 127.0.0.1:${open.port}`;
    expect(await ask(`https://${NAME}`, route, [certificate.cert])).toMatchObject({ failure: null });
    expect(refusing.asked()).toEqual([NAME]);
  });

  test.each([
    ['that wants a password', 407, 'proxy-refused-407'],
    ['that does not allow JustiFi', 403, 'proxy-refused-403'],
  ])('%s is said to be the proxy, with its answer', async (_what, status, code) => {
    const proxy = await proxyTo({}, status);
    expect(await ask(`https://${NAME}`, `PROXY 127.0.0.1:${proxy.port}`)).toMatchObject({ failure: { trouble: 'proxy', code } });
  });

  test('that is switched off, or of an unsupported kind, is reported too', async () => {
    const proxy = await proxyTo({});
    await proxy.close();
    ends.pop();
    expect(await ask(`https://${NAME}`, `PROXY 127.0.0.1:${proxy.port}`)).toMatchObject({ failure: { trouble: 'proxy', code: 'proxy-unreachable' } });
    expect(await ask(`https://${NAME}`, 'SOCKS5 127.0.0.1:9')).toMatchObject({ failure: { trouble: 'proxy', code: 'proxy-kind-socks5' } });
  });

  test('is not asked about for training, which is on this PC; and where the system cannot say, the direct way is taken', async () => {
    const { port, certificate } = await serve(selfSignedCertificate(['localhost']));
    expect(await ask(`https://localhost:${port}`, new Error('no PAC'), [certificate.cert])).toMatchObject({ failure: null });
    expect(await ask('http://127.0.0.1:9', 'PROXY 127.0.0.1:9')).toMatchObject({ routesAsked: [] });
  });
});

describe('C-40: the certificate of a network that inspects traffic', () => {
  /** As main does, in a process of its own: the environment decides there what the system trusts. */
  async function probeFrom(env: NodeJS.ProcessEnv, port: number): Promise<unknown> {
    const script = `
      const { openConnections, probe } = await import('./main/justifi/connection.ts');
      const { readSystemAuthorities } = await import('./main/network/system-authorities.ts');
      const connections = openConnections({ findRoute: async () => 'DIRECT', readAuthorities: () => readSystemAuthorities((code) => process.stderr.write(code)) });
      process.stdout.write(JSON.stringify(await probe(connections.send, 'https://localhost:${port}')));
      await connections.close();`;
    return JSON.parse((await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env: { ...process.env, NODE_EXTRA_CA_CERTS: '', ...env } })).stdout);
  }

  test('that only the operating system knows is trusted by main as by Chromium', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'counter-authority-'));
    ends.push(() => rmSync(folder, { recursive: true }));
    const { port, certificate } = await serve(selfSignedCertificate(['localhost']));
    const authority = join(folder, 'authority.pem');
    writeFileSync(authority, certificate.cert);
    // Never the machine's own store: OpenSSL reads the system's authorities where these say.
    const noFolder = join(folder, 'none');
    expect(await probeFrom({ SSL_CERT_FILE: authority, SSL_CERT_DIR: noFolder }, port)).toBeNull();
    expect(await probeFrom({ SSL_CERT_FILE: noFolder, SSL_CERT_DIR: noFolder }, port)).toMatchObject({ trouble: 'untrusted' });
  });

  test('that cannot be read is a failed connection, not the end of Counter; the next connection tries anew', async () => {
    const { port, certificate } = await serve(selfSignedCertificate(['localhost']));
    let reads = 0;
    const connections = openConnections({
      findRoute: async () => 'DIRECT',
      async readAuthorities() {
        reads += 1;
        if (reads === 1) throw Object.assign(new Error('the store is busy'), { code: 'EBUSY' });
        return [certificate.cert];
      },
    });
    ends.push(connections.close);
    expect(await probe(connections.send, `https://localhost:${port}`)).toEqual({ trouble: 'no-answer', code: 'EBUSY' });
    expect(await probe(connections.send, `https://localhost:${port}`)).toBeNull();
  });

  test('that has expired is reported as the clock, and an unknown one as the network', async () => {
    const [expired, unknown] = [await serve(expiredCertificate()), await serve(selfSignedCertificate(['localhost']))];
    expect(await ask(`https://localhost:${expired.port}`, 'DIRECT', [expired.certificate.cert])).toMatchObject({ failure: { trouble: 'clock', code: 'CERT_HAS_EXPIRED' } });
    expect(await ask(`https://localhost:${unknown.port}`, 'DIRECT')).toMatchObject({ failure: { trouble: 'untrusted', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } });
  });

  test.each([
    ['CERT_NOT_YET_VALID', 'clock'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'untrusted'],
    ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'untrusted'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'untrusted'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'untrusted'],
    ['CERT_UNTRUSTED', 'untrusted'],
    ['ENOTFOUND', 'no-answer'],
    ['UND_ERR_CONNECT_TIMEOUT', 'no-answer'],
    ['TimeoutError', 'no-answer'],
  ])('%s is told as %s', (code, trouble) => {
    expect(connectionFailure(code)).toEqual({ trouble, code });
  });
});
