/** Waiting, as a parameter: tests move time by hand. */
export type Timers = {
  /** Calls `then` once after `ms`; the returned function calls it off. */
  after(ms: number, then: () => void): () => void;
};

/** What `promise` brings, or `late` after `ms`. */
export async function within<Value, Late>(timers: Timers, ms: number, promise: Promise<Value>, late: Late): Promise<Value | Late> {
  let callOff = () => {};
  const timeout = new Promise<Late>((resolve) => {
    callOff = timers.after(ms, () => resolve(late));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    callOff();
  }
}
