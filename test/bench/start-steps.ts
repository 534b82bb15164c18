import type { Page } from 'playwright';
import { launchCounter } from '../host/driver.ts';
import { atEnd } from '../setup/script.ts';

/** The steps of a start, one after the other. */
export const STEPS = ['process', 'window', 'script', 'first paint', 'first digit'] as const;
export type Step = (typeof STEPS)[number];

/** How long each step took, in milliseconds. */
export type StartSteps = Readonly<Record<Step, number>>;

type Start = {
  readonly launch: Parameters<typeof launchCounter>[0];
  readonly address: string;
  /** Types a digit as soon as that is possible, and waits until it is on the screen. */
  readonly typeDigit: (page: Page) => Promise<void>;
};

/**
 * Starts an app and types a digit. `process`: until Node runs and has the stand-in, which starts Chromium meanwhile. `window`: until its page is
 * asked for. `script`: until the last script before the first paint has been received. The page's clock and ours are the PC's.
 */
export async function measureStart({ launch, address, typeDigit }: Start): Promise<StartSteps> {
  const beganAt = now();
  const launching = launchCounter(launch);
  atEnd(async () => (await launching).close());
  const counter = await launching;
  const processAt = now();
  const page = await counter.window(address);
  await typeDigit(page);
  const digitAt = now();
  const { windowAt, scriptAt, paintAt } = await page.evaluate(() => {
    const { timeOrigin } = performance;
    const paintMs = performance.getEntriesByType('paint').at(-1)?.startTime ?? performance.now();
    const scripts = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name, responseEnd }) => name.endsWith('.js') && responseEnd <= paintMs);
    return { windowAt: timeOrigin, scriptAt: timeOrigin + Math.max(0, ...scripts.map(({ responseEnd }) => responseEnd)), paintAt: timeOrigin + paintMs };
  });
  await counter.close();
  return { process: processAt - beganAt, window: windowAt - processAt, script: scriptAt - windowAt, 'first paint': paintAt - scriptAt, 'first digit': digitAt - paintAt };
}

function now(): number {
  return performance.timeOrigin + performance.now();
}
