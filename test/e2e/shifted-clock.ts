import { existsSync, readFileSync } from 'node:fs';

/*
 * Loaded into the app's main process from outside: the clock on this PC's wall is wrong by as many milliseconds as a file says,
 * and may be set while the app runs. The monotonic clock goes on as always.
 */
const file = process.env['COUNTER_TEST_CLOCK'] ?? '';
const RealDate = Date;
const shiftMs = () => (existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0);
const now = () => RealDate.now() + shiftMs();

if (file !== '') {
  globalThis.Date = new Proxy(RealDate, {
    construct: (_target, args: unknown[]) => (args.length === 0 ? new RealDate(now()) : Reflect.construct(RealDate, args) as object),
    get: (target, name, receiver): unknown => (name === 'now' ? now : Reflect.get(target, name, receiver)),
  });
}
