import type { Page } from 'playwright';
import { launchOnElectron } from './electron-driver.ts';
import { launchOnHost } from './host-driver.ts';
import { fromWire } from './scheme-mapping.ts';

export { electronBinary } from './electron-binary.ts';

export type CounterTarget = 'chromium-host' | 'electron';

export type LaunchOptions = {
  readonly target: CounterTarget;
  /** The absolute path of the main process's bundle; Electron finds it by the package.json in `appPath`. */
  readonly mainFile: string;
  readonly appPath: string;
  readonly userData: string;
  readonly headed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** For the host's Node; Electron has no such thing. */
  readonly nodeArgs?: readonly string[];
  readonly chromiumArgs?: readonly string[];
  /** A command that runs the app as its last argument, such as a script that provides a keyring. */
  readonly wrap?: readonly string[];
};

export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

/** The running app, from outside: the same on both targets. */
export type RunningCounter = {
  readonly target: CounterTarget;
  /** The main process's own id, also behind a wrapper. */
  readonly pid: number;
  /** All that it has printed so far. */
  readonly output: string;
  readonly exited: Promise<Exit>;
  /** The newest live window whose address, as main says it (`app://till/…`), begins so or matches; waits for it. */
  window(address: string | RegExp, options?: { readonly timeoutMs?: number }): Promise<Page>;
  windows(): Page[];
  /** Those that are there already are told too. */
  onWindow(listener: (page: Page) => void): void;
  isVisible(page: Page): Promise<boolean>;
  /** What the app has asked of the desktop, such as 'shell.openExternal' or 'browserWindow.created' with its webPreferences. */
  recorded(what: string): Promise<readonly unknown[]>;
  /** How the next message box, open or save dialog is answered, e.g. `{ canceled: false, filePath }`. */
  answerNextDialog(answer: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the desktop tells the app about power: 'suspend', 'resume', 'lock-screen'… */
  power(event: string): Promise<void>;
  /** A second screen is plugged in, or taken away. Only on the stand-in. */
  screens(count: 1 | 2): Promise<void>;
  /** As somebody who drags the window of this page there. */
  move(page: Page, to: { readonly x: number; readonly y: number }): Promise<void>;
  /** Ends the main process at once. Resolves when it, and its Chromium, are gone. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** As a user who quits. */
  close(): Promise<Exit>;
};

export function launchCounter(options: LaunchOptions): Promise<RunningCounter> {
  return options.target === 'electron' ? launchOnElectron(options) : launchOnHost(options);
}

/** A page's address as main says it. */
export function addressOf(page: Page): string {
  return fromWire(page.url());
}
