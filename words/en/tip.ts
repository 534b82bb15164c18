import type { Formats } from '../formats.ts';

/** The customer's choice of a tip, before the form; and the manager's settings for it. */
export function englishTip({ money }: Formats) {
  return {
    /** To the cashier. */
    choosing: 'The customer chooses a tip. Turn the screen, or ask.',
    chosen: (tipInCents: number, totalInCents: number) => `Tip ${money(tipInCents)}, total ${money(totalInCents)}.`,
    doubtful: (cents: number) => `A tip of ${money(cents)} is unusual. Ask the customer, then press F9 to charge.`,
    skip: 'Continue without a tip',
    /** To the customer. */
    question: 'Would you like to add a tip?',
    total: (cents: number) => `Total ${money(cents)}`,
    another: 'Another amount',
    none: 'No tip',
    own: 'Your tip',
    add: (cents: number) => `Add ${money(cents)}`,
    tooMuch: (cents: number) => `At most ${money(cents)}.`,
    toChoices: 'Back to the choices',
    manager: {
      title: 'Tips',
      hint: 'Charge asks the customer first. The tip is part of the total, and a line of its own on receipts and reports.',
      offered: 'Customers are offered',
      kinds: { none: 'No tips', percents: 'Percentages of the purchase', amounts: 'Amounts' },
      percents: 'Percentages',
      percentsHint: 'Up to three, like 15, 18, 20.',
      amounts: 'Amounts',
      amountsHint: `Up to three, one in each line, like ${money(200)}.`,
      amountsBelow: 'Offer the amounts instead below a purchase of',
      amountsBelowHint: 'Empty: always percentages.',
      another: 'Customers may also type an amount of their own',
    },
  };
}

export type TipWords = ReturnType<typeof englishTip>;
