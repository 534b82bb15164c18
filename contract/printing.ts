import { assertNever } from './result.ts';

/** A receipt: of a sale, or of one void or refund of it. */
export type ReceiptPaper = { readonly kind: 'sale'; readonly saleId: string } | { readonly kind: 'reversal'; readonly saleId: string; readonly reversalId: string };

/** A closed day (Z). `sequence`: its entry in the journal of the account that was open at `closedAt` (UTC, ISO 8601). */
export type DayPaper = { readonly kind: 'day'; readonly number: number; readonly sequence: number; readonly closedAt: string };

export type Paper = ReceiptPaper | DayPaper;

/** One name for each. */
export function paperName(paper: Paper): string {
  switch (paper.kind) {
    case 'sale':
      return `sale ${paper.saleId}`;
    case 'reversal':
      return `reversal ${paper.reversalId}`;
    case 'day':
      return `day ${paper.number} ${paper.closedAt}`;
    default:
      return assertNever(paper);
  }
}

/** Why a receipt was not sent to the printer, or not all of it. */
export const PRINT_TROUBLES = ['no-printer', 'no-paper', 'cover-open', 'offline', 'unknown-printer', 'stopped', 'slow', 'cut-off', 'printer-error', 'no-way', 'no-receipt', 'not-kept'] as const;
export type PrintTrouble = (typeof PRINT_TROUBLES)[number];

/** A requested receipt or report, as the till shows it. It says "sent": no printer reports whether it has printed. */
export type PrintState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sent' }
  /** `isRetried`: it is sent again as soon as the printer takes it. */
  | { readonly kind: 'not-sent'; readonly trouble: PrintTrouble; readonly isRetried: boolean };

/** The system's program by which a receipt is sent. */
export const SEND_WAYS = ['mail', 'message'] as const;
export type SendWay = (typeof SEND_WAYS)[number];

/** The receipts of a sale that can be printed separately. */
export const COPIES_FOR = ['customer', 'merchant'] as const;
export type CopyFor = (typeof COPIES_FOR)[number];

export type PrintingView = {
  /** A printer is chosen. */
  readonly hasPrinter: boolean;
  /** The ways to send it for which the PC has a program. */
  readonly sendWays: readonly SendWay[];
  /** The last request. */
  readonly last: { readonly paper: Paper; readonly state: PrintState } | null;
};

export type PrintProblem = { readonly kind: PrintTrouble };

export type SendProblem = { readonly kind: 'no-program' | 'no-receipt' };

/** A printer that the system knows. `queue`: its name there. */
export type SystemPrinter = { readonly queue: string; readonly isRaw: boolean };

export type LogoProblem = { readonly kind: 'logo-cancelled' | 'logo-unreadable' | 'logo-no-picture' | 'logo-too-large' | 'logo-unwritable' };
