import type { Socket } from 'node:net';
import tls, { type SecureContext } from 'node:tls';
import { buildConnector } from 'undici';
import { type Result, ok } from '../../contract/result.ts';
import { type FindRoute, dialRoute } from './route.ts';
import type { SystemNetwork } from './system-network.ts';

const CONNECT_WITHIN_MS = 8_000;

/**
 * How undici connects: as Chromium does, by the system's proxy and trusting what the system trusts. Undici itself does neither
 * (electron/electron#45674).
 */
export function systemConnector({ findRoute, readAuthorities }: SystemNetwork): buildConnector.connector {
  const plain = buildConnector({ timeout: CONNECT_WITHIN_MS });
  let secure: Promise<buildConnector.connector> | null = null;

  async function connectSecurely(target: buildConnector.Options, done: buildConnector.Callback): Promise<void> {
    try {
      secure ??= readAuthorities().then(secureConnector);
      const connect = await secure;
      const tunnel = await tunnelTo(target, findRoute);
      if (tunnel.kind === 'failed') done(Object.assign(new Error(tunnel.failure), { code: tunnel.failure }), null);
      else connect(tunnel.value === null ? target : { ...target, httpSocket: tunnel.value }, done);
    } catch (error) {
      // Reported as a failed connection; an unhandled rejection would end Counter. The next connection tries again.
      secure = null;
      done(error instanceof Error ? error : new Error('unknown'), null);
    }
  }

  return (target, done) => {
    // Only training uses no TLS, on loopback.
    if (target.protocol === 'https:') void connectSecurely(target, done);
    else plain(target, done);
  };
}

function secureConnector(authorities: readonly string[]): buildConnector.connector {
  // Without any, Node's own store is used: a context of its own costs 30 ms.
  const trusting: { readonly secureContext?: SecureContext } = authorities.length === 0 ? {} : { secureContext: tls.createSecureContext({ ca: [...tls.getCACertificates('default'), ...authorities] }) };
  // SECURITY: explicit, because otherwise the environment's NODE_TLS_REJECT_UNAUTHORIZED would decide.
  return buildConnector({ timeout: CONNECT_WITHIN_MS, rejectUnauthorized: true, ...trusting });
}

/** A tunnel through the system's proxy; null: there is no proxy. */
async function tunnelTo({ hostname, port }: buildConnector.Options, findRoute: FindRoute): Promise<Result<Socket | null, string>> {
  const target = { host: hostname, port: Number(port) || 443 };
  const route = await findRoute(`https://${target.host}:${target.port}/`).catch(() => 'DIRECT');
  return /^\s*DIRECT\b/iu.test(route) ? ok(null) : dialRoute(route, target);
}
