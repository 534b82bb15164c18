import { type Browser, chromium } from 'playwright';
import { findHeadlessShell } from './chromium-binary.ts';
import { ONE_PROCESS_PER_PAGE } from './one-process-per-page.ts';
import { UNOPTIMIZED } from './unoptimized.ts';

/** Saves two renderers for each window: the address bar is not used. */
const UNWANTED = ['WebUIOmniboxAimPopup', 'WebUIOmniboxPopup'];

/** A Chromium for pages that need no whole till. */
export function launchPageBrowser(): Promise<Browser> {
  const executablePath = findHeadlessShell();
  if (executablePath === undefined) throw new Error('There is no Chromium here. `npm run setup` says how to get one.');
  // Of several --disable-features Chromium obeys the last one only.
  const onePerPage = ONE_PROCESS_PER_PAGE.map((argument) => (argument.startsWith('--disable-features=') ? [argument, ...UNWANTED].join(',') : argument));
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', ...UNOPTIMIZED, ...onePerPage] });
}

let shared: Promise<Browser> | undefined;

/** The one of this process, for all its specs: each test asks for it, takes pages or contexts of its own, and closes those. If it crashes, the next test has a new one. It ends with the process. */
export async function pageBrowser(): Promise<Browser> {
  if (shared === undefined || !(await shared).isConnected()) shared = launchPageBrowser();
  return shared;
}
