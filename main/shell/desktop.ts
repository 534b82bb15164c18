import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Theme } from '../../contract/look.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { Menu, app, dialog, nativeTheme, powerMonitor, protocol } from 'electron';

/** The till's own scheme: no file:// page exists in Counter. https://www.electronjs.org/docs/latest/tutorial/security#18-avoid-usage-of-the-file-protocol-and-prefer-usage-of-custom-protocols */
export const TILL_SCHEME = 'app';

/** The one argument that Counter knows. */
export const PROVISION = '--provision';

/** SECURITY: fixed; not from the environment, which belongs to whoever starts the app. */
const POLICY_FILE = '/etc/counter/policy.json';
const POLICY_FILES: Partial<Record<NodeJS.Platform, string>> = { win32: 'C:\\ProgramData\\Counter\\policy.json', darwin: '/Library/Application Support/Counter/policy.json' };

const OWNER_ONLY = 0o077;

export type Desktop = {
  /** False for a second copy of the app, which has already asked the first to come to the front. */
  readonly isFirst: boolean;
  /** The command line, without the program. */
  readonly arguments: readonly string[];
  /** The folder of this user's data; a failure says why there is none. */
  readonly dataFolder: Result<string, { readonly path: string; readonly code: string }>;
  /** Where an administrator puts the company's policy: a place that only administrators may write to (docs/operator.md). */
  readonly policyFile: string;
  readonly version: string;
  ready(): Promise<void>;
  onSecondCopy(show: () => void): void;
  onQuit(close: () => void): void;
  /** Somebody locked the PC's screen, or it goes to sleep. Only once it is ready. */
  onAway(leave: () => void): void;
  /** It slept, and is awake again. */
  onWoke(wake: () => void): void;
  /** Light or dark for every window, JustiFi's fields in them too. */
  showTheme(theme: Theme): void;
  quit(): void;
  /** Ends a run without a window, with a line on the terminal and this exit code. */
  exitSaying(code: 0 | 1, sentence: string): void;
  /** For a start that cannot go on. */
  stopWith(sentence: string): void;
};

/** What must be said to Electron before it is ready; so this runs first, and nothing may be awaited before it. */
export function prepareDesktop(): Desktop {
  // SECURITY: every file that this process makes, and each of its libraries, is for its owner only. Windows goes by the folder's permissions.
  process.umask(OWNER_ONLY);
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([{ scheme: TILL_SCHEME, privileges: { standard: true, secure: true, codeCache: true } }]);
  // Without a menu there is no Reload, no Zoom and no DevTools at the counter; and Electron starts faster.
  Menu.setApplicationMenu(null);
  const dataFolder = makeDataFolder();
  // The lock lies in that folder.
  const isFirst = dataFolder.kind === 'failed' || app.requestSingleInstanceLock();
  const given = process.argv.slice(1);
  if (!isFirst && !given.includes(PROVISION)) app.quit();
  return {
    isFirst,
    arguments: given,
    dataFolder,
    policyFile: POLICY_FILES[process.platform] ?? POLICY_FILE,
    version: app.getVersion(),
    ready: () => app.whenReady(),
    onSecondCopy: (show) => app.on('second-instance', show),
    // Before the windows are asked: the checkout windows refuse to close, and one refusal would call the quitting off.
    onQuit: (close) => app.on('before-quit', close),
    onAway(leave) {
      powerMonitor.on('lock-screen', leave);
      powerMonitor.on('suspend', leave);
    },
    onWoke: (wake) => powerMonitor.on('resume', wake),
    showTheme(theme) {
      nativeTheme.themeSource = theme === 'auto' ? 'system' : theme;
    },
    quit: () => app.quit(),
    exitSaying(code, sentence) {
      (code === 0 ? process.stdout : process.stderr).write(`${sentence}\n`, () => app.exit(code));
    },
    stopWith(sentence) {
      dialog.showErrorBox('Counter cannot start', sentence);
      app.exit(1);
    },
  };
}

/** Electron makes the folder by itself where it can, and throws where it cannot; then the error may say which it was. */
function makeDataFolder(): Desktop['dataFolder'] {
  try {
    const path = app.getPath('userData');
    mkdirSync(path, { recursive: true, mode: 0o700 });
    return ok(path);
  } catch (error) {
    const { path, code } = error as NodeJS.ErrnoException;
    return failed({ path: path ?? (app.commandLine.getSwitchValue('user-data-dir') || join(app.getPath('appData'), app.getName())), code: code ?? 'unknown' });
  }
}
