import { defineConfig } from 'playwright/test';
import { electronBinary } from './host/driver.ts';
import type { WorkerParts } from './e2e/till.ts';

const electron = electronBinary();
if ('missing' in electron) console.log(`e2e: the project "electron" is skipped: ${electron.missing}`);

export default defineConfig<object, Pick<WorkerParts, 'target'>>({
  testDir: './e2e',
  outputDir: './results',
  testMatch: '**/*.spec.ts',
  // Each worker is a whole app and a browser; the machines that run this have two cores, and with three workers all tests together take as long.
  workers: 2,
  fullyParallel: true,
  timeout: 120_000,
  expect: { timeout: 20_000, toPass: { intervals: [50] } },
  use: { actionTimeout: 30_000 },
  forbidOnly: true,
  // A busy PC does not refuse a landing; the run ends with a list of the tests that passed only then, and each of them is a defect.
  retries: 1,
  reporter: [['list']],
  projects: [
    { name: 'chromium-host', use: { target: 'chromium-host' } },
    ...('path' in electron ? [{ name: 'electron', use: { target: 'electron' as const } }] : []),
  ],
});
