import type { BrowserWindowConstructorOptions, HandlerDetails, PrintToPDFOptions, WebContentsPrintOptions, WindowOpenHandlerResponse } from 'electron';
import { type NewPage, chromium } from './chromium.ts';
import { debugLog, hostSettings } from './host-settings.ts';
import { dispatch } from './ipc-dispatch.ts';
import { IpcMain } from './ipc-main.ts';
import { type InputEvent, isKeyboard, keyEvent, mouseEvent } from './key-events.ts';
import { Menu } from './menu.ts';
import { LoadError } from './net-error.ts';
import { notInHost, refusingEmitter, refusingOthers } from './not-in-host.ts';
import { preventableEvent } from './preventable-event.ts';
import { recordEffect } from './recorded-effects.ts';
import type { Bounds, PageObserver } from './page-observer.ts';
import { RenderedPage } from './rendered-page.ts';
import type { Session } from './session.ts';
import { nativeImage } from './native-image.ts';
import { colorScheme } from './native-theme.ts';
import { keepPaper, paperOf, pdfParameters } from './paper.ts';
import { type OpenedPage, type WebContentsOptions, WebContentsParts } from './web-contents-parts.ts';
import { WebFrame } from './web-frame.ts';

type WindowOpenHandler = (details: HandlerDetails) => WindowOpenHandlerResponse;

const all = new Map<number, WebContents>();

/** Electron's WebContents over one page of Chromium. */
export class WebContents extends refusingEmitter('webContents') {
  static #lastId = 0;
  /** Makes the window that a page may open; of browser-window.ts, which needs this file. */
  static openWindow: (options: BrowserWindowConstructorOptions, opened: OpenedPage) => object = () => {
    throw notInHost('a window that a page opens, without BrowserWindow');
  };

  readonly id: number = ++WebContents.#lastId;
  readonly session: Session;
  readonly ipc: IpcMain = new IpcMain();
  readonly mainFrame: WebFrame = new WebFrame(null, (channel, args) => this.host.withPage((page) => page.sendEvent(channel, args)));
  readonly hostWebContents: null = null;
  readonly navigationHistory = refusingOthers('webContents.navigationHistory', { clear: () => undefined });
  readonly host: WebContentsParts<WebContents>;
  readonly opener: WebFrame | null;
  readonly #options: WebContentsOptions;
  #page: Promise<RenderedPage>;
  #windowOpenHandler: WindowOpenHandler | undefined;
  #bounds: Bounds;
  #place = '';
  #destroyed = false;
  #isAdopted = false;
  #crashed = false;
  #loading = false;
  #focused = false;
  #painted = false;
  #zoomFactor: number;
  #backgroundThrottling: boolean;

  static getAllWebContents(): WebContents[] {
    return [...all.values()];
  }

  static fromId(id: number): WebContents | undefined {
    return all.get(id);
  }

  static getFocusedWebContents(): WebContents | null {
    return WebContents.getAllWebContents().find((contents) => contents.isFocused()) ?? null;
  }

  constructor(options: WebContentsOptions) {
    super();
    this.#options = options;
    this.opener = options.opened?.opener ?? null;
    this.session = options.session;
    this.#bounds = options.bounds;
    this.#zoomFactor = options.zoomFactor;
    this.#backgroundThrottling = options.backgroundThrottling;
    this.host = new WebContentsParts<WebContents>(this, () => this.#page, options.preload, (focused) => this.#setFocused(focused));
    all.set(this.id, this);
    this.#page = this.#openPage();
  }

  /** Electron's emits no events once it is destroyed; Chromium may still send some about its page. */
  override emit(name: string | symbol, ...args: unknown[]): boolean {
    return (!this.#destroyed || name === 'destroyed') && super.emit(name, ...args);
  }

  get zoomFactor(): number {
    return this.#zoomFactor;
  }

  set zoomFactor(factor: number) {
    this.#zoomFactor = factor;
  }

  /** Chromium's own, for the whole process: the DevTools protocol has none for one page. */
  setWebRTCIPHandlingPolicy(policy: string): void {
    recordEffect('webContents.setWebRTCIPHandlingPolicy', policy);
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  getType(): 'window' {
    return 'window';
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  isCrashed(): boolean {
    return this.#crashed;
  }

  isLoading(): boolean {
    return this.#loading;
  }

  isLoadingMainFrame(): boolean {
    return this.#loading;
  }

  isFocused(): boolean {
    return this.#focused;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#mustLive();
    this.mainFrame.send(channel, ...args);
  }

  loadURL(url: string): Promise<void> {
    this.#mustLive();
    const loading = this.#load(url);
    // As in Electron: a caller that does not wait is not brought down by a failed load.
    loading.catch(() => undefined);
    return loading;
  }

  reload(): void {
    this.#reload(false);
  }

  reloadIgnoringCache(): void {
    this.#reload(true);
  }

  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpenHandler = handler;
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.#mustLive();
    if (this.getURL() === '' || this.#loading) await new Promise((resolve) => this.once('did-stop-loading', resolve));
    return (await this.#page).evaluate(code, userGesture);
  }

  async capturePage(): Promise<object> {
    return nativeImage(await (await this.#page).screenshot());
  }

  async printToPDF(options: PrintToPDFOptions): Promise<Buffer> {
    return (await this.#page).printToPdf(pdfParameters(options));
  }

  /** There is no printer, unless COUNTER_HOST_PRINT_FOLDER names a folder: then the paper is a PDF in it. */
  print(options: WebContentsPrintOptions = {}, finished: (success: boolean, failureReason: string) => void = () => undefined): void {
    recordEffect('webContents.print', { url: this.getURL(), options });
    const folder = hostSettings.printFolder;
    if (folder === undefined) {
      setImmediate(finished, false, 'There is no printer in the Chromium host');
      return;
    }
    this.printToPDF(paperOf(options)).then(
      (pdf) => {
        keepPaper(folder, pdf);
        finished(true, '');
      },
      (error: unknown) => finished(false, String(error)),
    );
  }

  getPrintersAsync(): Promise<[]> {
    return Promise.resolve([]);
  }

  sendInputEvent(event: InputEvent): void {
    this.#mustLive();
    if (isKeyboard(event)) this.host.withPage((page) => page.input.dispatchKey(keyEvent(event)));
    else this.host.withPage((page) => page.input.dispatchMouse(mouseEvent(event)));
  }

  forcefullyCrashRenderer(): void {
    this.host.withPage((page) => page.crash());
  }

  focus(): void {
    this.#mustLive();
    this.host.askForFocus();
  }

  /** The host's: the size or the place of its view has changed. */
  place(bounds: Bounds): void {
    const place = JSON.stringify(bounds);
    if (place === this.#place) return;
    this.#place = place;
    this.#bounds = bounds;
    this.host.withPage((page) => page.place(bounds));
  }

  /** As Electron's: the page is closed, and its window with it. */
  close(): void {
    this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.host.withPage((page) => page.close());
    this.#end();
  }

  /** Recorded only: the page is drawn as before. */
  setZoomFactor(factor: number): void {
    recordEffect('webContents.setZoomFactor', { url: this.getURL(), factor });
    this.zoomFactor = factor;
  }

  getZoomFactor(): number {
    return this.zoomFactor;
  }

  setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    recordEffect('webContents.setVisualZoomLevelLimits', { url: this.getURL(), minimum, maximum });
    return Promise.resolve();
  }

  /** Recorded only: no window of the stand-in is throttled. */
  setBackgroundThrottling(allowed: boolean): void {
    this.#backgroundThrottling = allowed;
  }

  getBackgroundThrottling(): boolean {
    return this.#backgroundThrottling;
  }

  setIgnoreMenuShortcuts(_ignore: boolean): void {}
  setAudioMuted(_muted: boolean): void {}
  openDevTools(): void {}
  closeDevTools(): void {}

  isDevToolsOpened(): boolean {
    return false;
  }

  /** Chromium reports none of Electron's details here over DevTools. */
  getOSProcessId(): never {
    throw notInHost('webContents.getOSProcessId');
  }

  async #load(url: string): Promise<void> {
    if (this.#crashed) this.#replacePage();
    const page = await this.#page.catch(() => undefined);
    try {
      if (page === undefined) throw new LoadError('ERR_FAILED', url);
      await page.navigate(url);
    } catch (error) {
      if (error instanceof LoadError) this.#announceFailure(error);
      throw error;
    }
  }

  #reload(ignoreCache: boolean): void {
    this.#mustLive();
    if (this.#crashed) void this.loadURL(this.getURL());
    else this.host.withPage((page) => page.reload(ignoreCache));
  }

  /** Playwright gives up a page whose renderer has crashed, so the next load gets a new one. */
  #replacePage(): void {
    const crashed = this.#page;
    this.#page = crashed.then((page) => {
      page.close();
      return this.#openPage();
    });
    this.#crashed = false;
  }

  async #openPage(): Promise<RenderedPage> {
    const options = { ...this.#options, bounds: this.#bounds, mainFrame: this.mainFrame, colorScheme: colorScheme(), adopted: this.#adopt() };
    const page = await RenderedPage.open(options, this.#observer());
    if (this.#focused && hostSettings.lateFocusMs === 0) page.setFocused(true);
    return page;
  }

  /** Once: after a crash there is a new page. */
  #adopt(): NewPage | undefined {
    if (this.#isAdopted) return undefined;
    this.#isAdopted = true;
    return this.#options.opened?.page;
  }

  #observer(): PageObserver {
    return {
      messageFromPreload: (message, reply) => {
        if (!this.#destroyed) dispatch(this, message, reply);
      },
      loading: (isLoading) => {
        if (this.#loading === isLoading) return;
        this.#loading = isLoading;
        this.emit(isLoading ? 'did-start-loading' : 'did-stop-loading');
      },
      committed: (frame) => {
        const isMainFrame = frame === this.mainFrame;
        if (isMainFrame) this.emit('did-navigate', preventableEvent({}), frame.url, 200, 'OK');
        this.emit('did-frame-navigate', preventableEvent({}), frame.url, 200, 'OK', isMainFrame, frame.processId, frame.routingId);
      },
      movedWithinDocument: (frame) => {
        const isMainFrame = frame === this.mainFrame;
        this.emit('did-navigate-in-page', preventableEvent({}), frame.url, isMainFrame, frame.processId, frame.routingId);
      },
      domReady: () => this.emit('dom-ready', preventableEvent({})),
      painted: () => {
        if (this.#painted) return;
        this.#painted = true;
        this.emit('-painted');
      },
      loaded: () => this.emit('did-finish-load'),
      loadFailed: (error) => this.#announceFailure(error),
      refusedNavigation: (frame, url) => {
        this.host.announceNavigation('will-frame-navigate', frame, url);
        if (frame === this.mainFrame) this.host.announceNavigation('will-navigate', frame, url);
      },
      windowOpenAsked: (asked) => this.#answerWindowOpen({ ...asked, referrer: { url: this.getURL(), policy: 'default' } }),
      consoleSaid: (level, message, lineNumber, sourceId, frame) => {
        const numericLevel = ['debug', 'info', 'warning', 'error'].indexOf(level);
        const event = preventableEvent({ level, message, lineNumber, sourceId, frame });
        this.emit('console-message', event, numericLevel, message, lineNumber, sourceId);
      },
      keyUnhandled: (key) => {
        if (!this.#destroyed) Menu.press(key);
      },
      crashed: () => {
        this.#crashed = true;
        this.emit('render-process-gone', preventableEvent({}), { reason: 'crashed', exitCode: 5 });
      },
      closed: () => this.#end(),
    };
  }

  #announceFailure({ errno, code, url }: LoadError): void {
    const { processId, routingId } = this.mainFrame;
    this.emit('did-fail-load', preventableEvent({}), errno, code, url, true, processId, routingId);
  }

  #answerWindowOpen(details: HandlerDetails): void {
    debugLog('window.open', details.url);
    const answer = this.#windowOpenHandler?.(details);
    if (answer === undefined) console.error(notInHost(`window.open without a handler (${details.url})`).message);
    if (answer?.action !== 'allow') return;
    const { overrideBrowserWindowOptions: options = {} } = answer;
    this.host.withPage(({ targetId }) => {
      chromium.allowWindow(targetId, (page) => {
        const window = WebContents.openWindow(options, { page, session: this.session, opener: this.mainFrame });
        this.emit('did-create-window', window, { ...details, options });
      });
    });
  }

  #setFocused(focused: boolean): void {
    if (this.#focused === focused) return;
    this.#focused = focused;
    if (focused && hostSettings.lateFocusMs > 0) setTimeout(() => this.#tellFocus(focused), hostSettings.lateFocusMs);
    else this.#tellFocus(focused);
  }

  #tellFocus(focused: boolean): void {
    // Removed again before it appeared.
    if (this.#focused !== focused) return;
    this.host.withPage((page) => page.setFocused(focused));
    this.emit(focused ? 'focus' : 'blur');
  }

  #end(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.#focused = false;
    all.delete(this.id);
    this.mainFrame.detach();
    this.emit('destroyed');
  }

  #mustLive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}
