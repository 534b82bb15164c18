/** For Playwright's `hasText`: PAID is a result, and "paid" is in many sentences, but Playwright would take one for the other. */
export function asWritten(word: string | RegExp): string | RegExp {
  return typeof word === 'string' && /^[\p{Lu} ]+$/u.test(word) ? new RegExp(word, 'u') : word;
}
