import { notInHost, refusingEmitter } from './not-in-host.ts';
import { fromWire, originFromWire } from './scheme-mapping.ts';

let lastFrameTreeNodeId = 0;

/** The part of Electron's WebFrameMain that identifies a frame; only the main frame can receive messages. */
export class WebFrame extends refusingEmitter('webFrame') {
  readonly frameTreeNodeId: number = ++lastFrameTreeNodeId;
  readonly processId: number = 1;
  readonly routingId: number = this.frameTreeNodeId;
  readonly frameToken: string = crypto.randomUUID();
  readonly parent: WebFrame | null;
  readonly #children = new Set<WebFrame>();
  readonly #sendToPreload: ((channel: string, args: readonly unknown[]) => void) | undefined;
  #url = '';
  #origin = 'null';
  #name = '';
  #detached = false;

  constructor(parent: WebFrame | null, sendToPreload?: (channel: string, args: readonly unknown[]) => void) {
    super();
    this.parent = parent;
    this.#sendToPreload = sendToPreload;
    if (parent !== null) parent.#children.add(this);
  }

  get url(): string {
    return this.#url;
  }

  get origin(): string {
    return this.#origin;
  }

  get name(): string {
    return this.#name;
  }

  get top(): WebFrame {
    return this.parent?.top ?? this;
  }

  get frames(): WebFrame[] {
    return [...this.#children];
  }

  get framesInSubtree(): WebFrame[] {
    return [this, ...this.frames.flatMap((frame) => frame.framesInSubtree)];
  }

  get detached(): boolean {
    return this.#detached;
  }

  isDestroyed(): boolean {
    return this.#detached;
  }

  send(channel: string, ...args: unknown[]): void {
    if (this.#sendToPreload === undefined) throw notInHost('webFrame.send to a subframe');
    this.#sendToPreload(channel, args);
  }

  /** The host's: a document has been committed in this frame. */
  commit(wireUrl: string, name: string): void {
    this.#url = fromWire(wireUrl);
    this.#name = name;
  }

  /** The host's: the real origin of that document. */
  setOrigin(wireOrigin: string): void {
    this.#origin = originFromWire(wireOrigin);
  }

  /** The host's: the same document has another URL (history.pushState, a fragment). */
  moveWithinDocument(wireUrl: string): void {
    this.#url = fromWire(wireUrl);
  }

  /** The host's: the frame has left the page. */
  detach(): void {
    this.#detached = true;
    if (this.parent !== null) this.parent.#children.delete(this);
  }
}
