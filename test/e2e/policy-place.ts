import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/*
 * Loaded into the app's main process by `--import`, before it: the administrator's policy is read from a folder of the test instead of
 * the PC's. Nothing in the app knows.
 */
const PLACE = '/etc/counter/policy.json';
const instead = process.env['COUNTER_TEST_POLICY'] ?? PLACE;
const { openSync, statSync } = fs;
const moved = (path: unknown): unknown => (path === PLACE ? instead : path);

Object.assign(fs, {
  openSync: (path: unknown, ...rest: unknown[]): unknown => Reflect.apply(openSync, fs, [moved(path), ...rest]),
  statSync: (path: unknown, ...rest: unknown[]): unknown => Reflect.apply(statSync, fs, [moved(path), ...rest]),
});
syncBuiltinESMExports();
