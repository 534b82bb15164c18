import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';

const BUILT = join(import.meta.dirname, '../../out/renderer');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

let origin: Promise<string> | undefined;
const contexts = new WeakMap<Browser, Map<string, Promise<BrowserContext>>>();

/**
 * A new page of this browser that is about to be a built page; `load` makes it one. Pages with the same options share a context, and so what Chromium
 * has read and compiled of them: half of the time that a page of its own costs.
 */
export async function newBuiltPage(browser: Browser, options: BrowserContextOptions): Promise<{ readonly page: Page; load(name: 'till' | 'display'): Promise<void> }> {
  const page = await (await contextOf(browser, options)).newPage();
  return {
    page,
    async load(name) {
      origin ??= serveBuiltPages();
      await page.goto(`${await origin}/${name}/index.html`);
    },
  };
}

function contextOf(browser: Browser, options: BrowserContextOptions): Promise<BrowserContext> {
  const ofBrowser = contexts.get(browser) ?? new Map<string, Promise<BrowserContext>>();
  contexts.set(browser, ofBrowser);
  const key = JSON.stringify(options);
  const context = ofBrowser.get(key) ?? browser.newContext(options);
  ofBrowser.set(key, context);
  return context;
}

/** By a server, because Chromium caches nothing of an answer that a test makes up. It ends with its process. */
async function serveBuiltPages(): Promise<string> {
  const server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    try {
      const body = readFileSync(join(BUILT, path));
      response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream', 'cache-control': 'max-age=3600' }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.unref();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
