import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ConsoleMessage, Locator, Page } from 'playwright';
import { build } from 'vite';
import { pageBrowser } from '../host/page-browser.ts';

/** The one style sheet that version 6.14.3 of the component puts into its shadow roots. */
const COMPONENT_STYLE_HASH = 'sha256-uLkJtb7FJUS68PGBfC+qeyReKeajotRNPALPLpuYgAQ=';

export type ComponentPage = {
  readonly page: Page;
  /** The browser's refusals under the page's policy, and its errors. */
  readonly problems: readonly string[];
  /** The frame of a hosted field as the page has it, and the input inside. */
  readonly frame: (name: string) => Locator;
  readonly field: (name: string) => Locator;
  /** Resolves when the card fields keep typed text: reloaded with their fonts, and the focus no longer taken. */
  readonly cardFieldsReady: () => Promise<void>;
  /** The same for the bank account, chosen when the card fields were ready. */
  readonly bankFieldsReady: () => Promise<void>;
  readonly payByCard: (card: { readonly number: string; readonly postalCode?: string }) => Promise<void>;
  readonly pay: () => Promise<void>;
  readonly heard: (type: string) => Promise<readonly ComponentEvent[]>;
  /** Before the next one. The document stays until that one's. */
  readonly close: () => void;
};

export type ComponentEvent = {
  readonly errorCode?: string;
  readonly message?: string;
  readonly checkout?: { readonly payment_status: string; readonly payment_id: string | null };
};

type Checkout = { readonly origin: string; readonly authToken: string; readonly checkoutId: string };

export type ComponentBrowser = {
  readonly open: (checkout: Checkout) => Promise<ComponentPage>;
  readonly close: () => Promise<void>;
};

/** A real browser with JustiFi's real component, on one page after the other under the policy of a real till. */
export async function startComponentBrowser(): Promise<ComponentBrowser> {
  const script = await bundle();
  const browser = await pageBrowser();
  const [context, server] = [await browser.newContext(), await serve(script)];
  // One document after the other in one process of Chromium: it starts once, and keeps the component's compiled code.
  const page = await context.newPage();
  return {
    open(checkout) {
      server.policy = policyOf(checkout);
      return openPage(page, server.origin, checkout);
    },
    async close() {
      await context.close();
      server.close();
    },
  };
}

async function bundle(): Promise<string> {
  const output = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      // Two megabytes take longer to compress than to send.
      minify: false,
      target: 'chrome150',
      modulePreload: false,
      rolldownOptions: { input: join(import.meta.dirname, 'component-page.ts'), output: { codeSplitting: false } },
    },
  });
  if (!('output' in output)) throw new Error('The page was not bundled');
  return output.output[0].code;
}

const policyOf = ({ origin }: Checkout) =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `connect-src ${origin}`,
    `frame-src ${origin}`,
    `style-src 'self' '${COMPONENT_STYLE_HASH}'`,
    "img-src 'self' data:",
  ].join('; ');

/** `policy`: of the next page. */
async function serve(script: string): Promise<{ readonly origin: string; policy: string; close(): void }> {
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    const type = isScript ? { 'content-type': 'text/javascript', 'cache-control': 'max-age=3600' } : { 'content-type': 'text/html; charset=utf-8' };
    response.writeHead(200, { ...type, 'content-security-policy': served.policy, 'referrer-policy': 'no-referrer' });
    response.end(isScript ? script : '<!doctype html><title>Checkout</title><script type="module" src="/page.js"></script>');
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

async function openPage(page: Page, ownOrigin: string, checkout: Checkout): Promise<ComponentPage> {
  const problems: string[] = [];
  const onError = ({ message }: Error) => void problems.push(message);
  const onConsole = (message: ConsoleMessage) => void (message.type() === 'error' && problems.push(message.text()));
  page.on('pageerror', onError).on('console', onConsole);
  await page.goto(ownOrigin);
  await page.waitForFunction(() => 'showCheckout' in window);
  await page.evaluate((options) => window.showCheckout(options), checkout);

  const frame = (name: string) => page.locator(`iframe[name="${name}"]`);
  const field = (name: string) => page.frameLocator(`iframe[name="${name}"]`).locator('input');

  /** Resolves when a field has been loaded again with the page's fonts. */
  async function fieldReady(name: string): Promise<void> {
    await frame(name).and(page.locator('[src*="fontFamily="]:not([src*="fontFamily=&"])')).waitFor();
    await field(name).waitFor();
  }

  async function cardFieldsReady(): Promise<void> {
    for (const name of ['cardNumber', 'expirationMonth', 'expirationYear', 'CVV']) await fieldReady(name);
    await page.waitForFunction(() => window.focusThefts >= 2);
  }

  async function bankFieldsReady(): Promise<void> {
    for (const name of ['accountNumber', 'routingNumber']) await fieldReady(name);
    await page.waitForFunction(() => window.focusThefts >= 4);
  }

  async function pay(): Promise<void> {
    await page.getByRole('button', { name: 'Pay', exact: true }).click();
  }

  return {
    page,
    problems,
    frame,
    field,
    cardFieldsReady,
    bankFieldsReady,
    pay,
    payByCard: async ({ number, postalCode = '55114' }) => {
      await field('cardNumber').fill(number);
      await field('expirationMonth').fill('11');
      await field('expirationYear').fill('35');
      await field('CVV').fill(number.startsWith('3') ? '1234' : '123');
      await page.getByRole('textbox', { name: 'Postal Code' }).fill(postalCode);
      await pay();
    },
    heard: (type) =>
      page.evaluate((wanted) => window.heard.filter((event) => event.type === wanted).map((event) => event.detail), type),
    close: () => void page.off('pageerror', onError).off('console', onConsole),
  };
}
