/** What the page with the card form says by itself: only while it is certain that nothing was charged. */
export const englishCheckout = {
  title: 'Payment',
  detailsNotAccepted: 'The details were not accepted. Nothing was charged. Check them, then press Pay again.',
  detailsMissing: 'Something is missing or wrong. Nothing was charged. Correct it, then press Pay again.',
  formTrouble: 'The form has a problem. Nothing was charged. Press Back and start again.',
  notAllowed: 'The payment was not sent. Nothing was charged. Press Back and start again.',
  processing: 'Processing payment. Don’t close this window.',
  payAgainIn: (seconds: number): string => `You can press Pay again in ${seconds} s.`,
};

export type CheckoutWords = Readonly<Record<Exclude<keyof typeof englishCheckout, 'payAgainIn'>, string>> & { readonly payAgainIn: (seconds: number) => string };
