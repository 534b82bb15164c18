import { join } from 'node:path';
import { utilityProcess } from 'electron';
import type { RunSpool } from '../printing/windows-printer.ts';

/** The folder of its bundle. */
const PROGRAM = join(import.meta.dirname, 'spool-worker.cjs');

/** A process of Electron's for one job: a printer's driver that crashes or hangs takes no sale with it. SECURITY: of main's environment it gets only the folder of Windows (S-23). */
export const runSpool: RunSpool = (job, ms) =>
  new Promise((resolve) => {
    const child = utilityProcess.fork(PROGRAM, [], { env: { SystemRoot: 'C:\\Windows' }, execArgv: [], stdio: 'ignore', serviceName: 'Counter printing' });
    const late = setTimeout(() => end({ kind: 'late' }), ms);
    function end(how: Awaited<ReturnType<RunSpool>>): void {
      clearTimeout(late);
      resolve(how);
      child.kill();
    }
    child.once('message', (answer: unknown) => end({ kind: 'answered', answer }));
    child.once('exit', () => end({ kind: 'ended' }));
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
    child.once('spawn', () => child.postMessage(job));
  });
