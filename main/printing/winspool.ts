import type { PrintTrouble } from '../../contract/printing.ts';
import { type SendOutcome, SENT, notSent } from './raw-printer.ts';

/** An open printer of Windows: a pointer of koffi. */
export type Handle = bigint | object;

/**
 * The functions of winspool.drv that a raw job takes, one by one, without a rule in them. https://learn.microsoft.com/windows/win32/printdocs/sending-data-directly-to-a-printer
 * Null, 0 or false: it failed, and `lastError` says why.
 */
export type Winspool = {
  /** OpenPrinterW. */
  open(queue: string): Handle | null;
  /** GetPrinterW, levels 6 and 4: PRINTER_STATUS_* and PRINTER_ATTRIBUTE_*. */
  look(handle: Handle): { readonly status: number; readonly attributes: number } | null;
  /** StartDocPrinterW with the datatype RAW; the number of the job. */
  startDocument(handle: Handle, title: string): number;
  startPage(handle: Handle): boolean;
  /** WritePrinter: how many bytes were taken. */
  write(handle: Handle, bytes: Uint8Array): number | null;
  endPage(handle: Handle): boolean;
  endDocument(handle: Handle): boolean;
  /** AbortPrinter: drops the rest of the job. */
  abort(handle: Handle): void;
  close(handle: Handle): void;
  /** GetLastError, of the call before. */
  lastError(): number;
};

/** https://learn.microsoft.com/windows/win32/printdocs/printer-info-2 */
const STATUS: readonly (readonly [bit: number, trouble: PrintTrouble])[] = [
  [0x10, 'no-paper'],
  [0x40_00_00, 'cover-open'],
  [0x80, 'offline'],
  // Not available; its server is not known.
  [0x10_00, 'offline'],
  [0x80_00_00, 'offline'],
  // Paused; being deleted.
  [0x1, 'stopped'],
  [0x4, 'stopped'],
  // Error, jam, paper problem, out of memory, it needs attention.
  [0x2, 'printer-error'],
  [0x8, 'printer-error'],
  [0x40, 'printer-error'],
  [0x20_00_00, 'printer-error'],
  [0x10_00_00, 'printer-error'],
];
/** "Use printer offline", which Windows sets by itself for a USB printer that was unplugged. */
const WORK_OFFLINE = 0x4_00;

/** https://learn.microsoft.com/windows/win32/debug/system-error-codes */
const ERRORS: ReadonlyMap<number, PrintTrouble> = new Map<number, PrintTrouble>([
  [2, 'unknown-printer'],
  [1_801, 'unknown-printer'],
  // Access denied: this user may not print there.
  [5, 'stopped'],
  // The spooler is not running.
  [1_722, 'stopped'],
  [21, 'offline'],
  [53, 'offline'],
  [67, 'offline'],
  [121, 'offline'],
  [1_906, 'offline'],
  [28, 'no-paper'],
]);

/**
 * Sends raw bytes to a queue of Windows. The queue is asked first and once more at the end: for an unplugged printer a job "succeeds" (FloCafe#206). A write
 * may take only a part; the rest is written again.
 */
export function spoolRaw(winspool: Winspool, { queue, title, bytes }: { readonly queue: string; readonly title: string; readonly bytes: Uint8Array }): SendOutcome {
  const handle = winspool.open(queue);
  if (handle === null) return notSent(troubleOf(winspool));
  try {
    const before = troubleIn(winspool.look(handle));
    if (before !== null) return notSent(before);
    if (winspool.startDocument(handle, title) === 0) return notSent(troubleOf(winspool));
    const failed = writeAll(winspool, handle, bytes);
    if (failed !== null) {
      winspool.abort(handle);
      return failed;
    }
    // It is in the queue, which sends it as soon as the printer is there.
    const after = troubleIn(winspool.look(handle));
    return after === null ? SENT : notSent(after, true);
  } finally {
    winspool.close(handle);
  }
}

/** Null: the queue has all of it. */
function writeAll(winspool: Winspool, handle: Handle, bytes: Uint8Array): SendOutcome | null {
  if (!winspool.startPage(handle)) return notSent(troubleOf(winspool));
  for (let taken = 0; taken < bytes.length; ) {
    const written = winspool.write(handle, bytes.subarray(taken));
    if (written === null) return notSent(troubleOf(winspool), taken > 0);
    if (written === 0) return notSent('cut-off', taken > 0);
    taken += written;
  }
  return winspool.endPage(handle) && winspool.endDocument(handle) ? null : notSent('cut-off', true);
}

/** A queue without an answer counts as ready. */
function troubleIn(looked: { readonly status: number; readonly attributes: number } | null): PrintTrouble | null {
  if (looked === null) return null;
  if ((looked.attributes & WORK_OFFLINE) !== 0) return 'offline';
  return STATUS.find(([bit]) => (looked.status & bit) !== 0)?.[1] ?? null;
}

function troubleOf({ lastError }: Winspool): PrintTrouble {
  return ERRORS.get(lastError()) ?? 'printer-error';
}
