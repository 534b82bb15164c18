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
  /** For the host's Node; Electron has no such thing. */
  readonly nodeArgs?: readonly string[];
  /** A Chromium to borrow while nobody else has it. Without one, and on Electron, the app has its own. */
  readonly chromium?: SharedChromium | undefined;
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
  /** The newest live window whose address, as main says it (`app://till/…`), begins so or matches; waits for it. */
  window(address: string | RegExp, options?: { readonly timeoutMs?: number }): Promise<Page>;
  windows(): Page[];
  /** Those that are there already are told too. */
  onWindow(listener: (page: Page) => void): void;
  /** Whether anything of this page is to be seen: its window is shown, and no other view covers it. */
  isVisible(page: Page): Promise<boolean>;
  /** Whether what a person types goes into this page. */
  hasKeyboard(page: Page): Promise<boolean>;
  /** What the app has asked of the desktop, such as 'shell.openExternal' or 'webContents.created' with its webPreferences. */
  recorded(what: string): Promise<readonly unknown[]>;
  /** How the next message box, open or save dialog is answered, e.g. `{ canceled: false, filePath }`. */
  answerNextDialog(answer: Readonly<Record<string, unknown>>): Promise<void>;
  /** What the desktop tells the app about power: 'suspend', 'resume', 'lock-screen'… */
  power(event: string): Promise<void>;
  /** A second screen is plugged in, or taken away. Only on the stand-in. */
  screens(count: 1 | 2): Promise<void>;
  /** As somebody who works in another program from now on, and as one who comes back to the window of this page. */
  workElsewhere(page: Page): Promise<void>;
  comeBack(page: Page): Promise<void>;
  /** As somebody who drags the window of this page there. */
  move(page: Page, to: { readonly x: number; readonly y: number }): Promise<void>;
  /** As somebody who gives the window of this page another size. */
  resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void>;
  /** The window of this page as a person sees it (PNG): its views at their places, the higher over the lower. */
  screenshot(page: Page): Promise<Buffer>;
  /** Ends the main process at once. Resolves when it, and its windows, are gone; a Chromium of its own, too. */
  kill(signal?: NodeJS.Signals): Promise<void>;
  /** As a user who presses the close button of this page's window. */
  pressClose(page: Page): Promise<void>;
  /** As a user who quits, and who says yes when the app asks whether to close (the second button) in the middle of a sale. */
  close(): Promise<Exit>;
};
