import { execFile } from 'node:child_process';
import type { PrintTrouble } from '../../contract/printing.ts';
import { type RawPrinter, SENT, notSent } from './raw-printer.ts';

/** The system's program on Linux and macOS. */
const LP = '/usr/bin/lp';
const LPSTAT = '/usr/bin/lpstat';
const LONGEST = 200_000;
const PATIENCE_MS = 10_000;

/** A queue takes a job even for a printer that is off: the queue shows the result a moment later. */
const LOOKS_AFTER_MS: readonly number[] = [300, 700, 1_500];

type CupsParts = {
  /** "host:port" of another server than the PC's own; null: the PC's. */
  readonly server: string | null;
};

/** The printers that CUPS has on this PC, by name; none where it does not run. */
export async function cupsPrinters({ server }: CupsParts): Promise<readonly string[]> {
  const { output } = await run(LPSTAT, [...at(server), '-e']);
  return output.split('\n').map((line) => line.trim()).filter((line) => line !== '');
}

/** Sends raw bytes to a queue of CUPS, whatever its driver (`lp -o raw`). The queue is asked first: for an unplugged printer a job "succeeds". */
export function cupsPrinter({ queue, server }: CupsParts & { readonly queue: string }): RawPrinter {
  const look = async () => troubleInQueue(await run(LPSTAT, [...at(server), '-l', '-p', queue]));
  return {
    async send(bytes) {
      // SECURITY: a name that would be taken for an option of lp.
      if (!isQueueName(queue)) return notSent('unknown-printer');
      const trouble = await look();
      if (trouble !== null) return notSent(trouble);
      const handed = await run(LP, [...at(server), '-d', queue, '-o', 'raw', '-t', 'Receipt', '-'], bytes);
      if (handed.code !== 0) return notSent(/not accepting/iu.test(handed.output) ? 'stopped' : 'printer-error');
      for (const ms of LOOKS_AFTER_MS) {
        await new Promise((resolve) => setTimeout(resolve, ms));
        const after = await look();
        // It is in the system's queue, which sends it as soon as the printer is there.
        if (after !== null) return notSent(after, true);
      }
      return SENT;
    },
  };
}

/** The characters that CUPS allows in a name. https://www.cups.org/doc/man-lpadmin.html */
function isQueueName(name: string): boolean {
  return /^[^\s/#'"\\?-][^\s/#'"\\?]{0,126}$/u.test(name);
}

type Said = { readonly code: number | null; readonly output: string };

/** Reasons of RFC 8011, 5.4.12 (`Alerts:` has printer-state-reasons), and of CUPS' own back ends. */
const ALERTS: readonly (readonly [RegExp, PrintTrouble])[] = [
  [/\bmedia-(?:empty|needed)/u, 'no-paper'],
  [/\bcover-open|\bdoor-open|\binterlock-open/u, 'cover-open'],
  [/\boffline|\bconnecting-to-device|may not exist or is unavailable|not (?:responding|connected)|unable to (?:connect|locate)/iu, 'offline'],
  [/\bpaused\b|disabled since/u, 'stopped'],
  [/\bmedia-jam|\bother-error|\bfuser-|\bhardware/u, 'printer-error'],
];

function troubleInQueue({ code, output }: Said): PrintTrouble | null {
  if (code === null) return 'slow';
  if (code !== 0) return 'unknown-printer';
  return ALERTS.find(([pattern]) => pattern.test(output))?.[1] ?? null;
}

function at(server: string | null): readonly string[] {
  return server === null ? [] : ['-h', server];
}

/** SECURITY: a fixed program of the system's own, by its full path, without anything from us in its environment (S-23). `code`: null when it took too long. */
function run(program: string, args: readonly string[], input?: Uint8Array): Promise<Said> {
  return new Promise((resolve) => {
    const child = execFile(program, args, { env: {}, timeout: PATIENCE_MS, maxBuffer: LONGEST }, (error, output, said) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : error.killed === true ? null : 1;
      resolve({ code, output: `${output}${said}` });
    });
    // The program ended before it had read everything: its exit code is the answer.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
