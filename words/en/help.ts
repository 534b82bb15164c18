type KeyGroup = { readonly title: string; readonly keys: readonly (readonly [key: string, what: string])[] };

/** Every key of the till, by the screen on which it works. */
export function englishHelp() {
  return {
    title: 'Keyboard shortcuts',
    close: 'Close',
    /** On the keypad, until something was sold. */
    firstSale: { title: 'Your first sale', amount: 'Type the amount on the keypad.', description: 'Add a description.', charge: 'Press Charge. The customer pays.', gotIt: 'Got it' },
    groups: [
      {
        title: 'Typing a sale',
        keys: [
          ['0–9', 'The amount; 00 and Backspace work too'],
          ['+', 'Add another amount'],
          ['F2', 'Description; letters typed on the keypad go there too'],
          ['Alt+1–9', 'A button: description or quick item'],
          ['Enter', 'Charge'],
          ['F9', 'Charge (also confirms a warning)'],
          ['Esc', 'Clear the amount'],
        ],
      },
      {
        title: 'Tip',
        keys: [
          ['1–3', 'A tip that is offered'],
          ['4', 'Another amount: type it, then Enter'],
          ['0', 'No tip'],
          ['Enter', 'No tip, or charge with the chosen one'],
          ['F9', 'Confirm an unusual tip'],
          ['Esc', 'Back'],
        ],
      },
      {
        title: 'Customer pays',
        keys: [
          ['Alt+1–9', 'Another way to pay'],
          ['Esc', 'Back to the amount'],
        ],
      },
      {
        title: 'Result',
        keys: [
          ['Enter', 'New sale, or try again'],
          ['0–9', 'The amount of the next sale'],
          ['F3', 'Save this card'],
          ['F8', 'Void or refund, also in Sales'],
          ['Ctrl+P', 'Print the receipt, or the report'],
          ['Esc', 'Cancel the sale'],
        ],
      },
      {
        title: 'Other screens',
        keys: [
          ['F4', 'Last sale'],
          ['F6', 'Sales: find one, void or refund it'],
          ['F7', 'Day report: see it, close the day'],
          ['F10', 'Manager'],
          ['Ctrl+L', 'Lock the manager’s side'],
          ['Esc', 'Back'],
          ['Ctrl and +', 'Larger text'],
          ['Ctrl and −', 'Smaller text'],
          ['Ctrl and 0', 'Text size of this register'],
          ['F1', 'Show this list'],
        ],
      },
    ] as readonly KeyGroup[],
  };
}

export type HelpWords = ReturnType<typeof englishHelp>;
