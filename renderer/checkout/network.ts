import { version } from '@justifi/webcomponents/package.json';
import { bridge } from './bridge.ts';

/** The package the component was bundled from. */
export const COMPONENT_VERSION: string = version;

/** On every mount the component asks its package registry for its latest version, and does not catch a failure. */
const PAY = /^\/v1\/checkouts\/[^/]+\/complete$/u;
const VERSION_PING = '/@justifi/webcomponents/latest';

/**
 * Stands in front of `fetch` before the component is mounted: answers the version ping here, lets the component reach
 * JustiFi's API, refuses and reports the rest. What the request to pay was answered with is told to `onPayAnswered`,
 * because the component's events do not say. The page's Content-Security-Policy says the same; this one can tell.
 */
export function guardFetch(apiOrigin: () => string, onPayAnswered: (status: number) => void): void {
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.pathname === VERSION_PING) return Response.json({ version: COMPONENT_VERSION });
    if (url.origin === apiOrigin()) {
      const response = await send(input, init);
      if (PAY.test(url.pathname)) onPayAnswered(response.status);
      return response;
    }
    await bridge.trouble({ what: 'request-refused', detail: url.origin });
    throw new TypeError('Counter does not allow this request');
  };
}
