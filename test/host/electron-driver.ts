import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { Exit, LaunchOptions, RunningCounter } from './driver.ts';
import { electronBinary } from './electron-binary.ts';
import { PageWatch } from './page-watch.ts';

/** Starts the app on Electron itself. */
export async function launchOnElectron(options: LaunchOptions): Promise<RunningCounter> {
  const binary = electronBinary();
  if ('missing' in binary) throw new Error(`The app cannot run on Electron: ${binary.missing}`);
  const wrapper = options.wrap === undefined ? undefined : await writeWrapper(options.wrap, binary.path);
  const { NODE_OPTIONS: _ofTheTestRunner, ...environment } = process.env;
  const app = await _electron.launch({
    executablePath: wrapper?.script ?? binary.path,
    cwd: options.appPath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...(options.chromiumArgs ?? []),
      `--user-data-dir=${options.userData}`,
      options.appPath,
    ],
    env: { ...definedOnly(environment), ...options.env },
  });
  const pid = await app.evaluate(() => process.pid);
  await app.evaluate(({ app: electronApp, BrowserWindow, shell, dialog }) => {
    const state = { effects: [] as { what: string; value: unknown }[], answers: [] as object[] };
    Object.assign(globalThis, { counterDriver: state });
    const note = (what: string, value: unknown): void => void state.effects.push({ what, value });
    const noteWindow = (window: Electron.BrowserWindow): void => {
      // Not in Electron's types: what the window was really given, defaults included.
      const contents = window.webContents as unknown as { getLastWebPreferences(): object };
      note('browserWindow.created', contents.getLastWebPreferences());
    };
    for (const window of BrowserWindow.getAllWindows()) noteWindow(window);
    electronApp.on('browser-window-created', (_event, window) => noteWindow(window));
    shell.openExternal = (url) => {
      note('shell.openExternal', url);
      return Promise.resolve();
    };
    dialog.showErrorBox = (title, content) => note('dialog.showErrorBox', { title, content });
    const answered = (what: string, otherwise: object) => (...args: unknown[]) => {
      note(`dialog.${what}`, args.at(-1));
      return Promise.resolve({ ...otherwise, ...state.answers.shift() } as never);
    };
    dialog.showMessageBox = answered('showMessageBox', { response: 0, checkboxChecked: false });
    dialog.showOpenDialog = answered('showOpenDialog', { canceled: true, filePaths: [] });
    dialog.showSaveDialog = answered('showSaveDialog', { canceled: true, filePath: '' });
  });
  return new ElectronApp(app, pid, wrapper?.folder);
}

/** Playwright starts one program, so a wrapper command becomes one. */
async function writeWrapper(wrap: readonly string[], binary: string): Promise<{ script: string; folder: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'counter-wrap-'));
  const script = join(folder, 'electron');
  const quoted = [...wrap, binary].map((word) => `'${word.replaceAll("'", String.raw`'\''`)}'`);
  await writeFile(script, `#!/bin/sh\nexec ${quoted.join(' ')} "$@"\n`);
  await chmod(script, 0o755);
  return { script, folder };
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined));
}

type DriverState = { readonly effects: { what: string; value: unknown }[]; readonly answers: object[] };

class ElectronApp implements RunningCounter {
  readonly target = 'electron';
  readonly pid: number;
  readonly exited: Promise<Exit>;
  readonly #app: ElectronApplication;
  readonly #pages = new PageWatch();
  #output = '';

  constructor(app: ElectronApplication, pid: number, wrapperFolder: string | undefined) {
    this.#app = app;
    this.pid = pid;
    const child = app.process();
    for (const stream of [child.stdout!, child.stderr!]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    this.exited = new Promise((resolve) => {
      child.once('close', (code, signal) => {
        this.#pages.end(`the app has exited. It printed:\n${this.#output}`);
        const removed = wrapperFolder === undefined ? Promise.resolve() : rm(wrapperFolder, { recursive: true, force: true });
        void removed.then(() => resolve({ code, signal }));
      });
    });
    app.on('window', (page) => this.#pages.add(page));
    for (const page of app.windows()) this.#pages.add(page);
  }

  get output(): string {
    return this.#output;
  }

  window(address: string | RegExp, { timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<Page> {
    return this.#pages.wait(address, timeoutMs);
  }

  windows(): Page[] {
    return this.#pages.live();
  }

  onWindow(listener: (page: Page) => void): void {
    this.#pages.onPage(listener);
  }

  async isVisible(page: Page): Promise<boolean> {
    if (page.isClosed()) return false;
    const window = await this.#app.browserWindow(page);
    return window.evaluate((browserWindow: { isVisible(): boolean }) => browserWindow.isVisible());
  }

  recorded(what: string): Promise<readonly unknown[]> {
    return this.#app.evaluate((_modules, name) => {
      const { counterDriver } = globalThis as unknown as { readonly counterDriver: DriverState };
      return counterDriver.effects.filter((effect) => effect.what === name).map((effect) => effect.value);
    }, what);
  }

  answerNextDialog(answer: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#app.evaluate((_modules, next) => {
      const { counterDriver } = globalThis as unknown as { readonly counterDriver: DriverState };
      counterDriver.answers.push(next);
    }, answer);
  }

  screens(): Promise<void> {
    return Promise.reject(new Error('The screens of a real desktop cannot be plugged by a test'));
  }

  async move(page: Page, { x, y }: { readonly x: number; readonly y: number }): Promise<void> {
    const window = await this.#app.browserWindow(page);
    await window.evaluate((moved: Electron.BrowserWindow, [toX, toY]) => moved.setPosition(toX, toY), [x, y] as const);
  }

  power(event: string): Promise<void> {
    return this.#app.evaluate(({ powerMonitor }, name) => {
      powerMonitor.emit(name);
    }, event);
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    try {
      process.kill(this.pid, signal);
    } catch {
      // It has ended by itself.
    }
    await this.exited;
  }

  async close(): Promise<Exit> {
    await this.#app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    return this.exited;
  }
}
