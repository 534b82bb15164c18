import receiptline from 'receiptline';
import type { Roll } from '../../contract/register-settings.ts';
import { receiptDocument } from './receipt-document.ts';
import type { Receipt } from './receipt.ts';
import { CHARACTERS_PER_LINE, ENCODING } from './thermal.ts';

/** The picture of the thermal receipt. SECURITY: it names no other file: receiptline would fetch a typeface from the web. */
export function receiptSvg(receipt: Receipt, paper: Roll): string {
  const cpl = CHARACTERS_PER_LINE[paper];
  const svg = receiptline.transform(receiptDocument(receipt, cpl), { cpl, encoding: ENCODING, command: 'svg', spacing: true });
  return svg
    .replaceAll(/<style[\s\S]*?<\/style>/gu, '')
    // Made of a random number each time.
    .replaceAll(/receipt-[\da-f]{8}-[\da-f-]+/gu, 'receipt-inverse');
}
