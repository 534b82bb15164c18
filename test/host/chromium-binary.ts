import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import type * as Playwright from 'playwright';
import { hostSettings } from './host-settings.ts';

const { env, platform } = process;

/** The Chromium (or a sibling of it) that the stand-in drives, or undefined where the machine has none. */
export function findChromium(): string | undefined {
  if (hostSettings.chromium !== undefined) return hostSettings.chromium;
  return usualPlaces().find((path) => existsSync(path)) ?? [playwrightChromium()].find((path) => existsSync(path));
}

export const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/**
 * Debian's headless shell, or Chromium where there is none: the same engine without the browser around it, as in Electron, and for less
 * processor time. Not where the focus or a second screen is looked at: each of its pages believes that it has the focus, and none is painted there.
 */
export function findHeadlessShell(): string | undefined {
  return hostSettings.chromium === undefined && existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : findChromium();
}

function usualPlaces(): readonly string[] {
  if (platform === 'darwin') {
    return ['Chromium', 'Google Chrome', 'Microsoft Edge'].map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (platform === 'win32') {
    return [env.PROGRAMFILES, env['PROGRAMFILES(X86)'], env.LOCALAPPDATA]
      .filter((folder) => folder !== undefined)
      .flatMap((folder) => [
        join(folder, 'Chromium', 'Application', 'chrome.exe'),
        join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
        join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
      ]);
  }
  const folders = ['/usr/bin', '/usr/local/bin', '/snap/bin', ...(env.PATH ?? '').split(delimiter)];
  return ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
}

/** The one that Playwright downloaded, if it did; asked last, because loading Playwright takes a quarter of a second. */
function playwrightChromium(): string {
  const { chromium } = createRequire(import.meta.url)('playwright') as typeof Playwright;
  return chromium.executablePath();
}
