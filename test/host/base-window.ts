import type { BaseWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { hostSettings } from './host-settings.ts';
import { Menu } from './menu.ts';
import { preventableEvent } from './preventable-event.ts';
import type { Bounds } from './page-observer.ts';
import type { Question } from './shown-window-page.ts';
import { ShownWindow } from './shown-window.ts';
import { type PlacedView, View, isSeen } from './view.ts';
import type { WebContents } from './web-contents.ts';
import { windowList } from './window-list.ts';
import { WindowState, boundsOf } from './window-state.ts';

/** The height of Electron's menu bar on Linux and Windows. */
const MENU_BAR_HEIGHT = 25;

/** Electron's BaseWindow: where, whether and how it is shown, and the views in it. */
export class BaseWindow extends WindowState {
  static #lastId = 0;
  static #focused: BaseWindow | null = null;
  static readonly #open = new Map<number, BaseWindow>();

  readonly id: number = ++BaseWindow.#lastId;
  readonly #children = new Set<BaseWindow>();
  readonly #hasFrame: boolean;
  /** The pages that are in it now. */
  readonly #inside = new Set<WebContents>();
  #contentView: View;
  #parent: BaseWindow | null = null;
  #bounds: Bounds;
  #visible = false;
  #destroyed = false;
  /** The page that has the keyboard while the window has the focus. */
  #typedInto: WebContents | null = null;
  #minimized = false;
  #maximized = false;
  #fullScreen: boolean;
  #kiosk: boolean;
  #isMenuBarHidden: boolean;
  /** On the screen of this PC, for `npm start`. */
  #shown: ShownWindow | null = null;

  static getAllWindows(): BaseWindow[] {
    return [...BaseWindow.#open.values()];
  }

  static getFocusedWindow(): BaseWindow | null {
    return BaseWindow.#focused;
  }

  static fromId(id: number): BaseWindow | null {
    return BaseWindow.#open.get(id) ?? null;
  }

  constructor(options: BaseWindowConstructorOptions = {}, contentView: View = new View()) {
    super(options);
    if (!app.isReady()) throw new Error('Cannot create BaseWindow before app is ready');
    this.#bounds = boundsOf(options);
    this.#hasFrame = options.frame ?? true;
    this.#fullScreen = options.fullscreen ?? false;
    this.#kiosk = options.kiosk ?? false;
    this.#isMenuBarHidden = options.autoHideMenuBar ?? false;
    this.#contentView = contentView;
    this.#own(contentView);
    BaseWindow.#open.set(this.id, this);
    windowList.add(this);
    this.setParentWindow((options.parent as unknown as BaseWindow | undefined) ?? null);
    if (new.target === BaseWindow) this.openAs(options);
  }

  /** After the constructor, when the window of every kind is whole. */
  protected openAs({ show = true }: BaseWindowConstructorOptions): void {
    if (show) this.show();
    if (this.#fullScreen || this.#kiosk) this.#applyFullScreen();
  }

  override get contentView(): View {
    this.mustLive();
    return this.#contentView;
  }

  override set contentView(view: View) {
    this.mustLive();
    this.#contentView.host.owner = null;
    this.#contentView = view;
    this.#own(view);
  }

  /** The host's: where its pages are on it, lowest first, and which of them a person sees. */
  get pages(): readonly { readonly contents: WebContents; readonly bounds: Rectangle; readonly isSeen: boolean }[] {
    const placed = this.#placed();
    return placed.flatMap(({ view, bounds }) => {
      const { contents } = view.host;
      return contents === null || contents.isDestroyed() ? [] : [{ contents, bounds, isSeen: this.isVisible() && isSeen(placed, view) }];
    });
  }

  show(): void {
    this.mustLive();
    this.#setVisible(true);
    // A window that is new on the screen gets the focus everywhere.
    this.#takeFocus();
  }

  showInactive(): void {
    this.mustLive();
    this.#setVisible(true);
  }

  hide(): void {
    this.mustLive();
    this.blur();
    this.#setVisible(false);
  }

  isVisible(): boolean {
    return this.#visible && !this.#minimized;
  }

  focus(): void {
    this.mustLive();
    // A Wayland compositor gives the focus only to the window that the person has clicked: https://github.com/electron/electron/issues/48749
    if (!hostSettings.wayland) this.#takeFocus();
  }

  #takeFocus(): void {
    if (!this.#visible || BaseWindow.#focused === this) return;
    BaseWindow.#focused?.blur();
    BaseWindow.#focused = this;
    this.#typedInto ??= this.pages.at(-1)?.contents ?? null;
    this.#typedInto?.host.setFocused(true);
    this.emit('focus', preventableEvent({}));
    this.tellApp('focus');
  }

  blur(): void {
    if (BaseWindow.#focused !== this) return;
    BaseWindow.#focused = null;
    this.#typedInto?.host.setFocused(false);
    this.emit('blur', preventableEvent({}));
    this.tellApp('blur');
  }

  isFocused(): boolean {
    return BaseWindow.#focused === this;
  }

  close(): void {
    if (this.#destroyed) return;
    const event = preventableEvent({});
    this.emit('close', event);
    if (!event.defaultPrevented) setImmediate(() => this.destroy());
  }

  destroy(): void {
    this.end();
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  override setBounds(bounds: Partial<Rectangle>): void {
    this.mustLive();
    const { x, y } = hostSettings.wayland ? this.#bounds : { ...this.#bounds, ...bounds };
    this.#move({ ...this.#bounds, ...bounds, x, y });
  }

  /** The host's: as a person who drags it there, which every desktop allows. */
  drag(to: { readonly x: number; readonly y: number }): void {
    this.#move({ ...this.#bounds, ...to });
  }

  #move(bounds: Bounds): void {
    const before = this.#bounds;
    this.#bounds = bounds;
    this.#layOut();
    if (before.width !== bounds.width || before.height !== bounds.height) this.emit('resize');
    if (before.x !== bounds.x || before.y !== bounds.y) this.emit('move');
  }

  override getBounds(): Rectangle {
    return { ...this.#bounds };
  }

  setContentBounds(bounds: Rectangle): void {
    this.setBounds(bounds);
  }

  /** No frame is drawn, so the content fills the window; but a menu bar that is not hidden takes its place. */
  override getContentBounds(): Rectangle {
    const bar = this.#hasMenuBar() ? MENU_BAR_HEIGHT : 0;
    return { ...this.#bounds, y: this.#bounds.y + bar, height: this.#bounds.height - bar };
  }

  setParentWindow(parent: BaseWindow | null): void {
    if (this.#parent !== null) this.#parent.#children.delete(this);
    if (parent !== null) parent.#children.add(this);
    this.#parent = parent;
  }

  getParentWindow(): BaseWindow | null {
    return this.#parent;
  }

  getChildWindows(): BaseWindow[] {
    return [...this.#children];
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
    this.#takeFocus();
  }

  maximize(): void {
    this.#maximized = true;
    if (!this.#visible) this.show();
    this.#shown?.setState('maximized');
    this.emit('maximize');
  }

  unmaximize(): void {
    this.#maximized = false;
    this.#shown?.setState('normal');
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

  moveTop(): void {
    this.mustLive();
  }

  setMenuBarVisibility(visible: boolean): void {
    this.#isMenuBarHidden = !visible;
    this.#layOut();
  }

  isMenuBarVisible(): boolean {
    return this.#hasMenuBar();
  }

  setAutoHideMenuBar(hide: boolean): void {
    this.setMenuBarVisibility(!hide);
  }

  /** The events' names contain the kind of window. */
  protected tellApp(_what: 'focus' | 'blur'): void {}

  protected end(): void {
    if (this.#destroyed) return;
    this.blur();
    this.#destroyed = true;
    this.#visible = false;
    this.#shown?.close();
    this.setParentWindow(null);
    for (const child of this.#children) child.destroy();
    BaseWindow.#open.delete(this.id);
    // Their pages stay: https://www.electronjs.org/docs/latest/api/base-window#resource-management
    for (const contents of this.#inside) contents.host.leaveWindow();
    this.emit('closed');
    windowList.remove(this);
  }

  protected mustLive(): void {
    if (this.#destroyed) throw new TypeError('Object has been destroyed');
  }

  #own(view: View): void {
    view.host.owner = { viewsChanged: () => this.#placePages() };
    this.#layOut();
  }

  #layOut(): void {
    const { width, height } = this.getContentBounds();
    this.#contentView.setBounds({ x: 0, y: 0, width, height });
    this.#placePages();
  }

  #placed(): readonly PlacedView[] {
    return this.#contentView.host.placed();
  }

  /** Each page gets the size of its view. It goes on drawing where it is covered, as one whose backgroundThrottling is off. */
  #placePages(): void {
    if (this.#destroyed) return;
    const { pages } = this;
    const content = this.getContentBounds();
    for (const { contents, bounds } of pages) {
      if (!this.#inside.has(contents)) contents.host.enterWindow((wants) => this.#give(wants));
      this.#inside.add(contents);
      contents.place({ ...bounds, x: content.x + bounds.x, y: content.y + bounds.y });
    }
    this.#shown?.layOut();
    for (const contents of this.#inside) {
      if (!pages.some((page) => page.contents === contents)) this.#letGo(contents);
    }
  }

  /** When the focused page is removed, no page has the keyboard until the app gives it to another. */
  #letGo(contents: WebContents): void {
    this.#inside.delete(contents);
    contents.host.leaveWindow();
    if (this.#typedInto === contents) this.#typedInto = null;
  }

  /** A page asks for the keyboard. On Linux and macOS its window comes to the front for it. */
  #give(contents: WebContents): void {
    if (this.#typedInto !== contents) {
      this.#typedInto?.host.setFocused(false);
      this.#typedInto = contents;
    }
    if (process.platform !== 'win32' && !this.isFocused()) this.focus();
    if (this.isFocused()) contents.host.setFocused(true);
  }

  #hasMenuBar(): boolean {
    return process.platform !== 'darwin' && this.#hasFrame && !this.#isMenuBarHidden && Menu.getApplicationMenu() !== null;
  }

  #setVisible(visible: boolean): void {
    if (this.#visible === visible) return;
    this.#visible = visible;
    if (hostSettings.headed) this.#putOnScreen(visible);
    this.emit(visible ? 'show' : 'hide');
  }

  #putOnScreen(visible: boolean): void {
    this.#shown?.close();
    this.#shown = null;
    if (!visible) return;
    const { width, height } = this.getContentBounds();
    this.#shown = new ShownWindow({
      title: this.title,
      size: { width, height },
      pages: () => this.pages,
      keyboard: () => this.#typedInto,
      resized: (wide, high) => this.setSize(wide, high),
      closed: () => this.#closedByPerson(),
    });
    if (this.isFullScreen()) this.#applyFullScreen();
    else if (this.#maximized) this.#shown.setState('maximized');
    this.#shown.layOut();
  }

  /** An app that asks first keeps its window, and a person must see it to answer. */
  #closedByPerson(): void {
    this.#shown = null;
    this.close();
    setImmediate(() => {
      if (!this.#destroyed && this.#visible && this.#shown === null) this.#putOnScreen(true);
    });
  }

  /** The host's: a person answers in this window, where one can see it. */
  ask(question: Question): Promise<number> | null {
    return this.#shown?.ask(question) ?? null;
  }

  #applyFullScreen(): void {
    this.#shown?.setState(this.isFullScreen() ? 'fullscreen' : 'normal');
  }
}
