import { join } from 'node:path';
import { type BaseWindow, BrowserWindow, type Display, type Rectangle, type Session, type WebContents, screen, session } from 'electron';
import type { Handlers } from '../../contract/channels.ts';
import type { CustomerView } from '../../contract/customer-display.ts';
import { serveApp } from './app-pages.ts';
import { TILL_SCHEME } from './desktop.ts';
import type { IpcRouter } from './ipc-router.ts';
import { createPageLoss } from './page-loss.ts';
import { followTheme, groundOf } from './window-colour.ts';
import { SECURE_PREFERENCES, type WindowRules, keepZoom, secureSession } from './window-security.ts';

const ORIGIN = `${TILL_SCHEME}://display`;
const RULES: WindowRules = { role: 'display', origin: () => ORIGIN, mayRequest: (url) => `${url.protocol}//${url.host}` === ORIGIN };

type CustomerDisplay = {
  /** Turned on or off by the setting. It opens when there is a second screen, and moves with it. */
  want(wanted: boolean): void;
  push(view: CustomerView): void;
  close(): void;
};

export type CustomerDisplayParts = {
  readonly router: IpcRouter;
  readonly handlers: Handlers<'display'>;
  readonly till: () => BaseWindow;
  readonly rendererFolder: string;
  readonly preloadFolder: string;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** The customer's screen: fullscreen, without controls, and never with the keyboard focus. */
export function openCustomerDisplay(parts: CustomerDisplayParts): CustomerDisplay {
  const { router, till, log } = parts;
  const own = session.fromPartition('display');
  secureSession(own, RULES, log);
  serveApp(own, parts.rendererFolder, 'display');
  let wanted = false;
  let shown: { readonly window: BrowserWindow; readonly displayId: number } | null = null;
  /** Its page crashes again and again: nothing is shown until a screen is plugged in or the setting is turned on again. */
  let isGivenUp = false;
  const mayReload = createPageLoss();

  function close(): void {
    const { window } = shown ?? {};
    shown = null;
    if (window !== undefined && !window.isDestroyed()) window.destroy();
  }

  function giveUp(): void {
    isGivenUp = true;
    close();
  }

  function arrange(): void {
    const display = wanted && !isGivenUp && !till().isDestroyed() ? otherThan(till()) : undefined;
    if (shown !== null && shown.displayId === display?.id) return shown.window.setBounds(display.bounds);
    close();
    if (display === undefined) return;
    const window = openOn(display, own, parts);
    shown = { window, displayId: display.id };
    // A desktop can close a window without a close button. The next snapshot opens another.
    window.once('closed', () => {
      if (shown?.window === window) shown = null;
    });
    bringBack(window.webContents, { mayReload, giveUp, log });
  }

  function tryAgain(): void {
    isGivenUp = false;
    arrange();
  }

  screen.on('display-added', tryAgain);
  screen.on('display-removed', arrange);
  screen.on('display-metrics-changed', arrange);
  // Otherwise a till that is dragged onto the customer's screen would end up under the customer's window.
  till().on('move', arrange);
  return {
    want(next) {
      if (!next) isGivenUp = false;
      wanted = next;
      arrange();
    },
    push(view) {
      if (shown !== null && !shown.window.isDestroyed()) router.push(shown.window.webContents, 'display', 'view', view);
    },
    close() {
      wanted = false;
      close();
    },
  };
}

/** A screen that is not the till's. */
function otherThan(till: BaseWindow): Display | undefined {
  const tills = screen.getDisplayMatching(till.getBounds());
  return screen.getAllDisplays().find(({ id }) => id !== tills.id);
}

function openOn({ bounds }: Display, own: Session, { router, handlers, preloadFolder, log }: CustomerDisplayParts): BrowserWindow {
  const window = makeWindow(bounds, own, preloadFolder);
  router.trust(window.webContents, ORIGIN, { display: handlers });
  // By its bounds, not by `fullscreen`, which a desktop may take to mean the screen that the till is on.
  window.once('ready-to-show', () => {
    window.showInactive();
    window.setBounds(bounds);
  });
  // Also rejects when the screen is unplugged meanwhile.
  window.loadURL(`${ORIGIN}/`).catch((error: unknown) => log('display.not-loaded', { detail: error instanceof Error ? error.message : 'unknown' }));
  return window;
}

/** A page that crashed is loaded again, unless it does so again and again. */
function bringBack(contents: WebContents, { mayReload, giveUp, log }: Pick<CustomerDisplayParts, 'log'> & { readonly mayReload: () => boolean; readonly giveUp: () => void }): void {
  // A customer's pinch would zoom it for all later customers.
  contents.on('did-finish-load', () => keepZoom(contents));
  contents.on('preload-error', (_event, _path, { name }) => log('display.preload-lost', { name }));
  contents.on('render-process-gone', (_event, { reason }) => {
    log('display.page-lost', { reason });
    if (reason === 'clean-exit') return;
    if (mayReload()) return contents.reload();
    log('display.given-up', {});
    giveUp();
  });
}

/** As large as its screen, without a frame, and without the keyboard. */
function makeWindow(bounds: Rectangle, own: Session, preloadFolder: string): BrowserWindow {
  const window = new BrowserWindow({
    title: 'Counter',
    ...bounds,
    frame: false,
    resizable: false,
    movable: false,
    focusable: false,
    skipTaskbar: true,
    show: false,
    backgroundColor: groundOf('till'),
    webPreferences: { ...SECURE_PREFERENCES, session: own, preload: join(preloadFolder, 'display.cjs') },
  });
  followTheme(window, 'till', (stop) => window.on('closed', stop));
  return window;
}
