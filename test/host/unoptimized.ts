/** The pages of a test live for seconds: optimizing their code costs up to a fifth of their time and never pays. */
export const UNOPTIMIZED = ['--js-flags=--no-opt,--no-maglev,--single-threaded'];

/** The pages of page-browser.ts are used by one test after the other: a little optimizing of their code takes a tenth off the time of all tests, and a sixth off the looks at every screen. */
export const HARDLY_OPTIMIZED = ['--js-flags=--no-opt,--single-threaded'];
