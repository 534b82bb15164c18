import { z } from 'zod';
import { PRINT_TROUBLES } from '../../contract/printing.ts';
import { type RawPrinter, notSent } from './raw-printer.ts';

/** `title`: as the queue's window shows it. */
export type SpoolJob = { readonly queue: string; readonly title: string; readonly bytes: Uint8Array };

/** Runs a job in a process of its own, which is ended after so many ms. `ended`: it ended without an answer. */
export type RunSpool = (job: SpoolJob, ms: number) => Promise<{ readonly kind: 'answered'; readonly answer: unknown } | { readonly kind: 'ended' } | { readonly kind: 'late' }>;

/** Windows waits for a printer in the network about as long. */
const PATIENCE_MS = 20_000;

const outcome = z.discriminatedUnion('kind', [z.object({ kind: z.literal('sent') }), z.object({ kind: z.literal('not-sent'), trouble: z.enum(PRINT_TROUBLES), mayHavePrinted: z.boolean() })]);

/** Sends raw bytes to a queue of Windows, whatever its driver (datatype RAW). */
export function windowsPrinter(queue: string, run: RunSpool): RawPrinter {
  return {
    async send(bytes) {
      // SECURITY: a name that opens a port or the spooler itself.
      if (!isWindowsQueueName(queue)) return notSent('unknown-printer');
      const ran = await run({ queue, title: 'Receipt', bytes }, PATIENCE_MS);
      if (ran.kind === 'late') return notSent('slow', true);
      const { data } = outcome.safeParse(ran.kind === 'answered' ? ran.answer : null);
      return data ?? notSent('printer-error', true);
    },
  };
}

/** A printer's name, "\\server\name" too. OpenPrinter reads the text after a comma as an option. https://learn.microsoft.com/windows/win32/printdocs/openprinter */
export function isWindowsQueueName(name: string): boolean {
  return /^[^,!\p{Cc}]{1,220}$/u.test(name) && name.trim() !== '';
}
