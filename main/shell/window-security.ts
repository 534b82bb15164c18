import { type Session, type WebContents, type WebPreferences, app } from 'electron';

/** The permissions of one kind of window; everything not listed is denied and logged. */
export type WindowRules = {
  readonly role: string;
  /** The only origin whose document may be in the window's main frame. */
  readonly origin: () => string;
  /** The only URLs that this window and its frames may ask for. */
  readonly mayRequest: (url: URL) => boolean;
  /** Called with each request, allowed or refused. */
  readonly onRequest?: (request: { readonly resourceType: string; readonly method: string; readonly url: string }) => void;
};

type LogRefusal = (what: string, detail: Readonly<Record<string, string>>) => void;

/** SECURITY: https://www.electronjs.org/docs/latest/tutorial/security, items 2 to 6, 8 to 11. Written out, though most are defaults. */
export const SECURE_PREFERENCES: WebPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  safeDialogs: true,
  spellcheck: false,
  devTools: false,
};

/** SECURITY: set before any window exists: they hold also for a window without rules of its own. */
export function denyByDefault(log: LogRefusal): void {
  // Without this Electron answers a server that asks for one with the first certificate of the PC's user: https://www.electronjs.org/docs/latest/api/app#event-select-client-certificate
  app.on('select-client-certificate', (event, _contents, url, _certificates, answer) => {
    event.preventDefault();
    answer();
    log('window.client-certificate-refused', { url: withoutQuery(url) });
  });
  app.on('web-contents-created', (_event, contents) => {
    // WebRTC over UDP bypasses the proxy and its allow-list, so it is off (session-network.ts).
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
    contents.setWindowOpenHandler(({ url }) => {
      log('window.open-refused', { url: withoutQuery(url) });
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.on('will-navigate', (event) => {
      if (hasOwnRules(contents)) return;
      event.preventDefault();
      log('window.navigation-refused', { url: withoutQuery(event.url) });
    });
    contents.on('will-redirect', (event) => {
      // A hosted field may redirect inside its own frame; the request filter checks the target.
      if (!event.isMainFrame || hasOwnRules(contents)) return;
      event.preventDefault();
      log('window.redirect-refused', { url: withoutQuery(event.url) });
    });
  });
}

/** Sezzle's window is the only one that a page of Counter's may open, and is told where it may go (sezzle-window.ts). */
function hasOwnRules({ opener }: WebContents): boolean {
  return opener !== null;
}

/**
 * What Chromium itself would send: Electron adds its own name and the app's to it, which a site's filter against robots may refuse. With the version
 * as Chrome sends it: https://www.chromium.org/updates/ua-reduction/
 */
function plainUserAgent(electrons: string): string {
  return electrons.replace(/(?<=\(KHTML, like Gecko\) ).*?Chrome\/(\d+).*?(?=Safari\/)/u, 'Chrome/$1.0.0.0 ');
}

/** SECURITY: items 5 (Electron grants every permission unless told otherwise) and 7, and no downloads at all. */
export function secureSession(session: Session, rules: WindowRules, log: LogRefusal): void {
  session.setUserAgent(plainUserAgent(session.getUserAgent()));
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    log('window.permission-refused', { role: rules.role, permission });
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event) => {
    event.preventDefault();
    log('window.download-refused', { role: rules.role });
  });
  session.webRequest.onBeforeRequest((details, answer) => {
    const url = parseUrl(details.url);
    const allowed = url !== null && rules.mayRequest(url);
    if (!allowed) log('window.request-refused', { role: rules.role, url: withoutQuery(details.url) });
    rules.onRequest?.(details);
    answer({ cancel: !allowed });
  });
}

/** Pinch and Ctrl+wheel would zoom the till under the cashier's hand. */
export function keepZoom(contents: WebContents): void {
  // Rejects when the page is closed: the next one gets its own.
  contents.setVisualZoomLevelLimits(1, 1).catch(() => {});
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

/** Queries may carry data that must not be logged; the address without them is enough. */
function withoutQuery(text: string): string {
  const url = parseUrl(text);
  return url === null ? 'unreadable' : `${url.protocol}//${url.host}${url.pathname}`.slice(0, 200);
}
