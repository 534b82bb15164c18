import { type Result, failed, ok } from './result.ts';

export type BrokerUrlProblem = { readonly kind: 'broker-url-empty' | 'broker-url-invalid' | 'broker-url-not-https' };

/** Host, perhaps a port, perhaps a path and a query; no user, no fragment, nothing that has to be guessed. */
const WEB_ADDRESS = /^(?<scheme>https?):\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?(?:\/[\w.~%+,;=:@!$&'()*/-]*)?(?:\?[\w.~%+,;=:@!$&'()*/?-]*)?$/iu;

/** The address of a shop's token broker: https, and nothing in it that belongs elsewhere. */
export function checkBrokerUrl(typed: string): Result<string, BrokerUrlProblem> {
  if (typed === '') return failed({ kind: 'broker-url-empty' });
  const scheme = typed.length > 500 ? undefined : WEB_ADDRESS.exec(typed)?.groups?.['scheme'];
  if (scheme === undefined) return failed({ kind: 'broker-url-invalid' });
  return scheme.toLowerCase() === 'https' ? ok(typed) : failed({ kind: 'broker-url-not-https' });
}
