/** Does one piece of work after the other, however many are asked for at once; each asker waits for its own. */
export type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function openInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    // Work that broke is its asker's matter; the next one begins all the same.
    last = run.catch(() => {});
    return run;
  };
}
