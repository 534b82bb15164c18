/**
 * The same work, one run after the other however many ask at once; each asker waits for its own run. Two accounts that open
 * at the same time would both hold the one journal.
 */
export function inTurn<Input>(work: (input: Input) => Promise<void>): (input: Input) => Promise<void> {
  let last: Promise<unknown> = Promise.resolve();
  return (input) => {
    const run = last.then(() => work(input));
    // A run that broke is its asker's matter; the next one begins all the same.
    last = run.catch(() => {});
    return run;
  };
}
