import type { PrintTrouble } from '../../contract/printing.ts';

/** The outcome of sending bytes to a printer. "Sent" is the best one: no printer reports what is on the paper. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** `mayHavePrinted`: a part reached the printer or its queue; sent again automatically, it could be printed twice. */
  | { readonly kind: 'not-sent'; readonly trouble: PrintTrouble; readonly mayHavePrinted: boolean };

/** A printer that takes raw bytes. Never rejects; has a time limit of its own. */
export type RawPrinter = { send(bytes: Uint8Array): Promise<SendOutcome> };

export const SENT: SendOutcome = { kind: 'sent' };

export function notSent(trouble: PrintTrouble, mayHavePrinted = false): SendOutcome {
  return { kind: 'not-sent', trouble, mayHavePrinted };
}
