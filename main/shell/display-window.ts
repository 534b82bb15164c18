import { join } from 'node:path';
import { type BaseWindow, BrowserWindow, type Display, screen, session } from 'electron';
import type { Handlers } from '../../contract/channels.ts';
import type { CustomerView } from '../../contract/customer-display.ts';
import { serveApp } from './app-pages.ts';
import { TILL_SCHEME } from './desktop.ts';
import type { IpcRouter } from './ipc-router.ts';
import { followTheme, groundOf } from './window-colour.ts';
import { SECURE_PREFERENCES, type WindowRules, secureSession } from './window-security.ts';

const ORIGIN = `${TILL_SCHEME}://display`;
const RULES: WindowRules = { role: 'display', origin: () => ORIGIN, mayRequest: (url) => `${url.protocol}//${url.host}` === ORIGIN };

type CustomerDisplay = {
  /** Turned on or off by the setting. It opens when there is a second screen, and follows it. */
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

/** The customer's screen: whole, without controls, and never in the way of the till's keyboard. */
export function openCustomerDisplay({ router, handlers, till, rendererFolder, preloadFolder, log }: CustomerDisplayParts): CustomerDisplay {
  const own = session.fromPartition('display');
  secureSession(own, RULES, log);
  serveApp(own, rendererFolder, 'display');
  let wanted = false;
  let shown: { readonly window: BrowserWindow; readonly displayId: number } | null = null;

  /** Any screen but the till's. */
  function second(): Display | undefined {
    const tills = screen.getDisplayMatching(till().getBounds());
    return screen.getAllDisplays().find(({ id }) => id !== tills.id);
  }

  function close(): void {
    const { window } = shown ?? {};
    shown = null;
    if (window !== undefined && !window.isDestroyed()) window.destroy();
  }

  function arrange(): void {
    const display = wanted && !till().isDestroyed() ? second() : undefined;
    if (shown !== null && shown.displayId === display?.id) return shown.window.setBounds(display.bounds);
    close();
    if (display !== undefined) shown = { window: openOn(display), displayId: display.id };
  }

  function openOn({ bounds }: Display): BrowserWindow {
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
    router.trust(window.webContents, ORIGIN, { display: handlers });
    // By its bounds, not by `fullscreen`, which a desktop may take to mean the screen that the till is on.
    window.once('ready-to-show', () => {
      window.showInactive();
      window.setBounds(bounds);
    });
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      log('display.page-lost', { reason });
      if (reason !== 'clean-exit') window.webContents.reload();
    });
    // Also rejects when the screen is unplugged meanwhile.
    window.loadURL(`${ORIGIN}/`).catch((error: unknown) => log('display.not-loaded', { detail: error instanceof Error ? error.message : 'unknown' }));
    return window;
  }

  screen.on('display-added', arrange);
  screen.on('display-removed', arrange);
  screen.on('display-metrics-changed', arrange);
  // Otherwise a till that is dragged onto the customer's screen would end up under the customer's window.
  till().on('move', arrange);
  return {
    want(next) {
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
