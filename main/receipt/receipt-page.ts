import receiptline from 'receiptline';
import { assertNever } from '../../contract/result.ts';
import type { Receipt, ReceiptRow } from './receipt.ts';

type PageSize = 'a4' | 'letter';

const SIZES: Readonly<Record<PageSize, string>> = { a4: 'A4', letter: 'letter' };

/** Of a module of the code, in mm: as large as a thermal printer's two dots. */
const MODULE_MM = 0.25;
const CODE_HEIGHT_MM = 12;

/** SECURITY: the page loads nothing and runs nothing; text of the shop and of a sale cannot become markup. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/** The receipt as a page for the printer's own driver, and for PDF. */
export function receiptPage({ rows, language, title }: Receipt, size: PageSize): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${escaped(title)}</title>
<style>${styleOf(size)}</style>
</head>
<body>
${rows.map(rowOf).join('\n')}
</body>
</html>
`;
}

function styleOf(size: PageSize): string {
  return [
    `@page { size: ${SIZES[size]}; margin: 20mm; }`,
    'body { margin: 0 auto; max-width: 110mm; color: #000; background: #fff; font: 11pt/1.45 system-ui, "Liberation Sans", Arial, sans-serif; }',
    'p, h1 { margin: 0; overflow-wrap: anywhere; text-align: center; }',
    'h1 { font-size: 17pt; }',
    '.left { text-align: left; }',
    '.stamp { margin: 2mm 0; padding: 1mm 2mm; border: 0.5mm solid; font-weight: 700; }',
    '.pair { display: flex; justify-content: space-between; gap: 6mm; font-variant-numeric: tabular-nums; }',
    '.pair > :first-child { overflow-wrap: anywhere; }',
    '.pair > :last-child { white-space: nowrap; text-align: right; }',
    '.total { font-size: 14pt; font-weight: 700; }',
    'hr { margin: 2.5mm 0; border: 0; border-top: 0.25mm solid; }',
    'svg, img { display: block; margin: 4mm auto; max-width: 100%; }',
  ].join('\n');
}

function rowOf(row: ReceiptRow): string {
  switch (row.kind) {
    case 'logo':
      return `<img alt="" src="data:image/png;base64,${escaped(row.png)}">`;
    case 'text':
      return row.look === 'name' ? `<h1>${escaped(row.text)}</h1>` : `<p class="${row.look}">${escaped(row.text)}</p>`;
    case 'stamp':
      return `<p class="stamp">${escaped(row.text)}</p>`;
    case 'pair':
      return `<div class="pair ${row.look}"><span>${escaped(row.name)}</span> <span>${escaped(row.value)}</span></div>`;
    case 'rule':
      return '<hr>';
    case 'code':
      return codeOf(row.digits);
    default:
      return assertNever(row);
  }
}

/** Bars and spaces in turn, beginning with the quiet zone. */
function codeOf(digits: string): string {
  const { widths, length } = receiptline.barcode.generate({ data: digits, type: 'code128', width: 2, height: 80, hri: false, quietZone: true });
  let at = 0;
  const bars: string[] = [];
  for (const [place, width] of widths.entries()) {
    if (place % 2 === 1) bars.push(`M${at} 0h${width}v10h-${width}z`);
    at += width;
  }
  const width = (length / 2) * MODULE_MM;
  return `<svg role="img" aria-label="${digits}" width="${width}mm" height="${CODE_HEIGHT_MM}mm" viewBox="0 0 ${length} 10" preserveAspectRatio="none" shape-rendering="crispEdges"><path d="${bars.join('')}"/></svg>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}
