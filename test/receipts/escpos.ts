/** The paper that a receipt printer makes of these bytes (ESC/POS): its lines, its codes, and whether it cuts. Throws on an unknown command. */
export type Printed = { readonly lines: readonly string[]; readonly codes: readonly string[]; readonly cuts: number; readonly pulses: number };

/** Length of a command, with its parameters, by its first two bytes. */
const LENGTHS: Readonly<Record<string, number>> = {
  '\x1b@': 2, '\x1da': 3, '\x1bM': 3, '\x1b ': 3, '\x1cS': 4, '\x1b2': 2, '\x1b3': 3, '\x1b{': 3, '\x1c.': 2, '\x1b-': 3, '\x1c-': 3, '\x1bE': 3, '\x1dB': 3, '\x1d!': 3, '\x1dL': 4, '\x1dW': 4,
  '\x1ba': 3, '\x1b$': 4, '\x1b\\': 4, '\x1bt': 3, '\x1cC': 3, '\x1dw': 3, '\x1dh': 3, '\x1dH': 3, '\x1dr': 3,
};

export function printedBy(bytes: Buffer): Printed {
  const text = bytes.toString('latin1');
  const lines: string[] = [];
  const codes: string[] = [];
  let line = '';
  let cuts = 0;
  let pulses = 0;
  let page = 0x10;
  for (let at = 0; at < text.length; ) {
    const two = text.slice(at, at + 2);
    if (text[at] === '\n') {
      lines.push(line);
      line = '';
      at += 1;
    } else if (two === '\x1c(') at += 5 + text.charCodeAt(at + 3);
    else if (two === '\x1dV') {
      cuts += 1;
      at += 4;
    } else if (two === '\x1bp') {
      pulses += 1;
      at += 5;
    } else if (two === '\x1dk') {
      const length = text.charCodeAt(at + 3);
      const data = text.slice(at + 4, at + 4 + length);
      if (text[at + 2] !== 'I' || !data.startsWith('{C')) throw new Error(`No Code 128-C: ${JSON.stringify(data)}`);
      codes.push(Array.from(data.slice(2), (pair) => String(pair.charCodeAt(0)).padStart(2, '0')).join(''));
      at += 4 + length;
    } else if (two === '\x1d(' || two === '\x1d8') throw new Error('A picture');
    else if (LENGTHS[two] !== undefined) {
      if (two === '\x1bt') page = text.charCodeAt(at + 2);
      at += LENGTHS[two];
    } else if (text[at]! < ' ') throw new Error(`Unknown command at ${at}: ${JSON.stringify(text.slice(at, at + 6))}`);
    else {
      line += page === 0x10 ? new TextDecoder('windows-1252').decode(bytes.subarray(at, at + 1)) : '─';
      at += 1;
    }
  }
  return { lines: line === '' ? lines : [...lines, line], codes, cuts, pulses };
}

/** Readable, and exact: a line of the printer's is a line of the file. */
export function spelt(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/[^\n -[\]-~]/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
