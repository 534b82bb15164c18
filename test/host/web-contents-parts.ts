import type { EventEmitter } from 'node:events';
import type { NewPage } from './chromium.ts';
import { preventableEvent } from './preventable-event.ts';
import type { Bounds } from './page-observer.ts';
import type { RenderedPage } from './rendered-page.ts';
import type { Session } from './session.ts';
import type { WebFrame } from './web-frame.ts';
import { CdpError } from './cdp-connection.ts';

/** The page of a window that another page has opened. */
export type OpenedPage = { readonly page: NewPage; readonly session: Session; readonly opener: WebFrame };

export type WebContentsOptions = {
  readonly session: Session;
  readonly bounds: Bounds;
  readonly preload: string | undefined;
  readonly additionalArguments: readonly string[];
  readonly zoomFactor: number;
  readonly backgroundThrottling: boolean;
  readonly opened: OpenedPage | undefined;
};

type NavigationEvent = 'will-navigate' | 'will-frame-navigate' | 'will-redirect' | 'did-start-navigation' | 'did-redirect-navigation';

/** The web contents as the rest of the stand-in uses it; production code must not. */
export class WebContentsParts<Contents extends EventEmitter> {
  readonly preload: string | undefined;
  /** The keyboard is in this page from now on, or no longer. */
  readonly setFocused: (focused: boolean) => void;
  readonly #page: () => Promise<RenderedPage>;
  readonly #contents: Contents;
  #askWindow: ((contents: Contents) => void) | null = null;

  constructor(contents: Contents, page: () => Promise<RenderedPage>, preload: string | undefined, setFocused: (focused: boolean) => void) {
    this.#contents = contents;
    this.#page = page;
    this.preload = preload;
    this.setFocused = setFocused;
  }

  /** The page is in a window, which decides about the focus. */
  enterWindow(askForFocus: (contents: Contents) => void): void {
    this.#askWindow = askForFocus;
  }

  leaveWindow(): void {
    this.#askWindow = null;
    this.setFocused(false);
  }

  askForFocus(): void {
    if (this.#askWindow === null) this.setFocused(true);
    else this.#askWindow(this.#contents);
  }

  /** In the order of the calls; without effect once the page is closed. */
  withPage(use: (page: RenderedPage) => void): void {
    this.#page().then(use).catch((error: unknown) => {
      if (!(error instanceof CdpError)) console.error(error);
    });
  }

  /** False when a listener has prevented it. */
  announceNavigation(name: NavigationEvent, frame: WebFrame, url: string): boolean {
    const details = { url, isSameDocument: false, isMainFrame: frame.parent === null, frame, initiator: frame };
    const event = preventableEvent(details);
    this.#contents.emit(name, event, url, false, details.isMainFrame, frame.processId, frame.routingId);
    return !event.defaultPrevented;
  }
}
