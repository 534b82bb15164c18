import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Steps } from './journal-check.ts';

/** Long work of the journal, a few milliseconds at a time: between them the till answers. */
export async function inPieces<Value>(steps: Steps<Value>): Promise<Value> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    // oxlint-disable-next-line no-await-in-loop -- one piece after the other is the point
    await nextTurn();
  }
}
