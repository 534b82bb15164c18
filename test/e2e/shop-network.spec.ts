import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer as createTlsServer } from 'node:tls';
import { inspectorsCertificate } from '../justifi/certificate.ts';
import { type ConnectProxy, startConnectProxy } from '../justifi/connect-proxy.ts';
import { HOSTS, JUSTIFI_HOSTS } from '../justifi/live-names.ts';
import { has } from '../setup/system-needs.ts';
import { expect, test } from './connected-till.ts';
import type { Target } from './till.ts';

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

/** A network with one proxy as the only way out. `authority`: the file of the certificate that only the system trusts. */
type ShopNetwork = { readonly folder: string; readonly authority: string; readonly proxy: ConnectProxy; readonly env: Readonly<Record<string, string>>; close(): Promise<void> };

/** The proxy leads to JustiFi, or to the inspector of its traffic. */
async function startShopNetwork(authority: string, port: number): Promise<ShopNetwork> {
  const folder = mkdtempSync(join(tmpdir(), 'counter-shop-network-'));
  const file = join(folder, 'authority.pem');
  writeFileSync(file, authority);
  const nowhere = await closedPort();
  const proxy = await startConnectProxy(Object.fromEntries(HOSTS.map((host) => [host, port])));
  return {
    folder,
    authority: file,
    proxy,
    env: {
      // Directly, JustiFi is not there.
      COUNTER_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, nowhere]))),
      NODE_EXTRA_CA_CERTS: '',
      SSL_CERT_FILE: file,
      SSL_CERT_DIR: join(folder, 'none'),
      https_proxy: `http://127.0.0.1:${proxy.port}/`,
    },
    async close() {
      await proxy.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The same with an inspector of all traffic. */
async function startInspectedNetwork(justifiPort: number): Promise<ShopNetwork> {
  const certificate = inspectorsCertificate(HOSTS);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate');
  const inspector = await startInspector(certificate, justifiPort);
  const network = await startShopNetwork(certificate.authority, inspector.port);
  return {
    ...network,
    async close() {
      await network.close();
      inspector.close();
    },
  };
}

/** Where there is no headless shell, a whole browser would ask its maker’s hosts as well. */
const QUIET = ['--gaia-url=http://127.0.0.1', '--component-updater=url-source=http://127.0.0.1', '--google-base-url=http://127.0.0.1', '--gcm-checkin-url=http://127.0.0.1'];

/** Electron drops what leads JustiFi’s names to this PC; without certutil no Chromium trusts the inspector. */
const canInspect = (target: Target) => target !== 'electron' && has('certutil');

test('C-40, C-41: a shop whose network has one proxy as the only way out, and a certificate that only the system knows, with which it inspects all traffic, takes a payment: main and the card form trust it, each by its own store; a proxy that begins to refuse is reported', async ({ connectedShop, target }) => {
  const { network } = connectedShop;
  const inspects = canInspect(target);
  const shopNetwork = inspects ? await startInspectedNetwork(network.justifi.port) : await startShopNetwork(network.authority, network.justifi.port);
  const { proxy } = shopNetwork;
  try {
    const app = await connectedShop.open(inspects ? { chromium: 'own', chromiumArgs: QUIET, env: { ...shopNetwork.env, HOME: homeThatTrusts(join(shopNetwork.folder, 'trusting'), shopNetwork.authority) } } : { env: shopNetwork.env });
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
    await shopNetwork.close();
  }
});

test('C-40: in a network that inspects traffic a card form that does not trust the authority, as main does, is not shown', async ({ connectedShop, target }) => {
  test.skip(!canInspect(target), 'Electron drops what leads JustiFi’s names to this PC; elsewhere certutil is missing (on Debian: apt-get install libnss3-tools)');
  const { network } = connectedShop;
  const shopNetwork = await startInspectedNetwork(network.justifi.port);
  try {
    const app = await connectedShop.open({ chromium: 'own', env: { ...shopNetwork.env, HOME: homeThatTrusts(join(shopNetwork.folder, 'distrusting'), null) } });
    await app.enter('700', 'Milk');
    await app.charge();
    // Main's own requests come through; with its clock ahead they would be too late on a busy PC.
    await expect.poll(() => app.journal('test').events.map(({ kind }) => kind)).toContain('amount-confirmed');
    await connectedShop.atPace(10, () => app.says('NOT CHARGED'));
    expect(network.justifi.charges()).toEqual([]);
  } finally {
    await shopNetwork.close();
  }
});
