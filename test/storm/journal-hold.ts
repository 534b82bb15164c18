import { execFile, spawnSync } from 'node:child_process';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { realNow } from './shop-time.ts';

/** What keeps the till from writing its journal: another program that holds it, or a disk that takes no more. Both are the operating system's own. */
export type HoldKind = 'in-use' | 'disk-full';

export type JournalHolds = {
  /** For so long, in real time. Does nothing while another lasts, or when the journal cannot be had. */
  begin(how: HoldKind, forMs: number, till: { readonly pid: number }): Promise<void>;
  /** Lets go at once: the till is killed, and opens anew with a journal that can be written. */
  end(): void;
  /** What kept the journal at that time. */
  at(realMs: number): HoldKind | null;
  /** What kept the journal from a write, when the till told at that time that it was refused. */
  explains(realMs: number): HoldKind | null;
};

/** How a file may be kept from growing. On other systems than Linux every hold is another program's. */
export const CAN_FILL_THE_DISK = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0;

/** From the write that was refused to the line that says so: the answer of the journal's thread waits for a main thread that a busy PC keeps waiting. */
export const TOLD_WITHIN_MS = 1_000;
/** The till is writing itself just now. */
const WAITS_FOR_LOCK_MS = 30;
const run = promisify(execFile);

export function openJournalHolds(file: string): JournalHolds {
  const past: { readonly how: HoldKind; readonly from: number; readonly to: number }[] = [];
  let current: { readonly how: HoldKind; readonly from: number; readonly release: () => void } | null = null;
  /** It may already be in force, and we do not know yet. */
  let beginning: { readonly how: HoldKind; readonly from: number } | null = null;

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
    // It may have been in force already; what the till said of it is still to be heard.
    if (beginning !== null) past.push({ ...beginning, to: realNow() });
    beginning = null;
    if (current === null) return;
    const { how, from, release } = current;
    current = null;
    release();
    past.push({ how, from, to: realNow() });
  }

  function heldAt(realMs: number, withinMs: number): HoldKind | null {
    const now = current ?? beginning;
    if (now !== null && now.from <= realMs) return now.how;
    return past.findLast(({ from, to }) => from <= realMs && realMs <= to + withinMs)?.how ?? null;
  }

  return {
    async begin(how, forMs, { pid }) {
      if (current !== null || beginning !== null) return;
      const kind = CAN_FILL_THE_DISK ? how : 'in-use';
      const from = realNow();
      const mine = { how: kind, from };
      beginning = mine;
      try {
        const release = kind === 'disk-full' ? await fill(pid) : lock();
        // The till was killed meanwhile; nothing may keep the next one from starting.
        if (beginning !== mine) return release();
        const begun = { how: kind, from, release };
        current = begun;
        void pause(forMs, undefined, { ref: false }).then(() => current === begun && end());
      } catch {
        // The till was quicker, or is gone.
      } finally {
        if (beginning === mine) beginning = null;
      }
    },
    end,
    at: (realMs) => heldAt(realMs, 0),
    explains: (realMs) => heldAt(realMs, TOLD_WITHIN_MS),
  };
}
