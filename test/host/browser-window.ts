import type { BrowserWindowConstructorOptions } from 'electron';
import { app } from './app.ts';
import { BaseWindow } from './base-window.ts';
import { notInHost } from './not-in-host.ts';
import { preventableEvent } from './preventable-event.ts';
import { WebContents } from './web-contents.ts';
import type { OpenedPage } from './web-contents-parts.ts';
import { WebContentsView } from './web-contents-view.ts';
import { boundsOf } from './window-state.ts';

/** Electron's BrowserWindow: a window whose content is one page, behind all its other views. */
export class BrowserWindow extends BaseWindow {
  readonly #contents: WebContents;

  static override getAllWindows(): BrowserWindow[] {
    return BaseWindow.getAllWindows().filter((window) => window instanceof BrowserWindow);
  }

  static override getFocusedWindow(): BrowserWindow | null {
    const focused = BaseWindow.getFocusedWindow();
    return focused instanceof BrowserWindow ? focused : null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.#contents === contents) ?? null;
  }

  static override fromId(id: number): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.id === id) ?? null;
  }

  /** `opened`: for the host: the page of a window that another page has opened. */
  constructor(options: BrowserWindowConstructorOptions = {}, opened?: OpenedPage) {
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready');
    const bounds = boundsOf(options);
    const view = new WebContentsView({ webPreferences: options.webPreferences ?? {} }, bounds, opened);
    super({ ...options, ...bounds }, view);
    this.#contents = view.webContents;
    this.#contents.once('destroyed', () => this.end());
    this.#contents.once('-painted', () => this.emit('ready-to-show'));
    app.emit('browser-window-created', preventableEvent({}), this);
    this.openAs(options);
  }

  get webContents(): WebContents {
    // Electron throws here too once the window is gone.
    this.mustLive();
    return this.#contents;
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

  override destroy(): void {
    this.#contents.destroy();
  }

  /** Not loadFile: Counter serves no file:// page. */
  loadFile(): never {
    throw notInHost('browserWindow.loadFile');
  }

  protected override tellApp(what: 'focus' | 'blur'): void {
    app.emit(`browser-window-${what}`, preventableEvent({}), this);
  }
}

WebContents.openWindow = (options, opened) => new BrowserWindow(options, opened);
