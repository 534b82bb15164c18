/*
 * Loaded into the app's main process from outside, for a test that itself makes a page stand still: whatever main waits for
 * longer than a few seconds, it waits for much longer. Short waits are as always.
 */
const LONG_MS = 5_000;
const STRETCH = 20;
const setRealTimeout = globalThis.setTimeout;

globalThis.setTimeout = new Proxy(setRealTimeout, {
  apply: (target, self, [callback, ms, ...rest]: [() => void, number | undefined, ...unknown[]]) =>
    Reflect.apply(target, self, [callback, ms !== undefined && ms >= LONG_MS ? ms * STRETCH : ms, ...rest]) as NodeJS.Timeout,
});
