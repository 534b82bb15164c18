import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hostSettings } from './host-settings.ts';

export type AppManifest = { readonly folder: string; readonly name: string; readonly version: string };

/** The app as its package.json describes it: the folder that Electron would be started with. */
export function readAppManifest(): AppManifest {
  const folder = hostSettings.appPath ?? nearestPackage(dirname(resolve(process.argv[1] ?? '.')));
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, string | undefined>;
  return { folder, name: manifest.productName ?? manifest.name ?? 'Electron', version: manifest.version ?? '0.0.0' };
}

function nearestPackage(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('No package.json above the main file; name the app in COUNTER_HOST_APP_PATH');
  return nearestPackage(above);
}
