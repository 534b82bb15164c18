import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppManifest } from './app-manifest.ts';
import type { Protocol } from './cdp-connection.ts';

const electronPackage = join(import.meta.dirname, '../../node_modules/electron/package.json');

/** Electron's default user agent: its own name and the app's beside Chromium's. */
export function defaultUserAgent(app: Pick<AppManifest, 'name' | 'version'>, chromiumVersion: string): string {
  const { version: electronVersion } = JSON.parse(readFileSync(electronPackage, 'utf8')) as { readonly version: string };
  return `Mozilla/5.0 (${PLATFORMS[process.platform] ?? PLATFORMS.linux}) AppleWebKit/537.36 (KHTML, like Gecko) ${app.name.replaceAll(' ', '')}/${app.version} Chrome/${chromiumVersion} Electron/${electronVersion} Safari/537.36`;
}

const PLATFORMS: Partial<Record<NodeJS.Platform, string>> & { readonly linux: string } = {
  linux: 'X11; Linux x86_64',
  win32: 'Windows NT 10.0; Win64; x64',
  darwin: 'Macintosh; Intel Mac OS X 10_15_7',
};

/** For one page or frame. The client hints go on naming Chromium, whatever the text says: https://github.com/electron/electron/pull/34481 */
export function userAgentOverride(userAgent: string, chromiumVersion: string): Protocol.Emulation.setUserAgentOverrideParameters {
  const [version = ''] = chromiumVersion.split('.');
  const platform = { linux: 'Linux', win32: 'Windows', darwin: 'macOS' }[process.platform as string] ?? 'Linux';
  return { userAgent, userAgentMetadata: { brands: [{ brand: 'Chromium', version }, { brand: 'Not)A;Brand', version: '24' }], platform, platformVersion: '', architecture: 'x86', model: '', mobile: false } };
}
