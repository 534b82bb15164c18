import { join } from 'node:path';
import { type WebContents, WebContentsView, session } from 'electron';
import type { Handlers } from '../../contract/channels.ts';
import { serveApp } from './app-pages.ts';
import { TILL_SCHEME } from './desktop.ts';
import type { IpcRouter } from './ipc-router.ts';
import { createPageLoss } from './page-loss.ts';
import { followTheme } from './window-colour.ts';
import { SECURE_PREFERENCES, type WindowRules, keepZoom, secureSession } from './window-security.ts';

const TILL_ORIGIN = `${TILL_SCHEME}://till`;

const RULES: WindowRules = { role: 'till', origin: () => TILL_ORIGIN, mayRequest: (url) => `${url.protocol}//${url.host}` === TILL_ORIGIN };

export type TillViewParts = {
  readonly router: IpcRouter;
  /** The cashier's calls, and the manager's with their guard. */
  readonly handlers: { readonly till: Handlers<'till'>; readonly manager: Handlers<'manager'> };
  readonly rendererFolder: string;
  readonly preloadFolder: string;
  /** The page crashes again and again, and reloading it doesn't help. */
  readonly onPageDies: () => void;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/** The cashier's page. It is shown before credentials, network or journal are read. */
export function openTillView({ router, handlers, rendererFolder, preloadFolder, onPageDies, log }: TillViewParts): WebContentsView {
  const tillSession = session.fromPartition('till');
  secureSession(tillSession, RULES, log);
  serveApp(tillSession, rendererFolder, 'till');

  const view = new WebContentsView({ webPreferences: { ...SECURE_PREFERENCES, session: tillSession, preload: join(preloadFolder, 'till.cjs') } });
  const contents = view.webContents;
  followTheme(view, 'till', (stop) => contents.once('destroyed', stop));
  router.trust(contents, TILL_ORIGIN, handlers);
  contents.on('did-finish-load', () => keepZoom(contents));
  contents.on('preload-error', (_event, _path, { name }) => log('till.preload-lost', { name }));
  bringBack(contents, onPageDies, log);
  // Also rejects when the page is reloaded meanwhile.
  contents.loadURL(`${TILL_ORIGIN}/`).catch((error: unknown) => log('till.not-loaded', { detail: error instanceof Error ? error.message : 'unknown' }));
  return view;
}

/** Main holds the state: a page that crashed or hangs is reloaded, and shows it again. */
function bringBack(contents: WebContents, onPageDies: () => void, log: TillViewParts['log']): void {
  const mayReload = createPageLoss();
  contents.on('render-process-gone', (_event, { reason }) => {
    log('till.page-lost', { reason });
    if (reason === 'clean-exit') return;
    if (mayReload()) contents.reload();
    else onPageDies();
  });
  contents.on('unresponsive', () => {
    // Crashed on purpose, because a page that hangs cannot reload itself; then it is reloaded like any crashed page.
    log('till.page-frozen', {});
    contents.forcefullyCrashRenderer();
  });
}
