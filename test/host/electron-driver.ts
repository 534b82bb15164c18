import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import type { Exit, LaunchOptions, RunningCounter } from './running-counter.ts';
import { electronBinary } from './electron-binary.ts';
import type { WindowPicture } from './control-message.ts';
import { PageWatch } from './page-watch.ts';
import { onThisPcOnly, testEnvironment } from './test-network.ts';
import { pictureOf } from './window-picture.ts';

/** Starts the app on Electron itself. */
export async function launchOnElectron(options: LaunchOptions): Promise<RunningCounter> {
  // Playwright drops them silently, and with them what leads JustiFi's names to this PC: the test would reach the live API (E-07).
  if ((options.nodeArgs ?? []).length > 0) throw new Error('A test that gives arguments to Node cannot run on Electron yet: Playwright drops them.');
  // Electron isolates sites strictly, and problems between frames of two sites appear only then (E-01).
  if ((options.chromiumArgs ?? []).some((argument) => /site-isolation|IsolateOrigins|site-per-process/u.test(argument))) throw new Error('On Electron no test turns site isolation off.');
  const binary = electronBinary();
  if ('missing' in binary) throw new Error(`The app cannot run on Electron: ${binary.missing}`);
  const wrapper = options.wrap === undefined ? undefined : await writeWrapper(options.wrap, binary.path);
  const app = await _electron.launch({
    executablePath: wrapper?.script ?? binary.path,
    cwd: options.appPath,
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...onThisPcOnly(options.chromiumArgs ?? []),
      `--user-data-dir=${options.userData}`,
      options.appPath,
    ],
    env: { ...definedOnly(testEnvironment()), ...options.env },
  });
  const pid = await app.evaluate(() => process.pid);
  await app.evaluate(({ app: electronApp, webContents, shell, dialog }) => {
    const state = { effects: [] as { what: string; value: unknown }[], answers: [] as object[] };
    Object.assign(globalThis, { counterDriver: state });
    const note = (what: string, value: unknown): void => void state.effects.push({ what, value });
    const notePage = (contents: Electron.WebContents): void => {
      // Not in Electron's types: the page's effective preferences, defaults included.
      note('webContents.created', (contents as unknown as { getLastWebPreferences(): object }).getLastWebPreferences());
    };
    for (const contents of webContents.getAllWebContents()) notePage(contents);
    electronApp.on('web-contents-created', (_event, contents) => notePage(contents));
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

  /** Of the window and the views over the page's own: what isSeen of view.ts says of the stand-in's. */
  isVisible(page: Page): Promise<boolean> {
    if (page.isClosed()) return Promise.resolve(false);
    return this.#ask(page, (window, view) => {
      if (!window.isVisible() || !view.getVisible()) return false;
      const { children } = window.contentView;
      const own = view.getBounds();
      return !children.slice(children.indexOf(view) + 1).some((over) => {
        const { x, y, width, height } = over.getBounds();
        return over.getVisible() && x <= own.x && y <= own.y && x + width >= own.x + own.width && y + height >= own.y + own.height;
      });
    });
  }

  hasKeyboard(page: Page): Promise<boolean> {
    return page.isClosed() ? Promise.resolve(false) : this.#ask(page, (window, view) => window.isFocused() && view.webContents.isFocused());
  }

  /** Asks the window and the view of this page. Playwright knows the page's window only where it is a BrowserWindow. */
  #ask<Answer>(page: Page, question: (window: Electron.BaseWindow, view: Electron.WebContentsView, argument: never) => Answer, argument?: unknown): Promise<Answer> {
    return this.#app.evaluate(
      ({ BaseWindow, WebContentsView }, { url, code, value }) => {
        const views = (window: Electron.BaseWindow) => [window.contentView, ...window.contentView.children].filter((view) => view instanceof WebContentsView);
        for (const window of BaseWindow.getAllWindows()) {
          const view = views(window).find((each) => each.webContents.getURL() === url);
          // oxlint-disable-next-line typescript/no-implied-eval -- Playwright hands over one function; this is the other
          if (view !== undefined) return (new Function(`return (${code})`)() as (...args: unknown[]) => Answer)(window, view, value);
        }
        throw new Error(`No window shows ${url}`);
      },
      { url: page.url(), code: question.toString(), value: argument },
    );
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

  async move(page: Page, to: { readonly x: number; readonly y: number }): Promise<void> {
    await this.#ask(page, (window, _view, { x, y }: typeof to) => window.setPosition(x, y), to);
  }

  async workElsewhere(page: Page): Promise<void> {
    await this.#ask(page, (window) => window.blur());
  }

  async comeBack(page: Page): Promise<void> {
    await this.#ask(page, (window) => window.focus());
  }

  async resize(page: Page, size: { readonly width: number; readonly height: number }): Promise<void> {
    await this.#ask(page, (window, _view, { width, height }: typeof size) => window.setContentSize(width, height), size);
  }

  async screenshot(page: Page): Promise<Buffer> {
    const picture = await this.#ask(page, (window): WindowPicture => {
      const [width, height] = window.getContentSize() as [number, number];
      const pages = [window.contentView, ...window.contentView.children].flatMap((view) => ('webContents' in view ? [view as Electron.WebContentsView] : []));
      return { width, height, pages: pages.map((view) => ({ targetId: view.webContents.getURL(), bounds: view.getBounds() })) };
    });
    return pictureOf(picture, (url) => Promise.resolve(this.windows().find((window) => window.url() === url)));
  }

  power(event: string): Promise<void> {
    return this.#app.evaluate(({ powerMonitor }, name) => {
      if (process.platform !== 'linux' || !name.endsWith('lock-screen')) return void powerMonitor.emit(name);
      // There is no such event on Linux.
      powerMonitor.getSystemIdleState = () => (name === 'lock-screen' ? 'locked' : 'active');
      return undefined;
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

  async pressClose(page: Page): Promise<void> {
    await this.#ask(page, (window) => window.close());
  }

  async close(): Promise<Exit> {
    await this.answerNextDialog({ response: 1 }).catch(() => undefined);
    await this.#app.evaluate(({ app }) => app.quit()).catch(() => undefined);
    return this.exited;
  }
}
