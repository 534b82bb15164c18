import { execFile, spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { promisify } from 'node:util';
import { realNow } from './pace.ts';

/** Keeps the till from writing its journal: by another program that holds it, or by a full disk. Both use the operating system's own means. */
export type HoldKind = 'in-use' | 'disk-full';

/** Real times. `to`: endless, while it lasts. */
type Hold = { readonly how: HoldKind; readonly from: number; to: number };

export type JournalHolds = {
  /** Holds for this long. Does nothing during another hold, or when the journal cannot be locked. */
  begin(how: HoldKind, forMs: number, till: { readonly pid: number }): Promise<void>;
  /** Releases at once: the till is killed, and opens again with a writable journal. */
  end(): void;
  /** The hold at that time. */
  at(realMs: number): HoldKind | null;
  /** The hold that refused a write which the till reported at that time. */
  explains(realMs: number): HoldKind | null;
};

/** How a file may be kept from growing. On other systems than Linux every hold is another program's. */
export const CAN_FILL_THE_DISK = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

/** From the write that was refused to the line that says so: the answer of the journal's thread waits for a main thread that a busy PC keeps waiting. */
export const TOLD_WITHIN_MS = 1_000;
/** The till itself is writing. */
const WAITS_FOR_LOCK_MS = 30;
const run = promisify(execFile);

/** `after`: in real time unless given. */
export function openJournalHolds(file: string, after: (ms: number, then: () => void) => unknown = (ms, then) => setTimeout(then, ms).unref()): JournalHolds {
  const holds: Hold[] = [];
  let current: { readonly hold: Hold; readonly release: () => void } | null = null;
  /** It may already be in force without an answer yet. */
  let beginning: Hold | null = null;

  function lock(): () => void {
    const database = new DatabaseSync(file, { timeout: WAITS_FOR_LOCK_MS });
    try {
      database.exec('BEGIN IMMEDIATE');
    } catch (error) {
      database.close();
      throw error;
    }
    return () => {
      database.exec('ROLLBACK');
      database.close();
    };
  }

  /** The operating system refuses every byte, as a full disk does. */
  async function fill(pid: number): Promise<() => void> {
    await run('prlimit', ['--pid', String(pid), '--fsize=0:']);
    return () => void spawnSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:']);
  }

  function end(): void {
    // It ends when it has begun: until then the till may meet it.
    beginning = null;
    if (current === null) return;
    const { hold, release } = current;
    current = null;
    release();
    hold.to = realNow();
  }

  function heldAt(realMs: number, withinMs: number): HoldKind | null {
    return holds.findLast(({ from, to }) => from <= realMs && realMs <= to + withinMs)?.how ?? null;
  }

  return {
    async begin(how, forMs, { pid }) {
      if (current !== null || beginning !== null) return;
      const hold: Hold = { how: CAN_FILL_THE_DISK ? how : 'in-use', from: realNow(), to: Number.POSITIVE_INFINITY };
      beginning = hold;
      holds.push(hold);
      try {
        const release = hold.how === 'disk-full' ? await fill(pid) : lock();
        // The till was killed meanwhile; the next one must be able to start.
        if (beginning !== hold) release();
        else current = { hold, release };
      } catch {
        // The till was quicker, or has ended.
      }
      if (beginning === hold) beginning = null;
      if (current?.hold !== hold) hold.to = realNow();
      else after(forMs, () => current?.hold === hold && end());
    },
    end,
    at: (realMs) => heldAt(realMs, 0),
    explains: (realMs) => heldAt(realMs, TOLD_WITHIN_MS),
  };
}
