/** The card form page's own sentences: shown only while it is certain that nothing was charged. */
export const englishCheckout = {
  title: 'Payment',
  detailsNotAccepted: 'The details were not accepted. Nothing was charged. Check them, then press Pay again.',
  detailsMissing: 'Something is missing or wrong. Nothing was charged. Correct it, then press Pay again.',
  formTrouble: 'The form has a problem. Nothing was charged. Press Back and start again.',
  notAllowed: 'The payment was not sent. Nothing was charged. Press Back and start again.',
  /** Plaid: the customer logs in to their bank. */
  logIn: 'Log in to your bank',
  logInHint: 'Plaid opens your bank’s login here. The shop sees no password.',
  linking: 'Getting Plaid’s login…',
  connected: 'Your bank account is connected. Read the text above, then press Pay.',
  connectFirst: 'Log in to your bank first. Nothing was charged.',
  bankTrouble: 'The login at the bank did not work. Nothing was charged. Try again, or pay another way.',
  noPlaid: 'The bank login cannot be used now. Nothing was charged. Choose another way to pay.',
  /** The card form with an insurance. */
  answerInsurance: 'Accept or decline the insurance first. Nothing was charged.',
  noInsurance: 'The insurance cannot be had now. You can pay without it.',
  /** Sezzle: the customer pays later. */
  payLater: 'Pay with Sezzle',
  payLaterHint: 'Sezzle opens a window of its own, in which you agree to pay later. The shop sees no password.',
  atSezzle: 'Finish in Sezzle’s window.',
  closeSezzle: 'Close Sezzle’s window',
  noSezzle: 'Sezzle cannot be used now. Nothing was charged. Choose another way to pay.',
  processing: 'Processing payment. Don’t close this window.',
  withInsurance: (amount: string): string => `With insurance for ${amount}`,
  payAgainIn: (seconds: number): string => `You can press Pay again in ${seconds} s.`,
};

export type CheckoutWords = Readonly<Record<Exclude<keyof typeof englishCheckout, 'payAgainIn' | 'withInsurance'>, string>> & { readonly withInsurance: (amount: string) => string; readonly payAgainIn: (seconds: number) => string };
