/** What the page says by itself: only while it is certain that nothing was charged. */
export const SENTENCES = {
  detailsNotAccepted: 'The details were not accepted. Nothing was charged. Check them, then press Pay again.',
  detailsMissing: 'Fill in every field, then press Pay again.',
  formTrouble: 'The form has a problem. Nothing was charged. Press Back and start again.',
  notAllowed: 'The payment was not sent. Nothing was charged. Press Back and start again.',
} as const;

export function payAgainIn(seconds: number): string {
  return `You can press Pay again in ${seconds} s.`;
}
