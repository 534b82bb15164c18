import { readFileSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ConsoleMessage, Page } from 'playwright';
import type { CallInput, CallName } from '../../contract/channels.ts';
import type { MountOrder, SezzleMount, ShowOrder } from '../../contract/form-order.ts';
import type { InsuranceOrder } from '../../contract/insured.ts';
import { pageHeaders } from '../../main/local-origin/server.ts';
import { type CheckoutWay, PLAID_SCRIPT_PATH, SEZZLE_SCRIPT_PATH, WAY_PATHS, checkoutPolicy } from '../../main/local-origin/checkout-policy.ts';
import { pageBrowser } from '../host/page-browser.ts';

/* Counter's own checkout page with JustiFi's real component in a real browser, under its real policy, with a scripted main. */

type Told = { readonly call: CallName<'checkout'>; readonly input: unknown };

export type CheckoutPage = {
  readonly page: Page;
  /** The page's reports to main, without `alive`. */
  told<Name extends CallName<'checkout'>>(call: Name): Promise<readonly CallInput<'checkout', Name>[]>;
  /** Main's answer to the next presses of Pay. */
  answerSubmit(answer: 'ok' | 'not-now'): Promise<void>;
  show(authorisation?: string): Promise<void>;
  /** The browser's refusals under the policy. */
  readonly violations: readonly string[];
  /** Before the next sale. The document stays until that one's. */
  close(): void;
};

export type CheckoutBrowser = {
  open(order: { readonly way: CheckoutWay; readonly origin: string; readonly checkoutId: string; readonly componentToken: string; readonly insurance?: InsuranceOrder | null; readonly sezzle?: SezzleMount; readonly policy?: (policy: string) => string }): Promise<CheckoutPage>;
  close(): Promise<void>;
};

/** A guard in the script of the built page, and what stands there without it. */
type Change = { readonly guard: RegExp; readonly without: string };

/** The built page, for one sale after the other. `changed`: guards of it are taken out. */
export async function startCheckoutBrowser(changed: readonly Change[] = []): Promise<CheckoutBrowser> {
  const files = builtPage(changed);
  const browser = await pageBrowser();
  const [context, server] = [await browser.newContext(), await serve(files)];
  // Each sale has a document of its own, all in one process of Chromium: it starts once, and keeps the component's compiled code.
  const page = await context.newPage();
  await page.addInitScript(answerAsMain);
  return {
    open(order) {
      server.policy = policyOf(order);
      return openPage(page, server.origin, order);
    },
    async close() {
      await context.close();
      server.close();
    },
  };
}

function builtPage(changed: readonly Change[]): ReadonlyMap<string, string> {
  const folder = join(import.meta.dirname, '../../out/renderer/checkout');
  const files = new Map(readdirSync(folder).map((name) => [`checkout/${name}`, readFileSync(join(folder, name), 'utf8')]));
  for (const { guard, without } of changed) {
    const script = files.get('checkout/checkout.js') ?? '';
    if (!guard.test(script)) throw new Error(`The built page has no ${guard.source}`);
    files.set('checkout/checkout.js', script.replace(guard, without));
  }
  return files;
}

type Order = Parameters<CheckoutBrowser['open']>[0];

const originsOf = ({ origin }: Order) => ({ api: origin, fields: origin, plaid: origin, sezzle: origin, sezzleWindows: [origin] });
const policyOf = ({ policy = (own) => own, ...order }: Order) => policy(checkoutPolicy(originsOf(order), order.way));

/** `policy`: of the next page. */
async function serve(files: ReadonlyMap<string, string>): Promise<{ readonly origin: string; policy: string; close(): void }> {
  const types: Readonly<Record<string, string>> = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css' };
  const server = createServer(({ url = '/' }, response) => {
    const name = files.has(url.slice(1)) ? url.slice(1) : 'checkout/index.html';
    const headers = { 'content-type': types[name.split('.').at(-1)!], 'content-security-policy': served.policy, ...pageHeaders(url) };
    response.writeHead(200, name.endsWith('.html') ? headers : { ...headers, 'Cache-Control': 'max-age=3600' }).end(files.get(name));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const served = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    policy: '',
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
  return served;
}

async function openPage(page: Page, ownOrigin: string, { way, origin, checkoutId, componentToken, insurance = null, sezzle }: Order): Promise<CheckoutPage> {
  const violations: string[] = [];
  const listen = (message: ConsoleMessage) => {
    if (/Content Security Policy|Trusted/u.test(message.text())) violations.push(message.text());
  };
  page.on('console', listen);
  await page.goto(`${ownOrigin}${WAY_PATHS[way]}`);
  const order: MountOrder = { checkoutId, componentToken, apiOrigin: origin, fieldOrigin: origin, way, insurance, sezzle: sezzle === undefined ? null : { ...sezzle, script: `${origin}${SEZZLE_SCRIPT_PATH}` }, plaidScript: `${origin}${PLAID_SCRIPT_PATH}`, cards: true, bankAccounts: true, billing: 'short' };
  await page.evaluate((given) => window.scripted.push('mount', given), order);
  return {
    page,
    violations,
    told: async (call) => (await page.evaluate(() => window.scripted.told)).filter((each) => each.call === call).map(({ input }) => input as never),
    answerSubmit: (answer) =>
      page.evaluate((kind) => {
        window.scripted.submitAnswer = kind === 'ok' ? { kind, value: null } : { kind: 'failed', failure: { kind } };
      }, answer),
    async show(authorisation = 'I authorize this debit.') {
      await page.waitForFunction(() => window.scripted.told.some(({ call }) => call === 'fieldsReady'));
      const shown: ShowOrder = { checkoutId, amountInCents: 1799, currency: 'USD', description: 'One donut', language: 'en', bankAuthorisation: authorisation };
      await page.evaluate((given) => window.scripted.push('show', given), shown);
    },
    close: () => void page.off('console', listen),
  };
}

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can add to the browser's own
  interface Window {
    scripted: Scripted;
  }
}

type Scripted = { told: Told[]; submitAnswer: unknown; push(name: 'mount' | 'show', order: MountOrder | ShowOrder): void };

/** Runs in the page. */
function answerAsMain(): void {
  if (window !== window.top || window.opener !== null) return;
  const listeners = new Map<string, (order: unknown) => void>();
  const scripted: Scripted = { told: [], submitAnswer: { kind: 'ok', value: null }, push: (name, order) => listeners.get(name)?.(order) };
  const answer = (call: CallName<'checkout'>) => (input?: unknown) => {
    scripted.told.push({ call, input });
    return Promise.resolve(call === 'submit' ? scripted.submitAnswer : { kind: 'ok', value: null });
  };
  const calls = ['opened', 'fieldsReady', 'drawn', 'pressTab', 'submit', 'submitted', 'failed', 'answered', 'stuck', 'goBack', 'trouble'] as const;
  Object.assign(window, {
    scripted,
    checkout: {
      ...Object.fromEntries(calls.map((call) => [call, answer(call)])),
      alive: () => Promise.resolve({ kind: 'ok', value: null }),
      onMount: (listener: (order: unknown) => void) => listeners.set('mount', listener),
      onShow: (listener: (order: unknown) => void) => listeners.set('show', listener),
    },
  });
}
