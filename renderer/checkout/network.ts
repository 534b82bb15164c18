import { version } from '@justifi/webcomponents/package.json';
import { parseJson } from '../../contract/json.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';

/** The package the component was bundled from. */
export const COMPONENT_VERSION: string = version;

/** On every mount the component asks its package registry for its latest version, and does not catch a failure. */
const PAY = /^\/v1\/checkouts\/[^/]+\/complete$/u;
const CHECKOUT = /^\/v1\/checkouts\/[^/]+$/u;
/** What Counter offers, by the names of a checkout's `payment_settings`. */
const OFFERED_WAYS = new Set(['credit_card_payments', 'ach_payments']);
const VERSION_PING = '/@justifi/webcomponents/latest';

/** What the component's own events leave out. */
export type FetchEvents = {
  /** The component gets its checkout with what is returned now. */
  readonly onCheckoutRead: () => void;
  /** The request to pay was answered with this HTTP status. */
  readonly onPayAnswered: (status: number) => void;
};

/**
 * Stands in front of `fetch` before the component is mounted: answers the version ping here, lets the component reach
 * JustiFi's API, refuses and reports the rest. Of the checkout that the component reads, every way to pay that Counter does not
 * offer is taken out: the sheet of a wallet keeps the amount of the mount, and other ways are not asked about before a charge. The
 * page's Content-Security-Policy blocks the same; this one can report it.
 */
export function guardFetch(apiOrigin: () => string, { onCheckoutRead, onPayAnswered }: FetchEvents): void {
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.pathname === VERSION_PING) return Response.json({ version: COMPONENT_VERSION });
    if (url.origin === apiOrigin()) {
      const response = await send(input, init);
      if (PAY.test(url.pathname)) onPayAnswered(response.status);
      if (!CHECKOUT.test(url.pathname) || !response.ok) return response;
      const checkout = await withOfferedWays(response);
      onCheckoutRead();
      return checkout;
    }
    disregard(await bridge.trouble({ what: 'request-refused', detail: url.origin }), 'it is refused in any case');
    throw new TypeError('Counter does not allow this request');
  };
}

async function withOfferedWays(response: Response): Promise<Response> {
  const text = await response.text();
  const { status, headers } = response;
  const checkout = parseJson(text);
  const settings = isObject(checkout) && isObject(checkout['data']) ? checkout['data']['payment_settings'] : undefined;
  if (!isObject(settings)) return new Response(text, { status, headers });
  for (const way of Object.keys(settings)) {
    if (!OFFERED_WAYS.has(way)) settings[way] = false;
  }
  return Response.json(checkout, { status });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
