import type { Roll } from '../../contract/register-settings.ts';
import type { Receipt } from './receipt.ts';
import { receiptSvg } from './receipt-svg.ts';

/** Dots of a receipt printer. */
const DOTS_PER_MM = 8;
const MARGIN_MM = 3;

/** A thermal receipt for a printer that only has a driver: its picture, on a sheet of its length. */
export function rollPage(receipt: Receipt, paper: Roll): { readonly html: string; readonly size: { readonly widthMm: number; readonly heightMm: number } } {
  const svg = receiptSvg(receipt, paper);
  const [, width, height] = /viewBox="0 0 (\d+) (\d+)"/u.exec(svg) ?? [];
  const [widthMm, heightMm] = [Number(width) / DOTS_PER_MM, Number(height) / DOTS_PER_MM];
  const size = { widthMm: Number(paper), heightMm: Math.ceil(heightMm) + 2 * MARGIN_MM };
  const html = `<!doctype html>
<html lang="${receipt.language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<style>@page { size: ${size.widthMm}mm ${size.heightMm}mm; margin: 0; } body { margin: 0; } img { display: block; margin: ${MARGIN_MM}mm auto 0; width: ${widthMm}mm; height: ${heightMm}mm; }</style>
<img alt="" src="data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}">
</html>
`;
  return { html, size };
}
