/** Runs one piece of work at a time, in order; each caller waits for its own. */
type SerialQueue = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function createSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    // A failure reaches its caller only; the next piece of work begins anyway.
    last = run.catch(() => {});
    return run;
  };
}
