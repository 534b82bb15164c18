/** The pages of a test live for seconds: optimizing their code costs up to a fifth of their time and never pays. */
export const UNOPTIMIZED = ['--js-flags=--no-opt,--no-maglev,--single-threaded'];
