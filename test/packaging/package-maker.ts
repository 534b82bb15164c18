import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drawIcons } from './icons.ts';

const root = join(import.meta.dirname, '../..');

/** electron-builder, by Node. */
export const electronBuilder: string = join(root, 'node_modules/electron-builder/cli.js');

/** The icons where electron-builder.yml looks for them; drawn anew only when the drawing has changed. */
export async function prepareIcons(): Promise<void> {
  const last = join(root, 'out/icons/icon.ico');
  const changed = Math.max(...['packaging/icon.svg', 'test/packaging/icons.ts'].map((name) => statSync(join(root, name)).mtimeMs));
  if (!existsSync(last) || statSync(last).mtimeMs < changed) await drawIcons(join(root, 'out/icons'));
}

/** Less compression for packages of tests: a third of the time, a little larger. */
const QUICKLY = { environment: { DPKG_DEB_COMPRESSOR_LEVEL: '0' }, options: ` --rpm-rpmbuild-define '_binary_payload w0.xzdio'` };

/** The options of electron-builder to make a deb and an rpm by our own fpm.ts; the folder is for the program that it starts. */
export function ownFpm(folder: string, { isQuick = false } = {}): NodeJS.ProcessEnv {
  const program = join(folder, 'fpm');
  writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, 'fpm.ts')}' "$@"${isQuick ? QUICKLY.options : ''}\n`);
  chmodSync(program, 0o755);
  return { CUSTOM_FPM_PATH: program, ...(isQuick ? QUICKLY.environment : {}) };
}
