import type { BaseWindow, BrowserWindow, WebContents } from 'electron';
import { SECURE_PREFERENCES } from './window-security.ts';

const SIZE = { width: 520, height: 720 } as const;

type SezzleWindowParts = {
  /** The origin that it may show. */
  readonly origins: () => readonly string[];
  /** It opens over this window. */
  readonly parent: () => BaseWindow;
  readonly log: (what: string, detail: Readonly<Record<string, string>>) => void;
};

/**
 * SECURITY: lets this page open Sezzle's window, one at a time, and no other. Its opener is kept, because it tells by it how it ended; it shares the page's session, with all that
 * is denied there, has no preload, and goes nowhere else. Returns what closes it. https://www.electronjs.org/docs/latest/api/window-open
 */
export function allowSezzleWindow(page: WebContents, { origins, parent, log }: SezzleWindowParts): () => void {
  let open: BrowserWindow | null = null;
  const isSezzle = (url: string) => URL.canParse(url) && origins().includes(new URL(url).origin);

  page.setWindowOpenHandler(({ url }) => {
    if (open !== null || !isSezzle(url)) {
      log('window.open-refused', { url: hostOf(url) });
      return { action: 'deny' };
    }
    return { action: 'allow', overrideBrowserWindowOptions: { ...SIZE, parent: parent(), autoHideMenuBar: true, webPreferences: SECURE_PREFERENCES } };
  });
  page.on('did-create-window', (window) => {
    open = window;
    window.once('closed', () => {
      open = null;
    });
    window.webContents.on('will-navigate', (event) => {
      if (isSezzle(event.url)) return;
      event.preventDefault();
      log('window.navigation-refused', { url: hostOf(event.url) });
    });
    window.webContents.on('will-redirect', (event) => {
      // A frame's own redirect is looked at by the request filter.
      if (!event.isMainFrame || isSezzle(event.url)) return;
      event.preventDefault();
      log('window.redirect-refused', { url: hostOf(event.url) });
    });
  });
  return () => open?.destroy();
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'unreadable';
}
