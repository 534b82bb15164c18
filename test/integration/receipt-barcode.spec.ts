import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg, initWasm } from '@resvg/resvg-wasm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { receiptCode } from '../../contract/receipt-code.ts';
import { receiptPage } from '../../main/receipt/receipt-page.ts';
import { receiptSvg } from '../../main/receipt/receipt-svg.ts';
import { PAID_SALE, PLACES, exampleReceipt } from '../receipts/receipts.ts';
import { has } from '../setup/system-needs.ts';

/* A real decoder (zbar) reads the code from the receipt. */

const canRead = has('zbarimg');
const folder = mkdtempSync(join(tmpdir(), 'counter-barcode-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(svg: string, width: number): string {
  const picture = join(folder, 'receipt.png');
  writeFileSync(picture, new Resvg(svg, { fitTo: { mode: 'width', value: width }, background: '#fff' }).render().asPng());
  return execFileSync('zbarimg', ['--quiet', picture], { encoding: 'utf8' }).trim();
}

describe.skipIf(!canRead)(`the code of a receipt, read by zbarimg${canRead ? '' : ' (skipped: zbarimg is not installed)'}`, () => {
  beforeAll(() => initWasm(readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'))));

  test.each(['58', '80'] as const)('on paper of %s mm, at the dots of the printer', (paper) => {
    // A dot a pixel.
    const dots = paper === '58' ? 384 : 576;
    expect(read(receiptSvg(exampleReceipt(PLACES[0]), paper), dots)).toBe(`CODE-128:${receiptCode(PAID_SALE.id)}`);
  });

  test('on a page, at 300 dots an inch', () => {
    const svg = /<svg.*<\/svg>/u.exec(receiptPage(exampleReceipt(PLACES[2]), 'a4'))![0].replace('<svg', '<svg xmlns="http://www.w3.org/2000/svg"').replaceAll(/(width|height)="([\d.]+)mm"/gu, '$1="$2"');
    expect(read(svg, 360)).toBe(`CODE-128:${receiptCode(PAID_SALE.id)}`);
  });
});
