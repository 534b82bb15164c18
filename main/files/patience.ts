/** What the system answers while a virus scanner, a backup or an indexer holds a file for a moment; and where it is meant, it is answered again. */
const HELD: ReadonlySet<unknown> = new Set(['EPERM', 'EACCES', 'EBUSY']);
/** A second and a half in all: a scanner is done by then, and whoever waits at the screen has not given up. */
const PAUSES_MS: readonly number[] = [10, 20, 40, 80, 150, 300, 400, 500];

/** Does something with a file, and tries again while another program holds it. For every file of ours. Throws what the last try threw. */
export function patiently<Value>(action: () => Value, wait: (ms: number) => void = standStill): Value {
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

function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
