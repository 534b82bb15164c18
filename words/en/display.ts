/** The words of the customer's screen. */
export const englishDisplay = {
  test: 'Test – no real payments',
  word: { welcome: 'Welcome', 'one-moment': 'One moment, please', sale: '', tip: '', reader: '', ready: '', phone: '', processing: 'Processing', paid: 'Paid', accepted: 'Accepted', declined: 'Declined', 'not-charged': 'Not charged' },
  sentence: {
    welcome: '',
    'one-moment': '',
    sale: '',
    tip: 'Would you like to add a tip?',
    ready: 'Please hand your card to the cashier.',
    reader: 'Tap, insert or swipe your card at the card reader.',
    phone: 'Scan the code to pay with your phone.',
    processing: 'Your payment is on its way.',
    paid: 'Thank you.',
    accepted: 'Thank you. Your bank transfer is on its way.',
    declined: 'Nothing was charged. Try another card.',
    'not-charged': 'Nothing was charged.',
  },
};

export type DisplayWords = typeof englishDisplay;
