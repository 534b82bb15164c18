import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

export const LONGEST_BANK_AUTHORISATION = 600;

/** What Counter puts in: the shop's name, and the amount with its currency. */
const SHOP = '{shop}';
const AMOUNT = '{amount}';

/**
 * The wording of a shop, as it is kept; empty: Counter's own. An authorisation that does not name who debits how much is none
 * (Nacha Operating Rules, ODFI and originators: single-entry debits).
 */
export function checkBankAuthorisation(typed: string): Result<string, { readonly kind: 'bank-authorisation-incomplete' | 'bank-authorisation-card-number' }> {
  const wording = withoutControls(typed).trim();
  if (wording === '') return ok('');
  if (containsCardNumber(wording)) return failed({ kind: 'bank-authorisation-card-number' });
  return wording.includes(SHOP) && wording.includes(AMOUNT) ? ok(wording) : failed({ kind: 'bank-authorisation-incomplete' });
}

/** What the customer reads before Pay, agrees to by pressing it, and finds on the receipt. */
export function bankAuthorisation(wording: string, { shop, amount }: { readonly shop: string; readonly amount: string }): string {
  return wording.replaceAll(SHOP, () => shop).replaceAll(AMOUNT, () => amount);
}
