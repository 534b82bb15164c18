import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '../../contract/appearance.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { PROVISION_BROKE, START_BROKE } from '../../words/start-failure.ts';
import { isNetworkFolder, localDataFolder } from './data-folder.ts';
import { refusedSwitch } from './command-line.ts';
import { type KeyActions, setKeyMenu } from './key-menu.ts';
import { app, dialog, nativeTheme, powerMonitor, protocol } from 'electron';

/** The till's own scheme: no file:// page exists in Counter. https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols */
export const TILL_SCHEME = 'app';

/** Counter's only argument. */
export const PROVISION = '--provision';

/** As in electron-builder.yml: Windows uses it to match a window with its shortcut and its place in the taskbar. */
const APP_ID = 'tech.counter.till';

/** SECURITY: fixed, not from the environment, which any user who starts the app can set. */
const POLICY_FILE = '/etc/counter/policy.json';
const POLICY_FILES: Partial<Record<NodeJS.Platform, string>> = { win32: 'C:\\ProgramData\\Counter\\policy.json', darwin: '/Library/Application Support/Counter/policy.json' };

const OWNER_ONLY = 0o077;

/** Characters of the message when a start fails. */
const CANNOT_START = 'Counter cannot start';

/** How often it is asked while the manager's side is open. */
const LOOKS_FOR_LOCK_EVERY_MS = 2_000;

export type Desktop = {
  /** False for a second copy of the app, which has already asked the first to come to the front. */
  readonly isFirst: boolean;
  /** SECURITY: a switch with which an installed Counter does not start; null: there is none. */
  readonly refusedSwitch: string | null;
  /** The command line, without the program. */
  readonly arguments: readonly string[];
  /** The folder of this user's data; fails with the reason. */
  readonly dataFolder: Result<string, { readonly path: string; readonly code: string }>;
  /** The path of the company's policy, which only administrators may write (docs/operator.md). */
  readonly policyFile: string;
  readonly version: string;
  /** The languages of this PC's user, best first, as "fr-CA"; none before it is ready. */
  systemLanguages(): readonly string[];
  /** The PC's locale for numbers and lists, independent of the till's language. BCP 47; only when ready. */
  systemLocale(): string;
  ready(): Promise<void>;
  /** A second copy was started and has ended, or the icon of this one was pressed. */
  onStartedAgain(show: () => void): void;
  /** A process of Chromium's beside the pages crashed, such as the GPU's: Chromium restarts it. */
  onProcessLost(note: (detail: { readonly type: string; readonly reason: string }) => void): void;
  /** Until it is called those keys do nothing. */
  onKeys(actions: KeyActions): void;
  /** Counter is asked to quit; `mayQuit` may cancel that, otherwise `close` runs. */
  onQuit(mayQuit: () => boolean, close: () => void): void;
  /** The operating system shuts down, or is restarted. */
  onSystemEnd(end: () => void): void;
  /** The PC's screen was locked, or it goes to sleep. Only when ready. */
  onAway(leave: () => void, isNeeded: () => boolean): void;
  /** The PC woke up. */
  onWoke(wake: () => void): void;
  /** Light or dark for every window, JustiFi's fields in them too. */
  showTheme(theme: Theme): void;
  quit(): void;
  /** Ends a run without a window, with a line on the terminal and this exit code. */
  exitSaying(code: 0 | 1, sentence: string): void;
  /** For a start that cannot go on. */
  stopWith(sentence: string): void;
  /** The same before Counter is ready; only on the terminal for a run without a window. */
  refuseStart(sentence: string): Promise<void>;
};

/** Electron must be configured before it is ready, so this runs first, and nothing may be awaited before it. */
export function prepareDesktop(): Desktop {
  configure();
  let keyActions: KeyActions | null = null;
  setKeyMenu(process.platform, () => keyActions);
  const dataFolder = makeDataFolder();
  // The lock is in that folder.
  const isFirst = dataFolder.kind === 'failed' || app.requestSingleInstanceLock();
  const given = process.argv.slice(1);
  if (!isFirst && !given.includes(PROVISION)) app.quit();
  const desktop: Desktop = {
    isFirst,
    // Run from the sources, it has DevTools for developers.
    refusedSwitch: app.isPackaged ? refusedSwitch(given, process.platform) : null,
    arguments: given,
    dataFolder,
    policyFile: POLICY_FILES[process.platform] ?? POLICY_FILE,
    version: app.getVersion(),
    systemLanguages: () => (app.isReady() ? app.getPreferredSystemLanguages() : []),
    systemLocale: () => app.getSystemLocale(),
    ready: () => app.whenReady(),
    onStartedAgain(show) {
      app.on('second-instance', show);
      // Of macOS, which starts no second copy: the icon in the Dock was pressed, also while the window is minimised.
      app.on('activate', show);
    },
    // A printing process that Counter itself ended did not crash.
    onProcessLost: (note) =>
      app.on('child-process-gone', (_event, { type, reason }) => {
        if (reason !== 'clean-exit' && reason !== 'killed') note({ type, reason });
      }),
    onKeys(actions) {
      keyActions = actions;
    },
    onQuit: (mayQuit, close) =>
      app.on('before-quit', (event) => {
        if (mayQuit()) close();
        else event.preventDefault();
      }),
    // On Linux and macOS. Windows ends a session without 'before-quit': https://www.electronjs.org/docs/latest/api/app#event-before-quit
    onSystemEnd: (end) => powerMonitor.on('shutdown', end),
    onAway,
    onWoke: (wake) => powerMonitor.on('resume', wake),
    showTheme(theme) {
      nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
    },
    quit: () => app.quit(),
    exitSaying(code, sentence) {
      (code === 0 ? process.stdout : process.stderr).write(`${sentence}\n`, () => app.exit(code));
    },
    stopWith(sentence) {
      dialog.showErrorBox(CANNOT_START, sentence);
      app.exit(1);
    },
    async refuseStart(sentence) {
      if (given.includes(PROVISION)) return desktop.exitSaying(1, sentence);
      await app.whenReady();
      desktop.stopWith(sentence);
    },
  };
  return desktop;
}

function onAway(leave: () => void, isNeeded: () => boolean): void {
  powerMonitor.on('lock-screen', leave);
  powerMonitor.on('suspend', leave);
  // There is no 'lock-screen' on Linux.
  if (process.platform !== 'linux') return;
  setInterval(() => {
    if (isNeeded() && powerMonitor.getSystemIdleState(1) === 'locked') leave();
  }, LOOKS_FOR_LOCK_EVERY_MS).unref();
}

/** Electron reads all of this once, before it is ready. */
function configure(): void {
  // SECURITY: files of this process and its libraries are readable by their owner only. On Windows the folder's permissions decide.
  process.umask(OWNER_ONLY);
  // As root on Linux it takes --no-sandbox, and then Chromium's network service dies with a sandbox that it cannot have (electron-facts E-02). Every window has one anyway.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: TILL_SCHEME, privileges: { standard: true, secure: true, codeCache: true } }]);
  app.setAppUserModelId(APP_ID);
  // A form that is prepared lies under the till's page. Chromium would consider it hidden, and stop drawing its frames.
  app.commandLine.appendSwitch('disable-backgrounding-occluded-windows');
}

/** For a start that fails before the language is known. */
export function sayStartFailed(): void {
  if (process.argv.includes(PROVISION)) process.stderr.write(`${PROVISION_BROKE}\n`);
  else dialog.showErrorBox(CANNOT_START, START_BROKE);
}

/** Electron makes the folder by itself where it can, and throws where it cannot; then the error may name the folder. */
function makeDataFolder(): Desktop['dataFolder'] {
  try {
    const local = app.commandLine.hasSwitch('user-data-dir') ? null : localDataFolder(process.platform, app.getPath('home'), app.getName());
    if (local !== null) app.setPath('userData', local);
    const path = app.getPath('userData');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return isNetworkFolder(path) ? failed({ path, code: 'network-folder' }) : ok(path);
  } catch (error) {
    const { path, code } = error as NodeJS.ErrnoException;
    return failed({ path: path ?? (app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), app.getName())), code: code ?? 'unknown' });
  }
}
