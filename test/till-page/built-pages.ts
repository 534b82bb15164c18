import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright';

const BUILT = join(import.meta.dirname, '../../out/renderer');
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.woff2': 'font/woff2' };

/** Playwright's defaults. */
const USUAL = { viewport: { width: 1280, height: 720 }, colorScheme: 'light', reducedMotion: 'no-preference', forcedColors: 'none' } as const;

let origin: Promise<string> | undefined;
const lots = new WeakMap<Browser, Map<string, Lot>>();

/** The pages of one kind: their context, and those that no test uses at the moment. */
type Lot = { readonly context: Promise<BrowserContext>; readonly idle: Page[] };

export type BuiltPage = {
  readonly page: Page;
  /** `before`: a script that runs before those of the page. */
  load(name: 'till' | 'display', before: string): Promise<void>;
  /** Another test may have the page. */
  close(): Promise<void>;
};

/**
 * A page of this browser that is about to be a built page; `load` makes it one. Pages with the same options share a context, and so Chromium's
 * compiled code; and a page that was closed is the next one, loaded again: together a quarter of the cost of a page in a context of its own.
 */
export async function newBuiltPage(browser: Browser, { viewport = USUAL.viewport, ...options }: BrowserContextOptions): Promise<BuiltPage> {
  const lot = lotOf(browser, options);
  const page = lot.idle.pop() ?? (await (await lot.context).newPage());
  if (viewport !== null) await page.setViewportSize(viewport);
  let script: Awaited<ReturnType<Page['addInitScript']>> | undefined;
  return {
    page,
    async load(name, before) {
      origin ??= serveBuiltPages();
      script = await page.addInitScript({ content: before });
      await page.goto(`${await origin}/${name}/index.html`);
    },
    async close() {
      try {
        await script?.dispose();
        await asNew(page, options);
        lot.idle.push(page);
      } catch {
        // It hangs or has crashed.
        await page.close();
      }
    },
  };
}

/** A test's changes of the page outside its document. */
async function asNew(page: Page, { colorScheme = USUAL.colorScheme, reducedMotion = USUAL.reducedMotion, forcedColors = USUAL.forcedColors }: BrowserContextOptions): Promise<void> {
  page.removeAllListeners('pageerror');
  await page.emulateMedia({ colorScheme, reducedMotion, forcedColors, media: null });
  // A pointer position where no button is hovered.
  await page.mouse.move(0, 0);
}

function lotOf(browser: Browser, options: BrowserContextOptions): Lot {
  const ofBrowser = lots.get(browser) ?? new Map<string, Lot>();
  lots.set(browser, ofBrowser);
  const key = JSON.stringify(options);
  const lot = ofBrowser.get(key) ?? { context: browser.newContext(options), idle: [] };
  ofBrowser.set(key, lot);
  return lot;
}

/** By a server, because Chromium does not cache a test's intercepted answers. It ends with its process. */
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
