import type { ReceiptDeskParts } from '../printing/receipt-desk.ts';
import { findSendWays, handOn } from './open-program.ts';
import { createPagePrinter } from './page-printer.ts';
import { runSpool } from './spool-process.ts';

/** The desktop's side of receipts: printers with a driver, the spooler of Windows, and programs for mail and messages. */
export function receiptPrograms(log: (what: string, detail: Readonly<Record<string, string>>) => void): Pick<ReceiptDeskParts, 'printPage' | 'driverPrinters' | 'handOn'> & { readonly findSendWays: typeof findSendWays; readonly runSpool: typeof runSpool } {
  const { print, printers } = createPagePrinter(log);
  return { printPage: print, driverPrinters: printers, findSendWays, handOn, runSpool };
}
