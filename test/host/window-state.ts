import type { BaseWindowConstructorOptions, Rectangle } from 'electron';
import { app } from './app.ts';
import { hostSettings } from './host-settings.ts';
import { refusingEmitter } from './not-in-host.ts';
import type { Bounds } from './page-observer.ts';
import { display } from './screen.ts';
import type { View } from './view.ts';

/** The part of Electron's BaseWindow that is only stored or calculated: title, flags, and sizes. */
export abstract class WindowState extends refusingEmitter('baseWindow') {
  #title: string;
  #modal: boolean;
  #alwaysOnTop: boolean;
  #resizable: boolean;
  #closable: boolean;

  constructor(options: BaseWindowConstructorOptions) {
    super();
    this.#title = options.title ?? app.name;
    this.#modal = options.modal ?? false;
    this.#alwaysOnTop = options.alwaysOnTop ?? false;
    this.#resizable = options.resizable ?? true;
    this.#closable = options.closable ?? true;
  }

  abstract getBounds(): Rectangle;
  abstract getContentBounds(): Rectangle;
  abstract get contentView(): View;
  abstract set contentView(view: View);
  abstract setBounds(bounds: Partial<Rectangle>): void;

  get title(): string {
    return this.#title;
  }

  set title(title: string) {
    this.#title = title;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  getContentView(): View {
    return this.contentView;
  }

  setContentView(view: View): void {
    this.contentView = view;
  }

  isModal(): boolean {
    return this.#modal;
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
    const { width, height } = this.getBounds();
    return [width, height];
  }

  getContentSize(): [number, number] {
    const { width, height } = this.getContentBounds();
    return [width, height];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  getPosition(): [number, number] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  center(): void {
    const { width, height } = this.getBounds();
    this.setPosition(centred(display.bounds.width, width), centred(display.bounds.height, height));
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

  // The look of the window's frame and taskbar, of which there are none.
  setMenu(_menu: unknown): void {}
  removeMenu(): void {}
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
}

/** In the middle of the screen, where the app has not said another place, and on Wayland, which lets no app say one. */
export function boundsOf({ width = 800, height = 600, ...options }: BaseWindowConstructorOptions): Bounds {
  const { x, y } = hostSettings.wayland ? {} : options;
  return { x: x ?? centred(display.bounds.width, width), y: y ?? centred(display.bounds.height, height), width, height };
}

function centred(room: number, size: number): number {
  return Math.max(0, Math.round((room - size) / 2));
}
