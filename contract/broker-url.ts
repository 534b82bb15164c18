import { containsCardNumber } from './card-number.ts';
import { type Result, failed, ok } from './result.ts';

export type BrokerUrlProblem = { readonly kind: 'broker-url-empty' | 'broker-url-invalid' | 'broker-url-not-https' };

/** Host, optionally a port, a path and a query; no user, no fragment. */
const WEB_ADDRESS = /^(?<scheme>https?):\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?::\d{1,5})?(?:\/[\w.~%+,;=:@!$&'()*/-]*)?(?:\?[\w.~%+,;=:@!$&'()*/?-]*)?$/iu;

/** No port above 65535, and no numeric host that is no address: a URL that cannot be parsed would throw later. */
function canBeAsked(address: string): boolean {
  const [host = '', port = '443'] = address.split('/')[2]?.split('?')[0]?.split(':') ?? [];
  const labels = host.split('.');
  const isNumeric = /^(?:\d+|0x[\da-f]*)$/iu.test(labels.at(-1) ?? '');
  const isIp = labels.length === 4 && labels.every((label) => /^(?:0|[1-9]\d{0,2})$/u.test(label) && Number(label) <= 255);
  return Number(port) <= 65_535 && (!isNumeric || isIp);
}

/** The address of a shop's token broker: https, without user or fragment. */
export function checkBrokerUrl(typed: string): Result<string, BrokerUrlProblem> {
  if (typed === '') return failed({ kind: 'broker-url-empty' });
  const scheme = typed.length > 500 || containsCardNumber(typed) ? undefined : WEB_ADDRESS.exec(typed)?.groups?.['scheme'];
  if (scheme === undefined || !canBeAsked(typed)) return failed({ kind: 'broker-url-invalid' });
  return scheme.toLowerCase() === 'https' ? ok(typed) : failed({ kind: 'broker-url-not-https' });
}
