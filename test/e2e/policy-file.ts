import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Loaded into the app's main process by `--import`, before it: the administrator's policy is read from a folder of the test instead of
 * the PC's, and is the administrator's. The app has no code for it. (Its real owner is checked in test/integration/administrators-file.spec.ts.)
 */
const POLICY_FILE = '/etc/counter/policy.json';
const FOLDER = '/etc/counter';
const instead = process.env['COUNTER_TEST_POLICY'] ?? POLICY_FILE;
const { openSync, lstatSync } = fs;

/** Root's, for root to write to. */
function protectedStat(path: string): fs.Stats {
  const stat = lstatSync(path);
  return Object.assign(stat, { uid: 0, mode: stat.mode & ~0o022 });
}

Object.assign(fs, {
  openSync: (path: unknown, ...rest: unknown[]): unknown => Reflect.apply(openSync, fs, [path === POLICY_FILE ? instead : path, ...rest]),
  lstatSync(path: unknown, ...rest: unknown[]): unknown {
    if (path === FOLDER) return protectedStat('/etc');
    return path === POLICY_FILE ? protectedStat(instead) : Reflect.apply(lstatSync, fs, [path, ...rest]);
  },
});
syncBuiltinESMExports();
