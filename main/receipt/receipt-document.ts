import type { Receipt, ReceiptRow } from './receipt.ts';
import { assertNever } from '../../contract/result.ts';

/** At 203 dots an inch the code is 25 mm wide: 101 modules of two dots. */
const CODE_OPTIONS = 'code128,2,80';

/**
 * The receipt in the markup of receiptline (https://github.com/receiptline/receiptline): made into printers' commands and pictures by it. Lines are broken
 * here, between words: receiptline breaks anywhere.
 */
export function receiptDocument({ rows }: Receipt, charactersPerLine: number): string {
  return rows.flatMap((row) => linesOf(row, charactersPerLine)).join('\n');
}

/** One font of one byte: blanks of other widths and missing signs are replaced by ones that it has. */
function plainSigns(text: string): string {
  return text.replaceAll(/[\u2000-\u200A\u202F\u205F\u3000\u00A0]/gu, ' ').replaceAll('\u2212', '-').replaceAll('\u2011', '-').normalize('NFC');
}

/** At most so many characters to a line; longer words are broken. No line for no text. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((each) => each !== '').flatMap((each) => piecesOf(each, width))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (lengthOf(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}

function linesOf(row: ReceiptRow, width: number): readonly string[] {
  switch (row.kind) {
    case 'logo':
      return [`{image:${row.png}}`];
    case 'text':
      return textLines(row.text, row.look, width);
    case 'stamp':
      // The black begins and ends with a blank.
      return wrapped(plainSigns(row.text), width - 2).map((line) => `\`${escaped(` ${line} `)}\``);
    case 'pair':
      return pairLines(plainSigns(row.name), plainSigns(row.value), row.look, width);
    case 'rule':
      return ['-'];
    case 'code':
      return [`{code:${row.digits};option:${CODE_OPTIONS}}`];
    default:
      return assertNever(row);
  }
}

function textLines(text: string, look: Extract<ReceiptRow, { kind: 'text' }>['look'], width: number): readonly string[] {
  const plain = plainSigns(text);
  if (look === 'left') return wrapped(plain, width).map((line) => `|${escaped(line)}`);
  if (look === 'centred') return wrapped(plain, width).map(escaped);
  // Twice as wide and high.
  return wrapped(plain, Math.floor(width / 2)).map((line) => `^^^${escaped(line)}`);
}

/** The value stands at the right of the name's last line, or on a line of its own where there is no room. All letters are equally wide. */
function pairLines(name: string, value: string, look: 'usual' | 'total', width: number): readonly string[] {
  const room = width - lengthOf(value) - 1;
  const names = wrapped(name, room >= width / 3 ? room : width);
  const last = names.at(-1) ?? '';
  const fits = lengthOf(last) <= room;
  const values = fits ? [`${last}${' '.repeat(width - lengthOf(last) - lengthOf(value))}${value}`] : wrapped(value, width).map((line) => line.padStart(width));
  const lines = [...(fits ? names.slice(0, -1) : names), ...values];
  return lines.map((line) => (look === 'total' ? `|^^"${escaped(line)}"` : `|${escaped(line)}`));
}

/** A printer has a place for each code point. */
function lengthOf(text: string): number {
  return Array.from(text).length;
}

function piecesOf(word: string, width: number): readonly string[] {
  const characters = Array.from(word);
  return Array.from({ length: Math.ceil(characters.length / width) }, (_, part) => characters.slice(part * width, (part + 1) * width).join(''));
}

/** Keeps blanks, and escapes the signs of the markup. A line of dashes would be a rule. */
function escaped(text: string): string {
  return text.replaceAll(/[\\|{}~_"`^]/gu, String.raw`\$&`).replaceAll(' ', '~').replace(/^[-=]/u, String.raw`\$&`);
}
