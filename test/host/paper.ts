import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PrintToPDFOptions, WebContentsPrintOptions } from 'electron';
import type { Protocol } from './cdp-connection.ts';

const MICRONS_PER_INCH = 25_400;
let printed = 0;

/** Electron's options of a PDF, as Chromium's. */
export function pdfParameters({ landscape, printBackground, scale, pageSize, margins, pageRanges }: PrintToPDFOptions): Protocol.Page.printToPDFParameters {
  const paper = typeof pageSize === 'object' ? { paperWidth: pageSize.width, paperHeight: pageSize.height } : {};
  const margin =
    margins === undefined
      ? {}
      : { marginTop: margins.top ?? 0, marginBottom: margins.bottom ?? 0, marginLeft: margins.left ?? 0, marginRight: margins.right ?? 0 };
  return {
    landscape: landscape ?? false,
    printBackground: printBackground ?? false,
    scale: scale ?? 1,
    pageRanges: pageRanges ?? '',
    ...paper,
    ...margin,
  };
}

/** Electron's options of a print job, as those of a PDF. */
export function paperOf({ pageSize, printBackground = false }: WebContentsPrintOptions): PrintToPDFOptions {
  const paper = typeof pageSize === 'object' ? { pageSize: { width: pageSize.width / MICRONS_PER_INCH, height: pageSize.height / MICRONS_PER_INCH } } : {};
  return { printBackground, ...paper };
}

/** Puts a printed page into the folder. */
export function keepPaper(folder: string, pdf: Buffer): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `print-${++printed}.pdf`), pdf);
}
