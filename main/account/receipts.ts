import { join } from 'node:path';
import type { Language } from '../../contract/language.ts';
import type { LogoProblem, SendWay } from '../../contract/printing.ts';
import type { AccountView } from '../../contract/till-snapshot.ts';
import { type Result, failed } from '../../contract/result.ts';
import type { Audit } from '../manager/audit.ts';
import type { Cashiers } from '../manager/cashiers.ts';
import { printJobs } from '../printing/print-jobs.ts';
import type { RunSpool } from '../printing/windows-printer.ts';
import { systemQueues } from '../printing/system-queues.ts';
import { type ReceiptDesk, type ReceiptDeskParts, createReceiptDesk } from '../printing/receipt-desk.ts';
import type { DayClose } from '../report/day-close.ts';
import { LARGEST_LOGO_FILE } from '../receipt/logo-limits.ts';
import type { Till } from '../sale/till.ts';
import { openJsonFile } from '../storage/json-file.ts';
import { logoFile } from '../storage/logo-file.ts';
import type { AppServices } from './app-services.ts';
import { newId } from './new-id.ts';

/** The first screen is painted, and the first form is mounted. */
const SEND_WAYS_AFTER_MS = 6_000;

const OPEN: ReadonlySet<string> = new Set<AccountView['kind']>(['training', 'connected']);

type ReceiptsParts = Pick<ReceiptDeskParts, 'printPage' | 'driverPrinters' | 'handOn' | 'onChange'> & {
  /** On Windows: hands bytes to its spooler, in a process of its own. */
  readonly runSpool: RunSpool;
  readonly services: AppServices;
  readonly dataFolder: string;
  readonly till: Pick<Till, 'snapshot' | 'sold'>;
  readonly audit: Pick<Audit, 'note'>;
  /** The currency of the open account. */
  readonly dayClose: () => Pick<DayClose, 'find'> | null;
  readonly cashiers: Pick<Cashiers, 'actor'>;
  readonly language: () => Language;
  /** The schemes for which this PC has a program. Takes a moment on Linux. */
  readonly findSendWays: () => readonly SendWay[];
  /** Lets the manager choose a PNG, and reads up to so many bytes of it and one more. */
  readonly openPicture: (most: number) => Promise<Result<Buffer, { readonly kind: 'cancelled' } | { readonly kind: 'unreadable' }>>;
};

/** The receipts of this register, with the files that they need. */
export type Receipts = {
  readonly desk: ReceiptDesk;
  readonly logo: { read(): string | null; write(png: string | null): Result<null, unknown> };
  chooseLogo(): Promise<Result<string, LogoProblem>>;
};

export function openReceipts({ services, dataFolder, till, audit, dayClose, cashiers, openPicture, findSendWays, ...parts }: ReceiptsParts): Receipts {
  const { settings, timers, utcNow, log } = services;
  const onDamaged = (detail: string) => log.error('receipts.damaged', { detail });
  const logo = logoFile(join(dataFolder, 'receipt-logo.json'), onDamaged);
  let sendWays: readonly SendWay[] = [];
  timers.after(SEND_WAYS_AFTER_MS, () => {
    sendWays = findSendWays();
    parts.onChange();
  });
  const desk = createReceiptDesk({
    ...parts,
    file: openJsonFile(join(dataFolder, 'print-queue.json'), printJobs, onDamaged),
    sendWays: () => sendWays,
    settings: settings.read,
    isOpen: () => OPEN.has(till.snapshot().account.kind),
    mode: () => till.snapshot().mode,
    sold: till.sold,
    logo: logo.read,
    async closedDay(sequence) {
      const found = await dayClose()?.find(sequence);
      return found?.kind === 'ok' ? found.value.closed : null;
    },
    queues: systemQueues(process.platform, parts),
    onCopy: (paper, copy) => audit.note(cashiers.actor(), paper.kind === 'day' ? 'report-copied' : 'receipt-copied', { ...(paper.kind === 'day' ? { number: paper.number } : { sale: paper.saleId }), copy, ...(paper.kind === 'reversal' ? { of: 'reversed' } : {}) }),
    timers,
    utcNow,
    newId,
    log: log.info,
  });
  return {
    desk,
    logo,
    async chooseLogo() {
      const chosen = await openPicture(LARGEST_LOGO_FILE);
      if (chosen.kind === 'failed') return failed({ kind: chosen.failure.kind === 'cancelled' ? 'logo-cancelled' : 'logo-unreadable' });
      const { logoOf } = await import('../receipt/logo.ts');
      return logoOf(chosen.value);
    },
  };
}
