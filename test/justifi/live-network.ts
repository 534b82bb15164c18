import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type TestJustifi, type TestJustifiOptions, startJustifi } from './justifi.ts';
import { HOSTS, type LiveNames, openLiveNames } from './live-names.ts';

export type LiveNetwork = {
  readonly justifi: TestJustifi;
  /** The certificate of this run, PEM. */
  readonly authority: string;
  /** How to start the app so that these names, and only these, lead to this JustiFi. The app has no code for it. */
  readonly launch: { readonly env: Readonly<Record<string, string>>; readonly nodeArgs: readonly string[]; readonly chromiumArgs: readonly string[] };
  /** Every host that the app's main process has asked for, each once. */
  hostsAsked(): readonly string[];
  close(): Promise<void>;
};

/**
 * A JustiFi that stands for the live one, under its real names and over TLS. The certificate is made for this run; the
 * app's processes are told to trust it by Node's and Chromium's own means, from outside. Names that are `lent` outlive it.
 */
export async function startLiveNetwork(options: TestJustifiOptions = {}, lent?: LiveNames): Promise<LiveNetwork> {
  const names = lent ?? (await openLiveNames());
  const folder = mkdtempSync(join(tmpdir(), 'counter-network-'));
  const authority = join(folder, 'authority.pem');
  const hostsAsked = join(folder, 'hosts');
  writeFileSync(authority, names.certificate.cert);
  const justifi = await startJustifi({ ...options, tls: names.certificate, hosts: HOSTS });
  names.leadTo(justifi.port);
  return {
    justifi,
    authority: names.certificate.cert,
    launch: {
      env: {
        NODE_EXTRA_CA_CERTS: authority,
        COUNTER_TEST_HOSTS: JSON.stringify(Object.fromEntries(HOSTS.map((host) => [host, justifi.port]))),
        COUNTER_TEST_HOSTS_ASKED: hostsAsked,
      },
      nodeArgs: ['--import', pathToFileURL(join(import.meta.dirname, 'redirect-hosts.ts')).href],
      chromiumArgs: names.chromiumArgs,
    },
    hostsAsked: () => (existsSync(hostsAsked) ? [...new Set(readFileSync(hostsAsked, 'utf8').trimEnd().split('\n'))].toSorted() : []),
    async close() {
      names.leadTo(null);
      await justifi.close();
      if (lent === undefined) await names.close();
      rmSync(folder, { recursive: true });
    },
  };
}
