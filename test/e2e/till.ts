import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestInfo, test as base, expect as playwrightExpect } from 'playwright/test';
import { findHeadlessShell } from '../host/chromium-binary.ts';
import { SharedChromium } from '../host/shared-chromium.ts';
import { type LiveNames, openLiveNames } from '../justifi/live-names.ts';
import { CHROMIUM_ARGS, type OpenOptions, type TillApp, openTillApp } from './till-app.ts';

export type Target = 'chromium-host' | 'electron';

/** The fixtures that the tests of one worker share. */
export type WorkerParts = {
  target: Target;
  /** JustiFi's real names; no server is behind them until a test puts a JustiFi there. */
  liveNames: LiveNames;
  /** A headless shell, lent to one app after the other. An app that crashes or locks it, or whose processes are looked at, has one of its own. */
  chromium: SharedChromium | undefined;
};

export type TillParts = {
  userData: string;
  /** Starts the till, on `userData` by default; open tills are closed at the end of the test. */
  openTill: (options?: OpenOptions & { readonly userData?: string }) => Promise<TillApp>;
  /** The till, open, in training mode, on a data folder of its own. */
  app: TillApp;
};

/**
 * The log of the till that was opened last is in the report when a test fails.
 *
 * Specs take `test` from connected-till.ts, all of them: Playwright starts a new worker, with a Chromium and prepared registers of its own,
 * whenever the next test has other worker fixtures than the last.
 */
export const test = base.extend<TillParts, WorkerParts>({
  target: ['chromium-host', { option: true, scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  liveNames: [async ({}, use) => {
    const names = await openLiveNames();
    await use(names);
    await names.close();
  }, { scope: 'worker' }],
  chromium: [async ({ target, liveNames }, use) => {
    const chromium = target === 'electron' ? undefined : await SharedChromium.start([...CHROMIUM_ARGS, ...liveNames.chromiumArgs], findHeadlessShell());
    await use(chromium);
    await chromium?.close();
  }, { scope: 'worker' }],
  // oxlint-disable-next-line no-empty-pattern -- as above
  userData: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'counter-till-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  openTill: async ({ target, userData, chromium }, use, info) => {
    const apps: TillApp[] = [];
    await use(async ({ userData: folder = userData, ...options } = {}) => {
      const app = await openTillApp(target, folder, { chromiumBinary: findHeadlessShell(), ...(chromium && { chromium }), ...options });
      apps.push(app);
      return app;
    });
    const last = apps.at(-1);
    if (last !== undefined) await attachLog(last, info);
    for (const app of apps) await app.counter.close();
  },
  app: async ({ openTill }, use) => use(await openTill()),
});

/** Attached to the report of a failed test. */
export async function attachLog(app: TillApp, info: TestInfo): Promise<void> {
  if (info.status === info.expectedStatus) return;
  await info.attach('counter.log', { body: app.log(), contentType: 'text/plain' });
  console.log(`${app.counter.output}\n${app.log()}`);
}

/** Playwright's, with polling more often than once a second. */
export const expect = new Proxy(playwrightExpect, {
  get: (its, name, receiver): unknown => (name === 'poll' ? (...[actual, options]: Parameters<typeof its.poll>) => its.poll(actual, { intervals: [50], ...(typeof options === 'string' ? { message: options } : options) }) : Reflect.get(its, name, receiver)),
});
