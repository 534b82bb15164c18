import type { LogoProblem } from '../../contract/printing.ts';
import type { Sentences } from '../sentences.ts';

/* The manager's words about receipts and printers. */

export function englishPrinting() {
  const logoProblem: Sentences<LogoProblem> = {
    'logo-cancelled': 'No file was chosen.',
    'logo-unreadable': 'The file could not be read. Choose another.',
    'logo-no-picture': 'That is not a PNG picture. Choose another.',
    'logo-too-large': 'That picture is too large. Use at most 1 MB and 2,000 points a side.',
    'logo-unwritable': 'This PC cannot write to its disk. Nothing was changed.',
  };
  return {
    logoProblem,
    receipt: {
      title: 'Receipt',
      shopName: 'Shop name on receipts',
      address: 'Address on receipts, a line each',
      taxId: 'Tax id',
      header: 'Below the address, a line each',
      footer: 'At the end, a line each',
      logo: 'Logo',
      logoHint: 'A PNG. It is printed in black and white.',
      chooseLogo: 'Choose a picture',
      removeLogo: 'Remove the picture',
      preview: 'Preview',
      previewOf: 'Preview of a receipt',
    },
    printers: {
      title: 'Printers',
      way: 'Printer',
      ways: { none: 'None', network: 'Receipt printer on the network', queue: 'Receipt printer on this PC', driver: 'Printer with its own driver' },
      address: 'Address of the printer',
      queue: 'Printer name on this PC',
      find: 'Show this PC’s printers',
      noPrinters: 'This PC has no printers.',
      commands: 'Printer commands',
      commandSets: { escpos: 'ESC/POS (Epson and most others)', star: 'Star (StarPRNT)', 'star-line': 'Star, older (Line Mode)' },
      paper: 'Paper',
      papers: { '58': '58 mm', '80': '80 mm', a4: 'A4', letter: 'Letter' },
      auto: 'Print the receipt of each paid sale, void and refund',
      merchantCopy: 'Also print a merchant copy',
      drawer: 'A cash drawer is connected to the printer',
      drawerHint: 'It opens only when you ask for it, never by itself for a card.',
      test: 'Print a test page',
      pulse: 'Open the drawer',
      testSent: 'Test page sent to the printer. Check that the frame of letters, the total and the code are whole.',
      pulseSent: 'Pulse sent to the drawer.',
      saveFirst: 'Save first.',
    },
  };
}

export type PrintingWords = ReturnType<typeof englishPrinting>;
