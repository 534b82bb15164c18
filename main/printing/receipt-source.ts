import type { Language } from '../../contract/language.ts';
import type { DayPaper, ReceiptPaper } from '../../contract/printing.ts';
import type { KeptDay } from '../../contract/report.ts';
import type { RegisterSettings } from '../../contract/register-settings.ts';
import type { Mode } from '../../contract/till-snapshot.ts';
import { dayPaper } from '../receipt/day-paper.ts';
import { type Receipt, type ReceiptOrder, type ReceiptPlace, hasReceipt, receiptOf } from '../receipt/receipt.ts';
import { hasReversalReceipt, reversalReceiptOf } from '../receipt/reversal-receipt.ts';
import type { Sold } from '../sale/till-register.ts';

export type ReceiptSourceParts = {
  readonly settings: () => Pick<RegisterSettings, 'registerName' | 'receipt' | 'printing'>;
  readonly language: () => Language;
  readonly mode: () => Mode;
  readonly utcNow: () => string;
  readonly sold: (saleId: string) => Sold | null;
  /** Base64 of a PNG; null: there is none. */
  readonly logo: () => string | null;
  /** A closed day by its entry in the open journal; null: there is none. */
  readonly closedDay: (sequence: number) => Promise<KeptDay | null>;
};

/** A receipt and `madeAt`, when the money moved (UTC). */
type FoundReceipt = { readonly madeAt: string; readonly receipt: (copy: Pick<ReceiptOrder, 'copyFor' | 'copyNumber'>) => Receipt };

/** The printable receipts and reports of the open journal, by the present settings. */
type ReceiptSource = {
  /** Null: there is no such receipt in this journal, or no money moved. */
  find(paper: ReceiptPaper): FoundReceipt | null;
  dayReport(paper: DayPaper, copyNumber: number): Promise<Receipt | null>;
  /** The head and foot of a receipt of this sale; null: of no sale. */
  place(by: Sold['by']): ReceiptPlace;
  placeOfPaper(): Omit<ReceiptPlace, 'cashier'>;
};

export function createReceiptSource({ settings, language, mode, utcNow, sold, logo, closedDay }: ReceiptSourceParts): ReceiptSource {
  function placeOfPaper(): Omit<ReceiptPlace, 'cashier'> {
    const { registerName, receipt } = settings();
    return { shop: receipt, logo: logo(), mode: mode(), registerName, language: language() };
  }

  function place(by: Sold['by']): ReceiptPlace {
    const here = placeOfPaper();
    return { ...here, registerName: by?.registerName ?? here.registerName, cashier: by?.cashier ?? null };
  }

  return {
    find(paper) {
      const found = sold(paper.saleId);
      if (found === null || !hasReceipt(found.sale)) return null;
      const { sale, by } = found;
      if (paper.kind === 'sale') return { madeAt: sale.at, receipt: (copy) => receiptOf({ sale, ...copy }, place(by)) };
      const reversal = sale.reversals.find(({ id }) => id === paper.reversalId);
      return reversal === undefined || !hasReversalReceipt(reversal) ? null : { madeAt: reversal.askedAt, receipt: (copy) => reversalReceiptOf({ sale, reversal, ...copy }, place(by)) };
    },
    async dayReport({ sequence, closedAt }, copyNumber) {
      const closed = await closedDay(sequence);
      // In another account's journal this entry is another day.
      return closed?.closedAt === closedAt ? dayPaper({ report: closed.report, closed, at: utcNow(), copyNumber }, placeOfPaper()) : null;
    },
    place,
    placeOfPaper,
  };
}
