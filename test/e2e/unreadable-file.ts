/*
 * Loaded into the app's main process from outside, before it: the script of the screens beside the sale cannot be read when the page asks for
 * it, as from a bad disk. Counter's own comparison with the build reads the real file.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const readAsAlways = fs.readFileSync;

fs.readFileSync = function readFileSync(this: unknown, ...args: Parameters<typeof readAsAlways>): ReturnType<typeof readAsAlways> {
  const isCompared = new Error('where from').stack?.includes('sumOfFile') === true;
  if (!isCompared && String(args[0]).endsWith('LaterScreen.js')) throw Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  return readAsAlways.apply(this, args);
} as typeof readAsAlways;
syncBuiltinESMExports();
