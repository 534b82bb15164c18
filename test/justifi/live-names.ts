import { X509Certificate, createHash } from 'node:crypto';
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { type Certificate, selfSignedCertificate } from './certificate.ts';

/** JustiFi's names that the product really calls: its main process, JustiFi's component, JustiFi's hosted fields. */
export const JUSTIFI_HOSTS = ['api.justifi.ai', 'wc-proxy.justifi.ai', 'components.justifi.ai'] as const;
/** And Plaid's script and login, and Sezzle's script and window, for which only those ways to pay ask. */
export const HOSTS = [...JUSTIFI_HOSTS, 'cdn.plaid.com', 'checkout-sdk.sezzle.com', 'sandbox.checkout.sezzle.com'] as const;

/** JustiFi's real names with a certificate for them, on one port of this PC: one JustiFi after the other may stand behind it. */
export type LiveNames = {
  readonly certificate: Certificate;
  /** How to start a Chromium so that these names lead here, and nowhere else. */
  readonly chromiumArgs: readonly string[];
  /** To the JustiFi on this port from now on; to none with null, and open connections are cut. */
  leadTo(port: number | null): void;
  close(): Promise<void>;
};

export async function openLiveNames(): Promise<LiveNames> {
  const certificate = selfSignedCertificate(HOSTS);
  if (certificate === undefined) throw new Error('openssl is needed to make a certificate; `npm run setup test` installs it on Debian');
  const open = new Set<Socket>();
  let behind: number | null = null;
  const server = createServer((fromBrowser) => {
    if (behind === null) return void fromBrowser.destroy();
    const toJustifi = connect(behind, '127.0.0.1');
    for (const [socket, other] of [[fromBrowser, toJustifi], [toJustifi, fromBrowser]] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy()).on('close', () => {
        open.delete(socket);
        // Received data is still passed on.
        other.destroySoon();
      });
      socket.pipe(other);
    }
    return undefined;
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const cutOff = () => open.forEach((socket) => socket.destroy());
  return {
    certificate,
    chromiumArgs: [
      `--host-resolver-rules=${HOSTS.map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(',')}`,
      `--ignore-certificate-errors-spki-list=${publicKeyHash(certificate)}`,
    ],
    leadTo(next) {
      behind = next;
      if (next === null) cutOff();
    },
    async close() {
      cutOff();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** As Chromium wants it, to trust this one certificate. */
export function publicKeyHash({ cert }: Certificate): string {
  return createHash('sha256').update(new X509Certificate(cert).publicKey.export({ type: 'spki', format: 'der' })).digest('base64');
}
