import type { CheckoutOrigins } from './checkout-policy.ts';

/**
 * What the checkout page loads and asks for, each with its owner and its reason: the inventory of PCI DSS 6.4.3. Main compares
 * what the page really asks for with it (page-watch.ts), and test/e2e/security.spec.ts does so in whole sales.
 */
type InventoryLine = {
  /** The page's own origin, JustiFi's API for the component, or JustiFi's host of the card fields. */
  readonly at: 'page' | keyof CheckoutOrigins;
  /** Electron's resource type. `inside`: anything that a hosted field loads inside its own frame. */
  readonly type: 'mainFrame' | 'script' | 'stylesheet' | 'subFrame' | 'xhr' | 'inside';
  /** `*`: any. */
  readonly method: 'GET' | 'POST' | 'OPTIONS' | '*';
  /** `<checkout>` stands for the id of one, `*` for anything. */
  readonly path: string;
  readonly owner: string;
  readonly why: string;
  readonly integrity: string;
};

const FRAMED = 'JustiFi’s, in a frame of another origin';
const DATA = 'data, no script';

export const CHECKOUT_INVENTORY: readonly InventoryLine[] = [
  { at: 'page', type: 'mainFrame', method: 'GET', path: '/', owner: 'Counter', why: 'the checkout page', integrity: 'SHA-256 in main’s bundle' },
  { at: 'page', type: 'script', method: 'GET', path: '/checkout/checkout.js', owner: 'Counter and JustiFi', why: 'our page and JustiFi’s component, bundled', integrity: 'SHA-256 in main’s bundle; the component by package-lock.json' },
  { at: 'page', type: 'stylesheet', method: 'GET', path: '/checkout/checkout.css', owner: 'Counter', why: 'how the page around the form looks', integrity: 'SHA-256 in main’s bundle' },
  ...['cardNumber', 'expirationMonth', 'expirationYear', 'CVV', 'accountNumber', 'routingNumber'].map(
    (field): InventoryLine => ({ at: 'fields', type: 'subFrame', method: 'GET', path: `/v2/${field}`, owner: 'JustiFi', why: 'hosted field', integrity: FRAMED }),
  ),
  { at: 'fields', type: 'inside', method: '*', path: '*', owner: 'JustiFi', why: 'what a hosted field loads and sends inside its own frame, the card’s token among it', integrity: FRAMED },
  { at: 'api', type: 'xhr', method: 'OPTIONS', path: '/v1/checkouts/<checkout>', owner: 'JustiFi', why: 'preflight', integrity: DATA },
  { at: 'api', type: 'xhr', method: 'GET', path: '/v1/checkouts/<checkout>', owner: 'JustiFi', why: 'the component reads its checkout', integrity: DATA },
  { at: 'api', type: 'xhr', method: 'OPTIONS', path: '/v1/checkouts/<checkout>/complete', owner: 'JustiFi', why: 'preflight', integrity: DATA },
  { at: 'api', type: 'xhr', method: 'POST', path: '/v1/checkouts/<checkout>/complete', owner: 'JustiFi', why: 'the component pays', integrity: DATA },
];

/** One request of the checkout page or of a frame in it, as Electron reports it. */
export type PageRequest = { readonly resourceType: string; readonly method: string; readonly url: string };

export type PageOrigins = CheckoutOrigins & { readonly page: string };

/** The line that allows for this request; undefined when the inventory has none. */
export function inventoryLineOf({ resourceType, method, url }: PageRequest, origins: PageOrigins): InventoryLine | undefined {
  const asked = URL.canParse(url) ? new URL(url) : null;
  if (asked === null) return undefined;
  return CHECKOUT_INVENTORY.find(
    (line) =>
      origins[line.at] === asked.origin &&
      // A document in a frame is asked for by our page; what that document loads is the frame's own.
      (line.type === 'inside' ? resourceType !== 'subFrame' && resourceType !== 'mainFrame' : line.type === resourceType) &&
      (line.method === '*' || line.method === method) &&
      isPath(line.path, asked.pathname),
  );
}

function isPath(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, index) => (part === '<checkout>' ? /^\w+$/u.test(given[index]!) : part === given[index]));
}
