import type { Mode } from '../../../contract/till-snapshot.ts';

/** What the page with the card form says by itself: only while it is certain that nothing was charged. */
export const englishCheckout = {
  title: 'Payment',
  mode: { training: 'TRAINING. No money moves.', test: 'TEST. No money moves.', live: 'Live' },
  detailsNotAccepted: 'The details were not accepted. Nothing was charged. Check them, then press Pay again.',
  detailsMissing: 'Fill in every field, then press Pay again.',
  formTrouble: 'The form has a problem. Nothing was charged. Press Back and start again.',
  notAllowed: 'The payment was not sent. Nothing was charged. Press Back and start again.',
  processing: 'Processing. Do not close.',
  back: 'Back',
  escape: 'Esc',
  payAgainIn: (seconds: number): string => `You can press Pay again in ${seconds} s.`,
};

export type CheckoutWords = Readonly<Record<Exclude<keyof typeof englishCheckout, 'mode' | 'payAgainIn'>, string>> & { readonly mode: Readonly<Record<Mode, string>>; readonly payAgainIn: (seconds: number) => string };
