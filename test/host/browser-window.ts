import type { BrowserWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { hostSettings } from './host-settings.ts';
import { notInHost, refusingEmitter } from './not-in-host.ts';
import { nativeTheme } from './native-theme.ts';
import { preventableEvent } from './preventable-event.ts';
import { recordEffect } from './recorded-effects.ts';
import type { Bounds } from './rendered-page.ts';
import { display } from './screen.ts';
import { Session } from './session.ts';
import { WebContents } from './web-contents.ts';
import { refuseUnsafePreferences } from './web-preferences.ts';
import { windowList } from './window-list.ts';

/** Electron's BrowserWindow: a page of Chromium, and where, whether and how it is shown. */
export class BrowserWindow extends refusingEmitter('browserWindow') {
  static #lastId = 0;
  static #focused: BrowserWindow | null = null;
  static readonly #open = new Map<number, BrowserWindow>();

  readonly id: number = ++BrowserWindow.#lastId;
  readonly #contents: WebContents;
  readonly #children = new Set<BrowserWindow>();
  #parent: BrowserWindow | null = null;
  #bounds: Bounds;
  #visible = false;
  #destroyed = false;
  #title: string;
  #modal: boolean;
  #minimized = false;
  #maximized = false;
  #fullScreen: boolean;
  #kiosk: boolean;
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #closable: boolean;

  static getAllWindows(): BrowserWindow[] {
    return [...BrowserWindow.#open.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.#focused;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.#contents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return BrowserWindow.#open.get(id) ?? null;
  }

  constructor(options: BrowserWindowConstructorOptions = {}) {
    super();
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const { webPreferences = {}, width = 800, height = 600 } = options;
    refuseUnsafePreferences(webPreferences);
    const { session: _notPlain, ...preferences } = webPreferences;
    recordEffect('browserWindow.created', preferences);
    this.#bounds = { x: options.x ?? centred(display.bounds.width, width), y: options.y ?? centred(display.bounds.height, height), width, height };
    this.#title = options.title ?? app.name;
    this.#modal = options.modal ?? false;
    this.#fullScreen = options.fullscreen ?? false;
    this.#kiosk = options.kiosk ?? false;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#resizable = options.resizable ?? true;
    this.#closable = options.closable ?? true;
    const { session, partition } = webPreferences;
    this.#contents = new WebContents({
      session: (session as unknown as Session | undefined) ?? Session.fromPartition(partition ?? ''),
      bounds: this.#bounds,
      preload: webPreferences.preload,
      additionalArguments: webPreferences.additionalArguments ?? [],
      zoomFactor: webPreferences.zoomFactor ?? 1,
      backgroundThrottling: webPreferences.backgroundThrottling ?? true,
    });
    this.#contents.once('destroyed', () => this.#end());
    this.#contents.once('-painted', () => this.emit('ready-to-show'));
    BrowserWindow.#open.set(this.id, this);
    windowList.add(this);
    this.setParentWindow((options.parent as unknown as BrowserWindow | undefined) ?? null);
    app.emit('web-contents-created', preventableEvent({}), this.#contents);
    app.emit('browser-window-created', preventableEvent({}), this);
    if (options.show ?? true) this.show();
    if (this.#fullScreen || this.#kiosk) this.#applyFullScreen();
  }

  get webContents(): WebContents {
    // Electron throws here too once the window is gone.
    this.#mustLive();
    return this.#contents;
  }

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
  }

  loadURL(url: string): Promise<void> {
    return this.webContents.loadURL(url);
  }

  reload(): void {
    this.webContents.reload();
  }

  capturePage(): Promise<object> {
    return this.webContents.capturePage();
  }

  show(): void {
    this.#mustLive();
    this.#setVisible(true);
    this.focus();
  }

  showInactive(): void {
    this.#mustLive();
    this.#setVisible(true);
  }

  hide(): void {
    this.#mustLive();
    this.blur();
    this.#setVisible(false);
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }

  focus(): void {
    this.#mustLive();
    if (!this.#visible || BrowserWindow.#focused === this) return;
    BrowserWindow.#focused?.blur();
    BrowserWindow.#focused = this;
    this.#contents.focus();
    this.emit('focus', preventableEvent({}));
    app.emit('browser-window-focus', preventableEvent({}), this);
  }

  blur(): void {
    if (BrowserWindow.#focused !== this) return;
    BrowserWindow.#focused = null;
    this.#contents.blur();
    this.emit('blur', preventableEvent({}));
    app.emit('browser-window-blur', preventableEvent({}), this);
  }

  isFocused(): boolean {
    return BrowserWindow.#focused === this;
  }

  close(): void {
    if (this.#destroyed) return;
    const event = preventableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) setImmediate(() => this.destroy());
  }

  destroy(): void {
    this.#contents.destroy();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  setBounds(bounds: Partial<Rectangle>): void {
    this.#mustLive();
    const before = this.#bounds;
    this.#bounds = { ...before, ...bounds };
    this.#contents.place(this.#bounds, this.isVisible());
    if (before.width !== this.#bounds.width || before.height !== this.#bounds.height) this.emit('resize');
    if (before.x !== this.#bounds.x || before.y !== this.#bounds.y) this.emit('move');
  }

  getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds);
  }

  /** No frame is drawn, so the content fills the window. */
  getContentBounds(): Rectangle {
    return this.getBounds();
  }

  getNormalBounds(): Rectangle {
    return this.getBounds();
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  setContentSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getSize(): [number, number] {
    return [this.#bounds.width, this.#bounds.height];
  }

  getContentSize(): [number, number] {
    return this.getSize();
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getPosition(): [number, number] {
    return [this.#bounds.x, this.#bounds.y];
  }

  center(): void {
    const { width, height } = this.#bounds;
    this.setPosition(centred(display.bounds.width, width), centred(display.bounds.height, height));
  }

  setParentWindow(parent: BrowserWindow | null): void {
    if (this.#parent !== null) this.#parent.#children.delete(this);
    if (parent !== null) parent.#children.add(this);
    this.#parent = parent;
  }

  getParentWindow(): BrowserWindow | null {
    return this.#parent;
  }

  getChildWindows(): BrowserWindow[] {
    return [...this.#children];
  }

  isModal(): boolean {
    return this.#modal;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  minimize(): void {
    this.#minimized = true;
    this.blur();
    this.emit('minimize');
  }

  isMinimized(): boolean {
    return this.#minimized;
  }

  restore(): void {
    if (!this.#minimized) return;
    this.#minimized = false;
    this.emit('restore');
    this.focus();
  }

  maximize(): void {
    this.#maximized = true;
    if (!this.#visible) this.show();
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.emit('unmaximize');
  }

  isMaximized(): boolean {
    return this.#maximized;
  }

  setFullScreen(fullScreen: boolean): void {
    if (this.#fullScreen === fullScreen) return;
    this.#fullScreen = fullScreen;
    this.#applyFullScreen();
    this.emit(fullScreen ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.#fullScreen || this.#kiosk;
  }

  setKiosk(kiosk: boolean): void {
    this.#kiosk = kiosk;
    this.#applyFullScreen();
  }

  isKiosk(): boolean {
    return this.#kiosk;
  }

  setAlwaysOnTop(alwaysOnTop: boolean): void {
    this.#alwaysOnTop = alwaysOnTop;
  }

  isAlwaysOnTop(): boolean {
    return this.#alwaysOnTop;
  }

  setResizable(resizable: boolean): void {
    this.#resizable = resizable;
  }

  isResizable(): boolean {
    return this.#resizable;
  }

  setClosable(closable: boolean): void {
    this.#closable = closable;
  }

  isClosable(): boolean {
    return this.#closable;
  }

  moveTop(): void {
    this.#mustLive();
  }

  // What the window's frame, menu and taskbar look like: there are none.
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
  setMenuBarVisibility(_visible: boolean): void {}
  setAutoHideMenuBar(_hide: boolean): void {}
  setBackgroundColor(_color: string): void {}
  setMinimumSize(_width: number, _height: number): void {}
  setMaximumSize(_width: number, _height: number): void {}
  setMinimizable(_minimizable: boolean): void {}
  setMaximizable(_maximizable: boolean): void {}
  setFullScreenable(_fullScreenable: boolean): void {}
  setMovable(_movable: boolean): void {}
  setSkipTaskbar(_skip: boolean): void {}
  setIcon(_icon: unknown): void {}
  setContentProtection(_protect: boolean): void {}
  setOpacity(_opacity: number): void {}
  setEnabled(_enabled: boolean): void {}
  setProgressBar(_progress: number): void {}
  flashFrame(_flash: boolean): void {}

  /** Not loadFile: Counter serves no file:// page. */
  loadFile(): never {
    throw notInHost('browserWindow.loadFile');
  }

  #setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (hostSettings.headed) this.#contents.place(this.#bounds, visible);
    this.emit(visible ? 'show' : 'hide');
  }

  #applyFullScreen(): void {
    this.#contents.host.withPage((page) => page.setFullScreen(this.isFullScreen()));
  }

  #end(): void {
    if (this.#destroyed) return;
    this.blur();
    this.#destroyed = true;
    this.#visible = false;
    this.setParentWindow(null);
    for (const child of this.#children) child.destroy();
    BrowserWindow.#open.delete(this.id);
    this.emit('closed');
    windowList.remove(this);
  }

  #mustLive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }
}

function centred(room: number, size: number): number {
  return Math.max(0, Math.round((room - size) / 2));
}

nativeTheme.on('updated', () => {
  const { themeSource } = nativeTheme;
  for (const window of BrowserWindow.getAllWindows()) {
    window.webContents.host.withPage((page) => page.setColorScheme(themeSource === 'system' ? '' : themeSource));
  }
});
