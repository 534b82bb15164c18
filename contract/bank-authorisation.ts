import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

export const LONGEST_BANK_AUTHORISATION = 600;

/** The placeholders that Counter fills in: the shop's name, and the amount with its currency. */
const SHOP = '{shop}';
const AMOUNT = '{amount}';

/**
 * The shop's wording, as it is saved; empty: Counter's own. An authorisation without the shop's name and the amount is not valid
 * (Nacha Operating Rules, ODFI and originators: single-entry debits).
 */
export function checkBankAuthorisation(typed: string): Result<string, { readonly kind: 'bank-authorisation-incomplete' | 'bank-authorisation-card-number' }> {
  const wording = withoutControls(typed).trim();
  if (wording === '') return ok('');
  if (containsCardNumber(wording)) return failed({ kind: 'bank-authorisation-card-number' });
  return wording.includes(SHOP) && wording.includes(AMOUNT) ? ok(wording) : failed({ kind: 'bank-authorisation-incomplete' });
}

/** The words that the customer reads before Pay, agrees to by pressing it, and finds on the receipt. */
export function bankAuthorisation(wording: string, { shop, amount }: { readonly shop: string; readonly amount: string }): string {
  return wording.replaceAll(SHOP, () => shop).replaceAll(AMOUNT, () => amount);
}
