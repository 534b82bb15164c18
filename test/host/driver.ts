import type { Page } from 'playwright';
import { launchOnElectron } from './electron-driver.ts';
import { launchOnHost } from './host-driver.ts';
import type { LaunchOptions, RunningCounter } from './running-counter.ts';
import { fromWire } from './scheme-mapping.ts';

export { electronBinary } from './electron-binary.ts';

export function launchCounter(options: LaunchOptions): Promise<RunningCounter> {
  return options.target === 'electron' ? launchOnElectron(options) : launchOnHost(options);
}

/** A page's address in main's form. */
export function addressOf(page: Page): string {
  return fromWire(page.url());
}
