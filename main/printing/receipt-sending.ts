import { type RegisterSettings, readPrinterAddress } from '../../contract/register-settings.ts';
import { assertNever } from '../../contract/result.ts';
import type { Receipt } from '../receipt/receipt.ts';
import { networkPrinter } from './network-printer.ts';
import { type RawPrinter, type SendOutcome, notSent } from './raw-printer.ts';
import type { SystemQueues } from './system-queues.ts';

/** A sheet for a printer's driver; a roll is as long as the receipt. */
export type PrintedPage = { readonly html: string; readonly queue: string; readonly size: 'A4' | 'Letter' | { readonly widthMm: number; readonly heightMm: number } };

export type ReceiptSendingParts = {
  readonly settings: () => Pick<RegisterSettings, 'printing'>;
  /** By the printer's own driver. Never rejects. */
  readonly printPage: (page: PrintedPage) => Promise<SendOutcome>;
  /** The queues of this system, which take raw bytes whatever their driver. */
  readonly queues: SystemQueues;
};

/** Sends by the printer in the settings. Its code is imported when it is first needed, so that the start does not wait for it. */
export async function sendReceipt(receipt: Receipt, { settings, queues, printPage }: ReceiptSendingParts): Promise<SendOutcome> {
  const { printing } = settings();
  const { way, paper, queue, commands } = printing;
  const isRoll = paper === '58' || paper === '80';
  switch (way) {
    case 'none':
      return notSent('no-printer');
    case 'network':
    case 'queue': {
      const printer = rawPrinter(printing, queues);
      if (printer === null || !isRoll) return notSent('no-way');
      const { thermalBytes } = await import('../receipt/thermal.ts');
      return printer.send(thermalBytes(receipt, { commands, paper }));
    }
    case 'driver': {
      if (!isRoll) {
        const { receiptPage } = await import('../receipt/receipt-page.ts');
        return printPage({ html: receiptPage(receipt, paper), queue, size: paper === 'a4' ? 'A4' : 'Letter' });
      }
      const { rollPage } = await import('../receipt/roll-page.ts');
      return printPage({ ...rollPage(receipt, paper), queue });
    }
    default:
      return assertNever(way);
  }
}

/** Opens the cash drawer. */
export async function sendDrawerPulse({ settings, queues }: ReceiptSendingParts): Promise<SendOutcome> {
  const { printing } = settings();
  const printer = rawPrinter(printing, queues);
  if (printer === null) return notSent(printing.way === 'none' ? 'no-printer' : 'no-way');
  const { drawerPulse } = await import('../receipt/thermal.ts');
  return printer.send(drawerPulse(printing.commands));
}

/** Null: this kind of printer takes no raw bytes. */
function rawPrinter({ way, address, queue, commands }: RegisterSettings['printing'], queues: SystemQueues): RawPrinter | null {
  const network = way === 'network' ? readPrinterAddress(address) : null;
  if (network !== null) return networkPrinter({ ...network, hasStatus: commands === 'escpos' });
  return way === 'queue' ? queues.printer(queue) : null;
}
