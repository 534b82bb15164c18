import type { CdpSession, Protocol } from './cdp-connection.ts';
import { WebFrame } from './web-frame.ts';

/**
 * The frames of one page, kept up to date from the sessions that see them
 *
 * A frame of another origin is a target with a session of its own, and its subframes are announced there.
 */
export class FrameTree {
  readonly main: WebFrame;
  readonly #mainId: string;
  readonly #frames = new Map<string, WebFrame>();

  constructor(mainId: string, main: WebFrame) {
    this.#mainId = mainId;
    this.main = main;
    this.#frames.set(mainId, main);
  }

  find(id: string): WebFrame | undefined {
    return this.#frames.get(id);
  }

  follow(session: CdpSession): void {
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.add(frameId, parentFrameId));
    session.on('Page.frameNavigated', ({ frame }) => this.#commit(frame));
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => this.find(frameId)?.moveWithinDocument(url));
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.#remove(frameId);
    });
  }

  add(id: string, parentId: string | undefined): void {
    if (this.#frames.has(id)) return;
    this.#frames.set(id, new WebFrame(this.find(parentId ?? this.#mainId) ?? this.main));
  }

  /** The page is gone. Its main frame stays, for the page that may come after it. */
  clear(): void {
    for (const child of this.main.frames) this.#removeFrame(child);
  }

  #commit({ id, url, urlFragment, name, unreachableUrl }: Protocol.Page.Frame): void {
    const frame = this.find(id);
    if (frame === undefined) return;
    for (const child of frame.frames) this.#removeFrame(child);
    frame.commit(unreachableUrl ?? `${url}${urlFragment ?? ''}`, name ?? '');
  }

  #remove(id: string): void {
    const frame = this.find(id);
    if (frame !== undefined) this.#removeFrame(frame);
  }

  #removeFrame(frame: WebFrame): void {
    for (const child of frame.frames) this.#removeFrame(child);
    const entry = [...this.#frames].find(([, known]) => known === frame);
    if (entry !== undefined) this.#frames.delete(entry[0]);
    frame.detach();
  }
}
