import { version } from '@justifi/webcomponents/package.json';
import { parseJson } from '../../contract/json.ts';
import { disregard } from '../../contract/result.ts';
import { bridge } from './bridge.ts';
import type { PlaidRequests } from './customer-form.ts';
import type { Quote } from './insurance.ts';

/** The package the component was bundled from. */
const COMPONENT_VERSION: string = version;

/** On every mount the component asks its package registry for its latest version, and does not catch a failure. */
const PAY = /^\/v1\/checkouts\/[^/]+\/complete$/u;
const CHECKOUT = /^\/v1\/checkouts\/[^/]+$/u;
const PLAID_LINK = /^\/v1\/plaid\/[^/]+\/link$/u;
const PLAID_TOKEN = /^\/v1\/plaid\/[^/]+\/tokenize$/u;
const QUOTE = /^\/v1\/insurance\/quotes$/u;
const QUOTE_ANSWER = /^\/v1\/insurance\/quotes\/[^/]+\/toggle$/u;
/** The ways to pay of each document, by the names of a checkout's `payment_settings`. */
const OFFERED = { 'card-form': new Set(['credit_card_payments', 'ach_payments']), plaid: new Set(['ach_payments', 'bank_account_verification']), insured: new Set(['credit_card_payments', 'insurance_payments']) } as const;
const REFUSED_FOR_GOOD: ReadonlySet<number> = new Set([400, 404, 410, 422]);
const VERSION_PING = '/@justifi/webcomponents/latest';

/** Facts that the component's own events do not carry. */
type FetchEvents = {
  /** The component gets its checkout with the returned changes. */
  readonly onCheckoutRead: (read: ReadTotal) => void;
  /** The request to pay was answered with this HTTP status. */
  readonly onPayAnswered: (status: number) => void;
  /** Null: this document does not offer Plaid. */
  readonly plaid: () => PlaidRequests | null;
  /** Null: this document offers no insurance. */
  readonly quote: () => Quote | null;
};

/** The component has read its checkout. `totalInCents`: null: JustiFi did not say. */
export type ReadTotal = { readonly totalInCents: number | null; readonly hasInsurance: boolean };

/**
 * Wraps `fetch` before the component is mounted: answers the version ping here, lets the component reach
 * JustiFi's API, refuses and reports the rest. Of the checkout that the component reads, every way to pay that Counter does not
 * offer is removed: the sheet of a wallet keeps the amount of the mount, and other ways do not ask before a charge. The
 * page's Content-Security-Policy blocks the same; this one can report it.
 */
export function guardFetch(apiOrigin: () => string, { onCheckoutRead, onPayAnswered, plaid, quote }: FetchEvents): void {
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.pathname === VERSION_PING) return Response.json({ version: COMPONENT_VERSION });
    if (url.origin === apiOrigin()) {
      const isLink = PLAID_LINK.test(url.pathname);
      if (isLink && plaid()?.mayAskForLink() !== true) return Response.json({ error: { code: 'not-asked', message: 'Plaid is not asked for again' } }, { status: 429 });
      if (QUOTE_ANSWER.test(url.pathname)) quote()?.answering();
      const response = await send(input, init).catch((error: unknown) => {
        noteQuote(quote(), url.pathname, null);
        throw error;
      });
      noteQuote(quote(), url.pathname, response.status);
      if (PAY.test(url.pathname)) onPayAnswered(response.status);
      if (isLink) plaid()?.linkAnswered();
      if (PLAID_TOKEN.test(url.pathname) && response.ok) noteToken(plaid(), await response.clone().text());
      if (!CHECKOUT.test(url.pathname) || !response.ok) return response;
      const checkout = await withOfferedWays(response, OFFERED[plaid() !== null ? 'plaid' : quote() !== null ? 'insured' : 'card-form']);
      onCheckoutRead(checkout);
      return checkout.response;
    }
    disregard(await bridge.trouble({ what: 'request-refused', detail: url.origin }), 'it is refused in any case');
    throw new TypeError('Counter does not allow this request');
  };
}

async function withOfferedWays(response: Response, offered: ReadonlySet<string>): Promise<ReadTotal & { readonly response: Response }> {
  const text = await response.text();
  const { status, headers } = response;
  const checkout = parseJson(text);
  const data = isObject(checkout) && isObject(checkout['data']) ? checkout['data'] : {};
  const { payment_settings: settings, total_amount: total } = data;
  const totalInCents = typeof total === 'number' ? total : null;
  if (!isObject(settings)) return { response: new Response(text, { status, headers }), totalInCents, hasInsurance: false };
  // With an order at Sezzle the component fetches Sezzle's script, whatever the settings say.
  delete data['bnpl'];
  for (const way of Object.keys(settings)) {
    if (!offered.has(way)) settings[way] = false;
  }
  return { response: Response.json(checkout, { status }), totalInCents, hasInsurance: settings['insurance_payments'] === true };
}

/** `status`: null: no answer. */
function noteQuote(quote: Quote | null, path: string, status: number | null): void {
  const isOk = status !== null && status >= 200 && status < 300;
  if (QUOTE.test(path)) quote?.quoted(isOk);
  if (QUOTE_ANSWER.test(path)) quote?.answerEnded(isOk ? 'taken' : REFUSED_FOR_GOOD.has(status ?? 0) ? 'refused' : 'not-taken');
}

/** The component takes the first of these that exists. */
function noteToken(plaid: PlaidRequests | null, text: string): void {
  const answer = parseJson(text);
  const method = isObject(answer) && isObject(answer['data']) ? answer['data'] : {};
  const bankAccount = isObject(method['bank_account']) ? method['bank_account'] : {};
  const token = [bankAccount['token'], method['token'], method['id']].find((each) => typeof each === 'string' && each !== '');
  if (typeof token === 'string') plaid?.tokenMade(token);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
