import type { LinkShare, TrainingPay } from '../../contract/pay-link.ts';

/** The QR code for the customer's phone, and the simulated phone of training. */
export function englishPhone() {
  return {
    call: 'Scan to pay with your phone',
    code: 'QR code of the link to pay',
    share: { copy: 'Copy link', mail: 'E-mail link' } as Readonly<Record<LinkShare, string>>,
    shared: { copy: 'Link copied.', mail: 'The mail program has the link.' } as Readonly<Record<LinkShare, string>>,
    notShared: 'That did not work. Let the customer scan the code.',
    training: { title: 'Customer’s phone (training)', press: { pays: 'Pay as the customer', 'is-declined': 'A card that is declined' } as Readonly<Record<TrainingPay, string>> },
  };
}

export type PhoneWords = ReturnType<typeof englishPhone>;
