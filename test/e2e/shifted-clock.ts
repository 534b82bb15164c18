/* Loaded into the app's main process from outside: the clock on this PC's wall is wrong. The monotonic clock is not. */
const shiftMs = Number(process.env['COUNTER_TEST_CLOCK_SHIFT_MS'] ?? '0');

if (shiftMs !== 0) {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (_target, args: unknown[]) => (args.length === 0 ? new RealDate(RealDate.now() + shiftMs) : Reflect.construct(RealDate, args) as object),
    get: (target, name, receiver): unknown => (name === 'now' ? () => RealDate.now() + shiftMs : Reflect.get(target, name, receiver)),
  });
}

export const isShifted = shiftMs !== 0;
