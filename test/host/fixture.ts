import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as Electron from 'electron';
import type { Page } from 'playwright';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { launchCounter } from './driver.ts';
import { findHeadlessShell } from './chromium-binary.ts';
import type { LaunchOptions, RunningCounter } from './running-counter.ts';
import { type RemoteSite, startRemoteSite } from './remote-site.ts';
import { SharedChromium } from './shared-chromium.ts';
import { UNOPTIMIZED } from './unoptimized.ts';

export const appPath = join(import.meta.dirname, 'fixture-app');
const folders: string[] = [];
let binary = findHeadlessShell();

/** For a file about the focus: a Chromium with the browser around it. Asked for before its first test. */
export function inWholeBrowser(): void {
  binary = undefined;
}

export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'host-spec-'));
  folders.push(folder);
  return folder;
}

export function launchFixture(options: Partial<LaunchOptions> = {}): Promise<RunningCounter> {
  return launchCounter({
    target: 'chromium-host',
    mainFile: join(appPath, 'main.mjs'),
    appPath,
    userData: newFolder(),
    chromiumBinary: binary,
    chromiumArgs: UNOPTIMIZED,
    ...options,
  });
}

/** The argument of the code that the fixture's main process runs for the spec. */
export type Main = {
  readonly electron: typeof Electron;
  readonly preload: string;
  /** All but the one that the spec uses. */
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

export let app: RunningCounter;
export let till: Page;

/** Runs a function in the app's main process. */
export async function inMain<Argument, Result>(
  action: (main: Main, argument: Argument) => Result,
  argument?: Argument,
): Promise<Awaited<Result>> {
  const desk = await app.window('app://till/desk.html');
  await desk.waitForFunction(() => 'fixture' in window);
  const [source, value] = [`(${action.toString()})`, argument];
  return (await desk.evaluate(([code, arg]) => window.fixture.run(code, arg), [source, value] as const)) as Awaited<Result>;
}

/** The till as it is when it has started. */
export async function tillOf(running: RunningCounter): Promise<Page> {
  const page = await running.window('app://till/index.html');
  await page.waitForFunction(() => 'early' in window);
  return page;
}

export let site: RemoteSite;
/** Lent to the apps of a file, one after the other. */
export let chromium: SharedChromium;

beforeAll(async () => {
  [site, chromium] = await Promise.all([startRemoteSite(), SharedChromium.start(UNOPTIMIZED, binary)]);
});

afterAll(async () => {
  site.close();
  await chromium.close();
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Starts the app that `app`, `till` and `inMain` mean from now on; in the file's Chromium, if nothing else is said. */
export async function start(options: Partial<LaunchOptions> = {}): Promise<void> {
  app = await launchFixture({ chromium, ...options });
  till = await tillOf(app);
}

/** One app for all tests of a file or a group, with its first window as it was. */
export function withApp(options: Partial<LaunchOptions> = {}): void {
  beforeAll(() => start(options));

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

/** Another window of the app, at a foreign site. */
export async function openWindow(url: string, options: Electron.BrowserWindowConstructorOptions = {}): Promise<Page> {
  await inMain(async ({ electron, preload }, [address, more]) => {
    const window = new electron.BrowserWindow({ width: 400, height: 300, ...more, webPreferences: { preload, ...more.webPreferences } });
    await window.loadURL(address);
  }, [url, options] as const);
  return app.window(url);
}

export function eventsNamed(...names: readonly string[]): Promise<Main['state']['events']> {
  return inMain(({ state }, wanted) => state.events.filter((event) => wanted.includes(event.name)), names);
}
