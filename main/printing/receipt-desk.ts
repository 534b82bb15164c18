import { type CopyFor, type Paper, type PrintProblem, type PrintingView, type ReceiptPaper, type SendProblem, type SendWay, type SystemPrinter, paperName } from '../../contract/printing.ts';
import type { RegisterSettings, Roll } from '../../contract/register-settings.ts';
import { type Result, failed, ok } from '../../contract/result.ts';
import { type Receipt, type ReceiptPlace, type ReceiptSale, receiptOf, testReceipt } from '../receipt/receipt.ts';
import { receiptText } from '../receipt/receipt-text.ts';
import type { Sale } from '../sale/sale.ts';
import type { PrintOrder } from './print-jobs.ts';
import { type PrintQueueParts, openPrintQueue } from './print-queue.ts';
import { type SendOutcome, notSent } from './raw-printer.ts';
import { type ReceiptSendingParts, sendDrawerPulse, sendReceipt } from './receipt-sending.ts';
import { type ReceiptSourceParts, createReceiptSource } from './receipt-source.ts';

export type ReceiptDeskParts = ReceiptSourceParts & ReceiptSendingParts & Pick<PrintQueueParts, 'file' | 'isOpen' | 'timers' | 'newId' | 'log' | 'onChange'> & {
  /** The names of the printers that have a driver on this PC. */
  readonly driverPrinters: () => Promise<readonly string[]>;
  /** The ways to send a text for which this PC has a program. */
  readonly sendWays: () => readonly SendWay[];
  /** Opens the system's program with a text; false when there is none. */
  readonly handOn: (way: SendWay, title: string, text: string) => Promise<boolean>;
  /** Called when a copy was printed. */
  readonly onCopy: (paper: Paper, copyNumber: number) => void;
};

/** The receipts of this register. No sale waits for them, and a failure here changes no sale. */
export type ReceiptDesk = {
  view(): PrintingView;
  /** A sale was paid, or JustiFi answered that money goes back; prints where that is set, once. */
  moneyMoved(paper: ReceiptPaper): void;
  print(order: PrintOrder): Result<null, PrintProblem>;
  skip(paper: Paper): void;
  send(paper: ReceiptPaper, way: SendWay): Promise<Result<null, SendProblem>>;
  /** An SVG of a receipt with these settings. */
  preview(receipt: RegisterSettings['receipt'], paper: Roll): Promise<string>;
  /** Prints a paper that is in no journal, in its turn, once; resolves when it was sent. */
  printPaper(make: (place: Omit<ReceiptPlace, 'cashier'>) => Receipt): Promise<Result<null, PrintProblem>>;
  printers(): Promise<readonly SystemPrinter[]>;
  testPage(): Promise<Result<null, PrintProblem>>;
  /** SECURITY: only by this call, after a press of a button (electron#46827: a driver opens it for every tender). */
  openDrawer(): Promise<Result<null, PrintProblem>>;
  /** The printer or the journal may have changed: the waiting jobs are tried now. */
  tryNow(): void;
  close(): void;
};

export function createReceiptDesk(parts: ReceiptDeskParts): ReceiptDesk {
  const { settings, language } = parts;
  const source = createReceiptSource(parts);

  async function print({ paper, copyFor, copyNumber }: Parameters<PrintQueueParts['print']>[0]): Promise<SendOutcome> {
    const receipt = paper.kind === 'day' ? await source.dayReport(paper, copyNumber) : source.find(paper)?.receipt({ copyFor, copyNumber });
    if (receipt === null || receipt === undefined) return notSent('no-receipt');
    const outcome = await sendReceipt(receipt, parts);
    if (copyNumber > 0 && (outcome.kind === 'sent' || outcome.mayHavePrinted)) parts.onCopy(paper, copyNumber);
    return outcome;
  }

  const queue = openPrintQueue({ ...parts, madeAt: (paper) => (paper.kind === 'day' ? paper.closedAt : (source.find(paper)?.madeAt ?? null)), print });

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
      const receipt = source.find(paper)?.receipt({ copyFor: 'customer', copyNumber: 0 });
      if (receipt === undefined) return failed({ kind: 'no-receipt' });
      return (await parts.handOn(way, receipt.title, receiptText(receipt))) ? ok(null) : failed({ kind: 'no-program' });
    },
    async preview(shop, paper) {
      const { receiptSvg } = await import('../receipt/receipt-svg.ts');
      return receiptSvg(receiptOf({ sale: exampleSale(parts.utcNow()), copyFor: 'customer', copyNumber: 0 }, { ...source.place(null), shop, mode: 'live' }), paper);
    },
    async printPaper(make) {
      return asResult(await queue.between(() => sendReceipt(make(source.placeOfPaper()), parts)));
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
    openDrawer: async () => asResult(await sendDrawerPulse(parts)),
    tryNow: queue.tryNow,
    close: queue.close,
  };
}

function asResult(outcome: SendOutcome): Result<null, PrintProblem> {
  return outcome.kind === 'sent' ? ok(null) : failed({ kind: outcome.trouble });
}

/** For the preview; no sale. */
function exampleSale(at: string): ReceiptSale {
  const purchase = { lines: [{ kind: 'goods', description: 'One chocolate donut', amountInCents: 1_799 }], totalInCents: 1_799, currency: 'USD', description: '' } as const satisfies Extract<Sale, { kind: 'paid' }>['purchase'];
  return { kind: 'paid', id: '0', purchase, checkoutId: '', attempts: { submits: 1, open: 0, failed: [], shown: true, authorisation: null, completionKey: null, link: null }, tender: 'card-form', paymentId: null, isPending: false, paidWith: { kind: 'card', brand: 'visa', last4: '4242' }, chargedInCents: 1_799, at, reversals: [] };
}
