import type { CdpSession, Protocol } from './cdp-connection.ts';
import { type NewPage, chromium, followTargets } from './chromium.ts';
import { type ConsoleLevel, consoleLevel } from './console-level.ts';
import { FrameTree } from './frame-tree.ts';
import { debugLog, hostSettings } from './host-settings.ts';
import { keyBinding, keyScript, keyWorldName, readUnhandledKey } from './unhandled-keys.ts';
import { LoadError } from './net-error.ts';
import { PageInput } from './page-input.ts';
import type { Bounds, PageObserver, PageOptions } from './page-observer.ts';
import { pageScript, preloadScript, preloadWorldName, scriptWithoutPreload } from './preload-script.ts';
import { type MainMessage, preloadBinding, preloadDelivery, type PreloadMessage } from './preload-world.ts';
import { fromWire, toWire } from './scheme-mapping.ts';
import type { Session } from './session.ts';
import { userAgentOverride } from './user-agent.ts';
import type { WebFrame } from './web-frame.ts';
import { wireCodec } from './wire-codec.ts';

type ContextData = { readonly frameId?: string; readonly isDefault?: boolean };

const codec = wireCodec();
const pages = new Map<string, RenderedPage>();

/** The page whose main frame or subframe this is. */
export function pageOfFrame(frameId: string): RenderedPage | undefined {
  return pages.get(frameId) ?? [...pages.values()].find((page) => page.frames.find(frameId) !== undefined);
}

/** The DevTools target of the page with this main frame. */
export function targetIdOf(mainFrame: WebFrame): string {
  return [...pages.values()].findLast((page) => page.frames.main === mainFrame)?.targetId ?? '';
}

/**
 * One page of Chromium: the document, its frames, the preload's world in it, and their events
 *
 * It lives as long as its target. A web contents gets another one after a crash.
 */
export class RenderedPage {
  readonly targetId: string;
  readonly session: Session;
  readonly frames: FrameTree;
  readonly input: PageInput;
  readonly #cdp: CdpSession;
  readonly #observer: PageObserver;
  readonly #userAgent: Protocol.Emulation.setUserAgentOverrideParameters;
  /** Addresses that main is loading: requests for them need no permission. */
  readonly #loadedByMain = new Set<string>();
  readonly #loads = new Map<string, { resolve(): void; reject(error: Error): void }>();
  #lastLoaded: string | undefined;
  #errorPage: string | undefined;
  #navigations = 0;
  #failedByMain: string | undefined;
  #preloadContext: Protocol.Runtime.ExecutionContextDescription | undefined;
  #bounds: Bounds;

  private constructor(targetId: string, cdp: CdpSession, options: PageOptions, observer: PageObserver) {
    this.targetId = targetId;
    this.session = options.session;
    this.#cdp = cdp;
    this.input = new PageInput(cdp);
    this.#bounds = options.bounds;
    this.#observer = observer;
    this.#userAgent = userAgentOverride(options.session.getUserAgent(), chromium.version);
    this.frames = new FrameTree(targetId, options.mainFrame);
    pages.set(targetId, this);
    this.session.host.openPages.add(this);
  }

  static open(options: PageOptions, observer: PageObserver): Promise<RenderedPage> {
    const { openingPages } = options.session.host;
    const opening = RenderedPage.#open(options, observer).finally(() => openingPages.delete(opening));
    openingPages.add(opening);
    return opening;
  }

  static async #open(options: PageOptions, observer: PageObserver): Promise<RenderedPage> {
    const { targetId, session } = options.adopted ?? (await RenderedPage.#openEmpty(options));
    const page = new RenderedPage(targetId, session, options, observer);
    page.#listen();
    await page.#setUp(options);
    return page;
  }

  static async #openEmpty({ session, bounds: { x: left, y: top, width, height } }: PageOptions): Promise<NewPage> {
    const contextId = await session.host.contextId();
    return chromium.openPage({ contextId, left, top, width, height });
  }

  /** Resolves when the document has loaded; rejects as `loadURL` does. */
  async navigate(url: string): Promise<void> {
    const wireUrl = toWire(url);
    const withoutFragment = wireUrl.replace(/#.*$/u, '');
    this.#loadedByMain.add(withoutFragment);
    this.#navigations += 1;
    const { errorText, loaderId } = await this.#cdp
      .send('Page.navigate', { url: wireUrl })
      .finally(() => this.#loadedByMain.delete(withoutFragment))
      .catch((error: unknown) => ({ errorText: invalidUrlOr(error), loaderId: undefined }));
    this.#navigations -= 1;
    if (errorText !== undefined) {
      this.#failedByMain = loaderId;
      throw new LoadError(errorText.replace(/^net::/u, ''), url);
    }
    if (loaderId !== undefined) await this.#untilLoaded(loaderId, url);
  }

  reload(ignoreCache: boolean): void {
    this.#loadedByMain.add(toWire(this.frames.main.url).replace(/#.*$/u, ''));
    this.#cdp.sendIfAlive('Page.reload', { ignoreCache });
  }

  /** Whether main itself asked for this document; asked once for each navigation. */
  takeLoadByMain(wireUrl: string): boolean {
    return this.#loadedByMain.delete(wireUrl);
  }

  async clearOrigins(origins: Iterable<string>): Promise<void> {
    const clear = (origin: string) => this.#cdp.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
    await Promise.all(Array.from(origins, clear));
  }

  async clearCache(): Promise<void> {
    await this.#cdp.send('Network.clearBrowserCache');
  }

  setFocused(focused: boolean): void {
    this.#cdp.sendIfAlive('Emulation.setFocusEmulationEnabled', { enabled: focused });
  }

  setColorScheme(value: string): void {
    const features = [{ name: 'prefers-color-scheme', value }];
    this.#cdp.sendIfAlive('Emulation.setEmulatedMedia', { features: value === '' ? [] : features });
  }

  /** Only the size of the content matters. */
  place(bounds: Bounds): void {
    this.#bounds = bounds;
    this.#cdp.sendIfAlive('Emulation.setDeviceMetricsOverride', this.#metrics());
  }

  /** A picture (JPEG, base64) after every change that can be seen, until the returned function is called. */
  watch(drawn: (jpeg: string) => void): () => void {
    let isOver = false;
    this.#cdp.on('Page.screencastFrame', ({ data, sessionId }) => {
      if (isOver) return;
      drawn(data);
      this.#cdp.sendIfAlive('Page.screencastFrameAck', { sessionId });
    });
    this.#cdp.sendIfAlive('Page.startScreencast', { format: 'jpeg', quality: 90 });
    return () => {
      isOver = true;
      this.#cdp.sendIfAlive('Page.stopScreencast');
    };
  }

  async evaluate(expression: string, userGesture: boolean): Promise<unknown> {
    const { result, exceptionDetails } = await this.#cdp.send('Runtime.evaluate', {
      expression,
      userGesture,
      awaitPromise: true,
      returnByValue: true,
    });
    if (exceptionDetails !== undefined) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value as unknown;
  }

  async screenshot(): Promise<Buffer> {
    const { data } = await this.#cdp.send('Page.captureScreenshot', { format: 'png' });
    return Buffer.from(data, 'base64');
  }

  async printToPdf(options: Protocol.Page.printToPDFParameters): Promise<Buffer> {
    const { data } = await this.#cdp.send('Page.printToPDF', options);
    return Buffer.from(data, 'base64');
  }

  crash(): void {
    this.#cdp.sendIfAlive('Page.crash');
  }

  close(): void {
    chromium.closePage(this.targetId);
    this.#forget();
  }

  async #setUp({ preload, additionalArguments, colorScheme }: PageOptions): Promise<void> {
    const cdp = this.#cdp;
    const secret = crypto.randomUUID();
    const isolated = preload === undefined ? undefined : this.#preloadScript(preload, additionalArguments, secret);
    const scripts = [pageScript(secret), ...(isolated === undefined ? [] : [isolated])];
    // All at once and in this order; the target goes on when the last one has been answered.
    await Promise.all([
      cdp.send('Page.enable'),
      cdp.send('Page.setLifecycleEventsEnabled', { enabled: true }),
      cdp.send('Runtime.enable'),
      cdp.send('Log.enable'),
      cdp.send('Emulation.setUserAgentOverride', this.#userAgent),
      cdp.send('Runtime.addBinding', { name: preloadBinding, executionContextName: preloadWorldName }),
      cdp.send('Runtime.addBinding', { name: keyBinding, executionContextName: keyWorldName }),
      cdp.send('Page.addScriptToEvaluateOnNewDocument', keyScript),
      ...scripts.map((script) => cdp.send('Page.addScriptToEvaluateOnNewDocument', script)),
      cdp.send('Emulation.setDeviceMetricsOverride', this.#metrics()),
      cdp.send('Target.setAutoAttach', followTargets),
      cdp.send('Runtime.runIfWaitingForDebugger'),
    ]);
    if (colorScheme !== '') this.setColorScheme(colorScheme);
  }

  #preloadScript(path: string, additionalArguments: readonly string[], secret: string): ReturnType<typeof preloadScript> | undefined {
    try {
      return preloadScript(path, additionalArguments, secret);
    } catch (error) {
      this.#observer.messageFromPreload({ kind: 'preload-error', error }, () => undefined);
      return undefined;
    }
  }

  #listen(): void {
    const cdp = this.#cdp;
    this.#follow(cdp);
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as ContextData;
      if (context.name === preloadWorldName && frameId === this.targetId) this.#preloadContext = context;
    });
    cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      if (executionContextId === this.#preloadContext?.id) this.#preloadContext = undefined;
    });
    cdp.on('Runtime.executionContextsCleared', () => {
      this.#preloadContext = undefined;
    });
    cdp.on('Runtime.bindingCalled', (call) => this.#receive(call));
    cdp.on('Page.lifecycleEvent', (event) => this.#followLifecycle(event));
    cdp.on('Page.frameStartedLoading', ({ frameId }) => this.#setLoading(frameId, true));
    cdp.on('Page.frameStoppedLoading', ({ frameId }) => this.#setLoading(frameId, false));
    cdp.on('Page.javascriptDialogOpening', ({ message }) => {
      // With a debugging port the driver answers; otherwise the page would wait for ever.
      if (hostSettings.debuggingPort !== undefined || hostSettings.borrowedChromium !== undefined) return;
      debugLog('dialog dismissed:', message);
      cdp.sendIfAlive('Page.handleJavaScriptDialog', { accept: false });
    });
    cdp.on('Inspector.targetCrashed', () => {
      this.#failLoads('ERR_FAILED');
      this.#observer.crashed();
    });
    cdp.onClose(() => {
      if (!pages.has(this.targetId)) return;
      this.#forget();
      this.#observer.closed();
    });
  }

  /** For the page's own session and for those of its frames of other origins. */
  #follow(cdp: CdpSession): void {
    this.frames.follow(cdp);
    cdp.on('Runtime.bindingCalled', ({ name, payload }) => {
      if (name === keyBinding) this.#observer.keyUnhandled(readUnhandledKey(payload));
    });
    const frameOf = (id: string | undefined): WebFrame => this.frames.find(id ?? this.targetId) ?? this.frames.main;
    cdp.on('Page.frameNavigated', ({ frame }) => this.#committed(frame));
    cdp.on('Runtime.executionContextCreated', ({ context }) => {
      // Only the context has a frame's real origin, e.g. of a sandboxed document.
      const { frameId, isDefault } = (context.auxData ?? {}) as ContextData;
      if (isDefault === true && frameId !== undefined) this.frames.find(frameId)?.setOrigin(context.origin);
    });
    cdp.on('Page.navigatedWithinDocument', ({ frameId }) => this.#observer.movedWithinDocument(frameOf(frameId)));
    cdp.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'newTab' || disposition === 'newWindow') {
        const windowDisposition = disposition === 'newTab' ? 'background-tab' : 'new-window';
        this.#observer.windowOpenAsked({ url: fromWire(url), frameName: '', features: '', disposition: windowDisposition });
      } else if (disposition === 'currentTab' && !becomesRequest(url)) this.#observer.refusedNavigation(frameOf(frameId), url);
    });
    cdp.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const frameName = windowName === '_blank' ? '' : windowName;
      const isPopup = windowFeatures.some((feature) => /^(?:width|height|left|top|popup)/u.test(feature));
      const disposition = isPopup ? 'new-window' : 'foreground-tab';
      this.#observer.windowOpenAsked({ url: fromWire(url), frameName, features: windowFeatures.join(','), disposition });
    });
    cdp.on('Runtime.consoleAPICalled', ({ type, args, stackTrace }) => {
      const place = stackTrace?.callFrames[0];
      const words = args.map((argument) => String(argument.value ?? argument.description ?? argument.unserializableValue));
      this.#say(consoleLevel(type), words.join(' '), place?.lineNumber ?? 0, place?.url ?? '');
    });
    cdp.on('Runtime.exceptionThrown', ({ exceptionDetails: { exception, text, lineNumber, url } }) => {
      this.#say('error', `Uncaught ${exception?.description ?? text}`, lineNumber, url ?? '');
    });
    cdp.on('Log.entryAdded', ({ entry }) => this.#say(consoleLevel(entry.level), entry.text, entry.lineNumber ?? 0, entry.url ?? ''));
    cdp.on('Target.attachedToTarget', ({ sessionId, targetInfo }) => this.#adopt(cdp.child(sessionId), targetInfo));
  }

  #setLoading(frameId: string, isLoading: boolean): void {
    if (frameId === this.targetId) this.#observer.loading(isLoading);
  }

  #say(level: ConsoleLevel, text: string, line: number, wireSource: string): void {
    this.#observer.consoleSaid(level, text, line + 1, fromWire(wireSource), this.frames.main);
  }

  /** A frame of another origin, or a worker: a target of its own, suspended until it is resumed. */
  #adopt(child: CdpSession, { type, targetId, parentFrameId }: Protocol.Target.TargetInfo): void {
    if (type === 'iframe') {
      this.frames.add(targetId, parentFrameId);
      this.#follow(child);
      child.sendIfAlive('Page.enable');
      child.sendIfAlive('Runtime.enable');
      child.sendIfAlive('Log.enable');
      child.sendIfAlive('Emulation.setUserAgentOverride', this.#userAgent);
      child.sendIfAlive('Page.addScriptToEvaluateOnNewDocument', scriptWithoutPreload);
      child.sendIfAlive('Runtime.addBinding', { name: keyBinding, executionContextName: keyWorldName });
      child.sendIfAlive('Page.addScriptToEvaluateOnNewDocument', keyScript);
    }
    child.sendIfAlive('Target.setAutoAttach', followTargets);
    child.sendIfAlive('Runtime.runIfWaitingForDebugger');
  }

  #committed({ id, loaderId, unreachableUrl }: Protocol.Page.Frame): void {
    const frame = this.frames.find(id);
    if (frame === undefined) return;
    if (frame === this.frames.main) {
      this.#failLoads('ERR_ABORTED', loaderId);
      this.#errorPage = unreachableUrl === undefined ? undefined : loaderId;
    }
    if (unreachableUrl === undefined) this.#observer.committed(frame);
    // Main's own load rejects with the real reason.
    else if (frame === this.frames.main && this.#navigations === 0 && loaderId !== this.#failedByMain) {
      this.#observer.loadFailed(new LoadError('ERR_FAILED', fromWire(unreachableUrl)));
    }
  }

  #followLifecycle({ frameId, loaderId, name }: Protocol.Page.lifecycleEventPayload): void {
    // The blank page before the first document, and Chromium's error page, were not loaded by the app.
    if (frameId !== this.targetId || this.frames.main.url === '' || loaderId === this.#errorPage) return;
    if (name === 'DOMContentLoaded') this.#observer.domReady();
    if (name === 'firstContentfulPaint') this.#observer.painted();
    if (name !== 'load') return;
    this.#lastLoaded = loaderId;
    this.#observer.loaded();
    this.#loads.get(loaderId)?.resolve();
    this.#loads.delete(loaderId);
  }

  async #untilLoaded(loaderId: string, url: string): Promise<void> {
    if (this.#lastLoaded === loaderId) return;
    await new Promise<void>((resolve, reject) => {
      this.#loads.set(loaderId, { resolve, reject: (error) => reject(new LoadError(error.message, url)) });
    });
  }

  /** Every load that is not over ends here, except the one of this document. */
  #failLoads(code: string, exceptLoaderId?: string): void {
    for (const [loaderId, load] of this.#loads) {
      if (loaderId === exceptLoaderId) continue;
      this.#loads.delete(loaderId);
      load.reject(new Error(code));
    }
  }

  #receive({ name, payload, executionContextId }: Protocol.Runtime.bindingCalledPayload): void {
    const context = this.#preloadContext;
    if (name !== preloadBinding || executionContextId !== context?.id) return;
    const message = codec.decode(payload) as PreloadMessage;
    this.#observer.messageFromPreload(message, (reply) => this.#post(reply, context.uniqueId));
  }

  /** `webContents.send`; like Electron's, it is lost where no preload runs yet. */
  sendEvent(channel: string, args: readonly unknown[]): void {
    if (this.#preloadContext === undefined) debugLog(`no preload listens to '${channel}' yet`);
    else this.#post({ kind: 'event', channel, arguments: args }, this.#preloadContext.uniqueId);
  }

  /** To this very document: the next one may have the same small context number, but not the same unique one. */
  #post(message: MainMessage, uniqueContextId: string): void {
    const text = JSON.stringify(codec.encode(message));
    this.#cdp.sendIfAlive('Runtime.evaluate', { uniqueContextId, expression: `${preloadDelivery}(${text})`, silent: true });
  }

  #metrics(): Protocol.Emulation.setDeviceMetricsOverrideParameters {
    const { width, height } = this.#bounds;
    return { width, height, deviceScaleFactor: 0, mobile: false };
  }

  #forget(): void {
    pages.delete(this.targetId);
    this.session.host.openPages.delete(this);
    this.frames.clear();
    this.#failLoads('ERR_FAILED');
  }
}

function invalidUrlOr(error: unknown): string {
  if (error instanceof Error && error.message.includes('invalid URL')) return 'ERR_INVALID_URL';
  return 'ERR_FAILED';
}

function becomesRequest(url: string): boolean {
  return /^(?:https?|file|about|blob|data|javascript):/u.test(url);
}
