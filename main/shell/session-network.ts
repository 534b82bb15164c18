import { app, session } from 'electron';

/**
 * SECURITY: from now on a session has no way out but the refusing proxy (main/network/refusing-proxy.ts), save the exact origins that Counter
 * itself serves on loopback. `<-loopback>` takes loopback off the list of what Chromium never sends to a proxy.
 * https://chromium.googlesource.com/chromium/src/+/HEAD/net/docs/proxy.md#overriding-the-implicit-bypass-rules
 */
export function onlyThroughProxy(partition: string, proxyPort: number, ownOrigins: readonly string[]): Promise<void> {
  return session.fromPartition(partition).setProxy({ mode: 'fixed_servers', proxyRules: `http://127.0.0.1:${proxyPort}`, proxyBypassRules: ['<-loopback>', ...ownOrigins].join(',') });
}

/** How the operating system reaches an address: its proxy or its PAC script, in Chromium's format. No window uses the default session. */
export async function systemRoute(url: string): Promise<string> {
  await app.whenReady();
  return session.defaultSession.resolveProxy(url);
}
