import type { PrintTrouble } from '../../contract/printing.ts';

/* The status of a receipt, beside the result of its sale. */

export function englishReceiptStatus() {
  const trouble: Readonly<Record<PrintTrouble | 'no-program', string>> = {
    'no-printer': 'No printer is set up on this register.',
    'no-paper': 'The printer has no paper.',
    'cover-open': 'The printer’s cover is open.',
    offline: 'The printer does not answer. Check that it is on and connected.',
    'unknown-printer': 'This PC has no printer of that name.',
    stopped: 'This PC has stopped the printer’s queue. Call the manager.',
    slow: 'The printer takes too long. Check it before you print again.',
    'cut-off': 'The connection to the printer broke off. A part of it may have been printed.',
    'printer-error': 'The printer reports a fault.',
    'no-way': 'Counter cannot print this way on this system.',
    'no-receipt': 'There is no receipt for this sale.',
    'not-kept': 'This PC cannot write to its disk.',
    'no-program': 'This PC has no program for that.',
  };
  return {
    trouble,
    print: 'Print receipt',
    printAgain: 'Print again',
    merchantCopy: 'Print merchant copy',
    skip: 'Don’t print',
    mail: 'E-mail receipt',
    message: 'Text message',
    waiting: 'Receipt: being sent to the printer…',
    sent: 'Receipt sent to the printer.',
    notSent: (why: PrintTrouble, isRetried: boolean) => (isRetried ? `Receipt not printed yet: ${trouble[why]} It is sent again by itself.` : `Receipt not printed: ${trouble[why]}`),
  };
}

export type ReceiptStatusWords = ReturnType<typeof englishReceiptStatus>;
