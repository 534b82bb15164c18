import { spoolRaw } from './winspool.ts';
import { loadWinspool } from './winspool-library.ts';
import type { SpoolJob } from './windows-printer.ts';

/** Of Electron, in the process that it starts (main/shell/spool-process.ts). */
type Port = { on(event: 'message', listener: (message: { readonly data: SpoolJob }) => void): void; postMessage(outcome: unknown): void };

/** The code of the process beside main, built as a file of its own (vite.config.ts): one job, one answer. A crash here, or in a driver, ends this process only. */
const { parentPort } = process as unknown as { readonly parentPort: Port };
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process has no origin
parentPort.on('message', ({ data }) => parentPort.postMessage(spoolRaw(loadWinspool(), data)));
