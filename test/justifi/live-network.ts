import { X509Certificate, createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { selfSignedCertificate } from './certificate.ts';
import { type TestJustifi, type TestJustifiOptions, startJustifi } from './justifi.ts';

/** The names that the product really calls: its main process, JustiFi's component, JustiFi's hosted fields. */
const HOSTS = ['api.justifi.ai', 'wc-proxy.justifi.ai', 'components.justifi.ai'] as const;

export type LiveNetwork = {
  readonly justifi: TestJustifi;
  /** The certificate of this run, PEM. */
  readonly authority: string;
  /** How to start the app so that these names, and only these, lead to this JustiFi. Nothing in the app knows. */
  readonly launch: { readonly env: Readonly<Record<string, string>>; readonly nodeArgs: readonly string[]; readonly chromiumArgs: readonly string[] };
  /** Every host that the app's main process has asked for, each once. */
  hostsAsked(): readonly string[];
  close(): Promise<void>;
};

/**
 * A JustiFi that stands for the live one, under its real names and over TLS. The certificate is made for this run; the
 * app's processes are told to trust it by Node's and Chromium's own means, from outside.
 */
export async function startLiveNetwork(options: TestJustifiOptions = {}): Promise<LiveNetwork> {
  const certificate = selfSignedCertificate(HOSTS);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate; `npm run setup test` installs it on Debian');
  const folder = mkdtempSync(join(tmpdir(), 'counter-network-'));
  const authority = join(folder, 'authority.pem');
  const hostsAsked = join(folder, 'hosts');
  writeFileSync(authority, certificate.cert);
  const justifi = await startJustifi({ ...options, tls: certificate, hosts: HOSTS });
  const publicKey = new X509Certificate(certificate.cert).publicKey.export({ type: 'spki', format: 'der' });
  return {
    justifi,
    authority: certificate.cert,
    launch: {
      env: {
        NODE_EXTRA_CA_CERTS: authority,
        COUNTER_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, justifi.port]))),
        COUNTER_TEST_HOSTS_ASKED: hostsAsked,
      },
      nodeArgs: ['--import', pathToFileURL(join(import.meta.dirname, 'redirect-hosts.ts')).href],
      chromiumArgs: [
        `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${justifi.port}`).join(',')}`,
        `--ignore-certificate-errors-spki-list=${createHash('sha256').update(publicKey).digest('base64')}`,
      ],
    },
    hostsAsked: () => (existsSync(hostsAsked) ? [...new Set(readFileSync(hostsAsked, 'utf8').trimEnd().split('\n'))].toSorted() : []),
    async close() {
      await justifi.close();
      rmSync(folder, { recursive: true });
    },
  };
}
