/** The system's errors while a virus scanner, backup or indexer holds a file for a moment. A lasting error is thrown after the last try. */
const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** A second and a half in all: long enough for a scanner, short enough for a person who waits. */
const PAUSES_MS: readonly number[] = [10, 20, 40, 80, 150, 300, 400, 500];

/** Retries an action on a file while another program holds it. Throws the error of the last try. */
export function retryWhileHeld<Value>(action: () => Value, wait: (ms: number) => void = sleepSync): Value {
  for (const pause of PAUSES_MS) {
    try {
      return action();
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && HELD.has(error.code))) throw error;
      wait(pause);
    }
  }
  return action();
}

function sleepSync(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
