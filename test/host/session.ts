import type { ProxyConfig } from 'electron';
import { readAppManifest } from './app-manifest.ts';
import { chromium } from './chromium.ts';
import { SchemeHandlers } from './custom-protocol.ts';
import { DownloadItem } from './download-item.ts';
import { notInHost, refusingEmitter } from './not-in-host.ts';
import { PermissionPolicy } from './permission-policy.ts';
import { preventableEvent } from './preventable-event.ts';
import { fromWire } from './scheme-mapping.ts';
import { defaultUserAgent } from './user-agent.ts';
import { RequestFilters } from './web-request.ts';
import { WebSocketGate } from './websocket-gate.ts';

type Handler = ((...args: never[]) => unknown) | null;

const sessions = new Map<string, Session>();
const sessionsByContext = new Map<string, Session>();
let interceptionChanged: () => void = () => undefined;

/** The session as the rest of the stand-in uses it; production code must not. */
class SessionParts {
  readonly filters = new RequestFilters(() => interceptionChanged());
  readonly schemes = new SchemeHandlers(() => interceptionChanged());
  readonly contextId: () => Promise<string>;
  readonly permissions: PermissionPolicy;
  readonly openPages = new Set<{ clearOrigins(origins: Iterable<string>): Promise<void>; clearCache(): Promise<void> }>();
  /** Pages that are being added to them. */
  readonly openingPages = new Set<Promise<unknown>>();
  /** As Chromium says them: it forgets storage by origin only. */
  readonly wireOrigins = new Set<string>();

  constructor(contextId: () => Promise<string>) {
    this.contextId = contextId;
    this.permissions = new PermissionPolicy(contextId);
  }

  get needsInterception(): boolean {
    return this.filters.any || this.schemes.any;
  }
}

/** One browser context of Chromium for each partition, all in memory, the `persist:` ones as well. */
export class Session extends refusingEmitter('session') {
  readonly #socketGate = new WebSocketGate((url) => this.#maySocketOpen(url));
  #context: Promise<string> | undefined;
  #userAgent: string | undefined;
  #proxy: { readonly proxyServer: string; readonly proxyBypassList: string } | undefined;
  readonly host: SessionParts = new SessionParts(() => this.#openContext());
  readonly webRequest = this.host.filters.electronApi;
  readonly protocol = this.host.schemes.electronApi;
  readonly storagePath: null = null;

  static fromPartition(partition: string): Session {
    const session = sessions.get(partition) ?? new Session();
    sessions.set(partition, session);
    return session;
  }

  static get defaultSession(): Session {
    return Session.fromPartition('');
  }

  setPermissionRequestHandler(handler: Parameters<PermissionPolicy['setRequestHandler']>[0]): void {
    this.host.permissions.setRequestHandler(handler);
  }

  setPermissionCheckHandler(handler: Parameters<PermissionPolicy['setCheckHandler']>[0]): void {
    this.host.permissions.setCheckHandler(handler);
  }

  setDevicePermissionHandler(handler: Parameters<PermissionPolicy['setDeviceHandler']>[0]): void {
    this.host.permissions.setDeviceHandler(handler);
  }

  getUserAgent(): string {
    return (this.#userAgent ??= defaultUserAgent(readAppManifest(), chromium.version));
  }

  /** Holds for pages that are made afterwards. */
  setUserAgent(userAgent: string): void {
    this.#userAgent = userAgent;
  }

  // Screen capture and certificates: never available to a page here, whatever the handler answers.
  setDisplayMediaRequestHandler(_handler: Handler): void {}
  setBluetoothPairingHandler(_handler: Handler): void {}
  setUSBProtectedClassesHandler(_handler: Handler): void {}
  setCertificateVerifyProc(_procedure: Handler): void {}
  setSpellCheckerEnabled(_enable: boolean): void {}
  setSpellCheckerLanguages(_languages: readonly string[]): void {}
  setSpellCheckerDictionaryDownloadURL(_url: string): void {}

  /** A browser context keeps the proxy that it was made with, so pages from now on get another one; those that are open keep theirs. */
  setProxy(config: ProxyConfig): Promise<void> {
    if (config.mode !== 'fixed_servers' || config.proxyRules === undefined) throw notInHost(`session.setProxy in the mode "${config.mode}"`);
    const { proxyRules: proxyServer, proxyBypassRules: proxyBypassList = '' } = config;
    if (this.#proxy?.proxyServer === proxyServer && this.#proxy.proxyBypassList === proxyBypassList) return Promise.resolve();
    this.#proxy = { proxyServer, proxyBypassList };
    this.#context = undefined;
    return Promise.resolve();
  }

  /** As Chromium on Linux without a desktop that has a setting for it: https://chromium.googlesource.com/chromium/src/+/HEAD/docs/linux/proxy_config.md */
  resolveProxy(url: string): Promise<string> {
    const { protocol, hostname } = new URL(url);
    const { https_proxy: proxy = '', no_proxy: direct = '', auto_proxy: script } = process.env;
    if (script !== undefined) throw notInHost('a PAC script');
    const isDirect = proxy === '' || protocol !== 'https:' || /^(?:localhost|127\.|\[::1\])/u.test(hostname) || direct.split(',').some((suffix) => suffix !== '' && hostname.endsWith(suffix));
    return Promise.resolve(isDirect ? 'DIRECT' : `PROXY ${proxy.replace(/^http:\/\//u, '').replace(/\/$/u, '')}`);
  }

  /** A session without a page simply gets another browser context; pages lose what their origins have stored. */
  async clearStorageData(): Promise<void> {
    const context = await this.#context;
    await Promise.allSettled(this.host.openingPages);
    if (context === undefined) return;
    const [page] = this.host.openPages;
    await (page === undefined ? this.#dropContext(context) : page.clearOrigins(this.host.wireOrigins));
  }

  /** Without a page there is nothing yet in a cache that only memory holds. */
  async clearCache(): Promise<void> {
    const [page] = this.host.openPages;
    await page?.clearCache();
  }

  clearAuthCache(): Promise<void> {
    return Promise.resolve();
  }

  clearHostResolverCache(): Promise<void> {
    return Promise.resolve();
  }

  closeAllConnections(): Promise<void> {
    return Promise.resolve();
  }

  flushStorageData(): void {}

  isPersistent(): boolean {
    return false;
  }

  getStoragePath(): null {
    return null;
  }

  #openContext(): Promise<string> {
    this.#context ??= this.#createContext();
    return this.#context;
  }

  async #createContext(): Promise<string> {
    // Where the app sets a proxy, its WebSockets go through it.
    const [proxy] = await Promise.all([this.#proxy ?? this.#socketGate.proxySettings(), chromium.ready]);
    const { browserContextId } = await chromium.root.send('Target.createBrowserContext', { disposeOnDetach: true, ...proxy });
    sessionsByContext.set(browserContextId, this);
    this.host.permissions.denyAll(browserContextId);
    chromium.root.sendIfAlive('Browser.setDownloadBehavior', { behavior: 'deny', browserContextId, eventsEnabled: true });
    return browserContextId;
  }

  async #dropContext(browserContextId: string): Promise<void> {
    this.#context = undefined;
    sessionsByContext.delete(browserContextId);
    await chromium.root.send('Target.disposeBrowserContext', { browserContextId });
  }

  async #maySocketOpen(url: string): Promise<boolean> {
    const response = await this.host.filters.beforeRequest.ask({
      id: 0,
      url,
      method: 'GET',
      resourceType: 'webSocket',
      referrer: '',
      timestamp: Date.now(),
      uploadData: [],
    });
    return response?.cancel !== true;
  }
}

export function sessionOfContext(contextId: string | undefined): Session | undefined {
  return contextId === undefined ? undefined : sessionsByContext.get(contextId);
}

/** The network gate intercepts only as much as some session needs. */
export function onInterceptionChange(listener: () => void): void {
  interceptionChanged = listener;
}

export function anySessionIntercepts(): boolean {
  return [...sessions.values()].some((session) => session.host.needsInterception);
}

/** Chromium has dropped a download of this page; the app is asked as if it were still possible. */
export function announceDownload(session: Session, webContents: object, url: string, filename: string): void {
  const event = preventableEvent({});
  const item = new DownloadItem(fromWire(url), filename);
  session.emit('will-download', event, item, webContents);
  if (!event.defaultPrevented && !item.wasRefused) console.error(notInHost('A download that is let through').message);
}
