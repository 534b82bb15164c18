import { join } from 'node:path';
import { BrowserWindow, session } from 'electron';
import type { Handlers } from '../../contract/channels.ts';
import type { TillSnapshot } from '../../contract/till-snapshot.ts';
import { serveApp } from './app-pages.ts';
import { TILL_SCHEME } from './desktop.ts';
import type { IpcRouter } from './ipc-router.ts';
import { followTheme, groundOf } from './window-colour.ts';
import { SECURE_PREFERENCES, type WindowRules, keepZoom, secureSession } from './window-security.ts';

const TILL_ORIGIN = `${TILL_SCHEME}://till`;

const FILES: Readonly<Record<string, string>> = { '/': 'index.html', '/till/till.js': 'till.js', '/till/till.css': 'till.css' };

const RULES: WindowRules = { role: 'till', origin: () => TILL_ORIGIN, mayRequest: (url) => `${url.protocol}//${url.host}` === TILL_ORIGIN };

export type TillWindow = {
  readonly window: BrowserWindow;
  push(snapshot: TillSnapshot): void;
  comeToFront(): void;
};

export type TillWindowParts = {
  readonly router: IpcRouter;
  /** The cashier's calls, and the manager's behind their guard. */
  readonly handlers: { readonly till: Handlers<'till'>; readonly manager: Handlers<'manager'> };
  readonly rendererFolder: string;
  readonly preloadFolder: string;
  readonly onClosed: () => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** The cashier's window. It is shown with its first paint, before credentials, network or journal were touched. */
export function openTillWindow({ router, handlers, rendererFolder, preloadFolder, onClosed, log }: TillWindowParts): TillWindow {
  const tillSession = session.fromPartition('till');
  secureSession(tillSession, RULES, log);
  serveApp(tillSession, join(rendererFolder, 'till'), FILES);

  const window = new BrowserWindow({
    title: 'Counter',
    width: 1280,
    height: 800,
    minWidth: 1024,
    minHeight: 700,
    show: false,
    backgroundColor: groundOf('till'),
    webPreferences: { ...SECURE_PREFERENCES, session: tillSession, preload: join(preloadFolder, 'till.cjs') },
  });
  followTheme(window, 'till');
  router.trust(window.webContents, TILL_ORIGIN, handlers);
  window.once('ready-to-show', () => window.show());
  window.webContents.on('did-finish-load', () => keepZoom(window.webContents));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    // The truth is in main: the till comes back with it, whatever happened to its page.
    log('till.page-lost', { reason });
    if (reason !== 'clean-exit') window.webContents.reload();
  });
  window.webContents.on('preload-error', (_event, _path, { name }) => log('till.preload-lost', { name }));
  window.on('unresponsive', () => {
    // Ended like a crash, and so brought back like one: a page that hangs cannot be asked to reload itself.
    log('till.page-frozen', {});
    window.webContents.forcefullyCrashRenderer();
  });
  // The hidden windows for checkouts would keep the app alive without it.
  window.on('closed', onClosed);
  void window.loadURL(`${TILL_ORIGIN}/`);

  return {
    window,
    push: (snapshot) => {
      if (!window.isDestroyed()) router.push(window.webContents, 'till', 'snapshot', snapshot);
    },
    comeToFront() {
      if (window.isMinimized()) window.restore();
      window.show();
      window.focus();
    },
  };
}
