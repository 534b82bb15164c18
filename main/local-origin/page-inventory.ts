import { type CheckoutOrigins, type CheckoutWay, PLAID_SCRIPT_PATH, SEZZLE_SCRIPT_PATH, WAY_PATHS, isPlaidHost, isSezzleHost } from './checkout-policy.ts';

/**
 * Every request of the checkout page, with its owner and its reason: the inventory of PCI DSS 6.4.3. Main compares
 * the page's real requests with it (page-watch.ts), and test/e2e/connected-sale.spec.ts does so in whole sales.
 */
type InventoryLine = {
  /** The page's own origin, JustiFi's API for the component, JustiFi's host of the card fields, Plaid's, Sezzle's of its script, or those of its window. */
  readonly at: 'page' | keyof CheckoutOrigins;
  /** Electron's resource type. `inside`: any request inside a frame of another origin. */
  readonly type: 'mainFrame' | 'script' | 'stylesheet' | 'subFrame' | 'xhr' | 'inside';
  /** `*`: any. */
  readonly method: 'GET' | 'POST' | 'OPTIONS' | '*';
  /** `<checkout>`, `<account>` and `<quote>` stand for the id of one, `*` for anything. */
  readonly path: string;
  readonly owner: string;
  readonly why: string;
  readonly integrity: string;
};

const FRAMED = 'JustiFi’s, in a frame of another origin';
const DATA = 'data, no script';

const OUR_FILES: readonly InventoryLine[] = [
  { at: 'page', type: 'script', method: 'GET', path: '/checkout/checkout.js', owner: 'Counter and JustiFi', why: 'our page and JustiFi’s component, bundled', integrity: 'SHA-256 in main’s bundle; the component by package-lock.json' },
  { at: 'page', type: 'stylesheet', method: 'GET', path: '/checkout/checkout.css', owner: 'Counter', why: 'how the page around the form looks', integrity: 'SHA-256 in main’s bundle' },
];

/** A call of the component, and the preflight before it. */
const call = (method: 'GET' | 'POST', path: string, why: string): readonly InventoryLine[] => [
  { at: 'api', type: 'xhr', method: 'OPTIONS', path, owner: 'JustiFi', why: 'preflight', integrity: DATA },
  { at: 'api', type: 'xhr', method, path, owner: 'JustiFi', why, integrity: DATA },
];

const COMPONENT_CALLS: readonly InventoryLine[] = [...call('GET', '/v1/checkouts/<checkout>', 'the component reads its checkout'), ...call('POST', '/v1/checkouts/<checkout>/complete', 'the component pays')];

/** Requests of the card form. */
export const CHECKOUT_INVENTORY: readonly InventoryLine[] = [
  { at: 'page', type: 'mainFrame', method: 'GET', path: '/', owner: 'Counter', why: 'the checkout page', integrity: 'SHA-256 in main’s bundle' },
  ...OUR_FILES,
  ...['cardNumber', 'expirationMonth', 'expirationYear', 'CVV', 'accountNumber', 'routingNumber'].map(
    (field): InventoryLine => ({ at: 'fields', type: 'subFrame', method: 'GET', path: `/v2/${field}`, owner: 'JustiFi', why: 'hosted field', integrity: FRAMED }),
  ),
  { at: 'fields', type: 'inside', method: '*', path: '*', owner: 'JustiFi', why: 'what a hosted field loads and sends inside its own frame, the card’s token among it', integrity: FRAMED },
  ...COMPONENT_CALLS,
];

/** Requests of the card form with an insurance: those of the card form, and the quote. */
export const INSURED_INVENTORY: readonly InventoryLine[] = [
  ...CHECKOUT_INVENTORY.map((line) => (line.type === 'mainFrame' ? { ...line, path: WAY_PATHS.insured, why: 'the checkout page, with an insurance' } : line)),
  ...call('POST', '/v1/insurance/quotes', 'the component asks for a quote of an insurance'),
  ...call('POST', '/v1/insurance/quotes/<quote>/toggle', 'the component tells whether the customer takes it'),
];

/** Requests of the document that offers Plaid: it has none of JustiFi's fields, so no card can be typed there. */
export const PLAID_INVENTORY: readonly InventoryLine[] = [
  { at: 'page', type: 'mainFrame', method: 'GET', path: WAY_PATHS.plaid, owner: 'Counter', why: 'the checkout page, with Plaid’s policy', integrity: 'SHA-256 in main’s bundle' },
  ...OUR_FILES,
  { at: 'plaid', type: 'script', method: 'GET', path: PLAID_SCRIPT_PATH, owner: 'Plaid', why: 'opens the login at the bank', integrity: 'none: Plaid serves one address without a version; only this document loads it' },
  { at: 'plaid', type: 'subFrame', method: 'GET', path: '*', owner: 'Plaid', why: 'the login at the bank', integrity: 'Plaid’s, in a frame of another origin' },
  { at: 'plaid', type: 'inside', method: '*', path: '*', owner: 'Plaid', why: 'what the login loads and sends inside its own frame, on Plaid’s domain', integrity: 'Plaid’s, in a frame of another origin' },
  ...COMPONENT_CALLS,
  ...call('POST', '/v1/plaid/<account>/link', 'the component asks for a link to Plaid'),
  ...call('POST', '/v1/plaid/<account>/tokenize', 'the component makes a token of the connected bank account'),
];

/** Requests of the document that offers Sezzle, and of the window that it opens: nothing of JustiFi's is in either. */
export const SEZZLE_INVENTORY: readonly InventoryLine[] = [
  { at: 'page', type: 'mainFrame', method: 'GET', path: WAY_PATHS.sezzle, owner: 'Counter', why: 'the checkout page, with Sezzle’s policy', integrity: 'SHA-256 in main’s bundle' },
  ...OUR_FILES,
  { at: 'sezzle', type: 'script', method: 'GET', path: SEZZLE_SCRIPT_PATH, owner: 'Sezzle', why: 'opens Sezzle’s window', integrity: 'none: Sezzle serves one address without a version; only this document loads it' },
  { at: 'sezzleWindows', type: 'mainFrame', method: '*', path: '*', owner: 'Sezzle', why: 'the window in which the customer agrees', integrity: 'Sezzle’s, in a window of its own' },
  { at: 'sezzleWindows', type: 'inside', method: '*', path: '*', owner: 'Sezzle', why: 'what the window loads and sends, on Sezzle’s domain', integrity: 'Sezzle’s, in a window of its own' },
];

export const INVENTORIES: Readonly<Record<CheckoutWay, readonly InventoryLine[]>> = { 'card-form': CHECKOUT_INVENTORY, plaid: PLAID_INVENTORY, insured: INSURED_INVENTORY, sezzle: SEZZLE_INVENTORY };

/** One request of the checkout page or of a frame in it, as Electron reports it. */
export type PageRequest = { readonly resourceType: string; readonly method: string; readonly url: string };

export type PageOrigins = CheckoutOrigins & { readonly page: string };

/** The line of the inventory for this request; undefined: it has none. */
export function inventoryLineOf({ resourceType, method, url }: PageRequest, origins: PageOrigins, way: CheckoutWay = 'card-form'): InventoryLine | undefined {
  const asked = URL.canParse(url) ? new URL(url) : null;
  if (asked === null) return undefined;
  return INVENTORIES[way].find(
    (line) =>
      (isAt(origins[line.at], asked.origin) || (line.type === 'inside' && asked.protocol === 'https:' && isOfDomain(line.at, asked.hostname))) &&
      // Our page requests the document of a frame; the requests of that document are the frame's own.
      (line.type === 'inside' ? resourceType !== 'subFrame' && resourceType !== 'mainFrame' : line.type === resourceType) &&
      (line.method === '*' || line.method === method) &&
      isPath(line.path, asked.pathname),
  );
}

function isAt(allowed: string | readonly string[], origin: string): boolean {
  return typeof allowed === 'string' ? allowed === origin : allowed.includes(origin);
}

function isOfDomain(at: InventoryLine['at'], hostname: string): boolean {
  return (at === 'plaid' && isPlaidHost(hostname)) || (at === 'sezzleWindows' && isSezzleHost(hostname));
}

function isPath(pattern: string, path: string): boolean {
  if (pattern === '*') return true;
  const wanted = pattern.split('/');
  const given = path.split('/');
  return wanted.length === given.length && wanted.every((part, index) => (/^<\w+>$/u.test(part) ? /^\w+$/u.test(given[index]!) : part === given[index]));
}
