import { app, session } from 'electron';
import { type Result, ok } from '../../contract/result.ts';
import { isJustifiHost, isPlaidHost, isSezzleHost } from '../local-origin/checkout-policy.ts';

/** The pages' way to the network. Counter's own pages reach no host. */
type PageNetwork = {
  /** From now on the customers' forms reach these origins of the PC itself, and no others of it. */
  allowOnly(origins: readonly string[]): Promise<void>;
  close(): void;
};

type PageNetworkParts = {
  /** Whether a JustiFi account is open. In training no page needs the network. */
  readonly isConnected: () => boolean;
  /** A proxy on loopback that makes tunnels only where `mayReach` allows it. */
  readonly startProxy: (mayReach: (host: string, port: number) => boolean) => Promise<Result<Proxy, NoProxy>>;
};

type Proxy = { readonly port: number; close(): void };
type NoProxy = { readonly kind: 'no-proxy'; readonly detail: string };

/** SECURITY: closes the network before any window is made, and so before any page runs. Only the document that offers Plaid reaches Plaid, and only that of Sezzle reaches Sezzle; no other reaches either. */
export async function openPageNetwork({ isConnected, startProxy }: PageNetworkParts): Promise<Result<PageNetwork, NoProxy>> {
  const proxyTo = (isAllowed: (host: string) => boolean) => startProxy((host, port) => isConnected() && port === 443 && isAllowed(host));
  const made: Proxy[] = [];
  for (const isAllowed of [isJustifiHost, (host: string) => isJustifiHost(host) || isPlaidHost(host), isSezzleHost]) {
    // oxlint-disable-next-line no-await-in-loop -- without one of them there is no network
    const proxy = await proxyTo(isAllowed);
    if (proxy.kind === 'failed') {
      for (const { close } of made) close();
      return proxy;
    }
    made.push(proxy.value);
  }
  const [justifis, plaids, sezzles] = [made[0]!, made[1]!, made[2]!];
  const led = (partitions: readonly string[], { port }: Proxy, origins: readonly string[]) => Promise.all(partitions.map((partition) => onlyThroughProxy(partition, port, origins)));
  await led(['till', 'display', 'receipt'], justifis, []);
  return ok({
    async allowOnly(origins) {
      await Promise.all([led(['checkout', 'checkout-insured'], justifis, origins), led(['checkout-plaid'], plaids, origins), led(['checkout-sezzle'], sezzles, origins)]);
    },
    close() {
      for (const { close } of made) close();
    },
  });
}

/**
 * SECURITY: from now on a session has no way out but the refusing proxy (main/network/refusing-proxy.ts), save the exact origins that Counter
 * itself serves on loopback. `<-loopback>` takes loopback off the list of what Chromium never sends to a proxy.
 * https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md#overriding-the-implicit-bypass-rules
 */
function onlyThroughProxy(partition: string, proxyPort: number, ownOrigins: readonly string[]): Promise<void> {
  return session.fromPartition(partition).setProxy({ mode: 'fixed_servers', proxyRules: `http://127.0.0.1:${proxyPort}`, proxyBypassRules: ['<-loopback>', ...ownOrigins].join(',') });
}

/** How the operating system reaches an address: its proxy or its PAC script, in Chromium's format. No window uses the default session. */
export async function systemRoute(url: string): Promise<string> {
  await app.whenReady();
  return session.defaultSession.resolveProxy(url);
}
