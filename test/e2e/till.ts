import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from 'playwright/test';
import { type TillApp, openTillApp } from './till-app.ts';

export type TillOptions = { target: 'chromium-host' | 'electron' };

/** `app`: the till, open, in training mode, on a data folder of its own; with its log in the report when a test fails. */
export const test = base.extend<TillOptions & { userData: string; app: TillApp }>({
  target: ['chromium-host', { option: true }],
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from this pattern
  userData: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'counter-till-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  app: async ({ target, userData }, use, info) => {
    const app = await openTillApp(target, userData);
    await use(app);
    if (info.status !== info.expectedStatus) {
      await info.attach('counter.log', { body: app.log(), contentType: 'text/plain' });
      console.log(`${app.counter.output}\n${app.log()}`);
    }
    await app.counter.close();
  },
});

export { expect } from 'playwright/test';
