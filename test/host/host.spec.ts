import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { addressOf, launchCounter } from './driver.ts';
import type { LaunchOptions, RunningCounter } from './running-counter.ts';
import type * as WindowSecurity from '../../main/shell/window-security.ts';
import { devicesGranted, grantedTo } from './granted-permissions.ts';
import { isAlive } from './process-life.ts';
import { type RemoteSite, startRemoteSite } from './remote-site.ts';
import { SharedChromium } from './shared-chromium.ts';

const appPath = join(import.meta.dirname, 'fixture-app');
const folders: string[] = [];

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'host-spec-'));
  folders.push(folder);
  return folder;
}

function launchFixture(options: Partial<LaunchOptions> = {}): Promise<RunningCounter> {
  return launchCounter({
    target: 'chromium-host',
    mainFile: join(appPath, 'main.mjs'),
    appPath,
    userData: newFolder(),
    ...options,
  });
}

/** What the fixture's main process hands to the code that it runs for the spec. */
type Main = {
  readonly electron: typeof Electron;
  readonly preload: string;
  /** All but the one through which the spec gets here. */
  windows(): Electron.BrowserWindow[];
  readonly state: {
    events: { readonly name: string; readonly [detail: string]: unknown }[];
    requests: { readonly url: string; readonly method: string; readonly body: string }[];
    requireGivesTheSame: boolean;
    readyBeforeEntryRan: boolean;
    [more: string]: unknown;
  };
};

type Fixture = {
  run(source: string, argument: unknown): Promise<unknown>;
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  on(channel: string, listener: (...args: unknown[]) => void): () => void;
  once(channel: string, listener: (...args: unknown[]) => void): void;
  sum(a: number, b: number): number;
  readonly nested: { deep(): string; readonly list: readonly [number, { readonly two: number }] };
  throws(): void;
  callBack(callback: (value: number) => number): number;
  later(value: unknown): Promise<{ readonly value: unknown; again(): unknown }>;
  rejects(): Promise<never>;
  sendSync(): string;
  missing(): string;
  requireFs(): string;
  exposeTwice(): string;
  readonly process: Readonly<Record<string, unknown>>;
  readonly documentAtPreload: string;
};

declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    fixture: Fixture;
    early: string;
    inlineRan?: boolean;
  }
}

let app: RunningCounter;
let till: Page;

/** Runs a function in the app's main process. */
async function inMain<Argument, Result>(
  action: (main: Main, argument: Argument) => Result,
  argument?: Argument,
): Promise<Awaited<Result>> {
  const desk = await app.window('app://till/desk.html');
  await desk.waitForFunction(() => 'fixture' in window);
  const [source, value] = [`(${action.toString()})`, argument];
  return (await desk.evaluate(([code, arg]) => window.fixture.run(code, arg), [source, value] as const)) as Awaited<Result>;
}

/** The till as it is when it has started. */
async function tillOf(running: RunningCounter): Promise<Page> {
  const page = await running.window('app://till/index.html');
  await page.waitForFunction(() => 'early' in window);
  return page;
}

let site: RemoteSite;

beforeAll(async () => {
  site = await startRemoteSite();
});

afterAll(() => {
  site.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** One app for all tests of a group, with its first window as it was. */
function withApp(options: Partial<LaunchOptions> = {}): void {
  beforeAll(async () => {
    app = await launchFixture(options);
    till = await tillOf(app);
  });

  afterEach(async () => {
    await inMain(async ({ electron, state, windows }) => {
      const [first, ...others] = windows();
      for (const window of others) window.destroy();
      const { webRequest } = electron.session.defaultSession;
      webRequest.onBeforeRequest(null);
      webRequest.onBeforeSendHeaders(null);
      webRequest.onHeadersReceived(null);
      first!.removeAllListeners();
      first!.webContents.removeAllListeners('will-navigate');
      await first!.loadURL('app://till/index.html');
      state.events = [];
    });
  });

  afterAll(async () => {
    await app.close();
  });
}

/** Another window of the app, at somebody else's site. */
async function openWindow(url: string, options: Electron.BrowserWindowConstructorOptions = {}): Promise<Page> {
  await inMain(async ({ electron, preload }, [address, more]) => {
    const window = new electron.BrowserWindow({ width: 400, height: 300, ...more, webPreferences: { preload, ...more.webPreferences } });
    await window.loadURL(address);
  }, [url, options] as const);
  return app.window(url);
}

function eventsNamed(...names: readonly string[]): Promise<Main['state']['events']> {
  return inMain(({ state }, wanted) => state.events.filter((event) => wanted.includes(event.name)), names);
}

describe('a preload and its page', () => {
  withApp();

  it('run in two worlds, the preload before the first script of the page', async () => {
    expect(await till.evaluate(() => window.early)).toBe('object undefined undefined undefined undefined');
    expect(await till.evaluate(() => window.fixture.documentAtPreload)).toBe('loading');
    expect(await till.evaluate(() => window.fixture.invoke('sender'))).toMatchObject({ origin: 'app://till', parent: null, isMainFrame: true });
    expect(await till.evaluate(() => window.fixture.process)).toMatchObject({ argv: ['--till=7'], type: 'renderer', sandboxed: true });
  });

  it('are under the policy that the scheme handler sends', async () => {
    expect(await till.evaluate(() => window.inlineRan)).toBeUndefined();
  });

  it('share an API that the page can call but not change', async () => {
    const seen = await till.evaluate(() => {
      'use strict';
      const attempt = (action: () => unknown): unknown => {
        try {
          return action();
        } catch (error) {
          return (error as Error).name;
        }
      };
      return {
        sum: window.fixture.sum(2, 3),
        deep: window.fixture.nested.deep(),
        list: window.fixture.nested.list,
        callback: window.fixture.callBack((value) => value * 2),
        replaced: attempt(() => ((window as { fixture: unknown }).fixture = 1)),
        changed: attempt(() => ((window.fixture.nested as { deep: unknown }).deep = 1)),
        frozen: Object.isFrozen(window.fixture) && Object.isFrozen(window.fixture.nested.list),
      };
    });
    expect(seen).toEqual({
      sum: 5,
      deep: 'deep',
      list: [1, { two: 2 }],
      callback: 41,
      replaced: 'TypeError',
      changed: 'TypeError',
      frozen: true,
    });
  });

  it('pass errors and promises to each other as Electron does', async () => {
    const seen = await till.evaluate(async () => {
      const { value, again } = await window.fixture.later({ a: [1] });
      let thrown = '';
      try {
        window.fixture.throws();
      } catch (error) {
        thrown = `${(error as Error).name}: ${(error as Error).message}, ${String(error instanceof Error)}`;
      }
      const rejected = await window.fixture.rejects().catch((error: unknown) => (error as Error).message);
      return { value, again: again(), thrown, rejected };
    });
    expect(seen).toEqual({ value: { a: [1] }, again: { a: [1] }, thrown: 'Error: nope, true', rejected: 'not today' });
  });

  it('refuse what a sandboxed preload cannot do, and what the stand-in lacks', async () => {
    const seen = await till.evaluate(() => [
      window.fixture.sendSync(),
      window.fixture.missing(),
      window.fixture.requireFs(),
      window.fixture.exposeTwice(),
    ]);
    expect(seen).toEqual([
      expect.stringContaining('ipcRenderer.sendSync is not in the Chromium host'),
      expect.stringContaining('ipcRenderer.postMessage is not in the Chromium host'),
      'module not found: fs',
      'Cannot bind an API on top of an existing property on the window object',
    ]);
  });

  it("hear main's errors in Electron's words", async () => {
    const messages = await till.evaluate(() => {
      const failures = [
        window.fixture.invoke('fail'),
        window.fixture.invoke('nobody'),
        window.fixture.invoke('unclonable'),
        window.fixture.invoke('echo', () => 1),
      ];
      return Promise.all(failures.map((failure) => failure.catch((error: unknown) => (error as Error).message)));
    });
    // The function is refused by the preload's own world only where it is not a proxy: here the bridge has made it one.
    expect(messages).toEqual([
      "Error invoking remote method 'fail': RangeError: no stock",
      "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
      "Error invoking remote method 'unclonable': Error: An object could not be cloned.",
      'An object could not be cloned.',
    ]);
    expect(app.output).toContain("Error occurred in handler for 'fail': RangeError: no stock");
  });

  it('exchange structured clones with main', async () => {
    const seen = await till.evaluate(async () => {
      const cyclic: Record<string, unknown> = { name: 'cyclic' };
      cyclic.self = cyclic;
      const sent = {
        date: new Date(5),
        map: new Map<unknown, unknown>([['a', new Set([1])]]),
        bytes: new Uint8Array([1, 2, 250]),
        floats: new Float64Array([0.5]),
        big: 10n,
        nothing: undefined,
        notANumber: Number.NaN,
        minusZero: -0,
        error: new RangeError('too much'),
        pattern: /a+/gi,
        sparse: [1, , 3], // oxlint-disable-line no-sparse-arrays
        text: 'ü€😀',
      };
      const got = (await window.fixture.invoke('echo', sent)) as typeof sent;
      return {
        date: got.date instanceof Date && got.date.getTime(),
        map: [...(got.map.get('a') as Set<number>)],
        bytes: got.bytes instanceof Uint8Array && [...got.bytes],
        floats: got.floats instanceof Float64Array && [...got.floats],
        big: got.big === 10n,
        nothing: 'nothing' in got && typeof got.nothing,
        notANumber: Number.isNaN(got.notANumber),
        minusZero: Object.is(got.minusZero, -0),
        error: got.error instanceof Error && got.error.message,
        pattern: String(got.pattern),
        sparse: [got.sparse.length, 1 in got.sparse],
        text: got.text,
      };
    });
    expect(seen).toEqual({
      date: 5,
      map: [1],
      bytes: [1, 2, 250],
      floats: [0.5],
      big: true,
      nothing: 'undefined',
      notANumber: true,
      minusZero: true,
      error: 'too much',
      pattern: '/a+/gi',
      sparse: [3, false],
      text: 'ü€😀',
    });
  });

  it('are told what main sends, until they stop listening', async () => {
    const heard = till.evaluate(
      () =>
        new Promise((resolve) => {
          const calls: unknown[] = [];
          window.fixture.once('tick', () => calls.push('once'));
          const stop = window.fixture.on('tick', (count) => {
            calls.push(count);
            if (count === 2) stop();
            if (count === 2) window.fixture.send('told', 'two');
          });
          window.fixture.once('answer', (word, map) => resolve([calls, word, [...(map as Map<string, bigint>)].map(String)]));
          window.fixture.send('told', 'ready');
          window.fixture.once('done', () => resolve(calls));
        }),
    );
    await expect.poll(() => eventsNamed('told')).toHaveLength(1);
    expect(await heard).toEqual([[], 'heard', ['n,1']]);
    const counted = till.evaluate(
      () =>
        new Promise((resolve) => {
          const calls: unknown[] = [];
          window.fixture.once('tick', () => calls.push('once'));
          const stop = window.fixture.on('tick', (count) => {
            calls.push(count);
            if (count === 2) stop();
          });
          window.fixture.once('done', () => resolve(calls));
          document.title = 'listening';
        }),
    );
    await expect.poll(() => till.title()).toBe('listening');
    await inMain(({ windows }) => {
      for (const count of [1, 2, 3]) windows()[0]!.webContents.send('tick', count);
      windows()[0]!.webContents.send('done');
    });
    expect(await counted).toEqual(['once', 1, 2]);
  });

  it('are gone in every subframe, of their own origin or another', async () => {
    const page = await openWindow(`${site.origin}/framed`);
    await page.evaluate(async (other) => {
      const load = (attributes: Partial<HTMLIFrameElement>): Promise<void> =>
        new Promise((resolve) => {
          const frame = Object.assign(document.createElement('iframe'), attributes);
          frame.addEventListener('load', () => resolve());
          document.body.append(frame);
        });
      await load({ src: '/same' });
      await load({ src: `${other}/card` });
      await load({ srcdoc: 'written' });
    }, site.otherOrigin);
    const frames = page.frames().slice(1);
    expect(frames).toHaveLength(3);
    for (const frame of frames) {
      const globals = await frame.evaluate(() => [typeof window.fixture, Object.keys(window).filter((key) => key.includes('ounterHost'))]);
      expect(globals).toEqual(['undefined', []]);
    }
    const sender = await page.evaluate(() => window.fixture.invoke('sender'));
    expect(sender).toMatchObject({ url: `${site.origin}/framed`, origin: site.origin, parent: null, isMainFrame: true });
    const tree = await inMain(({ windows }) =>
      windows()[1]!.webContents.mainFrame.framesInSubtree.map((frame) => [frame.url, frame.origin, frame.parent?.url ?? null]),
    );
    expect(tree).toEqual([
      [`${site.origin}/framed`, site.origin, null],
      [`${site.origin}/same`, site.origin, `${site.origin}/framed`],
      [`${site.otherOrigin}/card`, site.otherOrigin, `${site.origin}/framed`],
      ['about:srcdoc', site.origin, `${site.origin}/framed`],
    ]);
  });

  it('are there again after a reload', async () => {
    await till.reload();
    expect(await till.evaluate(() => window.fixture.invoke('echo', 7))).toBe(7);
    await inMain(({ windows }) => windows()[0]!.webContents.reload());
    await expect.poll(() => till.evaluate(() => window.fixture.invoke('echo', 8)).catch(() => 'reloading')).toBe(8);
  });
});

describe("the app's own scheme", () => {
  withApp();

  it('is what main sees, everywhere', async () => {
    const seen = await inMain(({ state, windows }) => ({
      url: windows()[0]!.webContents.getURL(),
      frame: windows()[0]!.webContents.mainFrame.origin,
      requests: state.requests.map((request) => new URL(request.url).pathname).toSorted(),
      schemes: [...new Set(state.requests.map((request) => new URL(request.url).protocol))],
    }));
    expect(seen).toEqual({
      url: 'app://till/index.html?from=main#top',
      frame: 'app://till',
      requests: ['/desk.html', '/index.html', '/index.js'],
      schemes: ['app:'],
    });
    expect(addressOf(till)).toBe('app://till/index.html?from=main#top');
  });

  it('carries methods, bodies, redirects and failures', async () => {
    const seen = await till.evaluate(async () => {
      const posted = await fetch('/nowhere', { method: 'POST', body: 'price=1€' });
      const moved = await fetch('/moved');
      const broken = await fetch('/broken').catch((error: unknown) => (error as Error).message);
      return [posted.status, moved.redirected && (await moved.text()).includes('Other page'), broken];
    });
    expect(seen).toEqual([404, true, 'Failed to fetch']);
    const posted = await inMain(({ state }) => state.requests.find((request) => request.method === 'POST'));
    expect(posted).toEqual({ url: 'app://till/nowhere', method: 'POST', body: 'price=1€' });
  });

  it('is known only to the session that handles it, and can be declared only before the app is ready', async () => {
    const [elsewhere, tooLate] = await inMain(async ({ electron }) => {
      const window = new electron.BrowserWindow({ show: false, webPreferences: { partition: 'other' } });
      const failure = await window.loadURL('app://till/index.html').catch((error: unknown) => (error as { code: string }).code);
      try {
        electron.protocol.registerSchemesAsPrivileged([]);
        return [failure, ''];
      } catch (error) {
        return [failure, (error as Error).message];
      }
    });
    expect(elsewhere).toMatch(/^ERR_/u);
    expect(tooLate).toContain('before app is ready');
  });
});

describe('a window', () => {
  withApp();

  it('is shown, hidden and focused, and loses the focus to another', async () => {
    await inMain(({ state, windows }) => {
      const [first] = windows();
      for (const name of ['show', 'hide', 'focus', 'blur'] as const) first!.on(name as 'show', () => state.events.push({ name }));
    });
    const second = await openWindow(`${site.origin}/second`, { show: false });
    expect(await app.isVisible(till)).toBe(true);
    expect(await app.isVisible(second)).toBe(false);
    expect(await Promise.all([till, second].map((page) => page.evaluate(() => [document.hasFocus(), document.visibilityState])))).toEqual([
      [true, 'visible'],
      [false, 'visible'],
    ]);
    await inMain(({ windows }) => windows()[1]!.show());
    expect(await app.isVisible(second)).toBe(true);
    await expect.poll(() => Promise.all([till, second].map((page) => page.evaluate(() => document.hasFocus())))).toEqual([false, true]);
    const focused = await inMain(({ electron, windows }) => {
      const [first, other] = windows();
      const before = electron.BrowserWindow.getFocusedWindow() === other;
      first!.hide();
      first!.show();
      return [before, electron.BrowserWindow.getFocusedWindow() === first, other!.isFocused()];
    });
    expect(focused).toEqual([true, true, false]);
    expect((await eventsNamed('show', 'hide', 'focus', 'blur')).map((event) => event.name)).toEqual(['blur', 'hide', 'show', 'focus']);
  });

  it('runs and paints while it is hidden', async () => {
    const hidden = await openWindow(`${site.origin}/hidden`, { show: false });
    const frames = await hidden.evaluate(
      () =>
        new Promise((resolve) => {
          let count = 0;
          const next = (): void => {
            count += 1;
            if (count === 3) resolve(count);
            else requestAnimationFrame(next);
          };
          next();
        }),
    );
    expect(frames).toBe(3);
  });

  it('has the size it was given', async () => {
    expect(await till.evaluate(() => [innerWidth, innerHeight])).toEqual([640, 480]);
    const sizes = await inMain(({ windows }) => {
      const [first] = windows();
      first!.setSize(500, 400);
      return [first!.getSize(), first!.getContentBounds().width];
    });
    expect(sizes).toEqual([[500, 400], 500]);
    await expect.poll(() => till.evaluate(() => [innerWidth, innerHeight])).toEqual([500, 400]);
  });

  it('is ready to show once it has painted', async () => {
    await expect.poll(() => inMain(({ state }) => (state.readyToShow ??= state.events.some((event) => event.name === 'ready-to-show')))).toBeDefined();
  });

  it('closes unless it is told not to, and cannot be used afterwards', async () => {
    const second = await openWindow(`${site.origin}/closing`);
    const stayed = await inMain(({ state, windows }) => {
      const window = windows()[1]!;
      let mayClose = false;
      window.on('close', (event) => {
        if (!mayClose) event.preventDefault();
      });
      window.on('closed', () => state.events.push({ name: 'closed' }));
      window.close();
      const open = !window.isDestroyed();
      mayClose = true;
      state.close = () => window.close();
      state.use = () => window.show();
      return open;
    });
    expect(stayed).toBe(true);
    expect(second.isClosed()).toBe(false);
    await inMain(({ state }) => (state.close as () => void)());
    await expect.poll(() => eventsNamed('closed')).toHaveLength(1);
    await expect.poll(() => second.isClosed()).toBe(true);
    expect(await inMain(({ windows }) => windows().length)).toBe(1);
    await expect(inMain(({ state }) => (state.use as () => void)())).rejects.toThrow('Object has been destroyed');
  });

  it('tells nothing more once it is destroyed, though its page had begun to say it', async () => {
    await openWindow('app://till/other.html?talks', { webPreferences: { partition: 'till' } });
    const heard = await inMain(async ({ windows }) => {
      const window = windows().find((each) => each.webContents.getURL().endsWith('?talks'))!;
      const { webContents } = window;
      let afterwards = 0;
      const first = new Promise((resolve) => {
        webContents.on('console-message', () => {
          if (window.isDestroyed()) afterwards += 1;
          else window.destroy();
          resolve(null);
        });
      });
      const talk = webContents.executeJavaScript('for (let n = 0; n < 100; n += 1) console.log(n)').catch(() => undefined);
      await first;
      await talk;
      // By then Chromium has answered another window, and so has sent all that it had to say of this one.
      await windows()[0]!.webContents.executeJavaScript('1');
      return afterwards;
    });
    expect(heard).toBe(0);
  });

  it('is refused when it asks for less safety than the default', async () => {
    const unsafe = [
      { contextIsolation: false },
      { sandbox: false },
      { webSecurity: false },
      { nodeIntegration: true },
      { nodeIntegrationInSubFrames: true },
      { nodeIntegrationInWorker: true },
      { webviewTag: true },
      { allowRunningInsecureContent: true },
      { experimentalFeatures: true },
      { enableBlinkFeatures: 'CSSVariables' },
      { navigateOnDragDrop: true },
      { madeUp: true },
    ];
    const refusals = await inMain(({ electron }, all) =>
      all.map((webPreferences) => {
        try {
          return typeof new electron.BrowserWindow({ show: false, webPreferences });
        } catch (error) {
          return (error as Error).message;
        }
      }), unsafe);
    for (const [index, refusal] of refusals.entries()) expect(refusal).toContain(`webPreferences.${Object.keys(unsafe[index]!)[0]}`);
    expect(await inMain(({ windows }) => windows().length)).toBe(1);
  });

  it('shares cookies and storage with its partition, and with no other', async () => {
    const [one, same, other] = [
      await openWindow(`${site.origin}/one`, { webPreferences: { partition: 'a' } }),
      await openWindow(`${site.origin}/same`, { webPreferences: { partition: 'a' } }),
      await openWindow(`${site.origin}/other`, { webPreferences: { partition: 'b' } }),
    ];
    await one.evaluate(() => {
      document.cookie = 'who=one';
      localStorage.setItem('who', 'one');
    });
    const read = (page: Page): Promise<unknown> => page.evaluate(() => [document.cookie, localStorage.getItem('who')]);
    expect(await Promise.all([one, same, other].map(read))).toEqual([['who=one', 'one'], ['who=one', 'one'], ['', null]]);
    await inMain(({ electron }) => electron.session.fromPartition('a').clearStorageData());
    expect(await read(same)).toEqual(['', null]);
  });

  it('tells that its renderer has crashed, and comes back when it is reloaded', async () => {
    const victim = await openWindow(`${site.origin}/victim`);
    await inMain(({ state, windows }) => {
      const { webContents } = windows()[1]!;
      webContents.on('render-process-gone', (_event, details) => {
        state.events.push({ name: 'gone', reason: details.reason });
        webContents.reload();
      });
      webContents.forcefullyCrashRenderer();
    });
    await expect.poll(() => eventsNamed('gone')).toEqual([{ name: 'gone', reason: 'crashed' }]);
    const again = await app.window(`${site.origin}/victim`);
    await expect.poll(() => again === victim || again.isClosed()).toBe(false);
    expect(await again.evaluate(() => window.fixture.invoke('sender'))).toMatchObject({ url: `${site.origin}/victim`, id: expect.any(Number) });
    expect(await inMain(({ windows }) => windows().length)).toBe(2);
  });

  it('tells why an address cannot be loaded', async () => {
    const failures = await inMain(async ({ electron, state }) => {
      const window = new electron.BrowserWindow({ show: false });
      window.webContents.on('did-fail-load', (_event, code, description) => state.events.push({ name: 'failed', code, description }));
      const error = await window.loadURL('http://127.0.0.1:9/').catch((reason: unknown) => reason as Error & { code: string; errno: number });
      return [error?.message, error?.code, error?.errno];
    });
    // Port 9 (discard) is one of those that Chromium itself refuses, in words of its own.
    expect(failures[0]).toMatch(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127\.0\.0\.1:9\/'$/u);
    expect(await eventsNamed('failed')).toHaveLength(1);
  });
});

describe('a window with views', () => {
  withApp();

  /** A BaseWindow of 600 by 400 with two pages, one behind the other; `front` names which is in front. */
  const twoViews = async (): Promise<readonly [behind: Page, front: Page]> => {
    await inMain(async ({ electron, preload }) => {
      const window = new electron.BaseWindow({ width: 600, height: 400, title: 'two views' });
      window.setMenuBarVisibility(false);
      for (const name of ['behind', 'front']) {
        const view = new electron.WebContentsView({ webPreferences: { preload, partition: 'till' } });
        window.contentView.addChildView(view);
        view.setBounds(name === 'front' ? { x: 300, y: 0, width: 300, height: 400 } : { x: 0, y: 0, width: 600, height: 400 });
        await view.webContents.loadURL(`app://till/other.html?${name}`);
      }
    });
    return [await app.window('app://till/other.html?behind'), await app.window('app://till/other.html?front')];
  };
  /** In main: the window and its views, lowest first. */
  const rearrange = (action: (window: Electron.BaseWindow, views: readonly Electron.WebContentsView[]) => unknown): Promise<unknown> =>
    inMain(({ electron }, source) => {
      const window = electron.BaseWindow.getAllWindows().find((each) => each.getTitle() === 'two views')!;
      const act = process.getBuiltinModule('node:vm').runInThisContext(`(${source})`) as typeof action;
      return act(window, window.contentView.children as Electron.WebContentsView[]);
    }, action.toString());
  const seen = async (pages: readonly Page[]) => Promise.all(pages.map((page) => app.isVisible(page)));

  afterEach(async () => {
    await inMain(({ electron }) => {
      for (const window of electron.BaseWindow.getAllWindows()) {
        if (window.getTitle() !== 'two views') continue;
        const pages = window.contentView.children as Electron.WebContentsView[];
        window.destroy();
        for (const { webContents } of pages) webContents.close();
      }
    });
  });

  it('shows each page in the size of its view, the later over the earlier, and hides what is covered whole', async () => {
    const pages = await twoViews();
    const sizes = () => Promise.all(pages.map((page) => page.evaluate(() => [innerWidth, innerHeight])));
    expect(await sizes()).toEqual([[600, 400], [300, 400]]);
    expect(await seen(pages)).toEqual([true, true]);
    // Behind the other, which covers it: nobody sees it, and it goes on drawing.
    await rearrange((window, [, front]) => window.contentView.addChildView(front!, 0));
    expect(await seen(pages)).toEqual([true, false]);
    expect(await pages[1].evaluate(() => new Promise((resolve) => requestAnimationFrame(() => resolve(document.visibilityState))))).toBe('visible');
    await rearrange((window, [front]) => window.contentView.addChildView(front!));
    expect(await seen(pages)).toEqual([true, true]);
    await rearrange((_window, [, front]) => front!.setVisible(false));
    expect(await seen(pages)).toEqual([true, false]);
    await rearrange((window, [, front]) => window.contentView.removeChildView(front!));
    await rearrange((_window, [behind]) => behind!.setBounds({ x: 0, y: 0, width: 500, height: 300 }));
    expect(await sizes()).toEqual([[500, 300], [300, 400]]);
    await rearrange((window) => window.hide());
    expect(await seen(pages)).toEqual([false, false]);
  });

  it('is one picture for whoever looks at it', async () => {
    const [behind, front] = await twoViews();
    await behind.evaluate(() => (document.documentElement.style.background = 'rgb(255, 0, 0)'));
    await front.evaluate(() => (document.documentElement.style.background = 'rgb(0, 0, 255)'));
    const colours = async () => {
      const png = (await app.screenshot(behind)).toString('base64');
      return behind.evaluate(async (base64) => {
        const bytes = Uint8Array.from(atob(base64), (character) => character.codePointAt(0)!);
        const picture = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
        const context = new OffscreenCanvas(picture.width, picture.height).getContext('2d')!;
        context.drawImage(picture, 0, 0);
        return [[picture.width, picture.height], ...[50, 550].map((x) => Array.from(context.getImageData(x, 380, 1, 1).data).slice(0, 3))];
      }, png);
    };
    expect(await colours()).toEqual([[600, 400], [255, 0, 0], [0, 0, 255]]);
    await rearrange((window, [, top]) => window.contentView.addChildView(top!, 0));
    expect(await colours()).toEqual([[600, 400], [255, 0, 0], [255, 0, 0]]);
  });

  it('gives the keyboard to one of its pages, takes it away with the view, and gives it back to the same when the window comes back', async () => {
    const pages = await twoViews();
    const focused = () => Promise.all(pages.map((page) => page.evaluate(() => document.hasFocus())));
    await rearrange((_window, [, front]) => front!.webContents.focus());
    await expect.poll(focused).toEqual([false, true]);
    await rearrange((window) => window.blur());
    await expect.poll(focused).toEqual([false, false]);
    await rearrange((window) => window.focus());
    await expect.poll(focused).toEqual([false, true]);
    // Nothing gives it to the other page by itself (electron/electron#22841).
    await rearrange((window, [, front]) => window.contentView.removeChildView(front!));
    await expect.poll(focused).toEqual([false, false]);
  });

  it('leaves its pages behind when it is closed, to be closed by whoever made them', async () => {
    const pages = await twoViews();
    expect(await rearrange(async (window, views) => {
      window.close();
      await new Promise<void>((resolve) => void window.once('closed', () => resolve()));
      const pagesOfViews = views.map(({ webContents }) => webContents);
      const isGone = () => pagesOfViews.map((each) => each.isDestroyed());
      const before = isGone();
      for (const each of pagesOfViews) each.close();
      return [before, isGone(), views.map((view) => typeof view.webContents)];
    })).toEqual([[false, false], [true, true], ['undefined', 'undefined']]);
    await expect.poll(() => pages.map((page) => page.isClosed())).toEqual([true, true]);
  });

  it('loses a strip at the top to the menu bar where the application has a menu, until it is told not to show it', async () => {
    await twoViews();
    const height = () => rearrange((window) => [window.isMenuBarVisible(), window.getContentBounds().height, window.contentView.getBounds().height]);
    await inMain(({ electron }) => electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([{ label: 'Keys', submenu: [] }])));
    expect(await height()).toEqual([false, 400, 400]);
    await rearrange((window) => window.setMenuBarVisibility(true));
    expect(await height()).toEqual([true, 375, 375]);
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });

  it('has accelerators that work in a frame of another site too, after the page, and only when the page has not taken the key', async () => {
    await inMain(({ electron, state }) => {
      state.pressed = [];
      const note = (key: string) => () => (state.pressed as string[]).push(key);
      electron.Menu.setApplicationMenu(electron.Menu.buildFromTemplate([
        { label: 'Keys', visible: false, submenu: [{ label: 'Back', accelerator: 'Esc', visible: false, click: note('Esc') }, { label: 'First', accelerator: 'Alt+1', visible: false, click: note('Alt+1') }] },
      ]));
    });
    const page = await openWindow(`${site.origin}/accelerators`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
    await page.frameLocator('iframe').locator('#card').waitFor();
    const pressed = () => inMain(({ state }) => state.pressed);
    const frame = page.frames().find((each) => each.url().endsWith('/card'))!;
    await frame.locator('input').click();
    for (const key of ['4', '1', 'Alt+1', 'Escape']) await page.keyboard.press(key);
    await expect.poll(pressed).toEqual(['Alt+1', 'Esc']);
    await page.evaluate(() => addEventListener('keydown', (event) => event.preventDefault()));
    await frame.evaluate(() => addEventListener('keydown', (event) => event.preventDefault()));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Alt+1');
    expect(await frame.locator('input').inputValue()).toBe('41');
    expect(await pressed()).toEqual(['Alt+1', 'Esc']);
    await inMain(({ electron }) => process.platform === 'darwin' || electron.Menu.setApplicationMenu(null));
  });
});

describe('navigation', () => {
  withApp();

  it.each([
    ['a link', `const a = document.createElement('a'); a.href = 'URL'; document.body.append(a); a.click()`],
    ['a script', `location.href = 'URL'`],
    ['a form', `const f = document.createElement('form'); f.action = 'URL'; f.method = 'POST'; document.body.append(f); f.submit()`],
  ])('by %s is stopped when main says so', async (_by, script) => {
    await inMain(({ state, windows }) => {
      windows()[0]!.webContents.on('will-navigate', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-navigate', url: navigation.url, isMainFrame: navigation.isMainFrame });
      });
    });
    const before = site.asked.length;
    await till.evaluate(script.replace('URL', `${site.origin}/left`));
    await expect.poll(() => eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: `${site.origin}/left`, isMainFrame: true }]);
    const sender = await till.evaluate(() => window.fixture.invoke('sender'));
    expect(sender).toMatchObject({ url: expect.stringContaining('app://till/index.html') });
    expect(site.asked.length).toBe(before);
  });

  it('within the app is announced with the address of the scheme', async () => {
    await inMain(({ state, windows }) => {
      windows()[0]!.webContents.on('will-navigate', ({ url }) => state.events.push({ name: 'will-navigate', url }));
    });
    await till.evaluate(() => {
      location.href = 'other.html?x=1#here';
    });
    await till.waitForURL(/other/u);
    expect(await eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: 'app://till/other.html?x=1#here' }]);
  });

  it('by a page that refreshes itself is stopped', async () => {
    const page = await openWindow(`${site.origin}/start`);
    await inMain(async ({ state, windows }, url) => {
      const { webContents } = windows()[1]!;
      webContents.on('will-navigate', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-navigate', url: navigation.url });
      });
      await webContents.loadURL(url);
    }, `${site.origin}/refresh`);
    await expect.poll(() => eventsNamed('will-navigate')).toEqual([{ name: 'will-navigate', url: `${site.origin}/refreshed` }]);
    expect(addressOf(page)).toBe(`${site.origin}/refresh`);
    expect(site.asked).not.toContain('GET /refreshed');
  });

  it('by a redirect is stopped before the other server is asked', async () => {
    const outcome = await inMain(async ({ electron, state }, url) => {
      const { webContents } = new electron.BrowserWindow({ show: false });
      webContents.on('will-navigate', () => state.events.push({ name: 'will-navigate' }));
      webContents.on('will-redirect', (navigation) => {
        navigation.preventDefault();
        state.events.push({ name: 'will-redirect', url: navigation.url });
      });
      return webContents.loadURL(url).catch((error: unknown) => (error as Error).message);
    }, `${site.origin}/redirect`);
    expect(outcome).toBe(`ERR_ABORTED (-3) loading '${site.origin}/redirect'`);
    // What main itself loads needs no leave; where it is sent to does.
    expect(await eventsNamed('will-navigate', 'will-redirect')).toEqual([{ name: 'will-redirect', url: `${site.otherOrigin}/redirected` }]);
    expect(site.asked).not.toContain('GET /redirected');
  });

  it('of a subframe is announced for that frame', async () => {
    const page = await openWindow(`${site.origin}/frames`);
    await inMain(({ state, windows }, forbidden) => {
      const { webContents } = windows()[1]!;
      webContents.on('will-navigate', () => state.events.push({ name: 'will-navigate' }));
      webContents.on('will-frame-navigate', (navigation) => {
        state.events.push({ name: 'will-frame-navigate', url: navigation.url, isMainFrame: navigation.isMainFrame });
        if (navigation.url === forbidden) navigation.preventDefault();
      });
    }, `${site.otherOrigin}/forbidden`);
    await page.evaluate(([allowed, forbidden]) => {
      for (const src of [allowed, forbidden]) document.body.append(Object.assign(document.createElement('iframe'), { src }));
    }, [`${site.otherOrigin}/card`, `${site.otherOrigin}/forbidden`] as const);
    await page.frameLocator('iframe').first().locator('#card').waitFor();
    await expect.poll(() => eventsNamed('will-frame-navigate', 'will-navigate')).toEqual([
      { name: 'will-frame-navigate', url: `${site.otherOrigin}/card`, isMainFrame: false },
      { name: 'will-frame-navigate', url: `${site.otherOrigin}/forbidden`, isMainFrame: false },
    ]);
    expect(site.asked).not.toContain('GET /forbidden');
  });

  it.each([
    ['window.open', `open('URL')`],
    ['a link to a new window', `const a = document.createElement('a'); a.href = 'URL'; a.target = '_blank'; document.body.append(a); a.click()`],
    ['Ctrl and a link', `const a = document.createElement('a'); a.href = 'URL'; document.body.append(a); a.dispatchEvent(new MouseEvent('click', { ctrlKey: true, bubbles: true, cancelable: true })); null`],
  ])('to another window by %s loads nothing', async (_by, script) => {
    const page = await openWindow(`${site.origin}/opener`);
    await inMain(({ state, windows }) => {
      windows()[1]!.webContents.setWindowOpenHandler(({ url }) => {
        state.events.push({ name: 'window.open', url });
        return { action: 'deny' };
      });
    });
    const opened = await page.evaluate(script.replace('URL', `${site.origin}/popup`));
    expect(opened ?? null).toBeNull();
    await expect.poll(() => eventsNamed('window.open')).toEqual([{ name: 'window.open', url: `${site.origin}/popup` }]);
    // A request that must not come cannot be waited for; one that comes later can.
    await page.evaluate(() => fetch('/after-popup'));
    expect(site.asked).not.toContain('GET /popup');
    expect(await inMain(({ windows }) => windows().length)).toBe(2);
  });

  it('to a download is announced and brings nothing', async () => {
    const page = await openWindow(`${site.origin}/downloads`);
    await inMain(({ state, windows }) => {
      const { session } = windows()[1]!.webContents;
      session.once('will-download', (event, item) => {
        event.preventDefault();
        state.events.push({ name: 'will-download', url: item.getURL(), filename: item.getFilename(), state: item.getState() });
      });
    });
    await page.evaluate(() => {
      location.href = '/file';
    });
    await expect.poll(() => eventsNamed('will-download')).toEqual([
      { name: 'will-download', url: `${site.origin}/file`, filename: 'report.csv', state: 'cancelled' },
    ]);
    expect(addressOf(page)).toBe(`${site.origin}/downloads`);
  });
});

describe('a request filter', () => {
  withApp();

  /** Cancels what contains one of these words, and notes everything. */
  async function cancelInDefaultSession(...words: readonly string[]): Promise<void> {
    await inMain(({ electron, state }, forbidden) => {
      electron.session.defaultSession.webRequest.onBeforeRequest(({ url, resourceType, method, frame, webContentsId }, callback) => {
        state.events.push({ name: 'request', url, resourceType, method, frame: frame?.url ?? null, webContentsId });
        callback({ cancel: forbidden.some((word) => url.includes(word)) });
      });
    }, words);
  }

  it('sees and stops requests of the page, of subframes of another origin, of workers, and of sockets', async () => {
    await cancelInDefaultSession('from-', 'forbidden');
    const page = await openWindow(`${site.origin}/filtered`);
    const seen = await page.evaluate(async (otherOrigin) => {
      const socket = (path: string): Promise<string> =>
        new Promise((resolve) => {
          const webSocket = new WebSocket(path);
          webSocket.addEventListener('open', () => resolve('open'));
          webSocket.addEventListener('error', () => resolve('refused'));
        });
      const ofPage = await fetch('/from-page').catch((error: unknown) => (error as Error).message);
      const worker = await new Promise((resolve) => {
        new Worker('/worker.js').addEventListener('message', (event) => resolve(event.data));
      });
      const sockets = [await socket('/socket-forbidden'), await socket('/socket')];
      await new Promise((resolve) => {
        const frame = document.createElement('iframe');
        frame.addEventListener('load', resolve);
        frame.src = `${otherOrigin}/nested`;
        document.body.append(frame);
      });
      return { page: ofPage, worker, sockets };
    }, site.otherOrigin);
    expect(seen).toEqual({ page: 'Failed to fetch', worker: 'cancelled', sockets: ['refused', 'open'] });
    const requestOf = async (path: string): Promise<unknown> =>
      (await eventsNamed('request')).find((event) => (event.url as string).endsWith(path));
    await expect.poll(() => requestOf('/from-nested')).toMatchObject({ resourceType: 'xhr', frame: `${site.otherOrigin}/nested` });
    expect(await requestOf('/filtered')).toMatchObject({ resourceType: 'mainFrame', method: 'GET', webContentsId: expect.any(Number) });
    expect(await requestOf('/nested')).toMatchObject({ resourceType: 'subFrame' });
    expect(await requestOf('/socket')).toMatchObject({ resourceType: 'webSocket' });
    expect(site.asked.filter((line) => line.includes('from-') || line.includes('forbidden'))).toEqual([]);
    expect(site.asked).toContain('WEBSOCKET /socket');
  });

  it('stops a document, and each step of a redirect', async () => {
    await cancelInDefaultSession('redirected');
    const outcome = await inMain(({ electron }, url) => {
      const window = new electron.BrowserWindow({ show: false });
      return window.loadURL(url).catch((error: unknown) => (error as { code: string }).code);
    }, `${site.origin}/redirect`);
    expect(outcome).toBe('ERR_BLOCKED_BY_CLIENT');
    expect(site.asked).not.toContain('GET /redirected');
  });

  it('is asked only about its own addresses, and only by its own session', async () => {
    await inMain(({ electron, state }) => {
      electron.session.fromPartition('a').webRequest.onBeforeRequest({ urls: ['*://*/only*'] }, ({ url }, callback) => {
        state.events.push({ name: 'asked', url });
        callback({});
      });
    });
    const page = await openWindow(`${site.origin}/elsewhere`, { webPreferences: { partition: 'a' } });
    await page.evaluate(() => fetch('/only-this'));
    const other = await openWindow(`${site.origin}/third`);
    await other.evaluate(() => fetch('/only-that'));
    expect(await eventsNamed('asked')).toEqual([{ name: 'asked', url: `${site.origin}/only-this` }]);
  });

  it('changes headers, and leaves preflights to the server', async () => {
    await inMain(({ electron }) => {
      const { webRequest } = electron.session.defaultSession;
      webRequest.onBeforeSendHeaders(({ requestHeaders }, callback) => {
        callback({ requestHeaders: { ...requestHeaders, 'x-added': 'by main' } });
      });
      webRequest.onHeadersReceived(({ responseHeaders, statusCode }, callback) => {
        callback({ responseHeaders: { ...responseHeaders, 'x-status': [String(statusCode)], 'access-control-expose-headers': ['*'] } });
      });
    });
    const page = await openWindow(`${site.origin}/headers`);
    const seen = await page.evaluate(async (otherOrigin) => {
      const response = await fetch(`${otherOrigin}/cors`, { method: 'PUT', headers: { 'x-own': '1' } });
      return [await response.text(), response.headers.get('x-status')];
    }, site.otherOrigin);
    expect(seen).toEqual(['by main', '200']);
    expect(site.asked.filter((line) => line.endsWith('/cors'))).toEqual(['OPTIONS /cors', 'PUT /cors']);
  });
});

describe('a permission', () => {
  withApp();

  const askForAll = (page: Page): Promise<unknown> =>
    page.evaluate(async () => {
      const query = (name: string): Promise<string> => navigator.permissions.query({ name: name as PermissionName }).then((status) => status.state);
      return {
        geolocation: await query('geolocation'),
        midi: await query('midi'),
        clipboard: await query('clipboard-read'),
        notifications: await Notification.requestPermission(),
        camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', (error: unknown) => (error as Error).name),
      };
    });

  const GRANTED = { geolocation: 'granted', midi: 'granted', clipboard: 'granted', notifications: 'granted' };
  const DENIED = { geolocation: 'denied', midi: 'denied', clipboard: 'denied', notifications: 'denied' };

  it('is granted to everybody where there is no handler, as in Electron', async () => {
    expect(await askForAll(await openWindow(`${site.otherOrigin}/asks`))).toMatchObject(GRANTED);
  });

  it('is denied by handlers that deny, also when they come later', async () => {
    const page = await openWindow(`${site.otherOrigin}/first`, { webPreferences: { partition: 'denying' } });
    expect(await askForAll(page)).toMatchObject(GRANTED);
    await inMain(({ electron }) => {
      const session = electron.session.fromPartition('denying');
      session.setPermissionCheckHandler(() => false);
      session.setPermissionRequestHandler((_contents, _permission, callback) => callback(false));
    });
    const later = await openWindow(`${site.otherOrigin}/later`, { webPreferences: { partition: 'denying' } });
    expect(await askForAll(later)).toMatchObject(DENIED);
    const answer = later.evaluate(
      () =>
        new Promise((resolve) => {
          navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(error.code === error.PERMISSION_DENIED));
        }),
    );
    expect(await answer).toBe(true);
  });

  describe('A-19: that one handler of window-security.ts was to refuse', () => {
    const source = readFileSync(join(import.meta.dirname, '../../main/shell/window-security.ts'), 'utf8');
    const without = (handler: string | null) => (handler === null ? source : source.replace(new RegExp(String.raw`^  session\.${handler}\((?:.*\);\n|.*\{\n[\s\S]*?^  \}\);\n)`, 'mu'), ''));

    /** What S-12 sees of a window whose session was made safe by a copy of window-security.ts. */
    async function seenOf(copy: string): Promise<{ readonly permissions: readonly string[]; readonly devices: number }> {
      const file = join(newFolder(), 'window-security.mts');
      writeFileSync(file, copy);
      await inMain(({ electron }, path) => {
        const { secureSession } = process.getBuiltinModule('node:module').createRequire(path)(path) as typeof WindowSecurity;
        secureSession(electron.session.fromPartition(path), { role: 'copy', origin: () => '', mayRequest: () => true }, () => undefined);
      }, file);
      const before = (await devicesGranted(app)).granted.length;
      const page = await openWindow(`${site.otherOrigin}/copy`, { webPreferences: { partition: file } });
      return { permissions: await grantedTo(page.mainFrame()), devices: (await devicesGranted(app)).granted.length - before };
    }

    it('is refused while all three are there', async () => {
      expect(await seenOf(without(null))).toEqual({ permissions: [], devices: 0 });
    });

    it.each(['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler'])('is seen by S-12 without %s', async (handler) => {
      expect(without(handler)).not.toBe(source);
      const seen = await seenOf(without(handler));
      expect(seen).not.toEqual({ permissions: [], devices: 0 });
      expect(handler === 'setDevicePermissionHandler' ? seen.devices : seen.permissions.length).toBeGreaterThan(2);
    });
  });

  it('is what the handlers say', async () => {
    await inMain(({ electron, state }) => {
      const session = electron.session.fromPartition('granting');
      session.setPermissionCheckHandler((_contents, permission, origin) => {
        state.events.push({ name: 'check', permission, origin });
        return permission !== 'midi';
      });
      session.setPermissionRequestHandler((_contents, permission, callback, details) => {
        state.events.push({ name: 'request', permission, url: details.requestingUrl });
        callback(permission === 'geolocation');
      });
    });
    const page = await openWindow(`${site.otherOrigin}/granted`, { webPreferences: { partition: 'granting' } });
    expect(await askForAll(page)).toMatchObject({ geolocation: 'granted', midi: 'denied', notifications: 'denied', clipboard: 'denied' });
    const events = await eventsNamed('check', 'request');
    expect(events).toContainEqual({ name: 'check', permission: 'midi', origin: `${site.otherOrigin}/` });
    expect(events).toContainEqual({ name: 'request', permission: 'geolocation', url: `${site.otherOrigin}/granted` });
    expect(events).not.toContainEqual(expect.objectContaining({ name: 'request', permission: 'midi' }));
  });
});

describe('a test that drives the app', () => {
  withApp();

  it('types into a field of another origin, in any window', async () => {
    for (const partition of ['', 'a']) {
      const page = await openWindow(`${site.origin}/drive-${partition}`, { webPreferences: { partition } });
      await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
      const card = page.frameLocator('iframe').locator('#card');
      await card.click();
      await page.keyboard.type('4242 4242');
      await expect.poll(() => card.inputValue()).toBe('4242 4242');
      await page.locator('#here').fill('here');
      await page.locator('#here').press('Tab');
      await page.keyboard.type('!');
      await expect.poll(() => card.inputValue()).toContain('!');
      expect((await page.screenshot()).length).toBeGreaterThan(1000);
    }
  });

  it('sees what sendInputEvent does: a Tab goes into a frame of another site, and no key of main’s after it does (E-01)', async () => {
    const page = await openWindow(`${site.origin}/keys`);
    await page.evaluate((src) => document.body.append(Object.assign(document.createElement('iframe'), { src })), `${site.otherOrigin}/card`);
    const card = page.frameLocator('iframe').locator('#card');
    await card.waitFor();
    await page.locator('#here').focus();
    await inMain(({ windows }) => {
      const { webContents } = windows()[1]!;
      for (const keyCode of ['7', 'Tab', '4']) {
        webContents.sendInputEvent({ type: 'keyDown', keyCode });
        if (keyCode !== 'Tab') webContents.sendInputEvent({ type: 'char', keyCode });
        webContents.sendInputEvent({ type: 'keyUp', keyCode });
      }
    });
    await expect.poll(() => card.evaluate((field) => field === field.ownerDocument.activeElement)).toBe(true);
    expect(await page.locator('#here').inputValue()).toBe('7');
    // Keys of a hand still arrive, and behind the one that main sent.
    await page.keyboard.press('5');
    await expect.poll(() => card.inputValue()).toBe('5');
  });

  it('hears what the app asked of the desktop, and answers its dialogs', async () => {
    await app.answerNextDialog({ canceled: false, filePath: '/report.csv' });
    const answered = await inMain(async ({ electron }) => {
      await electron.shell.openExternal('https://example.com/help');
      const first = await electron.dialog.showSaveDialog({ title: 'Save' });
      const second = await electron.dialog.showSaveDialog({ title: 'Save' });
      electron.dialog.showErrorBox('Sorry', 'It failed');
      return [first, second];
    });
    expect(answered).toEqual([{ canceled: false, filePath: '/report.csv' }, { canceled: true, filePath: '' }]);
    expect(await app.recorded('shell.openExternal')).toEqual(['https://example.com/help']);
    expect(await app.recorded('dialog.showErrorBox')).toEqual([{ title: 'Sorry', content: 'It failed' }]);
  });
});

describe('the app', () => {
  it("is what its package.json says, and refuses Electron's other parts", async () => {
    const userData = newFolder();
    app = await launchFixture({ userData });
    till = await tillOf(app);
    const seen = await inMain(({ electron, state, windows }) => {
      const attempt = (action: () => unknown): unknown => {
        try {
          return action();
        } catch (error) {
          return (error as Error).message;
        }
      };
      const { app: self } = electron;
      return {
        name: self.getName(),
        version: self.getVersion(),
        userData: self.getPath('userData'),
        packaged: self.isPackaged,
        sameByRequire: state.requireGivesTheSame,
        readyTooEarly: state.readyBeforeEntryRan,
        tray: attempt(() => new electron.Tray('x')),
        unknownModule: attempt(() => (electron as unknown as Record<string, unknown>).quantumPrinter),
        unknownMethod: attempt(() => self.getGPUFeatureStatus()),
        unknownOnWindow: attempt(() => windows()[0]!.setThumbarButtons([])),
        online: electron.net.isOnline(),
        encryption: electron.safeStorage.isEncryptionAvailable(),
      };
    });
    expect(seen).toMatchObject({
      name: 'Host Fixture',
      version: '1.2.3',
      userData,
      packaged: false,
      sameByRequire: true,
      readyTooEarly: false,
      tray: expect.stringContaining('Tray is not in the Chromium host'),
      unknownModule: expect.stringContaining('electron.quantumPrinter is not in the Chromium host'),
      unknownMethod: expect.stringContaining('app.getGPUFeatureStatus is not in the Chromium host'),
      unknownOnWindow: expect.stringContaining('baseWindow.setThumbarButtons is not in the Chromium host'),
      online: true,
      encryption: false,
    });
    expect(await app.close()).toEqual({ code: 0, signal: null });
    expect(app.output).toMatch(/before-quit[\s\S]*will-quit/u);
  });

  it('stays while somebody prevents it from quitting', async () => {
    app = await launchFixture();
    till = await tillOf(app);
    await inMain(({ electron, state }) => {
      electron.app.once('before-quit', (event) => {
        event.preventDefault();
        state.events.push({ name: 'kept' });
      });
      electron.app.quit();
    });
    expect(await inMain(({ state }) => state.events.some((event) => event.name === 'kept'))).toBe(true);
    await app.close();
  });

  it('asks in a box before it quits or its window closes, stays when it is to, and ends when it is not', async () => {
    app = await launchFixture();
    till = await tillOf(app);
    await inMain(({ electron, state, windows }) => {
      const window = windows()[0]!;
      let isSure = false;
      const ask = async (event: Electron.Event, what: string, again: () => void): Promise<void> => {
        if (isSure) return;
        event.preventDefault();
        const { response } = await electron.dialog.showMessageBox(window, { message: what, buttons: ['Stay', 'End'], defaultId: 0, cancelId: 0 });
        state.events.push({ name: 'answered', what, response });
        isSure = response === 1;
        if (isSure) again();
      };
      electron.app.on('before-quit', (event) => void ask(event, 'quit', () => electron.app.quit()));
      window.on('close', (event) => void ask(event, 'close', () => window.close()));
      electron.app.quit();
    });
    await expect.poll(() => eventsNamed('answered')).toMatchObject([{ what: 'quit', response: 0 }]);
    await app.pressClose(till);
    await expect.poll(() => eventsNamed('answered')).toMatchObject([{ what: 'quit' }, { what: 'close', response: 0 }]);
    expect(till.isClosed()).toBe(false);
    expect(await app.recorded('dialog.showMessageBox')).toMatchObject([{ message: 'quit', buttons: ['Stay', 'End'] }, { message: 'close' }]);
    // Whoever closes the app for good says yes.
    expect(await app.close()).toEqual({ code: 0, signal: null });
  });

  it('is told when its last window is closed', async () => {
    app = await launchFixture();
    till = await tillOf(app);
    await inMain(({ electron }) => {
      for (const window of electron.BrowserWindow.getAllWindows()) window.close();
    });
    await expect.poll(() => app.output).toContain('window-all-closed');
    await app.close();
  });

  it('runs once for each user data folder, also after it was killed', async () => {
    const userData = newFolder();
    app = await launchFixture({ userData });
    till = await tillOf(app);
    const second = await launchFixture({ userData });
    expect(await second.exited).toEqual({ code: 0, signal: null });
    expect(second.output).toContain('second: not the first');
    await expect.poll(() => inMain(({ state }) => state.events.find((event) => event.name === 'second-instance'))).toMatchObject({
      workingDirectory: appPath,
      data: { greeting: 'hello' },
    });
    await app.kill();
    const third = await launchFixture({ userData });
    await tillOf(third);
    expect(third.output).not.toContain('second: not the first');
    await third.close();
  });

  it('makes its windows in a Chromium that it borrows, takes them with it when it is killed, and leaves the Chromium to the next', async () => {
    const chromium = await SharedChromium.start([]);
    try {
      app = await launchFixture({ chromium });
      till = await tillOf(app);
      expect(descendants(processTable(), app.pid)).toEqual([]);
      await openWindow(`${site.origin}/kept`, { webPreferences: { partition: 'kept' } }).then((page) => page.evaluate(() => localStorage.setItem('left', 'behind')));
      // Lent already: this one has its own.
      const second = await launchFixture({ chromium });
      await tillOf(second);
      expect(descendants(processTable(), second.pid).length).toBeGreaterThan(3);
      await second.close();
      await app.kill();
      expect(till.isClosed()).toBe(true);

      app = await launchFixture({ chromium });
      till = await tillOf(app);
      expect(descendants(processTable(), app.pid)).toEqual([]);
      const page = await openWindow(`${site.origin}/kept`, { webPreferences: { partition: 'kept' } });
      expect(await page.evaluate(() => localStorage.length)).toBe(0);
      expect(await app.close()).toEqual({ code: 0, signal: null });
    } finally {
      await chromium.close();
    }
  });

  it('takes its Chromium with it when it is killed', async () => {
    app = await launchFixture();
    till = await tillOf(app);
    const family = descendants(processTable(), app.pid);
    expect(family.length).toBeGreaterThan(3);
    await app.kill();
    await expect.poll(() => family.filter(isAlive)).toEqual([]);
    expect(till.isClosed()).toBe(true);
  });
});

function processTable(): string {
  return execFileSync('ps', ['-eo', 'pid,ppid'], { encoding: 'utf8' });
}

function descendants(table: string, ancestor: number): number[] {
  const rows = table.trim().split('\n').slice(1).map((line) => line.trim().split(/\s+/u).map(Number) as [number, number]);
  const children = rows.filter(([, parent]) => parent === ancestor).map(([pid]) => pid);
  return children.flatMap((pid) => [pid, ...descendants(table, pid)]);
}
