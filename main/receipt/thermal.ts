import receiptline from 'receiptline';
import type { PrinterCommands, Roll } from '../../contract/register-settings.ts';
import { receiptDocument } from './receipt-document.ts';
import type { Receipt } from './receipt.ts';

/** Their names in receiptline. */
const COMMANDS = { escpos: 'escpos', star: 'starsbcs', 'star-line': 'starlinesbcs' } as const satisfies Readonly<Record<PrinterCommands, string>>;

/** Characters of 12 dots on paper with 384 and with 576 dots. */
export const CHARACTERS_PER_LINE: Readonly<Record<Roll, number>> = { 58: 32, 80: 48 };

/** Every printer of the last twenty years has this page of Western European letters. Other letters are printed as "?". */
export const ENCODING = 'cp1252';

/** The bytes that print the receipt and cut the paper. */
export function thermalBytes(receipt: Receipt, { commands, paper }: { readonly commands: PrinterCommands; readonly paper: Roll }): Buffer {
  const cpl = CHARACTERS_PER_LINE[paper];
  // A byte a character.
  return Buffer.from(receiptline.transform(receiptDocument(receipt, cpl), { cpl, encoding: ENCODING, command: COMMANDS[commands], spacing: true, cutting: true, gradient: false }), 'latin1');
}

/**
 * Opens a cash drawer. ESC/POS: pin 2, on for 50 ms and off for 500: with shorter times drawers open every second time only
 * (node-escpos#151). Star: BEL.
 */
export function drawerPulse(commands: PrinterCommands): Buffer {
  return commands === 'escpos' ? Buffer.from([0x1b, 0x70, 0x00, 25, 250]) : Buffer.from([0x1b, 0x07, 20, 20, 0x07]);
}
