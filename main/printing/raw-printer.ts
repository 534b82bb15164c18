import type { PrintTrouble } from '../../contract/printing.ts';

/** What became of bytes for a printer. "Sent" is all there is to know: no printer says what is on the paper. */
export type SendOutcome =
  | { readonly kind: 'sent' }
  /** `mayHavePrinted`: some of it reached the printer or its queue; sent again by itself, it could be there twice. */
  | { readonly kind: 'not-sent'; readonly trouble: PrintTrouble; readonly mayHavePrinted: boolean };

/** A printer that takes the bytes as they are. Answers always, in its own time limit. */
export type RawPrinter = { send(bytes: Uint8Array): Promise<SendOutcome> };

export const SENT: SendOutcome = { kind: 'sent' };

export function notSent(trouble: PrintTrouble, mayHavePrinted = false): SendOutcome {
  return { kind: 'not-sent', trouble, mayHavePrinted };
}
