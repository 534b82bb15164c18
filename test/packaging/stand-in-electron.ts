import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FUSES, FUSE_VERSION, type Fuses, MARK } from './fuses.ts';

/*
 * Electron's binary cannot be had everywhere. A folder with its file names, and with the mark that fuses are written behind, is
 * enough to check the content of electron-builder's package for Linux, but not its start.
 */

type StandIn = {
  /** On where nothing is given. */
  readonly fuses?: Fuses;
  /** The replacement for Electron: a script, or for Windows any program, whose resources are changed. */
  readonly program?: string | Buffer;
  readonly programName?: 'electron' | 'electron.exe';
};

/** Makes the folder that electron-builder takes for an unpacked Electron. */
export function makeStandInElectron(folder: string, version: string, { fuses = {}, program = '', programName = 'electron' }: StandIn = {}): void {
  for (const path of [folder, join(folder, 'resources'), join(folder, 'locales')]) mkdirSync(path);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'resources.pak', 'icudtl.dat', 'locales/en-US.pak']) writeFileSync(join(folder, name), 'x');
  writeFileSync(join(folder, 'version'), version);
  const wire = FUSES.map((fuse) => (fuses[fuse] === false ? '0' : '1')).join('');
  writeFileSync(join(folder, programName), Buffer.concat([Buffer.from(program), MARK, Buffer.from([FUSE_VERSION, FUSES.length]), Buffer.from(wire)]));
  for (const name of ['chrome-sandbox', 'chrome_crashpad_handler']) writeFileSync(join(folder, name), 'x');
  for (const name of [programName, 'chrome-sandbox', 'chrome_crashpad_handler']) chmodSync(join(folder, name), 0o755);
}
