import { EventEmitter } from 'node:events';

/** A window, as far as quitting is concerned. */
export type OpenWindow = {
  readonly id: number;
  close(): void;
  destroy(): void;
  isDestroyed(): boolean;
};

/** The windows that are open, oldest first. */
class WindowList {
  readonly #windows = new Map<number, OpenWindow>();
  readonly #events = new EventEmitter();

  all(): OpenWindow[] {
    return [...this.#windows.values()];
  }

  add(window: OpenWindow): void {
    this.#windows.set(window.id, window);
  }

  remove(window: OpenWindow): void {
    this.#windows.delete(window.id);
    if (this.#windows.size === 0) this.#events.emit('last-closed');
  }

  onLastClosed(listener: () => void): void {
    this.#events.on('last-closed', listener);
  }
}

export const windowList = new WindowList();
