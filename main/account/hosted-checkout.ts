import { isJustifiHost } from '../local-origin/checkout-policy.ts';

/** The QR code of a longer address could hardly be scanned from a screen. */
const LONGEST_ADDRESS = 200;

/**
 * JustiFi's page of a checkout, where its customer pays on their own phone: components.justifi.ai/hosted-checkout/<id> in JustiFi's documentation; its API
 * does not give it. Only the id in it is secret. Null: it would not be a page of JustiFi's own, or is too long. `isTraining`: it is on this PC.
 */
export function hostedCheckoutAddress(origin: string, checkoutId: string, isTraining: boolean): string | null {
  const path = `/hosted-checkout/${encodeURIComponent(checkoutId)}`;
  if (!URL.canParse(path, origin)) return null;
  const { protocol, hostname, port, href } = new URL(path, origin);
  const isJustifis = protocol === 'https:' && port === '' && isJustifiHost(hostname);
  const isOfThisPc = isTraining && protocol === 'http:' && hostname === '127.0.0.1';
  return (isJustifis || isOfThisPc) && href.length <= LONGEST_ADDRESS ? href : null;
}
