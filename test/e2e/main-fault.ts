/*
 * Loaded into the app's main process from outside, before it: on SIGUSR2 main has a fault that nothing catches, and on SIGPWR a promise that
 * is not awaited is rejected. The app has no code for it.
 */
process.on('SIGUSR2', () => {
  setImmediate(() => {
    throw new TypeError('a fault, with the description Secret donut in its message');
  });
});
process.on('SIGPWR', () => void Promise.reject(new RangeError('a rejection')));
