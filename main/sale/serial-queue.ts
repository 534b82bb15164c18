/** Does one piece of work after the other, however many are asked for at once; each caller waits for its own. */
export type SerialQueue = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function openSerialQueue(): SerialQueue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const run = last.then(work);
    // Work that failed concerns its caller; the next one begins all the same.
    last = run.catch(() => {});
    return run;
  };
}
