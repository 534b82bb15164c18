import { once } from 'node:events';
import { type Browser, type BrowserContext, chromium, type ConnectOverCDPTransport, type Page } from 'playwright';
import { type ChromiumProcess, startChromium } from './chromium-process.ts';
import { openDevtoolsSocket } from './devtools-socket.ts';

/** A loan: the address for the app, Playwright's connection for the driver. */
export type Loan = {
  readonly endpoint: string;
  readonly context: BrowserContext;
  /** Returns it when the app and its windows are closed. */
  giveBack(): Promise<void>;
};

/** Time limit for the windows to close after their app. */
const LAST_WINDOW_MS = 10_000;

/**
 * One Chromium for the apps of a process, one app after the other
 *
 * Each app makes its windows in browser contexts of its own. They go with its connection, also after `kill -9`; the
 * Chromium stays, and ends with this process. Two apps at a time would stop each other's requests, so an app that starts while
 * it is in use, or after an app whose windows did not close, starts a Chromium of its own.
 */
export class SharedChromium {
  readonly #process: ChromiumProcess;
  readonly #browser: Browser;
  #isLent = false;

  private constructor(process: ChromiumProcess, browser: Browser) {
    this.#process = process;
    this.#browser = browser;
  }

  /** `binary`: the program; by default the Chromium of this machine. */
  static async start(chromiumArguments: readonly string[], binary?: string): Promise<SharedChromium> {
    const started = startChromium({ debuggingPort: '0', chromiumArguments, binary });
    const endpoint = await Promise.race([started.endpoint, started.ended]);
    if (endpoint === undefined) throw new Error(`Chromium has ended. It said:\n${started.lastWords()}`);
    return new SharedChromium(started, await watchChromium(endpoint));
  }

  async borrow(): Promise<Loan | undefined> {
    if (this.#isLent || !this.#browser.isConnected()) return undefined;
    this.#isLent = true;
    const context = onlyContext(this.#browser);
    return { endpoint: await this.#process.endpoint, context, giveBack: () => this.#takeBack(context) };
  }

  async close(): Promise<void> {
    await this.#browser.close().catch(() => undefined);
    this.#process.kill();
    await this.#process.ended;
  }

  async #takeBack(context: BrowserContext): Promise<void> {
    const open = context.pages();
    const gone = Promise.all(open.map((page) => untilClosed(page))).then(() => true);
    const isEmpty = await Promise.race([gone, new Promise<false>((resolve) => setTimeout(() => resolve(false), LAST_WINDOW_MS).unref())]);
    this.#isLent = !isEmpty;
  }
}

/** Without Playwright's defaults: the host sets the focus, the size and the colours. And without its socket, which compresses. */
export async function watchChromium(endpoint: string): Promise<Browser> {
  const transport: ConnectOverCDPTransport = {
    send: (message) => socket.send(JSON.stringify(message)),
    close: () => socket.close(),
  };
  const socket = openDevtoolsSocket(endpoint, (message) => transport.onmessage?.(JSON.parse(message) as object));
  socket.on('close', () => transport.onclose?.());
  await once(socket, 'open');
  return chromium.connectOverCDP(transport, { noDefaults: true });
}

/** Playwright assigns every page to the first context, whichever made it. */
export function onlyContext(browser: Browser): BrowserContext {
  const [context] = browser.contexts();
  if (context === undefined) throw new Error('Chromium has no browser context');
  return context;
}

function untilClosed(page: Page): Promise<void> {
  return new Promise((resolve) => {
    if (page.isClosed()) resolve();
    else page.once('close', () => resolve());
  });
}
