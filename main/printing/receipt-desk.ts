import type { Language } from '../../contract/language.ts';
import { type CopyFor, type DayPaper, type Paper, type PrintProblem, type PrintingView, type ReceiptPaper, type SendProblem, type SendWay, type SystemPrinter, paperName } from '../../contract/printing.ts';
import type { KeptDay } from '../../contract/report.ts';
import { type RegisterSettings, type Roll, readPrinterAddress } from '../../contract/register-settings.ts';
import { type Result, assertNever, failed, ok } from '../../contract/result.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import { type Receipt, type ReceiptOrder, type ReceiptPlace, type ReceiptSale, hasReceipt, receiptOf, testReceipt } from '../receipt/receipt.ts';
import { dayPaper } from '../receipt/day-paper.ts';
import { receiptText } from '../receipt/receipt-text.ts';
import { hasReversalReceipt, reversalReceiptOf } from '../receipt/reversal-receipt.ts';
import type { Sale } from '../sale/sale.ts';
import type { Sold } from '../sale/till-register.ts';
import { networkPrinter } from './network-printer.ts';
import type { PrintOrder } from './print-jobs.ts';
import { type PrintQueueParts, openPrintQueue } from './print-queue.ts';
import { type RawPrinter, type SendOutcome, notSent } from './raw-printer.ts';
import type { SystemQueues } from './system-queues.ts';

type Settings = Pick<RegisterSettings, 'registerName' | 'receipt' | 'printing'>;

/** A sheet for a printer's driver; a roll is as long as the receipt. */
export type PrintedPage = { readonly html: string; readonly queue: string; readonly size: 'A4' | 'Letter' | { readonly widthMm: number; readonly heightMm: number } };

export type ReceiptDeskParts = Pick<PrintQueueParts, 'file' | 'isOpen' | 'timers' | 'utcNow' | 'newId' | 'log' | 'onChange'> & {
  readonly settings: () => Settings;
  readonly language: () => Language;
  readonly mode: () => Mode;
  readonly sold: (saleId: string) => Sold | null;
  /** Base64 of a PNG; null: there is none. */
  readonly logo: () => string | null;
  /** By the printer's own driver. Answers always. */
  readonly printPage: (page: PrintedPage) => Promise<SendOutcome>;
  /** The names of the printers that have a driver on this PC. */
  readonly driverPrinters: () => Promise<readonly string[]>;
  /** The queues of this system, which take bytes as they are whatever driver they have. */
  readonly queues: SystemQueues;
  /** The programs that this PC has for it. */
  readonly sendWays: () => readonly SendWay[];
  /** Hands a text to the system's program; false when there is none. */
  readonly handOn: (way: SendWay, title: string, text: string) => Promise<boolean>;
  /** Of the journal that is open, by its entry there; null: it has none. */
  readonly closedDay: (sequence: number) => Promise<KeptDay | null>;
  /** Something was printed once more. */
  readonly onCopy: (paper: Paper, copyNumber: number) => void;
};

/** Everything about receipts on this register. No sale waits for it, and nothing that fails here changes one. */
export type ReceiptDesk = {
  view(): PrintingView;
  /** A sale was paid, or JustiFi answered that money goes back; prints where that is set, once. */
  moneyMoved(paper: ReceiptPaper): void;
  print(order: PrintOrder): Result<null, PrintProblem>;
  skip(paper: Paper): void;
  send(paper: ReceiptPaper, way: SendWay): Promise<Result<null, SendProblem>>;
  /** An SVG of a receipt with these settings. */
  preview(receipt: Settings['receipt'], paper: Roll): Promise<string>;
  /** What is in no journal, in its turn, once; the answer comes when it was sent. */
  printPaper(make: (place: Omit<ReceiptPlace, 'cashier'>) => Receipt): Promise<Result<null, PrintProblem>>;
  printers(): Promise<readonly SystemPrinter[]>;
  testPage(): Promise<Result<null, PrintProblem>>;
  /** SECURITY: by nothing but this call, for which someone has pressed a button (electron#46827: a driver opens it for every tender). */
  openDrawer(): Promise<Result<null, PrintProblem>>;
  /** Another printer, perhaps, or another journal: what waits is tried now. */
  tryNow(): void;
  close(): void;
};

/** A receipt that there is. */
type Found = { readonly madeAt: string; readonly receipt: (copy: Pick<ReceiptOrder, 'copyFor' | 'copyNumber'>) => Receipt };

export function createReceiptDesk(parts: ReceiptDeskParts): ReceiptDesk {
  const { settings, language } = parts;
  const placeOfPaper = (): Omit<ReceiptPlace, 'cashier'> => {
    const { registerName, receipt } = settings();
    return { shop: receipt, logo: parts.logo(), mode: parts.mode(), registerName, language: language() };
  };
  const place = (by: Sold['by']): ReceiptPlace => {
    const here = placeOfPaper();
    return { ...here, registerName: by?.registerName ?? here.registerName, cashier: by?.cashier ?? null };
  };

  function find(paper: ReceiptPaper): Found | null {
    const sold = parts.sold(paper.saleId);
    if (sold === null || !hasReceipt(sold.sale)) return null;
    const { sale, by } = sold;
    if (paper.kind === 'sale') return { madeAt: sale.at, receipt: (copy) => receiptOf({ sale, ...copy }, place(by)) };
    const reversal = sale.reversals.find(({ id }) => id === paper.reversalId);
    return reversal === undefined || !hasReversalReceipt(reversal) ? null : { madeAt: reversal.askedAt, receipt: (copy) => reversalReceiptOf({ sale, reversal, ...copy }, place(by)) };
  }

  async function dayReport({ sequence, closedAt }: DayPaper, copyNumber: number): Promise<Receipt | null> {
    const closed = await parts.closedDay(sequence);
    // Another account's journal has another day there.
    return closed?.closedAt === closedAt ? dayPaper({ report: closed.report, closed, at: parts.utcNow(), copyNumber }, placeOfPaper()) : null;
  }

  async function print({ paper, copyFor, copyNumber }: Parameters<PrintQueueParts['print']>[0]): Promise<SendOutcome> {
    const receipt = paper.kind === 'day' ? await dayReport(paper, copyNumber) : find(paper)?.receipt({ copyFor, copyNumber });
    if (receipt === null || receipt === undefined) return notSent('no-receipt');
    const outcome = await sendReceipt(receipt, parts);
    if (copyNumber > 0 && (outcome.kind === 'sent' || outcome.mayHavePrinted)) parts.onCopy(paper, copyNumber);
    return outcome;
  }

  const queue = openPrintQueue({ ...parts, madeAt: (paper) => (paper.kind === 'day' ? paper.closedAt : (find(paper)?.madeAt ?? null)), print });

  function add(order: PrintOrder): Result<null, PrintProblem> {
    return settings().printing.way === 'none' ? failed({ kind: 'no-printer' }) : queue.add(order);
  }

  function moneyMoved(paper: ReceiptPaper): void {
    const { auto, merchantCopy } = settings().printing;
    if (!auto) return;
    const copies: readonly CopyFor[] = merchantCopy ? ['customer', 'merchant'] : ['customer'];
    for (const copyFor of copies) {
      // A refund that was pending has its receipt when it is done.
      const added = queue.has({ paper, copyFor }) ? ok(null) : add({ paper, copyFor });
      if (added.kind === 'failed') parts.log('receipt.not-sent', { paper: paperName(paper), for: copyFor, trouble: added.failure.kind });
    }
  }

  return {
    view: () => ({ hasPrinter: settings().printing.way !== 'none', sendWays: parts.sendWays(), last: queue.last() }),
    moneyMoved,
    print: add,
    skip: queue.skip,
    async send(paper, way) {
      const receipt = find(paper)?.receipt({ copyFor: 'customer', copyNumber: 0 });
      if (receipt === undefined) return failed({ kind: 'no-receipt' });
      return (await parts.handOn(way, receipt.title, receiptText(receipt))) ? ok(null) : failed({ kind: 'no-program' });
    },
    async preview(shop, paper) {
      const { receiptSvg } = await import('../receipt/receipt-svg.ts');
      return receiptSvg(receiptOf({ sale: exampleSale(parts.utcNow()), copyFor: 'customer', copyNumber: 0 }, { ...place(null), shop, mode: 'live' }), paper);
    },
    async printPaper(make) {
      return asResult(await queue.between(() => sendReceipt(make(placeOfPaper()), parts)));
    },
    async printers() {
      const [raw, drivers] = await Promise.all([parts.queues.names(), parts.driverPrinters()]);
      return [...raw.map((name) => ({ queue: name, isRaw: true })), ...drivers.map((name) => ({ queue: name, isRaw: false }))];
    },
    async testPage() {
      const { registerName, receipt } = settings();
      const page = testReceipt({ shop: receipt, logo: parts.logo(), registerName, language: language() }, new Date(parts.utcNow()).toLocaleString(language()));
      return asResult(await sendReceipt(page, parts));
    },
    async openDrawer() {
      const { printing } = settings();
      const printer = rawPrinter(printing, parts.queues);
      if (printer === null) return failed({ kind: printing.way === 'none' ? 'no-printer' : 'no-way' });
      const { drawerPulse } = await import('../receipt/thermal.ts');
      return asResult(await printer.send(drawerPulse(printing.commands)));
    },
    tryNow: queue.tryNow,
    close: queue.close,
  };
}

/** By the way that is set. What makes it is loaded when it is needed first: no start of Counter waits for it. */
async function sendReceipt(receipt: Receipt, { settings, queues, printPage }: ReceiptDeskParts): Promise<SendOutcome> {
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

/** Null: this way of printing takes no raw bytes. */
function rawPrinter({ way, address, queue, commands }: Settings['printing'], queues: SystemQueues): RawPrinter | null {
  const network = way === 'network' ? readPrinterAddress(address) : null;
  if (network !== null) return networkPrinter({ ...network, hasStatus: commands === 'escpos' });
  return way === 'queue' ? queues.printer(queue) : null;
}

function asResult(outcome: SendOutcome): Result<null, PrintProblem> {
  return outcome.kind === 'sent' ? ok(null) : failed({ kind: outcome.trouble });
}

/** For the preview; no sale. */
function exampleSale(at: string): ReceiptSale {
  const purchase = { lines: [{ kind: 'goods', description: 'One chocolate donut', amountInCents: 1_799 }], totalInCents: 1_799, currency: 'USD', description: '' } as const satisfies Extract<Sale, { kind: 'paid' }>['purchase'];
  return { kind: 'paid', id: '0', purchase, checkoutId: '', attempts: { submits: 1, open: 0, failed: [], shown: true, authorisation: null, completionKey: null, link: null }, tender: 'card-form', paymentId: null, isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1_799, at, reversals: [] };
}
