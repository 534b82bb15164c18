import type { Page } from 'playwright';
import type { SharedChromium } from './shared-chromium.ts';

export type CounterTarget = 'chromium-host' | 'electron';

export type LaunchOptions = {
  readonly target: CounterTarget;
  /** The absolute path of the main process's bundle; Electron finds it by the package.json in `appPath`. */
  readonly mainFile: string;
  readonly appPath: string;
  readonly userData: string;
  readonly headed?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** For the host's Node only; Electron has none. */
  readonly nodeArgs?: readonly string[];
  /** A shared Chromium, if it is free. Otherwise, and on Electron, the app has its own. */
  readonly chromium?: SharedChromium | undefined;
  /** The program of a Chromium of its own; by default the Chromium of this machine. */
  readonly chromiumBinary?: string | undefined;
  /** For a Chromium of its own. */
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
  /** The newest live window whose address in main's form (`app://till/…`) begins so or matches; waits for it. */
  window(address: string | RegExp, options?: { readonly timeoutMs?: number }): Promise<Page>;
  windows(): Page[];
  /** Called for existing pages too. */
  onWindow(listener: (page: Page) => void): void;
  /** Whether this page is visible: its window is shown, and no other view covers it. */
  isVisible(page: Page): Promise<boolean>;
  /** Whether typed keys go into this page. */
  hasKeyboard(page: Page): Promise<boolean>;
  /** The app's calls to the desktop, such as 'shell.openExternal' or 'webContents.created' with its webPreferences. */
  recorded(what: string): Promise<readonly unknown[]>;
  /** How the next message box, open or save dialog is answered, e.g. `{ canceled: false, filePath }`. */
  answerNextDialog(answer: Readonly<Record<string, unknown>>): Promise<void>;
  /** Sends a power event of the desktop: 'suspend', 'resume', 'lock-screen'… */
  power(event: string): Promise<void>;
  /** A second screen is plugged in, or taken away. Only on the stand-in. */
  screens(count: 1 | 2): Promise<void>;
  /** Takes the focus to another program, and back to the window of this page. */
  workElsewhere(page: Page): Promise<void>;
  comeBack(page: Page): Promise<void>;
  /** Drags the window of this page there. */
  move(page: Page, to: { readonly x: number; readonly y: number }): Promise<void>;
  /** Resizes the window of this page. */
  resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void>;
  /** The window of this page as a person sees it (PNG): its views at their places, the higher over the lower. */
  screenshot(page: Page): Promise<Buffer>;
  /** Ends the main process at once. Resolves when it, and its windows, are gone; a Chromium of its own, too. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** Presses the close button of this page's window. */
  pressClose(page: Page): Promise<void>;
  /** Quits the app, and presses the second button when it asks whether to close in the middle of a sale. */
  close(): Promise<Exit>;
};
