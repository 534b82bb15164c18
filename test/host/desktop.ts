import { refusingEmitter, refusingOthers } from './not-in-host.ts';
import { recordEffect } from './recorded-effects.ts';

/** Electron's calls to the desktop, which the stand-in only records: tests read them from recorded-effects.ts. */

export const shell = refusingOthers('shell', {
  openExternal(url: string): Promise<void> {
    recordEffect('shell.openExternal', url);
    return Promise.resolve();
  },
  openPath(path: string): Promise<string> {
    recordEffect('shell.openPath', path);
    return Promise.resolve('');
  },
  showItemInFolder(path: string): void {
    recordEffect('shell.showItemInFolder', path);
  },
  beep(): void {
    recordEffect('shell.beep', null);
  },
});

export const clipboard = refusingOthers('clipboard', {
  writeText(text: string): Promise<void> {
    recordEffect('clipboard.writeText', text);
    return Promise.resolve();
  },
});

class PowerMonitor extends refusingEmitter('powerMonitor') {
  readonly onBatteryPower: boolean = false;

  #isLocked = false;

  getSystemIdleState(): 'active' | 'locked' {
    return this.#isLocked ? 'locked' : 'active';
  }

  /** The desktop's events. On Linux there is none for the screen lock. */
  tell(event: string): void {
    if (event === 'lock-screen') this.#isLocked = true;
    if (event === 'unlock-screen') this.#isLocked = false;
    if (process.platform !== 'linux' || !event.endsWith('lock-screen')) this.emit(event);
  }

  getSystemIdleTime(): number {
    return 0;
  }

  isOnBatteryPower(): boolean {
    return false;
  }
}

export const powerMonitor = new PowerMonitor();

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = refusingOthers('powerSaveBlocker', {
  start(type: string): number {
    recordEffect('powerSaveBlocker.start', type);
    blockers.add(++lastBlocker);
    return lastBlocker;
  },
  stop: (id: number): boolean => blockers.delete(id),
  isStarted: (id: number): boolean => blockers.has(id),
});

/** Without a keychain of its own: Counter keeps its secrets by keytar. */
export const safeStorage = refusingOthers('safeStorage', {
  isEncryptionAvailable: (): boolean => false,
  isAsyncEncryptionAvailable: (): Promise<boolean> => Promise.resolve(false),
});

export const crashReporter = refusingOthers('crashReporter', {
  start: (_options: object): void => undefined,
  addExtraParameter: (_key: string, _value: string): void => undefined,
});

export class Notification extends refusingEmitter('notification') {
  readonly #options: object;

  static isSupported(): boolean {
    return false;
  }

  constructor(options: object = {}) {
    super();
    this.#options = options;
  }

  show(): void {
    recordEffect('notification.show', this.#options);
  }

  close(): void {}
}
