/** Why JustiFi was not reached, grouped by the remedy. */
export type ConnectionTrouble =
  /** No answer: no network, JustiFi is down, too slow. */
  | 'no-answer'
  /** The answer's certificate is one that this PC does not trust: a network that reads encrypted traffic, or another server. */
  | 'untrusted'
  /** The certificate is not valid at this PC's date and time. */
  | 'clock'
  /** The network's proxy cannot be reached, or refuses. */
  | 'proxy';

/** `code`: the network failure in one word; small print. */
export type ConnectionFailure = { readonly trouble: ConnectionTrouble; readonly code: string };

const CLOCK: ReadonlySet<string> = new Set(['CERT_NOT_YET_VALID', 'CERT_HAS_EXPIRED', 'CRL_NOT_YET_VALID', 'CRL_HAS_EXPIRED']);
/** OpenSSL's names of a certificate that is not trusted: https://nodejs.org/docs/latest-v24.x/api/tls.html */
const UNTRUSTED = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|ERR_TLS_CERT_ALTNAME)/u;

/** The meaning of a network failure. `proxy-…` is Counter's own (main/network/route.ts), the others are OpenSSL's, Node's and undici's. */
export function connectionFailure(code: string): ConnectionFailure {
  if (code.startsWith('proxy-')) return { trouble: 'proxy', code };
  if (CLOCK.has(code)) return { trouble: 'clock', code };
  return { trouble: UNTRUSTED.test(code) ? 'untrusted' : 'no-answer', code };
}
