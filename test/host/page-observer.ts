import type { NewPage } from './chromium.ts';
import type { ConsoleLevel } from './console-level.ts';
import type { UnhandledKey } from './accelerator.ts';
import type { LoadError } from './net-error.ts';
import type { MainMessage, PreloadMessage } from './preload-world.ts';
import type { Session } from './session.ts';
import type { WebFrame } from './web-frame.ts';

export type Bounds = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type PageOptions = {
  readonly session: Session;
  readonly bounds: Bounds;
  readonly mainFrame: WebFrame;
  readonly preload: string | undefined;
  readonly additionalArguments: readonly string[];
  readonly colorScheme: string;
  /** The page of a window that another page has opened; undefined: a new one. */
  readonly adopted: NewPage | undefined;
};

/** The events of a page to its web contents. */
export type PageObserver = {
  messageFromPreload(message: PreloadMessage, reply: (message: MainMessage) => void): void;
  loading(isLoading: boolean): void;
  committed(frame: WebFrame): void;
  movedWithinDocument(frame: WebFrame): void;
  domReady(): void;
  painted(): void;
  loaded(): void;
  loadFailed(error: LoadError): void;
  /** A navigation to an address that never becomes a request, such as `mailto:`; Chromium does not follow it. */
  refusedNavigation(frame: WebFrame, url: string): void;
  windowOpenAsked(asked: { url: string; frameName: string; features: string; disposition: WindowDisposition }): void;
  consoleSaid(level: ConsoleLevel, message: string, line: number, source: string, frame: WebFrame): void;
  /** The page, or a frame of it, did not handle this key. */
  keyUnhandled(key: UnhandledKey): void;
  crashed(): void;
  /** Closed by the user, or because the app asked for it. */
  closed(): void;
};

export type WindowDisposition = 'foreground-tab' | 'background-tab' | 'new-window';
