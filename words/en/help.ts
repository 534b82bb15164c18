/** Every key of the till, in one list. */
export function englishHelp() {
  return {
    title: 'Keyboard shortcuts',
    close: 'Close',
    keys: [
      ['0–9', 'The amount; 00 and Backspace work too'],
      ['+', 'Add another amount'],
      ['Esc', 'Clear the amount; on other screens: back'],
      ['F2', 'Description; letters typed on the keypad go there too'],
      ['Alt+1–9', 'A description from the buttons'],
      ['Enter', 'Charge; afterwards: new sale, or try again'],
      ['F9', 'Charge (also confirms a warning)'],
      ['F4', 'The last sale'],
      ['F6', 'Sales: find one, void or refund it'],
      ['F7', 'Day report: see it, close the day'],
      ['F8', 'Void or refund the sale on the screen'],
      ['F3', 'Save the card of the sale on the screen'],
      ['Ctrl+P', 'The receipt of the sale on the screen'],
      ['F10', 'Manager'],
      ['Ctrl+L', 'Lock'],
      ['F1', 'Show this list'],
    ] as readonly (readonly [key: string, what: string])[],
  };
}

export type HelpWords = ReturnType<typeof englishHelp>;
