import type { ChargeProblem } from '../../../contract/problem.ts';
import type { DeclineReason, Mode, NotChargedReason } from '../../../contract/till-snapshot.ts';
import type { Formats } from '../formats.ts';
import type { Sentences } from '../sentences.ts';

/* Every sentence a cashier reads. At most two short ones; what is known, then what to do. */

export function englishTill({ money, number, plural }: Formats) {
  const problem: Sentences<ChargeProblem> = {
    'amount-empty': 'Type the amount first.',
    'amount-too-small': ({ smallestInCents }) => `The smallest amount is ${money(smallestInCents)}.`,
    'amount-too-large': ({ largestInCents }) => `The largest amount is ${money(largestInCents)}.`,
    'description-empty': 'Say what it is for: type it, or press one of the buttons.',
    'description-too-long': ({ longest }) => `The description is too long. Keep it under ${number(longest)} characters.`,
    'description-card-number': 'That looks like a card number. Take it out: card numbers go into the card form only.',
    'sale-in-progress': 'A payment is under way. Finish it first.',
    'still-starting': 'Counter is still starting. Try again in a moment.',
    'journal-unwritable': 'This PC cannot write to its disk, so no payment is started. Call the manager.',
    'no-connection': 'No connection to JustiFi. Nothing was charged. Check the network, then press Charge again.',
    'amount-unusual': 'That is a large amount. Check it, then press Charge once more.',
    'not-set-up': 'Payments are not set up on this register. Call the manager.',
    'keychain-locked': "This PC's keychain is locked or was reset. Nothing was charged. Unlock it, then press Try again, or call the manager.",
    'keychain-unavailable': 'This PC has no keychain that Counter can use. Nothing was charged. Call the manager.',
    'keychain-damaged': "What Counter keeps in this PC's keychain is damaged. Nothing was charged. Call the manager.",
    'too-many-tries': 'Too many tries in a short time. Nothing was charged. Wait ten seconds, then press Charge again.',
    'service-trouble': 'JustiFi did not answer as it should. Nothing was charged. Press Charge again.',
    'form-did-not-load': 'The card form did not load. Nothing was charged. Press Charge again.',
    'paid-just-now': ({ secondsAgo, last4 }) => `The same amount was paid ${number(secondsAgo)} s ago${last4 === null ? '' : ` (•••• ${last4})`}. Charge again only if it is another sale.`,
    'amount-changed': 'The amount changed on the way. Nothing was charged. Press Charge to start again.',
  };
  const decline: Readonly<Record<DeclineReason, string>> = {
    declined: 'Nothing was charged. Ask for another card or payment method.',
    'insufficient-funds': 'Not enough money on the card. Nothing was charged. Ask for another card.',
    'expired-card': 'The card has expired. Nothing was charged. Ask for another card.',
    'wrong-number': 'The card number is wrong. Nothing was charged. Check it and try again.',
    'wrong-security-code': 'The security code is wrong. Nothing was charged. Check it and try again.',
    'wrong-postal-code': 'The postal code does not match the card. Nothing was charged. Check it and try again.',
    canceled: 'The payment was cancelled. Nothing was charged.',
  };
  const notCharged: Readonly<Record<NotChargedReason, string>> = {
    'not-received': 'The payment never reached JustiFi. Try again.',
    'too-many-tries': 'Too many tries in a short time. Wait ten seconds, then try again.',
    expired: 'This payment took too long. Start again.',
    'form-lost': 'The card form did not load. Try again.',
  };
  const mode: Readonly<Record<Mode, string>> = { training: 'TRAINING. No money moves.', test: 'TEST. No money moves.', live: 'Live' };
  return {
    problem,
    decline,
    notCharged,
    mode,
    keys: { enter: 'Enter', escape: 'Esc', space: 'Space' },
    back: 'Back',
    enter: {
      amount: (amount: string) => `Amount ${amount}`,
      whatFor: 'What is it for?',
      presets: 'Descriptions',
      charge: (amount: string | null) => (amount === null ? 'Charge' : `Charge ${amount}`),
      chargeAgain: (amount: string) => `Charge again ${amount}`,
      notAnAmount: 'That is not an amount. Type it instead.',
      barcode: 'Barcode ignored.',
      barcodeTaken: 'Barcode taken as the description.',
      usualPresets: ['Counter sale', 'Repair', 'Deposit', 'Gift card'] as readonly string[],
      firstSale: ['Type the amount on the keypad.', 'Say what it is for.', 'Press Charge, and the customer pays.'] as readonly string[],
      firstSaleTitle: 'Your first sale',
      gotIt: 'Got it',
      tape: 'Added up',
      total: (amount: string) => `Total ${amount}`,
    },
    keypad: { name: 'Keypad', backspace: 'Backspace', clear: 'Clear', add: 'Add to the total', point: 'Decimal point' },
    help: {
      title: 'Keys',
      close: 'Close',
      keys: [
        ['0–9', 'The amount; 00 and Backspace work too'],
        ['+', 'Add another amount'],
        ['Esc', 'Clear the amount; on other screens: back'],
        ['F2', 'What it is for'],
        ['Enter', 'Charge; afterwards: new sale, or try again'],
        ['F9', 'Charge, also when Counter has asked whether you mean it'],
        ['F4', 'The last sale'],
        ['F10', 'Manager'],
        ['Ctrl+L', 'Lock'],
        ['F1', 'These keys'],
      ] as readonly (readonly [key: string, what: string])[],
    },
    paying: {
      opening: 'Opening the card form…',
      ready: 'Ready for the card.',
      processing: 'Processing. Do not close.',
      unknown: 'We don’t know yet if this payment went through.',
      unknownWord: 'UNKNOWN',
      checking: 'Do not take the card again. Checking…',
      cancel: 'Cancel',
      cannotWait: 'If the customer cannot wait: note their name, then serve the next customer. We keep checking and will tell you.',
      serveNext: 'Serve next customer',
    },
    result: {
      paid: 'PAID',
      accepted: 'ACCEPTED',
      declined: 'DECLINED',
      notCharged: 'NOT CHARGED',
      wrongAmount: 'WRONG AMOUNT',
      acceptedSentence: 'Bank transfer accepted. Money arrives in a few days and can still fail.',
      wrongAmountSentence: (chargedInCents: number) => `JustiFi charged ${money(chargedInCents)}. Stop, keep the customer here, and call the manager.`,
      training: 'training',
      newSale: 'New sale',
      tryAgain: 'Try again',
      cancelSale: 'Cancel sale',
    },
    lastSale: { title: 'Last sale', back: 'Back to the till' },
    late: {
      wentThrough: (amountInCents: number, description: string, paidWith: string) => `Earlier payment went through: ${money(amountInCents)}, ${description}, ${paidWith}.`,
      reversing: 'Giving it back…',
      refundRefused: 'JustiFi refused the refund. Nothing was given back. Try again, or keep it.',
      mustRefund: 'JustiFi refused the void. Nothing was given back. Refund it, or keep it if the customer has the goods.',
      mayVoid: 'Void it if the customer paid another way, or keep it.',
      refund: 'Refund (manager)',
      void: 'Void',
      keep: 'Keep',
    },
    status: {
      toConfirm: (count: number) => plural(count, { one: '1 payment to confirm', other: `${number(count)} payments to confirm` }),
      starting: 'Starting…',
      online: 'Online',
      offline: 'No connection',
      callTheManager: 'The record of payments on this PC was damaged and has been repaired. Call the manager.',
      auditTrouble: 'The audit log cannot be written. Payments go on. Call the manager.',
      lastSale: 'Last sale',
      manager: 'Manager',
      help: 'Help',
    },
    paidWith: { bank: 'Bank account', card: 'Card' },
  };
}

export type TillWords = ReturnType<typeof englishTill>;
