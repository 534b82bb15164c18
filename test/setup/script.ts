import { type ChildProcess, type SpawnOptions, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/*
 * How every script of ours ends: done, failed, or stopped by Ctrl-C or SIGTERM, it first closes what it opened and ends what it
 * started. A script is one call of `runScript`.
 */

/** After this time `process.exit` ends the rest, and the programs are killed. */
const CLOSING_MS = 10_000;
/** Between SIGTERM and SIGKILL. */
const LEAVING_MS = 5_000;

/** How often a script checks whether npm is still running. */
const ORPHANED_AFTER_MS = 250;

const closers: (() => unknown)[] = [];
const programs = new Set<ChildProcess>();
let ending: Promise<never> | null = null;

/** Called at every end of the script; the last opened is closed first. */
export function atEnd(close: () => unknown): void {
  closers.push(close);
}

/** A folder that is deleted when the script ends. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `counter-${name}-`));
  atEnd(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));
  return folder;
}

/** Runs the script, and leaves the process with its exit code: 0, what `main` returned, 1 when it threw, 128 + n at signal n. */
export async function runScript(main: () => Promise<number | void>): Promise<never> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const code = 128 + constants.signals[signal];
      // A second signal: do not wait.
      if (ending !== null) process.exit(code);
      void end(code);
    });
  }
  // Thrown where `main` does not wait: outside of it, or in a promise that is not awaited.
  process.on('uncaughtException', (error) => void endFailed(error));
  // npm passes SIGTERM to the shell between it and the script, which ends without passing it on.
  const parent = process.ppid;
  const isNpms = process.env.npm_lifecycle_event !== undefined && process.platform !== 'win32';
  const orphaned = isNpms ? setInterval(() => process.ppid !== parent && void end(128 + constants.signals.SIGTERM), ORPHANED_AFTER_MS) : undefined;
  orphaned?.unref();
  // The last safeguard: no program outlives the script.
  process.once('exit', () => {
    for (const program of programs) kill(program, 'SIGKILL');
  });
  try {
    return await end((await main()) ?? 0);
  } catch (error) {
    return endFailed(error);
  }
}

function endFailed(error: unknown): Promise<never> {
  // Failures caused by the closing itself are ignored.
  if (ending === null) console.error(error);
  return end(1);
}

function end(code: number): Promise<never> {
  ending ??= closeAll()
    .then(sayAll)
    .then(() => process.exit(code));
  return ending;
}

/** `process.exit` loses output that the pipe has not taken yet. */
async function sayAll(): Promise<void> {
  const said = Promise.all([process.stdout, process.stderr].map((stream) => new Promise<void>((resolve) => void stream.once('error', () => resolve()).write('', () => resolve()))));
  await Promise.race([said, pause(CLOSING_MS)]);
}

async function closeAll(): Promise<void> {
  for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
    const closing = Promise.resolve()
      .then(close)
      .catch(() => undefined);
    await Promise.race([closing, pause(CLOSING_MS)]);
  }
}

/**
 * Starts a program that ends with the script at the latest, with all that it started itself.
 *
 * It has a process group of its own, so that none of its processes is missed; Ctrl-C reaches it through the script.
 */
export function startProgram(command: string, args: readonly string[], options: SpawnOptions = {}): ChildProcess {
  const program = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options, detached: process.platform !== 'win32' });
  programs.add(program);
  program.once('exit', () => {
    // Its leftover processes are killed too.
    kill(program, 'SIGKILL');
    programs.delete(program);
  });
  atEnd(() => endProgram(program));
  return program;
}

/** Runs a program to its end; its exit code, 1 when it could not be started or was killed. */
export function runProgram(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const program = startProgram(command, args, options);
  return new Promise((resolve) => {
    program.once('error', (error) => {
      console.error(error.message);
      resolve(1);
    });
    program.once('close', (code) => resolve(code ?? 1));
  });
}

async function endProgram(program: ChildProcess): Promise<void> {
  if (!programs.has(program) || program.pid === undefined) return;
  const gone = new Promise((resolve) => program.once('exit', resolve));
  kill(program, 'SIGTERM');
  await Promise.race([gone, pause(LEAVING_MS)]);
  kill(program, 'SIGKILL');
  await gone;
}

function kill({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch {
    // No process of the group is left.
  }
}
