import type { PrintTrouble } from '../../contract/printing.ts';

/**
 * DLE EOT, answered at once also while the printer is offline: why it is (2), and its paper (4).
 * https://download4.epson.biz/sec_pubs/pos/reference_en/escpos/dle_eot.html
 */
export const ASK_STATUS = Uint8Array.of(0x10, 0x04, 2, 0x10, 0x04, 4);
export const STATUS_ANSWERS = 2;

const COVER_OPEN = 0x04;
const STOPPED_FOR_PAPER = 0x20;
const FAULT = 0x40;
const PAPER_END = 0x60;

/** Null: the printer can print. Bytes that are no answer to this question (their fixed bits differ) say nothing. */
export function troubleIn([cause, paper]: readonly number[]): PrintTrouble | null {
  if (isAnswer(cause)) {
    if ((cause & COVER_OPEN) !== 0) return 'cover-open';
    if ((cause & STOPPED_FOR_PAPER) !== 0) return 'no-paper';
    if ((cause & FAULT) !== 0) return 'printer-error';
  }
  return isAnswer(paper) && (paper & PAPER_END) === PAPER_END ? 'no-paper' : null;
}

/** Bits 0 and 7 are off, bits 1 and 4 are on. */
function isAnswer(byte: number | undefined): byte is number {
  return byte !== undefined && (byte & 0x93) === 0x12;
}
