import { cupsPrinter, cupsPrinters } from './cups-printer.ts';
import type { RawPrinter } from './raw-printer.ts';
import { type RunSpool, windowsPrinter } from './windows-printer.ts';

/** The printers of a system, as queues that take raw bytes. */
export type SystemQueues = { names(): Promise<readonly string[]>; printer(queue: string): RawPrinter };

/** CUPS on Linux and macOS, the spooler on Windows, where each printer with a driver has a queue. */
export function systemQueues(platform: NodeJS.Platform, { driverPrinters, runSpool }: { readonly driverPrinters: () => Promise<readonly string[]>; readonly runSpool: RunSpool }): SystemQueues {
  if (platform === 'win32') return { names: driverPrinters, printer: (queue) => windowsPrinter(queue, runSpool) };
  return { names: () => cupsPrinters({ server: null }), printer: (queue) => cupsPrinter({ queue, server: null }) };
}
