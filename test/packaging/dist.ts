import { join } from 'node:path';
import { GITHUB, answers, electronBinary, electronFolder, electronSource } from '../host/electron-binary.ts';
import { runProgram, temporaryFolder } from '../setup/script.ts';
import { has } from '../setup/system-needs.ts';
import { electronBuilder, ownFpm, prepareIcons } from './package-maker.ts';
import { packagerOf, placeholderSentence } from './packager.ts';

/*
 * `npm run dist`: packages for this platform, by electron-builder; its own options go behind `--`, and --maintainer and --homepage. It downloads Electron, and the
 * tools that make a package, and tries for most of a minute where their host cannot be reached. So that is checked first.
 */
const root = join(import.meta.dirname, '../..');

/** electron-builder's switches for a platform, by Node's name for it. */
const SWITCHES: Partial<Record<NodeJS.Platform, readonly string[]>> = { linux: ['--linux', '-l'], win32: ['--win', '--windows', '-w'], darwin: ['--mac', '--macos', '-m', '-o'] };

/** The exit code. */
export async function run(given: readonly string[]): Promise<number> {
  const packager = packagerOf(given);
  if (packager.kind === 'failed') {
    console.error(packager.failure);
    return 1;
  }
  const { options, others: args, missing } = packager.value;
  const other = Object.entries(SWITCHES).flatMap(([platform, names]) => (platform === process.platform ? [] : names)).find((name) => args.includes(name));
  if (other !== undefined) {
    console.error(`A package is made on its own platform, with that platform's part of the keychain addon: leave ${other} out, or run this there.`);
    return 1;
  }
  const electron = await findElectron(args);
  if ('missing' in electron) {
    console.error(`No package can be made here: Electron's binary cannot be had (${electron.missing}). "npm run dist -- -c.electronDist=<folder>" takes an unpacked one.`);
    return 1;
  }
  await prepareIcons();
  const unsaid = placeholderSentence(missing);
  if (unsaid !== null) console.log(unsaid);
  return runProgram(process.execPath, [electronBuilder, ...electron.options, ...options, ...args], { cwd: root, env: { ...process.env, ...(await findFpm(args)) } });
}

/** How electron-builder makes a deb and an rpm: by the machine's fpm, by one that it downloads, or by ours. */
async function findFpm(args: readonly string[]): Promise<NodeJS.ProcessEnv> {
  const isTold = process.env.CUSTOM_FPM_PATH !== undefined || process.env.USE_SYSTEM_FPM !== undefined;
  if (process.platform !== 'linux' || isTold || args.includes('--dir')) return {};
  if (has('fpm')) return { USE_SYSTEM_FPM: 'true' };
  if (await answers(GITHUB)) return {};
  console.log('fpm cannot be had here: the deb and the rpm are made by dpkg-deb and rpmbuild (test/packaging/fpm.ts).');
  return ownFpm(temporaryFolder('fpm'));
}

/** How electron-builder gets at Electron: by its options, by a download, or by the existing binary. */
async function findElectron(args: readonly string[]): Promise<{ readonly options: readonly string[] } | { readonly missing: string }> {
  if (args.some((argument) => /electronDist/u.test(argument))) return { options: [] };
  const source = await electronSource();
  if (!('missing' in source)) return { options: [] };
  const here = electronBinary();
  if ('path' in here) return { options: [`-c.electronDist=${electronFolder()}`] };
  return source;
}
