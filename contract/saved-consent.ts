import { containsCardNumber } from './card-number.ts';
import { withoutControls } from './control-characters.ts';
import { type Result, failed, ok } from './result.ts';

export const LONGEST_SAVED_CONSENT = 600;

/** The placeholder that Counter fills in: the shop's name. */
const SHOP = '{shop}';

/** The shop's wording, as it is saved; empty: Counter's own. A consent without the shop's name is not valid. */
export function checkSavedConsent(typed: string): Result<string, { readonly kind: 'saved-consent-incomplete' | 'saved-consent-card-number' }> {
  const wording = withoutControls(typed).trim();
  if (wording === '') return ok('');
  if (containsCardNumber(wording)) return failed({ kind: 'saved-consent-card-number' });
  return wording.includes(SHOP) ? ok(wording) : failed({ kind: 'saved-consent-incomplete' });
}

/** The consent that the customer gives before their card is saved. */
export function savedConsent(wording: string, shop: string): string {
  return wording.replaceAll(SHOP, () => shop);
}
