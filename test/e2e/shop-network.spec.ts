import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer as createTlsServer } from 'node:tls';
import { inspectorsCertificate } from '../justifi/certificate.ts';
import { startConnectProxy } from '../justifi/connect-proxy.ts';
import { HOSTS, JUSTIFI_HOSTS } from '../justifi/live-names.ts';
import { has } from '../setup/system-needs.ts';
import { expect, test } from './connected-till.ts';

test.skip(process.platform !== 'linux', 'the keyring of a test is a Secret Service, which only Linux has');

/** A port of this PC on which nothing answers. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

test('C-40, C-41: a shop whose network has one proxy as the only way out, and a certificate that only the system knows, takes a payment; a proxy that begins to refuse is reported', async ({ connectedShop }) => {
  const { network } = connectedShop;
  const folder = mkdtempSync(join(tmpdir(), 'counter-shop-network-'));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, network.authority);
  const nowhere = await closedPort();
  const proxy = await startConnectProxy(Object.fromEntries(HOSTS.map((host) => [host, network.justifi.port])));
  const env = {
    // Directly, JustiFi is not there.
    COUNTER_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, nowhere]))),
    NODE_EXTRA_CA_CERTS: '',
    SSL_CERT_FILE: authority,
    SSL_CERT_DIR: join(folder, 'none'),
  };
  try {
    const app = await connectedShop.open({ env: { ...env, https_proxy: `http://127.0.0.1:${proxy.port}/` } });
    await app.sell('1250', 'Bread');
    expect(network.justifi.charges()).toMatchObject([{ amount: 1250 }]);
    // Main's own requests, and those of the form.
    expect([...new Set(proxy.asked())].toSorted()).toEqual([...JUSTIFI_HOSTS].toSorted());

    proxy.refuse(407);
    await app.till.evaluate(() => window.dispatchEvent(new Event('offline')));
    await expect(app.till.getByRole('note').filter({ hasText: /^The proxy of this network does not let Counter reach JustiFi\. Nothing was charged\. Call the manager\. \(proxy-refused-407\)$/u })).toBeVisible();
    await expect(app.till.getByRole('button', { name: /^Charge/u })).toBeDisabled();
    expect(app.log()).toMatch(/justifi\.unreachable .*"trouble":"proxy","code":"proxy-refused-407"/u);
  } finally {
    await proxy.close();
    rmSync(folder, { recursive: true });
  }
});

/** Decrypts and re-encrypts requests to JustiFi's names, as some shops' networks do with all traffic. */
async function startInspector({ cert, key }: { readonly cert: string; readonly key: string }, justifiPort: number): Promise<{ readonly port: number; close(): void }> {
  const server = createTlsServer({ cert, key }, (fromTill) => {
    // The inspector itself does not check JustiFi's certificate.
    const toJustifi = connect({ port: justifiPort, host: '127.0.0.1', rejectUnauthorized: false });
    for (const [socket, other] of [[fromTill, toJustifi], [toJustifi, fromTill]] as const) socket.on('error', () => other.destroy()).on('close', () => other.destroySoon()).pipe(other);
  });
  // A till that does not trust it hangs up.
  server.on('tlsClientError', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => void server.close() };
}

/** A home with Chromium's store of certificates, never this user's own; with this authority in it, or none. */
function homeThatTrusts(home: string, authority: string | null): string {
  const store = join(home, '.pki/nssdb');
  mkdirSync(store, { recursive: true });
  const certutil = (...args: readonly string[]) => execFileSync('certutil', ['-d', `sql:${store}`, ...args], { stdio: 'ignore' });
  certutil('-N', '--empty-password');
  if (authority !== null) certutil('-A', '-n', 'Inspector of the shop network', '-t', 'C,,', '-i', authority);
  return home;
}

test('C-40: in a network that inspects traffic main and the card form trust the authority that the system trusts, each by its own store; a form that does not trust it is not shown', async ({ connectedShop, target }) => {
  test.skip(target === 'electron', 'Electron drops what leads JustiFi’s names to this PC');
  test.skip(!has('certutil'), 'certutil is missing (on Debian: apt-get install libnss3-tools)');
  const { network } = connectedShop;
  const certificate = inspectorsCertificate(HOSTS);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate');
  const folder = mkdtempSync(join(tmpdir(), 'counter-inspected-'));
  const authority = join(folder, 'authority.pem');
  writeFileSync(authority, certificate.authority);
  const inspector = await startInspector(certificate, network.justifi.port);
  const proxy = await startConnectProxy(Object.fromEntries(HOSTS.map((host) => [host, inspector.port])));
  const nowhere = await closedPort();
  const open = (home: string) =>
    connectedShop.open({
      chromium: 'own',
      env: {
        COUNTER_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, nowhere]))),
        NODE_EXTRA_CA_CERTS: '',
        SSL_CERT_FILE: authority,
        SSL_CERT_DIR: join(folder, 'none'),
        HOME: home,
        https_proxy: `http://127.0.0.1:${proxy.port}/`,
      },
    });
  try {
    const trusting = await open(homeThatTrusts(join(folder, 'trusting'), authority));
    await trusting.enter('1250', 'Bread');
    await trusting.charge();
    await trusting.form();
    await trusting.counter.close();

    const distrusting = await open(homeThatTrusts(join(folder, 'distrusting'), null));
    await distrusting.enter('700', 'Milk');
    await distrusting.charge();
    await connectedShop.atPace(10, () => distrusting.says('NOT CHARGED'));
    expect(network.justifi.charges()).toEqual([]);
  } finally {
    await proxy.close();
    inspector.close();
    rmSync(folder, { recursive: true });
  }
});
