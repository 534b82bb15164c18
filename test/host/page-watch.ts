import { EventEmitter } from 'node:events';
import type { Page } from 'playwright';
import { fromWire } from './scheme-mapping.ts';

const defaultTimeoutMs = 30_000;

/** The app's windows as Playwright sees them opened, navigated and closed. */
export class PageWatch {
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #pages = new Set<Page>();
  #ended: string | undefined;

  /** Oldest first. */
  live(): Page[] {
    return [...this.#pages].filter((page) => !page.isClosed());
  }

  add(page: Page): void {
    if (this.#pages.has(page)) return;
    this.#pages.add(page);
    const drop = (): void => {
      this.#pages.delete(page);
      this.#events.emit('change');
    };
    page.once('close', drop);
    // Playwright cannot use a page again after a crash; the host opens another one for what is loaded next.
    page.once('crash', drop);
    page.on('framenavigated', () => this.#events.emit('change'));
    this.#events.emit('page', page);
    this.#events.emit('change');
  }

  onPage(listener: (page: Page) => void): void {
    for (const page of this.live()) listener(page);
    this.#events.on('page', listener);
  }

  /** Ends all waits. */
  end(reason: string): void {
    this.#ended = reason;
    this.#events.emit('change');
  }

  find(address: string | RegExp): Page | undefined {
    return this.live().findLast((page) => {
      const url = fromWire(page.url());
      return typeof address === 'string' ? url.startsWith(address) : address.test(url);
    });
  }

  async wait(address: string | RegExp, timeoutMs: number = defaultTimeoutMs): Promise<Page> {
    const deadline = AbortSignal.timeout(timeoutMs);
    for (;;) {
      const page = this.find(address);
      if (page !== undefined) return page;
      if (this.#ended !== undefined) throw new Error(`No window at ${String(address)}: ${this.#ended}`);
      if (deadline.aborted) throw new Error(`No window at ${String(address)} in ${timeoutMs} ms, but ${this.#describe()}`);
      await this.#nextChange(deadline);
    }
  }

  #nextChange(deadline: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#events.off('change', done);
        deadline.removeEventListener('abort', done);
        resolve();
      };
      this.#events.once('change', done);
      deadline.addEventListener('abort', done);
    });
  }

  #describe(): string {
    const addresses = this.live().map((page) => fromWire(page.url()));
    return addresses.length === 0 ? 'none at all' : addresses.join(', ');
  }
}
