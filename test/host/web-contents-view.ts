import type { WebContentsViewConstructorOptions, WebPreferences } from 'electron';
import { app } from './app.ts';
import { preventableEvent } from './preventable-event.ts';
import { recordEffect } from './recorded-effects.ts';
import type { Bounds } from './page-observer.ts';
import { Session } from './session.ts';
import { View } from './view.ts';
import { WebContents } from './web-contents.ts';
import type { OpenedPage } from './web-contents-parts.ts';
import { refuseUnsafePreferences } from './web-preferences.ts';

/** Electron's WebContentsView: a view with a page in it. The page outlives the window: its creator closes it. */
export class WebContentsView extends View {
  readonly #contents: WebContents;

  /** `bounds`, `opened`: the host's: where its window will be (Electron's views begin without a size), and the page of a window that another page has opened. */
  constructor({ webPreferences = {}, webContents }: WebContentsViewConstructorOptions = {}, bounds: Bounds = NO_SIZE, opened?: OpenedPage) {
    super();
    if (webContents !== undefined) throw new Error('A WebContentsView of a webContents that is there already is not in the Chromium host');
    this.#contents = openContents(webPreferences, bounds, opened);
    this.host.contents = this.#contents;
    this.#contents.once('destroyed', () => this.host.changed());
    app.emit('web-contents-created', preventableEvent({}), this.#contents);
  }

  /** Undefined once the page has closed; Electron's types do not say so. */
  get webContents(): WebContents {
    return (this.#contents.isDestroyed() ? undefined : this.#contents) as WebContents;
  }
}

/** Chromium draws no page without any, until its view has one. */
const NO_SIZE: Bounds = { x: 0, y: 0, width: 800, height: 600 };

function openContents(webPreferences: WebPreferences, bounds: Bounds, opened: OpenedPage | undefined): WebContents {
  if (!app.isReady()) throw new Error('Cannot create a WebContentsView before app is ready');
  refuseUnsafePreferences(webPreferences);
  const { session, partition, ...preferences } = webPreferences;
  recordEffect('webContents.created', preferences);
  return new WebContents({
    session: opened?.session ?? (session as unknown as Session | undefined) ?? Session.fromPartition(partition ?? ''),
    bounds,
    preload: webPreferences.preload,
    additionalArguments: webPreferences.additionalArguments ?? [],
    zoomFactor: webPreferences.zoomFactor ?? 1,
    backgroundThrottling: webPreferences.backgroundThrottling ?? true,
    opened,
  });
}
